"""What stands on member cards; whoever has no code yet gets one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Text, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from backend.audit import service as audit
from backend.clients import codes
from backend.clients.models import Client
from backend.db import UnitOfWork, among

MOST = 500
_TRIES = 8
# Nobody who was merged or erased meanwhile, and no code that somebody has in another spelling.
_GIVE = text(
    """
    UPDATE clients c SET member_code = v.code, version = c.version + 1
    FROM unnest(:ids, :codes) AS v (id, code)
    WHERE c.id = v.id AND c.member_code IS NULL AND c.merged_into_id IS NULL
      AND NOT EXISTS (SELECT FROM erasures e WHERE e.client_id = c.id)
      AND NOT EXISTS (SELECT FROM clients o WHERE krc_code(o.member_code) = krc_code(v.code))
    RETURNING c.id, c.member_code
    """
).bindparams(bindparam("ids", type_=ARRAY(BigInteger)), bindparam("codes", type_=ARRAY(Text)))


@dataclass(frozen=True, slots=True)
class Card:
    """One card: what to call the client, and the code."""

    client_id: int
    name: str
    code: str


async def cards_for(uow: UnitOfWork, client_ids: Sequence[int]) -> tuple[list[Card], int]:
    """The cards of these clients, in this order, and for how many a code was made. Who was merged or erased is left out."""
    wanted = among(Client.id, client_ids)
    without = select(Client.id).where(wanted, Client.member_code.is_(None)).order_by(Client.id).with_for_update(key_share=True)
    lacking = list(await uow.scalars(without))
    made = 0
    for _ in range(_TRIES):
        if not lacking:
            break
        # Two of the same in one statement would be one too many; the set makes that a try more and never a card less.
        fresh = {codes.make() for _ in lacking}
        given = await uow.rows(_GIVE, {"ids": lacking[: len(fresh)], "codes": sorted(fresh)})
        for row in given:
            after = {"member_code": row.member_code}
            audit.record(uow, "client.member_code_changed", "client", row.id, client_id=row.id, before={"member_code": None}, after=after)
        made += len(given)
        lacking = list(await uow.scalars(without)) if len(given) < len(lacking) else []
    name = func.btrim(func.concat(func.coalesce(Client.preferred_name, Client.first_name), " ", Client.last_name))
    rows = {
        row.id: Card(row.id, row.name, row.member_code)
        for row in await uow.rows(select(Client.id, name.label("name"), Client.member_code).where(wanted, Client.member_code.is_not(None)))
    }
    return [rows[number] for number in client_ids if number in rows], made
