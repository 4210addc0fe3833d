"""The people who sign in, from the shell: for when nobody can sign in."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select

from backend import clock
from backend.accounts import devices, passwords, second_factor
from backend.accounts.links import make as make_link
from backend.accounts.models import Session, User, UserRole
from backend.accounts.queries import links_of_users, sessions_of_users, user_by_identifier
from backend.accounts.service import create_user, lock, reset_password, set_active
from backend.config import Settings
from backend.db import Actor, ActorKind, Database, ReadSession
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
    table += [(row.role.lower(), row.username or "", row.email, _state(row), _time(row.last_login_at)) for row in rows]
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
    password = passwords.generate()
    database = Database.of(settings, name="krc-cli", pool_size=1)
    try:
        async with database.writing(OPERATOR) as uow:
            user = await _find(uow, who)
            ended = await reset_password(uow, user, password)
            name = _name(user)
            disabled = "" if user.active else f" The account is disabled, so this alone lets nobody in: `just user enable {name}`."
    finally:
        await database.close()
    return f"{name} has a new password; {_sessions(ended)}.{disabled} {_shown_once(password)}"


async def reset_second_factor(settings: Settings, who: str) -> str:
    """Take a user's second factor away, and end their sessions; returns what was done. Raises `NotFound`, `Conflict` when there is none."""
    database = Database.of(settings, name="krc-cli", pool_size=1)
    try:
        async with database.writing(OPERATOR) as uow:
            user = await _find(uow, who)
            ended = await second_factor.reset(uow, user.id)
            name = _name(user)
    finally:
        await database.close()
    return f"{name} signs in with the password alone until a second factor is set up again; {_sessions(ended)}."


async def disable(settings: Settings, who: str) -> str:
    """Let a user in no longer; returns what was done. Raises `NotFound`, and `Conflict` for the last admin."""
    database = Database.of(settings, name="krc-cli", pool_size=1)
    try:
        async with database.writing(OPERATOR) as uow:
            user = await _find(uow, who)
            was_active = user.active
            ended = await set_active(uow, user, active=False)
            name = _name(user)
    finally:
        await database.close()
    if not was_active:
        return f"{name} was disabled already; nothing was changed."
    return f"{name} may not sign in any more; {_sessions(ended)}. `just user enable {name}` takes that back."


async def enable(settings: Settings, who: str) -> str:
    """Let a disabled user in again; returns what was done. Raises `NotFound`."""
    database = Database.of(settings, name="krc-cli", pool_size=1)
    try:
        async with database.writing(OPERATOR) as uow:
            user = await _find(uow, who)
            was_active = user.active
            await set_active(uow, user, active=True)
            name = _name(user)
    finally:
        await database.close()
    if was_active:
        return f"{name} may sign in already; nothing was changed."
    return f"{name} may sign in again, with the password as it was. `just user reset-password {name}` gives a new one."


async def link(settings: Settings, who: str) -> str:
    """Make a one-time link with which a user sets a password; returns the sentence with it, shown this once. Raises `NotFound`."""
    database = Database.of(settings, name="krc-cli", pool_size=1)
    try:
        async with database.writing(OPERATOR) as uow:
            user = await lock(uow, (await _find(uow, who)).id)
            made = await make_link(uow, user)
            name = _name(user)
            disabled = "" if user.active else f" The account is disabled, so this alone lets nobody in: `just user enable {name}`."
    finally:
        await database.close()
    return (
        f"Link for {name}: {made.url(settings)}   Shown this once; it sets a password, once, within 24 hours. "
        f"The present password and sessions go on until then.{disabled}"
    )


async def show(settings: Settings, who: str) -> str:
    """What is known of one user, a line each: names, role, state, second factor, link, sessions. Raises `NotFound`."""
    database = Database.of(settings, name="krc-cli", pool_size=1)
    try:
        async with database.reading() as reader:
            user = await _find(reader, who)
            sessions = (await sessions_of_users(reader, [user.id], clock.now()))[user.id]
            newest = (await links_of_users(reader, [user.id])).get(user.id)
    finally:
        await database.close()
    lines = [
        ("name", user.display_name),
        ("email", user.email),
        ("username", user.username or "none"),
        ("role", user.role.lower()),
        ("state", _state(user)),
        ("last login", _time(user.last_login_at)),
        ("second factor", f"since {_time(user.totp_confirmed_at)}" if user.totp_confirmed_at else "none"),
        ("link", "none" if newest is None or newest.used_at else f"until {_time(newest.expires_at)}"),
        *(("session", f"{_device(session)}, last used {_time(session.last_used_at)}") for session in sessions),
    ]
    return "\n".join(f"{name.ljust(15)}{value}" for name, value in lines)


async def _find(reader: ReadSession, who: str) -> User:
    user = await user_by_identifier(reader, who)
    if user is None:
        raise NotFound(f"Nobody has the email or username “{who}”. `just user list` shows everybody.")
    return user


def _name(user: User) -> str:
    return user.username or user.email


def _state(user: Any) -> str:
    return "disabled" if not user.active else "must change password" if user.must_change_password else "active"


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "never"


def _device(session: Session) -> str:
    device = devices.read(session.user_agent)
    return " on ".join(part for part in (device.browser, device.system) if part) or "unknown device"


def _sessions(ended: int) -> str:
    return "1 session was ended" if ended == 1 else f"{ended} sessions were ended"


def _shown_once(password: str) -> str:
    return f"Password: {password}   Shown this once; it has to be changed at the next login."
