"""Changes to users: making them, their passwords, their profile, whether they may sign in."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from backend.accounts import passwords, sessions
from backend.accounts.models import KnownDevice, SignInLink, Theme, User, UserRole
from backend.accounts.queries import normalise_identifier
from backend.audit import service as audit
from backend.db import UnitOfWork
from backend.errors import Conflict, FieldError, ValidationFailed

LANGUAGES = ("en", "es")
_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f]{1,189}")
_USERNAME = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}")
_DISPLAY_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,120}")


async def create_user(
    uow: UnitOfWork,
    *,
    email: str,
    username: str | None,
    display_name: str,
    role: UserRole,
    password: str,
    must_change_password: bool = False,
    temporary_until: datetime | None = None,
    language: str = "en",
) -> User:
    """A new user, with its id; the password is hashed here, and signs in until ``temporary_until``.

    Email and username are trimmed and put in lower case. Raises `ValidationFailed` that names every wrong field, ``TAKEN`` ones
    included; `Conflict` when somebody else takes the name at this moment.
    """
    email, username, display_name = tidy(email, username, display_name)
    problems = [
        *malformed(email, username, display_name),
        *passwords.check(password, own=(email, username, display_name)),
    ]
    if not problems:
        problems += await taken(uow, email, username)
    if problems:
        raise ValidationFailed(*problems)
    user = User(
        email=email,
        username=username,
        display_name=display_name,
        role=role,
        password_hash=await passwords.hash(password),
        must_change_password=must_change_password,
        temporary_until=temporary_until,
        language=language,
    )
    uow.add(user)
    await flush_names(uow)
    after = {"email": email, "username": username, "display_name": display_name, "role": role.value}
    audit.record(uow, "user.created", "user", user.id, after={**after, "must_change_password": must_change_password})
    return user


async def reset_password(
    uow: UnitOfWork, user: User, password: str, *, must_change_password: bool = True, temporary_until: datetime | None = None
) -> int:
    """Give a user a new password without knowing the old one, and end all their sessions; returns how many.

    The password signs in until ``temporary_until``. One-time links that were not used yet are dead.

    Raises `ValidationFailed` when the password breaks the policy.
    """
    problems = passwords.check(password, own=(user.email, user.username, user.display_name))
    if problems:
        raise ValidationFailed(*problems)
    made = await passwords.hash(password)
    locked = await lock(uow, user.id)
    locked.password_hash, locked.must_change_password, locked.temporary_until = made, must_change_password, temporary_until
    locked.version += 1
    await uow.flush()
    audit.record(uow, "password.reset", "user", user.id, after={"must_change_password": must_change_password})
    await drop_links(uow, user.id)
    await uow.execute(delete(KnownDevice).where(KnownDevice.user_id == user.id))
    return await sessions.end_all(uow, user.id, because="PASSWORD_RESET")


async def set_active(uow: UnitOfWork, user: User, *, active: bool) -> int:
    """Let a user sign in or not; disabling ends all their sessions and one-time links. Returns how many sessions were ended.

    Raises `Conflict` ``LAST_ADMIN`` when nobody could administer the centre any more.
    """
    admins = [] if active else await lock_active_admins(uow)
    locked = await lock(uow, user.id)
    if locked.active == active:
        return 0
    refuse_last_admin(admins, user.id)
    locked.active = active
    locked.version += 1
    await uow.flush()
    audit.record(
        uow, "user.enabled" if active else "user.disabled", "user", user.id, before={"active": not active}, after={"active": active}
    )
    if active:
        return 0
    await drop_links(uow, user.id)
    return await sessions.end_all(uow, user.id, because="USER_DISABLED")


async def update_profile(uow: UnitOfWork, user_id: int, *, theme: Theme | None = None, language: str | None = None) -> User:
    """Change what a user prefers; None leaves as it is. Raises `ValidationFailed` for a language that the product does not speak."""
    if language is not None and language not in LANGUAGES:
        raise ValidationFailed(FieldError(("language",), "UNKNOWN", f"Please choose one of: {', '.join(LANGUAGES)}."))
    user = await lock(uow, user_id)
    wanted = {"theme": theme, "language": language}
    changed = {name: value for name, value in wanted.items() if value is not None and value != getattr(user, name)}
    if changed:
        before = {name: str(getattr(user, name)) for name in changed}
        for name, value in changed.items():
            setattr(user, name, value)
        user.version += 1
        await uow.flush()
        audit.record(uow, "user.updated", "user", user_id, before=before, after={name: str(value) for name, value in changed.items()})
        await sessions.read_afresh(uow, user_id)
    return user


async def lock(uow: UnitOfWork, user_id: int) -> User:
    """The user as it is now, whatever the session has read before, safe from others until the end of the transaction."""
    statement = select(User).where(User.id == user_id).with_for_update(key_share=True).execution_options(populate_existing=True)
    user: User = (await uow.execute(statement)).scalar_one()
    return user


async def lock_active_admins(uow: UnitOfWork) -> list[int]:
    """The active admins as they are now. Whoever wants one less waits here, so that two never disable each other."""
    statement = select(User.id).where(User.active, User.role == UserRole.ADMIN).order_by(User.id).with_for_update(key_share=True)
    return list(await uow.scalars(statement))


def refuse_last_admin(admins: list[int], user_id: int) -> None:
    """Raise `Conflict` ``LAST_ADMIN`` when this user is the only one of ``admins``, as `lock_active_admins` found them."""
    if admins == [user_id]:
        raise Conflict("This is the last admin who may sign in, so the account stays. Make another admin first.", code="LAST_ADMIN")


async def drop_links(uow: UnitOfWork, user_id: int) -> int:
    """Make every one-time link worthless that this user has not used; returns how many there were."""
    waiting = delete(SignInLink).where(SignInLink.user_id == user_id, SignInLink.used_at.is_(None)).returning(SignInLink.user_id)
    return len(await uow.scalars(waiting.execution_options(synchronize_session=False)))


async def flush_names(uow: UnitOfWork) -> None:
    """Flush a user's names; raises `Conflict` when somebody took one of them since `taken` looked."""
    try:
        await uow.flush()
    except IntegrityError:
        raise Conflict("Somebody else has taken this email or username at this moment. Please choose another one.") from None


def tidy(email: str, username: str | None, display_name: str) -> tuple[str, str | None, str]:
    """Email, username and name as they are kept: trimmed, the first two in lower case, a blank username as none."""
    return normalise_identifier(email), (username or "").strip().lower() or None, display_name.strip()


def malformed(email: str, username: str | None, display_name: str) -> Iterable[FieldError]:
    """What is wrong with the form of tidy names."""
    if not _EMAIL.fullmatch(email):
        yield FieldError(("email",), "INVALID", "This is not an email address.")
    if username is not None and not (_USERNAME.fullmatch(username) and normalise_identifier(username)):
        yield FieldError(("username",), "INVALID", "A username has 1 to 64 characters, without spaces and without @.")
    if not _DISPLAY_NAME.fullmatch(display_name) or not _encodes(display_name):
        yield FieldError(("displayName",), "INVALID", "The name to show needs 1 to 120 characters.")


def _encodes(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


async def taken(uow: UnitOfWork, email: str, username: str | None, *, but: int = 0) -> list[FieldError]:
    """Which of the two names a user other than ``but`` has."""
    same = (User.email == email) | (User.username == username)
    rows = await uow.rows(select(User.email, User.username).where(same, User.id != but))
    problems = []
    if any(row.email == email for row in rows):
        problems.append(FieldError(("email",), "TAKEN", "Another user has this email address."))
    if username is not None and any(row.username == username for row in rows):
        problems.append(FieldError(("username",), "TAKEN", "Another user has this username."))
    return problems
