"""The pages have words, in both languages, for every code that the server puts into its reports."""

import re
from pathlib import Path

import pytest

from backend.operations.adoption.parts.duplicates import _SIGNS
from backend.operations.adoption.report import REASONS
from backend.operations.backup.retention import NIGHTLY
from backend.operations.bootstrap.acts import WHY
from backend.operations.restore.work import BEFORE

_KEY = re.compile(r"^ *(?:(\w+)|'([\w-]+)'):\s*\S", re.MULTILINE)


def words(repository: Path, file: str, block: str) -> set[str]:
    """The keys of one flat block of a file of words."""
    source = (repository / "frontend" / "src" / "lib" / "i18n" / file).read_text(encoding="utf-8")
    found = re.search(rf"^( *)(?:const )?{block}\b[^=\n]*?[:=] (?:\w+ = )?\{{\n(.*?)^\1\}}", source, re.MULTILINE | re.DOTALL)
    assert found is not None, f"{file} has no {block}"
    return {plain or quoted for plain, quoted in _KEY.findall(found[2])}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("file", "block", "codes"),
    [
        ("reasons", "reasons", set(REASONS)),
        ("clients", "reason", set(_SIGNS)),
        ("settings", "why", {*WHY.values(), BEFORE, NIGHTLY, "manual"}),
    ],
    ids=["adoption", "duplicates", "backups"],
)
def test_every_code_has_words(repository: Path, language: str, file: str, block: str, codes: set[str]) -> None:
    assert words(repository, f"{file}.{language}.ts", block) == codes


def test_a_missing_word_would_be_noticed(repository: Path) -> None:
    assert "needs_fixing" in words(repository, "reasons.en.ts", "reasons")
    assert "before-restore" in words(repository, "settings.es.ts", "why")
    with pytest.raises(AssertionError, match="has no"):
        words(repository, "settings.en.ts", "whyever")
