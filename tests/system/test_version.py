"""A kiosk compares the version that its page was built as with the server's, and asks for a newer page where they differ."""

import json
import tomllib

from backend.operations.stack.given import ROOT
from backend.system.version import product_version


def test_pages_are_built_as_the_version_that_the_server_tells() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package, lock = (json.loads((ROOT / "frontend" / name).read_text(encoding="utf-8")) for name in ("package.json", "package-lock.json"))
    assert {product_version(), package["version"], lock["version"], lock["packages"][""]["version"]} == {project["version"]}
