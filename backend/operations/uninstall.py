"""`python -m backend.operations.uninstall`: what the product has put on this machine, and how to remove each. Removes nothing itself."""

import os
import shlex
import sys
from pathlib import Path

from backend.operations.doctor.lines import size
from backend.operations.doctor.stack import Stack
from backend.operations.stack.given import ROOT, given

BUILT = (".venv", ".venv.log", ".venv.lock", ".venv.cache", "frontend/node_modules", "frontend/dist")


def folder_size(path: Path) -> int:
    """The bytes of the files in it, those that may be read."""
    if path.is_file():
        return path.stat().st_size
    return sum(entry.lstat().st_size for at, _, names in os.walk(path) for name in names if (entry := Path(at) / name).is_file())


def explanation(root: Path, variables: dict[str, str]) -> str:
    """All of it as text: what is there, how large, the command that removes it for good."""
    data = root / variables.get("DATA_DIR", ".data")
    secrets = Path(variables.get("SECRETS_DIR") or data / "secrets")
    backups = Path(variables.get("BACKUP_DIR") or data / "backups")
    lines = ["Nothing is removed by this. What is on this machine, and how to remove each for good:", ""]
    if Stack.look(data).supervisor:
        lines.insert(0, "The stack is running: stop it with Ctrl C first.\n")
    outside = [(what, path) for what, path in (("the secrets", secrets), ("the backups", backups)) if not path.is_relative_to(data)]
    built = [("what ./run installed or built", root / name) for name in BUILT]
    kept = [("the data, with the secrets, logs and backups in it", data), *outside, ("the settings", root / ".env"), *built]
    for what, path in kept:
        if path.exists():
            lines.append(f"  {what:<52} {size(folder_size(path)):>8}   rm -rf {shlex.quote(str(path))}")
    lines.append(f"  {'the program':<52} {'':>8}   rm -rf {shlex.quote(str(root))}")
    if "DATABASE_URL" in variables or "DATABASE_URL_FILE" in variables:
        lines += ["", "The database is on a server of yours (DATABASE_URL): drop it there, if you want to."]
    lines += ["", "There is no way back from these, except a backup that you keep elsewhere, and its passphrase."]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(explanation(ROOT, given()) + "\n")
