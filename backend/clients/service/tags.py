"""Tags: making, changing, joining and removing them, and putting them on a client."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import String, delete, func, insert, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from backend.audit import idempotency
from backend.audit import service as audit
from backend.audit.models import AuditEntry
from backend.checking import Checker
from backend.clients.models import ClientTag, Tag
from backend.clients.service.versions import refuse_stale
from backend.db import AnyRow, UnitOfWork, among
from backend.errors import NotFound

COLOURS = ("slate", "red", "orange", "amber", "green", "teal", "blue", "violet", "pink")
NAME, DESCRIPTION = 60, 500
MOST_AT_ONCE = 50
_MISSING = "There is no such tag. It may have been removed."
# Two at once must not give the same name.
_ALONE_WITH_NAMES = text("SELECT pg_advisory_xact_lock(4218)")


@dataclass(frozen=True, slots=True)
class NewTag:
    """A tag to make, as it was typed; without a colour it is slate."""

    name: str | None
    colour: str | None = None
    description: str | None = None


def _colour(check: Checker, given: str | None) -> str:
    colour = (given or "").strip().lower() or COLOURS[0]
    if colour not in COLOURS:
        check.problem("colour", "BAD_COLOUR", f"Choose one of {', '.join(COLOURS)}.")
    return colour


def _name(check: Checker, given: str | None) -> str | None:
    name = check.line("name", given, NAME)
    check.required("name", name, "Give the tag a name.")
    return name


async def _refuse_taken(uow: UnitOfWork, check: Checker, name: str, tag_id: int) -> None:
    await uow.execute(_ALONE_WITH_NAMES)
    same = func.lower(Tag.name) == func.lower(literal(name, String))
    if await uow.scalar(select(Tag.id).where(same, Tag.id != tag_id)) is not None:
        check.problem("name", "TAKEN", "There is a tag with this name already. Choose another name, or join the two.")
        check.done()


async def create(uow: UnitOfWork, asked: NewTag, *, key: UUID | None = None) -> int:
    """Make a tag and return its number. With a ``key`` that was used for the same before, the number is that of the first time.

    Raises `ValidationFailed` (``TAKEN`` for a name that another tag has in any case), and `Conflict` (``KEY_REUSED``).
    """
    check = Checker()
    clean = NewTag(_name(check, asked.name), _colour(check, asked.colour), check.line("description", asked.description, DESCRIPTION))
    check.done()
    made = await idempotency.made_before(uow, key, "createTag", asdict(clean))
    if made is not None:
        return made
    await _refuse_taken(uow, check, clean.name or "", 0)
    values = asdict(clean)
    tag = Tag(**values)
    uow.add(tag)
    await uow.flush()
    audit.record(uow, "tag.created", "tag", tag.id, after={name: value for name, value in values.items() if value})
    await idempotency.remember(uow, key, tag.id)
    return tag.id


async def _locked(uow: UnitOfWork, tag_id: int) -> AnyRow:
    row = await uow.row(select(*Tag.__table__.columns).where(Tag.id == tag_id).with_for_update())
    if row is None:
        raise NotFound(_MISSING)
    return row


async def _stale(uow: UnitOfWork, row: AnyRow, version: int) -> NoReturn:
    shown = {name: getattr(row, name) for name in ("name", "colour", "description", "version")}
    await refuse_stale(uow, "tag", row.id, given=version, present=shown)


async def change(uow: UnitOfWork, tag_id: int, version: int, given: Mapping[str, Any]) -> int:
    """Change what is given of ``name``, ``colour`` and ``description`` and return the version.

    Raises `ValidationFailed`, `NotFound` and `Conflict`.
    """
    row = await _locked(uow, tag_id)
    if row.version != version:
        await _stale(uow, row, version)
    check = Checker()
    rules: dict[str, Callable[[str | None], str | None]] = {
        "name": lambda value: _name(check, value),
        "colour": lambda value: _colour(check, value),
        "description": lambda value: check.line("description", value, DESCRIPTION),
    }
    wanted = {name: rules[name](value) for name, value in given.items()}
    check.done()
    changed = {name: value for name, value in wanted.items() if value != getattr(row, name)}
    if not changed:
        return version
    if "name" in changed:
        await _refuse_taken(uow, check, changed["name"] or "", tag_id)
    await uow.execute(update(Tag).where(Tag.id == tag_id).values(**changed, version=version + 1))
    before = {name: getattr(row, name) for name in changed}
    audit.record(uow, "tag.updated", "tag", tag_id, before=before, after=changed)
    return version + 1


async def remove(uow: UnitOfWork, tag_id: int, version: int) -> None:
    """Remove a tag, from every client too; each of them gets an audit entry. Raises `NotFound` and `Conflict`."""
    row = await _locked(uow, tag_id)
    if row.version != version:
        await _stale(uow, row, version)
    count = await _audit_carriers(uow, row, None)
    await uow.execute(delete(Tag).where(Tag.id == tag_id))
    before = {"name": row.name, "colour": row.colour, "description": row.description, "clients": count}
    audit.record(uow, "tag.removed", "tag", tag_id, before=before)


async def join(uow: UnitOfWork, tag_id: int, into_id: int) -> None:
    """Make one tag of two: whoever carried ``tag_id`` carries ``into_id``, and the first is gone. Raises `NotFound`, `ValidationFailed`."""
    check = Checker()
    if tag_id == into_id:
        check.problem("intoId", "SAME_TAG", "Choose another tag to join this one with.")
        check.done()
    # In one order, so that two who join the same two can't wait for each other.
    rows = {number: await _locked(uow, number) for number in sorted((tag_id, into_id))}
    former, kept = rows[tag_id], rows[into_id]
    count = await _audit_carriers(uow, former, kept)
    carriers = select(ClientTag.client_id, literal(into_id)).where(ClientTag.tag_id == tag_id)
    await uow.execute(upsert(ClientTag).from_select(["client_id", "tag_id"], carriers).on_conflict_do_nothing())
    await uow.execute(delete(Tag).where(Tag.id == tag_id))
    audit.record(uow, "tag.joined", "tag", into_id, before={"names": [former.name, kept.name], "clients": count}, after={"name": kept.name})


async def _audit_carriers(uow: UnitOfWork, former: AnyRow, kept: AnyRow | None) -> int:
    """An entry for each client who carries the tag, in one statement; how many there are."""
    after = {"tags": [kept.name]} if kept is not None else None
    columns: dict[str, Any] = {
        "actor_kind": uow.actor.kind,
        "actor_id": uow.actor.id,
        "actor_label": uow.actor.label,
        "request_id": uow.actor.request_id,
        "action": "client.tags_changed",
        "subject_type": "client",
        "before": {"tags": [former.name]},
        "after": after,
    }
    bound = [literal(value, AuditEntry.__table__.columns[name].type) for name, value in columns.items()]
    carriers = select(*bound, ClientTag.client_id, ClientTag.client_id).where(ClientTag.tag_id == former.id)
    added = await uow.execute(insert(AuditEntry).from_select([*columns, "subject_id", "client_id"], carriers))
    count: int = added.rowcount  # type: ignore[attr-defined]  # an INSERT's result has it
    return count


async def known_tags(uow: UnitOfWork, check: Checker, path: str, tag_ids: Iterable[int]) -> dict[int, str]:
    """The names of these tags, which stay until the transaction ends; unknown ones and too many are noted as a problem."""
    wanted = set(tag_ids)
    if len(wanted) > MOST_AT_ONCE:
        check.problem(path, "TOO_MANY", f"{MOST_AT_ONCE} tags are possible at once.")
        return {}
    if not wanted:
        return {}
    rows = await uow.rows(select(Tag.id, Tag.name).where(among(Tag.id, wanted)).order_by(Tag.id).with_for_update(read=True, key_share=True))
    if len(rows) < len(wanted):
        check.problem(path, "NO_SUCH_TAG", "One of these tags does not exist any more. Reload the page.")
    return {row.id: row.name for row in rows}
