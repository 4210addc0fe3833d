"""The demo's sign-ins: made at the first start, kept for the owner's eyes, printed at every start."""

import json
import secrets
from pathlib import Path

from backend.operations.stack.files import make_private_folder, write_private

ADMIN = {"ADMIN_EMAIL": "admin@demo.example", "ADMIN_USERNAME": "admin"}
NAME = "demo-sign-ins.json"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def demo_admin(data_dir: Path, variables: dict[str, str]) -> dict[str, str]:
    """What bootstrap needs to make the demo's admin; {} if the operator named one."""
    if any(name.startswith("ADMIN_") for name in variables):
        return {}
    secret = make_private_folder(data_dir / "secrets") / "demo-admin-password"
    if not secret.exists():
        write_private(secret, typeable_password() + "\n")
    return ADMIN | {"ADMIN_PASSWORD_FILE": str(secret)}


def typeable_password() -> str:
    """Sixteen characters that can't be mistaken for one another, in four groups: 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def remember(data_dir: Path, said: str, admin: dict[str, str]) -> list[dict[str, str]]:
    """Add the sign-ins that the demo data's command printed to those known; returns all."""
    known = {entry["username"]: entry for entry in _read(data_dir / NAME)}
    if admin and admin["ADMIN_USERNAME"] not in known:
        password = Path(admin["ADMIN_PASSWORD_FILE"]).read_text(encoding="utf-8").strip()
        first = {"role": "ADMIN", "username": admin["ADMIN_USERNAME"], "email": admin["ADMIN_EMAIL"], "password": password}
        known = {first["username"]: first} | known
    for entry in _entries(said):
        known[entry.get("username") or entry.get("email", secrets.token_hex(4))] = entry
    all_of_them = list(known.values())
    write_private(data_dir / NAME, json.dumps(all_of_them, indent=2, ensure_ascii=False) + "\n")
    return all_of_them


def as_table(entries: list[dict[str, str]]) -> list[str]:
    """Lines for the terminal, in columns."""
    rows = [
        (entry.get("role", "").lower(), entry.get("username") or entry.get("email", ""), entry.get("password", "")) for entry in entries
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
    return [f"{role:<{widths[0]}}   {name:<{widths[1]}}   {password}" for role, name, password in rows]


def _entries(said: str) -> list[dict[str, str]]:
    """The entries with a password in the JSON that was printed: a list, or an object that holds one."""
    try:
        value = json.loads(said or "[]")
    except ValueError:
        return []
    lists = [value] if isinstance(value, list) else [each for each in value.values() if isinstance(each, list)]
    found = [entry for each in lists for entry in each if isinstance(entry, dict) and entry.get("password")]
    return [{key: str(part) for key, part in entry.items()} for entry in found]


def _read(path: Path) -> list[dict[str, str]]:
    return _entries(path.read_text(encoding="utf-8")) if path.exists() else []
