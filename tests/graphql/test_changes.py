"""The schema's change log, and that a breaking change has to be declared."""

from pathlib import Path

import pytest
from graphql import build_schema

from backend.graphql import changes

OLD = """
type Query { client(id: ID!): Client  tags(first: Int): [String!]! }
"A person." type Client { name: String!  phone: String }
enum Colour { RED }
union Answer = Client
input Wish { name: String! }
"""
NEW = """
type Query { client(id: ID!): Client  tags(first: Int, "Only these." like: String): [String!]!  answer: Answer }
"A person." type Client { name: String!  phone: String @deprecated(reason: "Ask for contacts.")  "All ways." contacts: [String!]! }
enum Colour { RED "As the sky." BLUE }
"A thing." type Thing { id: ID! }
union Answer = Client | Thing
input Wish { name: String!  "If known." age: Int }
"""
BREAKING = OLD.replace("phone: String", "").replace("input Wish { name: String! }", "input Wish { name: String!  age: Int! }")


def test_the_log_names_everything_that_is_new() -> None:
    text = changes.section(build_schema(OLD), build_schema(NEW), "## Next")
    new = text.split("### New")[1].split("### Deprecated")[0].strip().splitlines()
    assert new == [
        "- `Answer` may be `Thing`",
        "- `Client.contacts`: All ways.",
        "- `Colour.BLUE`: As the sky.",
        "- `Query.answer`",
        "- `Query.tags(like:)`: Only these.",
        "- `Thing`: A thing.",
        "- `Wish.age`: If known.",
    ]
    assert "### Deprecated\n\n- `Client.phone`: Ask for contacts." in text
    assert text.split("### To look at")[1].split("### New")[0].strip().splitlines()[2:] == [
        "- Enum value Colour.BLUE was added.",
        "- Thing was added to union type Answer.",
    ]
    assert "### Breaking" not in text


def test_the_same_schema_changes_nothing() -> None:
    assert changes.section(build_schema(NEW), build_schema(NEW), "## Next") == "## Next\n\nNothing.\n"


def test_a_breaking_change_has_to_be_declared_by_its_exact_words() -> None:
    old, new = build_schema(OLD), build_schema(BREAKING)
    both = changes.breaking(old, new)
    assert len(both) == 2
    assert changes.undeclared(old, new, "") == both
    assert changes.undeclared(old, new, f"- {both[0]} Ask for contacts.\n{both[1]}") == [both[1]]
    assert changes.undeclared(old, new, "\n".join(f"- {each} Do so." for each in both)) == []


def test_released_sections_stay_as_they_are() -> None:
    first = changes.log_of("## Not released yet\n\nNothing.\n", "")
    released = first + "\n## 1.0.0, 2026-11-24\n\n### New\n\n- `Old`\n\n## 0.1.0, 2026-11-01\n\nNothing.\n"
    second = changes.log_of("## Not released yet\n\n### New\n\n- `Thing`\n", released)
    assert second.index("`Thing`") < second.index("## 1.0.0") < second.index("`Old`") < second.index("## 0.1.0")
    assert second.count(changes.NEXT) == 1
    assert changes.log_of("## Not released yet\n\n### New\n\n- `Thing`\n", second) == second


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, path in (("PRESENT", "schema.graphql"), ("RELEASED", "released.graphql"), ("LOG", "changes.md"), ("DECLARED", "breaking.md")):
        monkeypatch.setattr(changes, name, tmp_path / path)
    (tmp_path / "schema.graphql").write_text(NEW)
    (tmp_path / "released.graphql").write_text(OLD)
    (tmp_path / "breaking.md").write_text("There is none.\n")
    return tmp_path


def test_check_release_and_check_again(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert changes.main(["--check"]) == 1
    assert "just schema-changes" in capsys.readouterr().err
    assert changes.main([]) == 0
    assert changes.main(["--check"]) == 0
    assert changes.main(["--release", "1.2.3"]) == 0
    assert (files / "released.graphql").read_text() == NEW
    log = (files / "changes.md").read_text()
    assert log.index("## Not released yet\n\nNothing.") < log.index("## 1.2.3, ") < log.index("`Thing`: A thing.")
    assert changes.main(["--check"]) == 0
    (files / "schema.graphql").write_text(NEW.replace('"All ways." contacts: [String!]!', ""))
    assert changes.main([]) == changes.main(["--check"]) == 1
    assert "Client.contacts was removed" in capsys.readouterr().err
    assert changes.main(["--wrong"]) == 1
    (files / "schema.graphql").write_text(NEW)
    assert changes.main(["--wrong"]) == 2
