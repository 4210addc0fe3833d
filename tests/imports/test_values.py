"""Single values, headings and files in the shapes that people send."""

from datetime import date
from pathlib import Path

import pytest

from backend import values
from backend.errors import ValidationFailed
from backend.imports import reading
from backend.imports.columns import Columns
from backend.imports.rows import Checker, RowProblem, Staged
from backend.values import BadValue
from tests.imports.files import HEADINGS, row, write

TODAY = date(2026, 11, 22)
AWKWARD_HEADINGS = ("First Name", "LAST NAME", "E-mail", "Phone Number", "DOB", "Guardian", "UCI", "Coordinator", "POS Start", "POS End")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("661.555.1001", "+16615551001"),
        ("(661) 555-1001", "+16615551001"),
        ("+1 661 555 1001", "+16615551001"),
        ("1-661-555-1001", "+16615551001"),
        ("+49 30 123456", "+4930123456"),
        ("+52 55 1234 5678", "+525512345678"),
        ("", None),
        ("   ", None),
    ],
)
def test_phones(typed: str, kept: str | None) -> None:
    assert values.phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["555-1234", "12", "call me", "661-555-1001 ext. 7", "6.61555E+09", "161-555-1001", "+999 123", "661\x00555"]
)
def test_what_is_no_phone(typed: str) -> None:
    with pytest.raises(BadValue):
        values.phone(typed)


@pytest.mark.parametrize(
    "typed", ["1990-06-15", "1990/6/15", "06/15/1990", "6/15/1990", "15.06.1990", "15. 6. 1990", "1990-06-15 00:00:00"]
)
def test_dates(typed: str) -> None:
    assert values.day(typed) == date(1990, 6, 15)


@pytest.mark.parametrize(
    "typed", ["1990-02-30", "31.4.1990", "13/13/1990", "06-15-1990", "6/15/90", "soon", "1890-01-01", "9999-12-31", "1990"]
)
def test_what_is_no_date(typed: str) -> None:
    with pytest.raises(BadValue):
        values.day(typed)


@pytest.mark.parametrize("typed", ["not an email", "a@b", "a b@c.de", "a@b.de,c@d.de x", f"{'x' * 250}@example.test", "a@@b.de"])
def test_what_is_no_email(typed: str) -> None:
    with pytest.raises(BadValue):
        values.email(typed)


def test_names_in_every_script_are_kept_in_one_form() -> None:
    assert values.name("  Zoë\u0301 \n Ann ") == "Zoë\u0301 Ann"
    assert values.name("Jose\u0301") == "José"
    assert values.name("مريم") == "مريم"
    assert values.name("李小龙 🎮") == "李小龙 🎮"
    assert values.name('=HYPERLINK("http://example.test")') == '=HYPERLINK("http://example.test")'
    for bad in ("Nul\x00byte", " \t ", "\u200b\u200d", "x" * 201):
        with pytest.raises(BadValue):
            values.name(bad)


def test_headings_in_any_spelling() -> None:
    assert [*Columns(list(AWKWARD_HEADINGS)).places] == list(HEADINGS)
    assert [*Columns([heading.upper().replace("_", " - ") for heading in HEADINGS]).places] == list(HEADINGS)
    assert Columns(["first name", "Shoe size", "last name", "", ""]).ignored == ["Shoe size"]
    for bad in (["email", "phone"], ["first_name", "First Name"], [""]):
        with pytest.raises(ValidationFailed):
            Columns(bad)


def check(*cells: str) -> Staged | list[RowProblem]:
    return Checker(Columns(list(HEADINGS)), TODAY).check(7, list(cells))


@pytest.mark.parametrize(
    ("change", "column", "says"),
    [
        ({0: "", 1: ""}, "first_name", "is missing"),
        ({4: "2026-11-23"}, "date_of_birth", "future"),
        ({8: "2026-12-31", 9: "2026-01-01"}, "pos_end_date", "before the start"),
        ({9: ""}, "pos_end_date", "is missing"),
        ({6: ""}, "pos_number", "is missing"),
    ],
)
def test_what_only_several_values_show(change: dict[int, str], column: str, says: str) -> None:
    cells = row(1)
    for place, value in change.items():
        cells[place] = value
    problems = check(*cells)
    assert isinstance(problems, list)
    assert [problem.column for problem in problems] == [column]
    assert says in problems[0].message


def test_short_and_long_rows_are_named_and_surplus_blanks_are_not() -> None:
    for cells in (row(1)[:5], [*row(1), "surplus"]):
        problems = check(*cells)
        assert isinstance(problems, list)
        assert "values, the headings ask for 10" in str(problems[0])
    assert isinstance(check(*row(1), "", " "), Staged)


def test_the_identity_is_the_person_not_the_spelling() -> None:
    one, other = row(1), row(1)
    other[0], other[2], other[3] = other[0].upper(), other[2].upper(), "+16615551001"
    first, second = check(*one), check(*other)
    assert isinstance(first, Staged)
    assert isinstance(second, Staged)
    assert first.identity == second.identity


@pytest.mark.parametrize(
    ("encoding", "delimiter", "remark"),
    [
        ("utf-8", ",", None),
        ("utf-8-sig", ";", None),
        ("utf-16", "\t", "UTF-16"),
        ("cp1252", ";", "Windows-1252"),
        ("latin-1", "|", "Windows-1252"),
    ],
)
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str, remark: str | None) -> None:
    cells = [["Zoë", 'O\'Brien, Jr.; "Z"', *row(1)[2:]], row(2)]
    path = write(tmp_path / "a.CSV", cells, headings=AWKWARD_HEADINGS, delimiter=delimiter, encoding=encoding)
    source = reading.inspect(path)
    assert (source.remark is None) if remark is None else (remark in (source.remark or ""))
    with reading.rows(source) as (columns, numbered):
        assert [*columns.places] == list(HEADINGS)
        assert list(numbered) == [(2, cells[0]), (3, cells[1])]


def test_blank_lines_and_the_separator_line_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n ; ;\nfirst_name;last_name\n\nAnn;Lee\n", encoding="utf-8")
    with reading.rows(reading.inspect(path)) as (_, numbered):
        assert [cells for _, cells in numbered if cells] == [["Ann", "Lee"]]
    path.write_text("sep=;\nfirst_name;last_name\nAnn;Lee\n", encoding="utf-8")
    with reading.rows(reading.inspect(path)) as (_, numbered):
        assert list(numbered) == [(3, ["Ann", "Lee"])]


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "EMPTY"), (b"\n\n", "EMPTY"), (b"PK\x03\x04rest", "SPREADSHEET"), (b"a,b\n1,2\n", "NO_NAME_COLUMN")]
)
def test_files_that_are_none(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(ValidationFailed) as caught, reading.rows(reading.inspect(path)):
        pass
    assert caught.value.fields[0].code == code
    with pytest.raises(ValidationFailed):
        reading.inspect(tmp_path / "missing.csv")
    with pytest.raises(ValidationFailed):
        reading.inspect(tmp_path)
