"""The first admin: who it shall be, decided before anything is changed, and made when the schema stands.

A password that was made is shown once. Should the program be killed after the commit but before it could show it, nobody
would know it; so ``admin.password_shown`` is recorded after it was shown, and a run that misses that makes a new one.
"""

import getpass
import os
import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts import passwords
from backend.accounts.models import User, UserRole
from backend.accounts.service import create_user, reset_password
from backend.audit.service import record
from backend.config import Settings
from backend.db import ReadSession, UnitOfWork
from backend.operations.bootstrap.trouble import Trouble

USERNAME, EMAIL, NAME = "admin", "admin@localhost", "Administrator"
MADE, SHOWN = "admin.made", "admin.password_shown"
TRIES = 3

# A hash that no password can be verified against lets nobody in.
USABLE = r"password_hash ~ '^[$](argon2|2[aby][$])'"
FIND = text(
    f"""
SELECT u.id, u.email, u.username, u.password_hash, u.must_change_password
       AND EXISTS (SELECT FROM audit_log a WHERE a.subject_type = 'user' AND a.subject_id = u.id AND a.action = '{MADE}')
       AND NOT EXISTS (SELECT FROM audit_log a WHERE a.subject_type = 'user' AND a.subject_id = u.id AND a.action = '{SHOWN}') AS unshown
FROM users u WHERE u.role = 'ADMIN' AND u.active AND {USABLE}
ORDER BY unshown, (u.email = :email OR u.username = :username) IS TRUE DESC, u.id LIMIT 1
"""
)
# The predecessor's users; not every shape of it has usernames.
FIND_THERE = f"SELECT EXISTS (SELECT FROM {{schema}}.users WHERE lower(btrim(role)) = 'admin' AND is_active AND {USABLE})"
TAKEN_THERE = """
SELECT lower(btrim(u.email)) AS email, lower(btrim(to_jsonb(u) ->> 'username')) AS username FROM {schema}.users u
WHERE lower(btrim(u.email)) = :email OR lower(btrim(to_jsonb(u) ->> 'username')) = :username LIMIT 1
"""
TAKEN = text("SELECT email, username FROM users WHERE email = :email OR username = :username LIMIT 1")


@dataclass(frozen=True, slots=True)
class Admin:
    """An admin, there or to be made. ``password`` is None when it isn't known, ``made`` says that it was generated here."""

    email: str
    username: str | None
    password: str | None
    id: int | None = None
    made: bool = False

    @property
    def identifier(self) -> str:
        """What they sign in with."""
        return self.username or self.email


async def find(reader: ReadSession, settings: Settings) -> Admin | None:
    """An active admin, if there is one, preferably the one of the settings; one whose password nobody ever saw gets a new one by `make`."""
    row = await reader.row(FIND, {"email": settings.admin_email, "username": settings.admin_username.lower()})
    if row is None:
        return None
    if row.unshown:
        return Admin(row.email, row.username, passwords.generate(), row.id, made=True)
    given = settings.admin_password.get_secret_value() if settings.admin_password else None
    known = given if given is not None and await passwords.verify(given, row.password_hash) else None
    return Admin(row.email, row.username, known, row.id)


def choose(settings: Settings, *, ask: bool) -> Admin:
    """Who the first admin shall be: from the settings, else asked for, else made up. Raises `Trouble` for a bad choice."""
    _check_both_sources(settings)
    email, username = settings.admin_email, settings.admin_username.lower()
    if ask and not email:
        email = input("Email of the first admin: ").strip().lower()
    if ask and not username:
        username = input(f"Username (Enter for {USERNAME}): ").strip().lower()
    email, username = email or EMAIL, username or USERNAME
    if not re.fullmatch(r"[^@\s\x00]+@[^@\s\x00]+", email) or len(email) > 254:
        raise Trouble("ADMIN_EMAIL is not an email address. Correct it and run this again; nothing was changed.")
    if not re.fullmatch(r"[^@\s\x00]{1,64}", username):
        raise Trouble("ADMIN_USERNAME may have 1 to 64 characters, without blanks and without @. Nothing was changed.")
    if settings.admin_password is not None:
        password = settings.admin_password.get_secret_value()
        if problems := passwords.check(password, own=(email, username, NAME)):
            raise Trouble(f"ADMIN_PASSWORD: {problems[0].message} Nothing was changed.")
        return Admin(email, username, password)
    if ask:
        return Admin(email, username, _ask_password(email, username))
    return Admin(email, username, passwords.generate(), made=True)


def _check_both_sources(settings: Settings) -> None:
    file = os.environ.get("ADMIN_PASSWORD_FILE")
    if file and os.environ.get("ADMIN_PASSWORD") and settings.admin_password is not None:
        try:
            same = Path(file).read_text(encoding="utf-8").strip() == settings.admin_password.get_secret_value()
        except (OSError, UnicodeDecodeError):
            raise Trouble(f"ADMIN_PASSWORD_FILE: {file} can't be read. Nothing was changed.") from None
        if not same:
            raise Trouble("ADMIN_PASSWORD and ADMIN_PASSWORD_FILE hold different passwords. Remove one; nothing was changed.")


def _ask_password(email: str, username: str) -> str:
    for _ in range(TRIES):
        password = getpass.getpass("Password: ")
        problems = passwords.check(password, own=(email, username, NAME))
        if problems:
            print(problems[0].message)
        elif passwords.same(password, getpass.getpass("The same again: ")):
            return password
        else:
            print("These were two different ones.")
    raise Trouble("No password was chosen. Run this again; nothing was changed.")


async def check_free(reader: ReadSession, admin: Admin) -> None:
    """Raise `Trouble` when the email or username belongs to somebody who is no active admin."""
    row = await reader.row(TAKEN, {"email": admin.email, "username": admin.username})
    if row is not None:
        raise _taken(admin, row.email)


async def predecessor_has_one(connection: AsyncConnection, schema: str) -> bool:
    """Whether an active admin is among the predecessor's users, who will be copied."""
    return bool((await connection.execute(text(FIND_THERE.format(schema=schema)))).scalar_one())


async def check_free_there(connection: AsyncConnection, schema: str, admin: Admin) -> None:
    """Raise `Trouble` when one of the predecessor's users will take the email or username along."""
    query = text(TAKEN_THERE.format(schema=schema))
    row = (await connection.execute(query, {"email": admin.email, "username": admin.username})).one_or_none()
    if row is not None:
        raise _taken(admin, row.email)


def _taken(admin: Admin, email: str) -> Trouble:
    whose = f"The email {admin.email}" if email == admin.email else f"The username {admin.username}"
    advice = "Set ADMIN_EMAIL and ADMIN_USERNAME to others; nothing was changed."
    return Trouble(f"{whose} belongs to a user who is not an active admin. {advice}")


async def make(uow: UnitOfWork, admin: Admin) -> None:
    """Make the admin, or give the one whose password was never shown a new one."""
    assert admin.password is not None  # noqa: S101 (choose and find give one)
    if admin.id is not None:
        user = (await uow.execute(select(User).where(User.id == admin.id))).scalar_one()
        await reset_password(uow, user, admin.password)
        return
    user = await create_user(
        uow,
        email=admin.email,
        username=admin.username,
        display_name=NAME,
        role=UserRole.ADMIN,
        password=admin.password,
        must_change_password=admin.made,
    )
    await uow.flush()
    if admin.made:
        record(uow, MADE, "user", user.id)


async def remember_shown(uow: UnitOfWork, admin: Admin) -> None:
    """Remember that the password was shown, so that it is never made anew."""
    record(uow, SHOWN, "user", await uow.scalar(select(User.id).where(User.email == admin.email)))
