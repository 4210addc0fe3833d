"""The least that the same work can cost: one SQL statement for each thing measured, and the product's own statements as text."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, cast

from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql import asyncpg

from backend.checkins import statement as check_in_statement
from backend.clients import queries, search
from backend.db import ReadSession


def _opaque(text: str) -> str:
    """URL-safe base64 without padding of an SQL text, as `backend.graphql.ids` and the cursors write it."""
    return f"translate(encode(convert_to({text}, 'UTF8'), 'base64'), E'+/=\\n', '-_')"


def _id(kind: str, column: str) -> str:
    return _opaque(f"'{kind}:' || {column}")


_CURSOR = _opaque("""'["NAME",' || to_json(p.sort_name)::text || ',' || p.id || ']'""")

CLIENT_PAGE = f"""
WITH page AS (
  SELECT c.*, s.status, s.source, s.starts_on, s.ends_on, s.days_left, s.tier_name,
         row_number() OVER (ORDER BY c.sort_name, c.id) AS place
  FROM clients c CROSS JOIN LATERAL client_standing(c.id, $1::date) s
  WHERE c.archived_at IS NULL AND (c.sort_name, c.id) > ($2::text, $3::bigint)
  ORDER BY c.sort_name, c.id LIMIT $4::int + 1
), edges AS (
  SELECT p.place, {_CURSOR} AS cursor, json_build_object(
    'id', {_id("Client", "p.id")}, 'firstName', p.first_name, 'lastName', p.last_name,
    'displayName', btrim(coalesce(p.preferred_name, p.first_name) || ' ' || p.last_name),
    'memberCode', p.member_code, 'archived', p.archived_at IS NOT NULL, 'lastCheckInAt', p.last_check_in_at,
    'standing', json_build_object('status', p.status, 'source', p.source,
      'endsOn', p.ends_on, 'daysLeft', p.days_left, 'tierName', p.tier_name),
    'contactMethods', coalesce((
      SELECT json_agg(json_build_object('id', {_id("ContactMethod", "m.id")}, 'kind', m.kind, 'value', m.value, 'primary', m.is_primary,
               'display', CASE WHEN m.kind = 'PHONE' AND m.value LIKE '+1%' AND length(m.value) = 12
                    THEN '(' || substr(m.value, 3, 3) || ') ' || substr(m.value, 6, 3) || '-' || substr(m.value, 9) ELSE m.value END)
             ORDER BY m.kind, NOT m.is_primary, m.value COLLATE "C")
      FROM contact_methods m WHERE m.client_id = p.id), '[]'),
    'tags', coalesce((
      SELECT json_agg(json_build_object('id', {_id("Tag", "t.id")}, 'name', t.name, 'colour', t.colour) ORDER BY lower(t.name) COLLATE "C")
      FROM client_tags ct JOIN tags t ON t.id = ct.tag_id WHERE ct.client_id = p.id), '[]'),
    'alerts', coalesce((
      SELECT json_agg(json_build_object('id', {_id("Note", "n.id")}, 'body', n.body) ORDER BY n.created_at DESC, n.id DESC)
      FROM client_notes n WHERE n.client_id = p.id AND n.pinned AND n.deleted_at IS NULL), '[]')) AS node
  FROM page p WHERE p.place <= $4::int
)
SELECT json_build_object('data', json_build_object('clients', json_build_object(
         'edges', coalesce(json_agg(json_build_object('cursor', e.cursor, 'node', e.node) ORDER BY e.place), '[]'),
         'pageInfo', json_build_object('hasNextPage', (SELECT count(*) > $4::int FROM page),
           'endCursor', (array_agg(e.cursor ORDER BY e.place DESC))[1]))))
FROM edges e
"""
"""Gives the whole answer to `throughput.PAGE` as JSON. Parameters: the day, the name and id to go on after, the size."""


def compiled(statement: Executable, parameters: Mapping[str, Any] | None = None) -> tuple[str, list[Any]]:
    """A statement as the product sends it to asyncpg, and its parameters in their order."""
    compiled_statement = cast("Any", statement).compile(dialect=_DIALECT)
    values = compiled_statement.construct_params(parameters)
    return str(compiled_statement), [values[name] for name in compiled_statement.positiontup]


_DIALECT: Any = cast("Any", asyncpg).dialect()


class _Noted(Exception):  # noqa: N818 (nothing is wrong: what was wanted is known)
    """Ends a read whose statement is noted."""


class _Noting:
    """Stands where a read session stands, and keeps the first statement instead of running it."""

    noted: tuple[str, list[Any]]

    async def rows(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Sequence[Any]:
        self.noted = compiled(statement, parameters)
        raise _Noted

    scalars = rows


async def statement_of(read: Callable[[ReadSession], Awaitable[Any]]) -> tuple[str, list[Any]]:
    """The statement that ``read`` would send, with its parameters."""
    noting = _Noting()
    with suppress(_Noted):
        await read(cast("ReadSession", noting))
    return noting.noted


async def page_statement(day: date, *, first: int, after: Sequence[Any] | None = None, text: str | None = None) -> tuple[str, list[Any]]:
    """The statement of a page of clients by name, or of a search for ``text``."""
    criteria = queries.ClientCriteria(search=search.parse(text) if text else None)
    order = queries.ClientOrder.NAME
    return await statement_of(lambda reader: queries.page_of_clients(reader, criteria, order, day=day, first=first, after=after))


# What pgbench puts into each parameter of the check-in statement; ``person`` and ``serial`` differ in each transaction.
_PGBENCH_VALUES = {
    "request_id": "md5(:serial::text)",
    "client_id": ":person",
    "day": ":day",
    "hour": "12",
    "at": ":at",
    "repeat_window": "'10 minutes'",
    "station_id": "1",
    "kiosk_id": "NULL",
    "user_id": "1",
    "method": "'STAFF'",
    "override_reason": "NULL",
    "actor_kind": "'USER'",
    "actor_id": "1",
    "actor_label": "'Bench0'",
    "audit_request_id": "md5(:serial::text)",
}


def pgbench_script(at_once: int) -> str:
    """The product's check-in statement as a script. To give: ``start`` (the first client), ``turn``, ``first_serial``, ``day``, ``at``."""
    compiled_statement = check_in_statement._STATEMENT.compile(dialect=_DIALECT)
    sql = str(compiled_statement)
    # From the last, so that $1 is not found in $10.
    for number, name in reversed(list(enumerate(compiled_statement.positiontup or (), 1))):
        sql = sql.replace(f"${number}", _PGBENCH_VALUES[name])
    lines = [
        "\\set turn :turn + 1",
        f"\\set person :start + :turn * {at_once} + :client_id",
        "\\set serial :first_serial + :person",
        " ".join(line.strip() for line in sql.splitlines()) + ";",
    ]
    return "\n".join(lines) + "\n"
