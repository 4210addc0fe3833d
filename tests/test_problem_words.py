"""Every problem that a page may show beside a field has words in both of the pages' languages, and each code means one thing."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "frontend" / "src" / "lib" / "i18n"
FEATURES = ("checking.py", "values.py", "clients", "memberships", "checkins", "kiosks", "system")
CODE = re.compile(r"[A-Z][A-Z_]{3,}")
# Those that no page of ours can cause, or that it answers in its own way.
NOT_SHOWN = {"BAD_CURSOR", "NOT_A_WEEK", "NO_SCHEDULER", "NOT_PAUSED", "PAUSED_AGAIN", "ONE_OF", "UNREADABLE"}
# Where a problem's code stands in these calls: by its name elsewhere.
SECOND = {"FieldError", "BadValue", "refuse", "add"}


def codes_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            places = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            places += node.args[:2] if name in SECOND else []
            found |= {place.value for place in places if isinstance(place, ast.Constant) and isinstance(place.value, str)}
    return {code for code in found if CODE.fullmatch(code)}


def codes() -> set[str]:
    paths = [
        path
        for name in FEATURES
        for path in ([ROOT / "backend" / name] if name.endswith(".py") else (ROOT / "backend" / name).rglob("*.py"))
    ]
    return {code for path in paths for code in codes_of(path)}


def words(language: str) -> list[str]:
    files = [*WORDS.glob(f"*problems.{language}.ts"), *WORDS.glob(f"*Problems.{language}.ts")]
    return [key for file in files for key in re.findall(r"^\s+([A-Z][A-Z_]+):", file.read_text(encoding="utf-8"), re.MULTILINE)]


def test_every_code_has_words() -> None:
    known = codes()
    assert len(known) > 40
    assert known - set(words("en")) - NOT_SHOWN == set()


def test_each_code_has_its_words_once() -> None:
    for language in ("en", "es"):
        assert [code for code, times in Counter(words(language)).items() if times > 1] == []
    assert set(words("en")) == set(words("es"))
