"""The people who sign in, from the shell: for when nobody can sign in."""

import json

from sqlalchemy import select

from backend.accounts import passwords
from backend.accounts.models import User, UserRole
from backend.accounts.service import create_user, reset_password
from backend.config import Settings
from backend.db import Actor, ActorKind, Database
from backend.errors import NotFound

OPERATOR = Actor(ActorKind.OPERATOR, label="command line")


async def listing(settings: Settings, *, as_json: bool) -> str:
    """Everybody: role, username, email, whether they may sign in, when they last did."""
    database = Database.of(settings, name="krc-cli", pool_size=1)
    try:
        async with database.reading() as reader:
            columns = (User.role, User.username, User.email, User.display_name, User.active, User.must_change_password, User.last_login_at)
            rows = await reader.rows(select(*columns).order_by(User.id))
    finally:
        await database.close()
    if as_json:
        return json.dumps([dict(row._mapping) for row in rows], default=str)  # noqa: SLF001 (SQLAlchemy's public name for it)
    if not rows:
        return "Nobody may sign in yet: run `just bootstrap`."
    table = [("role", "username", "email", "state", "last login")]
    for row in rows:
        state = "disabled" if not row.active else "must change password" if row.must_change_password else "active"
        table.append(
            (
                row.role.lower(),
                row.username or "",
                row.email,
                state,
                f"{row.last_login_at:%Y-%m-%d %H:%M} UTC" if row.last_login_at else "never",
            )
        )
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    return "\n".join("  ".join(value.ljust(width) for value, width in zip(line, widths, strict=True)).rstrip() for line in table)


async def create(settings: Settings, *, email: str, username: str | None, name: str, admin: bool) -> str:
    """Make a user; returns the sentence with the password, which is shown this once. Raises `ValidationFailed` or `Conflict`."""
    password = passwords.generate()
    database = Database.of(settings, name="krc-cli", pool_size=1)
    try:
        async with database.writing(OPERATOR) as uow:
            user = await create_user(
                uow,
                email=email,
                username=username,
                display_name=name or username or email,
                role=UserRole.ADMIN if admin else UserRole.STAFF,
                password=password,
                must_change_password=True,
            )
    finally:
        await database.close()
    return f"Made {user.username or user.email} ({user.role.lower()}). {_shown_once(password)}"


async def reset(settings: Settings, who: str) -> str:
    """Give a user a new password; returns the sentence with it. Raises `NotFound`."""
    password, name = passwords.generate(), who.strip().lower()
    database = Database.of(settings, name="krc-cli", pool_size=1)
    try:
        async with database.writing(OPERATOR) as uow:
            user: User | None = (await uow.execute(select(User).where((User.email == name) | (User.username == name)))).scalar_one_or_none()
            if user is None:
                raise NotFound(f"Nobody has the email or username “{who}”. `just user list` shows everybody.")
            ended = await reset_password(uow, user, password)
            disabled = "" if user.active else " The account is disabled, so this alone lets nobody in."
    finally:
        await database.close()
    return f"{user.username or user.email} has a new password; {ended} sessions were ended.{disabled} {_shown_once(password)}"


def _shown_once(password: str) -> str:
    return f"Password: {password}   Shown this once; it has to be changed at the next login."
