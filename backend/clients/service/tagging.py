"""Putting tags on a client and taking them off."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from backend.audit import service as audit
from backend.checking import Checker
from backend.clients.models import ClientTag, Tag
from backend.clients.service.locking import locked
from backend.clients.service.tags import known_tags
from backend.db import UnitOfWork, among


async def change(uow: UnitOfWork, client_id: int, *, add: Sequence[int], remove: Sequence[int]) -> None:
    """Put some tags on and take some off; what is so already changes nothing.

    Raises `ValidationFailed` (``NO_SUCH_TAG`` for one to add, ``BOTH`` for one that is in both lists), `NotFound`, `Conflict`.
    """
    check = Checker()
    if set(add) & set(remove):
        check.problem("remove", "BOTH", "A tag can't be added and removed at once.")
    check.done()
    await locked(uow, client_id)
    names = await known_tags(uow, check, "add", add)
    check.done()
    carried = select(ClientTag.tag_id, Tag.name).join(Tag, Tag.id == ClientTag.tag_id).where(ClientTag.client_id == client_id)
    before = {row.tag_id: row.name for row in await uow.rows(carried)}
    new = [tag_id for tag_id in names if tag_id not in before]
    gone = [tag_id for tag_id in set(remove) if tag_id in before]
    if new:
        await uow.execute(insert(ClientTag).values([{"client_id": client_id, "tag_id": tag_id} for tag_id in new]).on_conflict_do_nothing())
    if gone:
        await uow.execute(delete(ClientTag).where(ClientTag.client_id == client_id, among(ClientTag.tag_id, gone)))
    if new or gone:
        audit.record(
            uow,
            "client.tags_changed",
            "client",
            client_id,
            client_id=client_id,
            before={"tags": sorted(before[tag_id] for tag_id in gone)},
            after={"tags": sorted(names[tag_id] for tag_id in new)},
        )
