"""What a user left behind: why an account can't be deleted."""

from enum import StrEnum

from sqlalchemy import Column, ColumnElement, exists, literal, or_, select

from backend.accounts.models import Session, User
from backend.audit.models import AuditEntry
from backend.db import ActorKind, Base, ReadSession


class UserTrace(StrEnum):
    """Something that names a user."""

    SESSIONS = "SESSIONS"
    CHECK_INS = "CHECK_INS"
    NOTES = "NOTES"
    API_KEYS = "API_KEYS"
    LINKS = "LINKS"
    AUDIT_LOG = "AUDIT_LOG"
    OTHER = "OTHER"


_KINDS = {
    "sessions": UserTrace.SESSIONS,
    "check_ins": UserTrace.CHECK_INS,
    "check_in_repeats": UserTrace.CHECK_INS,
    "client_notes": UserTrace.NOTES,
    "api_keys": UserTrace.API_KEYS,
    "sign_in_links": UserTrace.LINKS,
}
# These go with the account, and are nothing that somebody did.
_OWN = {("sign_in_links", "user_id"), ("recovery_codes", "user_id"), ("known_devices", "user_id")}


async def of_user(reader: ReadSession, user_id: int) -> list[UserTrace]:
    """The kinds of things that name this user, in the order of `UserTrace`; one statement over every table that refers to users."""
    mine: dict[UserTrace, list[ColumnElement[bool]]] = {}
    for column in _referring():
        kind = _KINDS.get(column.table.name, UserTrace.OTHER)
        mine.setdefault(kind, []).append(exists(select(literal(1)).select_from(column.table).where(column == user_id)))
    # Last: the log has no index by who acted, and whoever acted has mostly been found above.
    acted = AuditEntry.actor_kind == ActorKind.USER, AuditEntry.actor_id == user_id
    mine[UserTrace.AUDIT_LOG] = [exists(select(literal(1)).where(*acted))]
    kinds = [kind for kind in UserTrace if kind in mine]
    row = await reader.row(select(*(or_(*mine[kind]).label(kind.value) for kind in kinds)))
    return [kind for kind in kinds if row is not None and getattr(row, kind.value)]


async def has_come_in(reader: ReadSession, user_id: int) -> bool:
    """Whether a user was ever signed in."""
    return bool(await reader.scalar(select(exists().where(Session.user_id == user_id))))


def _referring() -> list[Column[object]]:
    """Every column of any feature that refers to a user's id. Read from the tables, since this feature knows none above it."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column is User.__table__.c.id and (table.name, column.name) not in _OWN
    ]
