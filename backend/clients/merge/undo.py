"""Taking a merge back: everybody gets their own again. What the kept client got since stays with them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import BigInteger, Text, bindparam, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY

from backend import clock
from backend.audit import service as audit
from backend.clients.merge import people
from backend.clients.merge.parts import PARTS, move
from backend.clients.merge.service import PAIR, VISITS
from backend.clients.models import Client, ClientMerge, Erasure
from backend.clients.service.details import RULES
from backend.clients.service.versions import as_json
from backend.db import AnyRow, UnitOfWork, among
from backend.errors import Conflict, NotFound

REVERSIBLE = timedelta(days=30)
_TOGETHER = (ClientMerge.id, ClientMerge.kept_id, ClientMerge.merged_id, ClientMerge.merged_at, ClientMerge.details, ClientMerge.undone_at)
# Those that were primary are so again, where the client has no other primary one of that kind by now.
_PRIMARY_AGAIN = text(
    """
    UPDATE contact_methods AS t SET is_primary = true WHERE t.client_id = :client AND t.id = ANY (:numbers)
      AND NOT EXISTS (SELECT FROM contact_methods o WHERE o.client_id = :client AND o.kind = t.kind AND o.is_primary)
    """
).bindparams(bindparam("numbers", type_=ARRAY(BigInteger)))
_FORMER_AGAIN = text("UPDATE clients SET merged_into_id = :gone WHERE merged_into_id = :kept AND id = ANY (:numbers)").bindparams(
    bindparam("numbers", type_=ARRAY(BigInteger))
)
_NO_PAIR = text("DELETE FROM possible_duplicates WHERE client_id = least(:kept, :other) AND other_id = greatest(:kept, :other)").bindparams(
    bindparam("kept", type_=BigInteger), bindparam("other", type_=BigInteger)
)
# A merge that came later took over from this one: its way back leads to where this one began.
_LATER = text(
    """
    UPDATE client_merges SET details = jsonb_set(details, ARRAY['fields', :column, '0'], CAST(:before AS jsonb))
    WHERE kept_id = :kept AND id > :id AND undone_at IS NULL AND details #> ARRAY['fields', :column, '0'] = CAST(:after AS jsonb)
    """
).bindparams(bindparam("column", type_=Text), bindparam("before", type_=Text), bindparam("after", type_=Text))
_FREE = text("SELECT NOT EXISTS (SELECT FROM clients WHERE member_code = :code AND id <> :gone)")


async def undo(uow: UnitOfWork, merge_id: int) -> int:
    """Take back the merge of which row ``merge_id`` is a part, whole, and return the number of the client who had been kept.

    Raises `NotFound` and `Conflict`: ``UNDONE`` already, ``MERGE_TOO_OLD`` after 30 days, ``ERASED``, ``MERGED`` (the kept client was
    merged into another one since: that comes first).
    """
    found = await uow.row(select(ClientMerge.kept_id, ClientMerge.merged_at).where(ClientMerge.id == merge_id))
    if found is None:
        raise NotFound("There is no such merge.")
    of_merge = (ClientMerge.kept_id == found.kept_id, ClientMerge.merged_at == found.merged_at)
    gone = list(await uow.scalars(select(ClientMerge.merged_id).where(*of_merge)))
    await people.lock(uow, [found.kept_id, *gone])
    parts = await uow.rows(select(*_TOGETHER).where(*of_merge).order_by(ClientMerge.id.desc()).with_for_update())
    kept = await _refuse_if_impossible(uow, found.kept_id, parts)
    back: dict[str, Any] = {}
    lost: dict[str, Any] = {}
    for part in parts:
        given = await _give_back(uow, kept, part)
        back |= given
        lost |= {column: {"of": part.merged_id} for column in given}
    await uow.execute(update(Client).where(Client.id == kept.id).values(**back, version=kept.version + 1))
    for part in parts:
        await _code_back(uow, part)
    await uow.execute(VISITS, {"clients": [kept.id, *gone]})
    of_parts = among(ClientMerge.id, [part.id for part in parts])
    await uow.execute(update(ClientMerge).where(of_parts).values(undone_at=clock.now(), undone_by=uow.actor.label, details=None))
    audit.record(
        uow,
        "client.merge_undone",
        "client",
        kept.id,
        client_id=kept.id,
        before=lost or None,
        after={column: as_json(value) for column, value in back.items()} | {"merged": sorted(gone)},
    )
    return int(kept.id)


async def _refuse_if_impossible(uow: UnitOfWork, kept_id: int, parts: Sequence[AnyRow]) -> AnyRow:
    if any(part.undone_at is not None for part in parts):
        raise Conflict("This merge was undone already.", code="UNDONE")
    everybody = [kept_id, *(part.merged_id for part in parts)]
    if await uow.scalar(select(Erasure.client_id).where(among(Erasure.client_id, everybody)).limit(1)) is not None:
        raise Conflict("This client was erased since. The merge can't be undone.", code="ERASED")
    if any(part.details is None for part in parts) or parts[0].merged_at < clock.now() - REVERSIBLE:
        raise Conflict(f"A merge can be undone for {REVERSIBLE.days} days. This one is older.", code="MERGE_TOO_OLD")
    kept = await uow.row(select(Client.__table__).where(Client.id == kept_id))
    if kept is None:
        raise NotFound("There is no such client.")
    if kept.merged_into_id is not None:
        raise Conflict("This client was merged into another one since. Undo that merge first.", code="MERGED")
    return kept


async def _give_back(uow: UnitOfWork, kept: AnyRow, part: AnyRow) -> dict[str, Any]:
    """Undo what one of the merged clients gave; the columns that the kept one gets back, where nobody has changed them since."""
    gone, details = part.merged_id, part.details
    for table in PARTS:
        moved = details["moved"].get(table.table)
        if moved:
            statement = move(table, ", is_primary = false" if table.table == "contact_methods" else "")
            await uow.execute(statement, {"giver": kept.id, "taker": gone, "identities": moved})
    for client, numbers in ((gone, details["primary"]), (kept.id, details["kept_primary"])):
        await uow.execute(_PRIMARY_AGAIN, {"client": client, "numbers": numbers})
    await uow.execute(_FORMER_AGAIN, {"gone": gone, "kept": kept.id, "numbers": details["former"]})
    for pair in details["pairs"]:
        if pair["moved"]:
            await uow.execute(_NO_PAIR, {"kept": kept.id, "other": pair["other"]})
        await uow.execute(PAIR, {**pair, "one": gone})
    archived_at = details["archived_at"] and datetime.fromisoformat(details["archived_at"])
    values = {"merged_into_id": None, "archived_at": archived_at, "version": Client.version + 1}
    await uow.execute(update(Client).where(Client.id == gone).values(**values))
    audit.record(uow, "client.merge_undone", "client", gone, client_id=gone, after={"out_of": kept.id})
    for column, (before, after) in details["fields"].items():
        this = {"kept": kept.id, "id": part.id, "column": column}
        await uow.execute(_LATER, {**this, "before": orjson.dumps(before).decode(), "after": orjson.dumps(after).decode()})
    fields = {column: pair for column, pair in details["fields"].items() if column in RULES and column != "member_code"}
    return {column: _read(column, before) for column, (before, after) in fields.items() if as_json(getattr(kept, column)) == after}


def _read(column: str, value: Any) -> Any:
    return datetime.fromisoformat(value).date() if column == "date_of_birth" and value else value


async def _code_back(uow: UnitOfWork, part: AnyRow) -> None:
    """Both get their own codes back; the kept client keeps one that was given out since."""
    if not part.details["codes"]:
        return
    kept_code, gone_code = part.details["codes"]
    kept = Client.id == part.kept_id
    gone = Client.id == part.merged_id
    present = await uow.scalar(select(Client.member_code).where(kept))
    await uow.execute(update(Client).where(gone).values(member_code=None))
    if present == gone_code:
        await uow.execute(update(Client).where(kept).values(member_code=kept_code))
    if await uow.scalar(_FREE, {"code": gone_code, "gone": part.merged_id}):
        await uow.execute(update(Client).where(gone).values(member_code=gone_code))
