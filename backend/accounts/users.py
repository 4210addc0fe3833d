"""What admins do to accounts: making them, changing them, letting people in and shutting them out, removing them.

Nobody shuts themselves out, and the last admin who may sign in stays. A password that the server made up and a one-time link are
shown in one answer and kept nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select

from backend import clock
from backend.accounts import links, passwords, service, sessions, tokens, traces
from backend.accounts.models import User, UserRole
from backend.accounts.versions import refuse_stale
from backend.audit import idempotency
from backend.audit import service as audit
from backend.db import ActorKind, UnitOfWork
from backend.errors import Conflict, FieldError, NotFound, UserInUse, ValidationFailed

TEMPORARY: Final = timedelta(hours=24)
_COLUMNS = ("email", "username", "display_name", "role", "language", "active")
_PATHS = {"email": "email", "display_name": "displayName", "role": "role", "language": "language"}


class WayIn(StrEnum):
    """How somebody gets in who has no password of their own yet."""

    TEMPORARY_PASSWORD = "TEMPORARY_PASSWORD"  # noqa: S105 (the name of a way, not a password)
    ONE_TIME_LINK = "ONE_TIME_LINK"


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody who shall sign in, as it was typed."""

    email: str
    username: str | None
    display_name: str
    role: UserRole
    language: str


@dataclass(frozen=True, slots=True)
class Access:
    """What lets a user in, shown this once: a password with its end, or a link; neither where it was shown before and used."""

    user_id: int
    password: str | None = None
    password_until: datetime | None = None
    link: links.OneTimeLink | None = None


def password_counts(user: User, now: datetime) -> bool:
    """Whether a right password lets this user in: a temporary one does until its time is over."""
    return user.temporary_until is None or now < user.temporary_until


async def create(uow: UnitOfWork, new: NewUser, how: WayIn, *, key: UUID | None = None) -> Access:
    """Make a user, and what lets them in.

    Sent again under the same ``key`` it makes nobody twice; as long as they have not come in, they get a new password or link,
    since the first may be lost with its answer. Raises `ValidationFailed`, and `Conflict` (``KEY_REUSED``).
    """
    asked = [new.email, new.username, new.display_name, new.role.value, new.language, how.value]
    made = await idempotency.made_before(uow, key, "createUser", asked)
    if made is not None:
        user = await _found(uow, made)
        return Access(made) if await traces.has_come_in(uow, made) else await _let_in(uow, user, how)
    if new.language not in service.LANGUAGES:
        raise ValidationFailed(FieldError(("language",), "UNKNOWN", f"Please choose one of: {', '.join(service.LANGUAGES)}."))
    until, password = _until(how), _password(how)
    user = await service.create_user(
        uow,
        email=new.email,
        username=new.username,
        display_name=new.display_name,
        role=new.role,
        password=password,
        must_change_password=until is not None,
        temporary_until=until,
        language=new.language,
    )
    await idempotency.remember(uow, key, user.id)
    if until is None:
        return Access(user.id, link=await links.make(uow, user))
    return Access(user.id, password=password, password_until=until)


async def update(uow: UnitOfWork, user_id: int, version: int, given: Mapping[str, Any]) -> None:
    """Change the columns that are given; None or blank clears the username alone. A new role counts within 5 s.

    Raises `NotFound`, `ValidationFailed`, `Conflict` (``STALE_VERSION``, ``LAST_ADMIN``, ``ONESELF`` for one's own role).
    """
    admins = await service.lock_active_admins(uow) if "role" in given else []
    user = await _at_version(uow, user_id, version)
    wanted = {name: getattr(user, name) for name in _COLUMNS} | dict(given)
    problems = [FieldError((_PATHS[name],), "REQUIRED", "This can't be empty.") for name in _PATHS if wanted[name] is None]
    if problems:
        raise ValidationFailed(*problems)
    email, username, display_name = service.tidy(wanted["email"], wanted["username"], wanted["display_name"])
    problems = list(service.malformed(email, username, display_name))
    if wanted["language"] not in service.LANGUAGES:
        problems.append(FieldError(("language",), "UNKNOWN", f"Please choose one of: {', '.join(service.LANGUAGES)}."))
    problems = problems or await service.taken(uow, email, username, but=user_id)
    if problems:
        raise ValidationFailed(*problems)
    wanted |= {"email": email, "username": username, "display_name": display_name}
    changed = {name: value for name, value in wanted.items() if value != getattr(user, name)}
    if not changed:
        return
    if "role" in changed:
        _refuse_oneself(uow, user_id, "Another admin has to change your role.")
        service.refuse_last_admin(admins, user_id)
    before = {name: _plain(getattr(user, name)) for name in changed}
    for name, value in changed.items():
        setattr(user, name, value)
    user.version += 1
    await service.flush_names(uow)
    audit.record(uow, "user.updated", "user", user_id, before=before, after={name: _plain(value) for name, value in changed.items()})
    await sessions.read_afresh(uow, user_id)


async def set_active(uow: UnitOfWork, user_id: int, version: int, *, active: bool) -> None:
    """Let somebody sign in or not; shutting them out ends all their sessions and their link.

    Raises `NotFound`, `Conflict` (``STALE_VERSION``, ``LAST_ADMIN``, ``ONESELF``).
    """
    if not active:
        _refuse_oneself(uow, user_id, "You can't deactivate yourself; another admin can.")
        await service.lock_active_admins(uow)
    await service.set_active(uow, await _at_version(uow, user_id, version), active=active)


async def reset_password(uow: UnitOfWork, user_id: int, how: WayIn) -> Access:
    """Make the present password worthless, end all sessions, and give another way in. Raises `NotFound`, `Conflict` (``ONESELF``)."""
    _refuse_oneself(uow, user_id, "Change your own password in your profile.")
    return await _let_in(uow, await _found(uow, user_id), how)


async def new_link(uow: UnitOfWork, user_id: int) -> links.OneTimeLink:
    """A link for somebody whose present password and sessions go on until they use it.

    Raises `NotFound`, `Conflict` (``ONESELF``, ``INACTIVE``).
    """
    _refuse_oneself(uow, user_id, "Change your own password in your profile.")
    user = await _found(uow, user_id)
    if not user.active:
        raise Conflict("This account is deactivated, so a link would let nobody in. Activate it first.", code="INACTIVE")
    return await links.make(uow, user)


async def withdraw_link(uow: UnitOfWork, user_id: int) -> bool:
    """Make a waiting link worthless; whether there was one. Raises `NotFound`."""
    await _found(uow, user_id)
    return await links.withdraw(uow, user_id)


async def remove(uow: UnitOfWork, user_id: int, version: int) -> None:
    """Remove somebody who never did anything here.

    Raises `NotFound`, `UserInUse` with what refers to them, `Conflict` (``STALE_VERSION``, ``LAST_ADMIN``, ``ONESELF``).
    """
    _refuse_oneself(uow, user_id, "You can't delete yourself.")
    admins = await service.lock_active_admins(uow)
    user = await _at_version(uow, user_id, version, for_removal=True)
    service.refuse_last_admin(admins, user_id)
    found = await traces.of_user(uow, user_id)
    if found:
        raise UserInUse("What this person did here names them, so the account stays. Deactivate it instead.", traces=found)
    before = {name: _plain(getattr(user, name)) for name in _COLUMNS}
    await uow.execute(delete(User).where(User.id == user_id).execution_options(synchronize_session=False))
    audit.record(uow, "user.deleted", "user", user_id, before=before)


async def _let_in(uow: UnitOfWork, user: User, how: WayIn) -> Access:
    until, password = _until(how), _password(how)
    await service.reset_password(uow, user, password, must_change_password=until is not None, temporary_until=until)
    if until is None:
        return Access(user.id, link=await links.make(uow, user))
    return Access(user.id, password=password, password_until=until)


def _until(how: WayIn) -> datetime | None:
    return clock.now() + TEMPORARY if how is WayIn.TEMPORARY_PASSWORD else None


def _password(how: WayIn) -> str:
    """One to read out; or, beside a link, one that nobody ever learns."""
    return passwords.generate() if how is WayIn.TEMPORARY_PASSWORD else tokens.new_opaque()


async def _found(uow: UnitOfWork, user_id: int, *, for_removal: bool = False) -> User:
    # For removal the key is locked as well: nothing that refers to it can be added meanwhile.
    statement = select(User).where(User.id == user_id).with_for_update(key_share=not for_removal)
    user: User | None = await uow.scalar(statement.execution_options(populate_existing=True))
    if user is None:
        raise NotFound("There is no such user. The account may have been deleted.")
    return user


async def _at_version(uow: UnitOfWork, user_id: int, version: int, *, for_removal: bool = False) -> User:
    user = await _found(uow, user_id, for_removal=for_removal)
    if user.version != version:
        present = {name: _plain(getattr(user, name)) for name in _COLUMNS}
        await refuse_stale(uow, "user", user_id, given=version, version=user.version, present=present)
    return user


def _refuse_oneself(uow: UnitOfWork, user_id: int, message: str) -> None:
    if uow.actor.kind is ActorKind.USER and uow.actor.id == user_id:
        raise Conflict(message, code="ONESELF")


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, UserRole) else value
