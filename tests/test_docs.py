"""What the documents say exists: recipes, commands, files, settings."""

import re
from pathlib import Path

import pytest

from backend.operations.settings_table import markdown


def documents(repository: Path) -> list[Path]:
    return [repository / "README.md", *sorted((repository / "docs").rglob("*.md"))]


def recipes(repository: Path) -> set[str]:
    text = (repository / "justfile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*)(?: [^:\n]*)?:(?!=)", text, re.MULTILINE))


def test_every_recipe_that_is_named_exists(repository: Path) -> None:
    known = recipes(repository)
    assert {"demo", "up", "bootstrap", "import", "test", "check", "fmt", "schema", "bench"} <= known
    for path in documents(repository):
        named = re.findall(r"(?:\./run|`just) ([a-z][a-z-]*)", path.read_text(encoding="utf-8"))
        assert set(named) <= known, path.name


def test_sentences_of_the_program_name_recipes_that_exist(repository: Path) -> None:
    known = recipes(repository)
    for path in (repository / "backend").rglob("*.py"):
        named = re.findall(r"`(?:just|\./run) ([a-z][a-z-]*)", path.read_text(encoding="utf-8"))
        assert set(named) <= known, path.name


def test_every_linked_file_exists(repository: Path) -> None:
    for path in documents(repository):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_settings_are_those_of_the_program(repository: Path) -> None:
    assert markdown() == (repository / "docs" / "settings.md").read_text(encoding="utf-8"), "run `just docs`"


@pytest.mark.parametrize("name", ["accounts", "audit", "checkins", "clients", "graphql", "imports", "jobs", "memberships", "messages"])
def test_the_folders_that_the_architecture_names_exist(repository: Path, name: str) -> None:
    assert (repository / "backend" / name / "__init__.py").exists()
