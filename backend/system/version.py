"""Which version of the product this is."""

import tomllib
from functools import lru_cache
from pathlib import Path

_PROJECT = Path(__file__).parents[2] / "pyproject.toml"


@lru_cache(maxsize=1)
def product_version() -> str:
    """The version of the project file beside the package, such as ``0.1.0``; ``unknown`` where that file did not come along."""
    try:
        project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
        return str(project["version"])
    except (OSError, ValueError, KeyError):
        return "unknown"
