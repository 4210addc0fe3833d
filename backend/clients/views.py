"""Saved views: what a page shows, under a name, for oneself or for everybody.

A view keeps the parameters of its page's address and nothing else, so what it brings back is what anybody could have typed there.
Only its owner or an administrator changes one. Somebody else's view that is not shared does not exist for others.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from backend.accounts.models import User
from backend.audit import idempotency
from backend.audit import service as audit
from backend.clients.models import SavedView
from backend.db import AnyRow, ReadSession, UnitOfWork
from backend.errors import Conflict, FieldError, NotAllowed, NotFound, ValidationFailed

MOST_OF_ONE = 50
LONGEST_NAME = 80
LONGEST_VALUE = 2000

# What stands in the address of each page. How far one has paged is no part of a view.
PARAMETERS: Mapping[str, frozenset[str]] = {
    "clients": frozenset(
        (
            "q", "standing", "tags", "anytag", "tiers", "coordinator", "language", "visited", "consent", "archived", "fix", "since",
            "first", "order", "dir", "columns",
        )
    ),
    "check-ins": frozenset(("from", "to", "client", "method", "station", "user", "standing", "present", "voided")),
}  # fmt: skip

_SHOWN = (
    SavedView.id, SavedView.owner_id, SavedView.page, SavedView.name, SavedView.shared, SavedView.state, SavedView.version,
    User.display_name.label("owner_name"),
)  # fmt: skip


async def views_of(reader: ReadSession, page: str, user_id: int | None) -> Sequence[AnyRow]:
    """The views of a page that a user sees: their own and those that others share, by name."""
    statement = select(*_SHOWN).join(User, User.id == SavedView.owner_id).where(SavedView.page == page)
    seen = statement.where(or_(SavedView.owner_id == user_id, SavedView.shared))
    return await reader.rows(seen.order_by(SavedView.owner_id != user_id, func.lower(SavedView.name), SavedView.id))


async def view(reader: ReadSession, view_id: int) -> AnyRow:
    """One view; raises `NotFound`."""
    row = await reader.row(select(*_SHOWN).join(User, User.id == SavedView.owner_id).where(SavedView.id == view_id))
    if row is None:
        raise NotFound("This view is no longer there.")
    return row


async def save(
    uow: UnitOfWork, *, user_id: int | None, page: str, name: str, shared: bool, state: Mapping[str, str], key: UUID | None
) -> int:
    """Keep a view under a name that its owner has not used on this page; returns its number. Raises `ValidationFailed`, `NotAllowed`."""
    if user_id is None:
        raise NotAllowed("Only people have views of their own.")
    clean, kept = _name(name), _state(page, state)
    made = await idempotency.made_before(uow, key, "saveView", [page, clean, shared, kept])
    if made is not None:
        return made
    await uow.execute(select(User.id).where(User.id == user_id).with_for_update())
    if await uow.scalar(select(func.count()).where(SavedView.owner_id == user_id, SavedView.page == page)) >= MOST_OF_ONE:
        raise ValidationFailed(FieldError(("name",), "TOO_MANY", f"You have {MOST_OF_ONE} views here. Remove one that you no longer need."))
    one = SavedView(owner_id=user_id, page=page, name=clean, shared=shared, state=kept)
    uow.add(one)
    await _named_once(uow)
    audit.record(uow, "view.saved", "saved_view", one.id, after=_said({"page": page, "shared": shared, "state": kept}))
    await idempotency.remember(uow, key, one.id)
    return one.id


async def change(
    uow: UnitOfWork,
    view_id: int,
    version: int,
    *,
    user_id: int | None,
    is_admin: bool,
    name: str | None = None,
    shared: bool | None = None,
    state: Mapping[str, str] | None = None,
) -> None:
    """Rename, share or unshare a view, or give it what the page shows now; None leaves. Raises every problem of `save`, `Conflict`."""
    row = await _own(uow, view_id, version, user_id=user_id, is_admin=is_admin)
    wanted = {
        "name": row.name if name is None else _name(name),
        "shared": row.shared if shared is None else shared,
        "state": row.state if state is None else _state(row.page, state),
    }
    changed = {field: value for field, value in wanted.items() if value != getattr(row, field)}
    if not changed:
        return
    await _named_once(uow, update(SavedView).where(SavedView.id == view_id).values(**changed, version=row.version + 1))
    before = {field: getattr(row, field) for field in changed}
    audit.record(uow, "view.changed", "saved_view", view_id, before=_said(before), after=_said(changed))


async def remove(uow: UnitOfWork, view_id: int, version: int, *, user_id: int | None, is_admin: bool) -> None:
    """Remove a view. Raises `NotFound`, `NotAllowed`, `Conflict`."""
    row = await _own(uow, view_id, version, user_id=user_id, is_admin=is_admin)
    await uow.execute(delete(SavedView).where(SavedView.id == view_id))
    audit.record(uow, "view.removed", "saved_view", view_id, before={"page": row.page, "shared": row.shared})


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the audit log keeps: which parameters, not what was typed into them or as a name. That may be a person, who may be erased."""
    return {field: sorted(value) if field == "state" else value for field, value in values.items() if field != "name"}


async def _own(uow: UnitOfWork, view_id: int, version: int, *, user_id: int | None, is_admin: bool) -> AnyRow:
    row = await uow.row(select(SavedView.__table__).where(SavedView.id == view_id).with_for_update())
    if row is None or (row.owner_id != user_id and not row.shared):
        raise NotFound("This view is no longer there.")
    if row.owner_id != user_id and not is_admin:
        raise NotAllowed("This view is somebody else's. Save one of your own under another name.")
    if row.version != version:
        raise Conflict("Somebody else has changed this view meanwhile.", code="STALE_VERSION", version=row.version)
    return row


async def _named_once(uow: UnitOfWork, statement: Executable | None = None) -> None:
    try:
        if statement is None:
            await uow.flush()
        else:
            await uow.execute(statement)
    except IntegrityError as error:
        if getattr(error.orig, "sqlstate", None) == "23505":
            raise ValidationFailed(FieldError(("name",), "TAKEN", "You have a view of this name. Choose another one.")) from None
        raise


def _name(name: str) -> str:
    clean = " ".join(name.split())
    if not clean:
        raise ValidationFailed(FieldError(("name",), "REQUIRED", "Give the view a name."))
    if len(clean) > LONGEST_NAME or not clean.isprintable():
        raise ValidationFailed(FieldError(("name",), "TOO_LONG", f"A name has at most {LONGEST_NAME} printable characters."))
    return clean


def _state(page: str, state: Mapping[str, str]) -> dict[str, str]:
    known = PARAMETERS.get(page)
    if known is None:
        raise ValidationFailed(FieldError(("page",), "UNKNOWN", f"Views are for the pages {', '.join(PARAMETERS)}."))
    for name, value in state.items():
        if name not in known:
            raise ValidationFailed(FieldError(("state",), "UNKNOWN_PARAMETER", f"The page has no parameter of the name {name[:40]!r}."))
        if len(value) > LONGEST_VALUE or not value.isprintable():
            raise ValidationFailed(FieldError(("state",), "BAD_VALUE", f"The value of {name!r} is too long or can't be printed."))
    return dict(sorted(state.items()))
