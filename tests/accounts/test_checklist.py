"""The page's checklist knows the server's rules for a new password."""

import re
from pathlib import Path

from backend.accounts import common_passwords
from backend.accounts.common_passwords import COMMON

SOURCES = Path("frontend/src/features/account")


def words_of(source: str, name: str) -> list[str]:
    """The words of a constant, whose text may be in several pieces."""
    found = re.search(rf"const {name} =\s*((?:'[^']*'[\s+]*)+)", source)
    assert found is not None, name
    return "".join(re.findall(r"'([^']*)'", found[1])).split(" ")


def test_the_pages_common_passwords_are_the_servers(repository: Path) -> None:
    source = (repository / SOURCES / "commonPasswords.ts").read_text(encoding="utf-8")
    years = [str(year) for year in range(2015, 2031)]
    assert words_of(source, "WORDS") == common_passwords._WORDS.split()
    assert [*words_of(source, "ENDINGS"), *years] == list(common_passwords._ENDINGS)
    assert (f"FIRST_YEAR = {years[0]}" in source, f"LAST_YEAR = {years[-1]}" in source) == (True, True)
    assert words_of(source, "WALKS") == common_passwords._WALKS.split()
    assert tuple(words_of(source, "PIECES")) == common_passwords._PIECES
    assert tuple(words_of(source, "ROWS")) == common_passwords._ROWS


def test_both_compose_as_many(repository: Path) -> None:
    """The page's own test counts its list; the numbers stand beside each other here."""
    spec = (repository / SOURCES / "passwordChecklist.spec.ts").read_text(encoding="utf-8")
    assert f"expect(COMMON.size).toBe({len(COMMON)})" in spec
