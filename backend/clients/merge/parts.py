"""What belongs to a client and moves with them: one `Part` for each table, and one statement that decides row by row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, Text, TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from backend.db import ReadSession


@dataclass(frozen=True, slots=True)
class Part:
    """A table whose rows refer to a client.

    ``key``: SQL over the alias ``t`` for what makes two rows the same; rows that are the same can't both belong to one client.
    ``identity``: the column that names a row, ``owner`` the one that names its client. ``name``, ``starts`` and ``ends`` are SQL for
    what people call it, ``content`` for what must be equal as well for nothing to be lost.
    """

    table: str
    key: str = "t.id::text"
    identity: str = "id"
    owner: str = "client_id"
    where: str = "true"
    name: str = "NULL"
    starts: str = "NULL"
    ends: str = "NULL"
    content: str = "NULL"


HIDDEN = "hidden"
"""The name of what moves without being shown: a note that was deleted."""
_TIER = "(SELECT name FROM membership_tiers WHERE id = t.tier_id)"
PARTS: tuple[Part, ...] = (
    Part("contact_methods", key="t.kind || ' ' || t.value", name="t.value"),
    Part("consents", key="t.kind || ' ' || t.happened_at::text", content="t.granted"),
    Part("client_notes", name=f"CASE WHEN t.deleted_at IS NOT NULL THEN '{HIDDEN}' END"),
    Part("client_tags", key="t.tag_id::text", identity="tag_id", name="(SELECT name FROM tags WHERE id = t.tag_id)"),
    Part(
        "memberships",
        key="concat_ws(' ', t.tier_id, t.starts_on, t.ends_on, t.note)",
        name=_TIER,
        starts="t.starts_on",
        ends="t.ends_on",
    ),
    Part(
        "authorizations",
        # Without a UCI number none is the same as another.
        key="concat_ws(' ', coalesce(t.uci_number, 'without ' || t.id), t.starts_on, t.authorization_number)",
        name="coalesce(t.authorization_number, t.uci_number)",
        starts="t.starts_on",
        ends="t.ends_on",
        content="(t.ends_on, t.units_per_month, t.unit, t.vendor_number, t.service_code, t.service_subcode)",
    ),
    Part("check_ins"),
    Part("kiosk_events", name=f"'{HIDDEN}'"),
    Part("messages", key="t.kind || ' ' || t.period"),
    Part("ggleap_links"),
    Part("imported_rows", key="t.row_hash::text", identity="row_hash"),
    Part("adopted_rows", key="t.source_id::text", identity="source_id", owner="target_id", where="t.part = 'clients'"),
    Part("adoption_remarks"),
)
BY_TABLE: Mapping[str, Part] = {part.table: part for part in PARTS}
STAYING = frozenset({"bulk_change_items", "client_search", "clients", "possible_duplicates"})
"""Tables that refer to clients and are no part: history of the former client, made by triggers, or treated on their own."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a part. ``moves``: False when the kept client, or one before in the order, has the same; None for the kept one's own.

    ``differs``: the one that stays is the same only in what tells two apart, and says something else beside it.
    """

    client_id: int
    identity: str
    moves: bool | None
    name: str | None
    starts_on: date | None
    ends_on: date | None
    differs: bool


def _plan_of(part: Part) -> str:
    return f"""
    SELECT '{part.table}' AS part, t.{part.owner} AS client_id, t.{part.identity}::text AS identity,
           CASE WHEN t.{part.owner} = (CAST(:clients AS bigint[]))[1] THEN NULL
                ELSE row_number() OVER same = 1 END AS moves,
           {part.name}::text AS name, CAST({part.starts} AS date) AS starts_on, CAST({part.ends} AS date) AS ends_on,
           ({part.content})::text IS DISTINCT FROM first_value(({part.content})::text) OVER same AS differs
    FROM {part.table} t WHERE t.{part.owner} = ANY (:clients) AND {part.where}
    WINDOW same AS (PARTITION BY {part.key} ORDER BY array_position(CAST(:clients AS bigint[]), t.{part.owner}), t.{part.identity})
    """


PLAN = text(" UNION ALL ".join(f"({_plan_of(part)})" for part in PARTS)).bindparams(bindparam("clients", type_=ARRAY(BigInteger)))


async def plan(reader: ReadSession, kept_id: int, merged_ids: Sequence[int]) -> dict[str, list[Item]]:
    """What would become of every row of these clients, by table; one statement, which changes nothing."""
    found: dict[str, list[Item]] = defaultdict(list)
    for row in await reader.rows(PLAN, {"clients": [kept_id, *merged_ids]}):
        item = Item(row.client_id, row.identity, row.moves, row.name, row.starts_on, row.ends_on, row.differs)
        found[row.part].append(item)
    return found


def move(part: Part, more: str = "") -> TextClause:
    """The statement that gives rows named by ``:identities`` of client ``:giver`` to ``:taker``, unless that one has the same."""
    twin, of_twin = (sql.replace("t.", "o.") for sql in (part.key, part.where))
    return text(
        f"""
        UPDATE {part.table} AS t SET {part.owner} = :taker{more}
        WHERE t.{part.owner} = :giver AND t.{part.identity}::text = ANY (:identities) AND {part.where}
          AND NOT EXISTS (SELECT FROM {part.table} o WHERE o.{part.owner} = :taker AND {of_twin} AND {twin} = {part.key})
        """
    ).bindparams(bindparam("identities", type_=ARRAY(Text)))
