"""Moving everything in the schema ``public`` to another schema: nothing is dropped, and what depends on it keeps working.

Indexes, constraints, triggers, policies and the sequences of columns go with their tables. What belongs to an extension stays.
"""

from datetime import UTC, datetime
from itertools import chain, count

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.db import AnyRow
from backend.operations.bootstrap.actions import Refuse, Refused
from backend.operations.bootstrap.refusals import AGAIN, few, look_first
from backend.operations.bootstrap.state import State

ROW_TYPE = "x.typrelid <> 0 AND (SELECT relkind FROM pg_class WHERE oid = x.typrelid) <> 'c'"
# Each kind of object that has a schema, where it is listed, and which of its rows count. In the order of moving: what a
# function or operator takes is part of its name, so those go before the types.
KINDS = {
    "pg_proc": ("pronamespace", "true"),
    "pg_operator": ("oprnamespace", "true"),
    "pg_opclass": ("opcnamespace", "true"),
    "pg_opfamily": ("opfnamespace", "true"),
    "pg_class": ("relnamespace", "x.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"),
    "pg_type": ("typnamespace", f"x.typisdefined AND NOT ({ROW_TYPE}) AND NOT EXISTS (SELECT FROM pg_type t WHERE t.typarray = x.oid)"),
    "pg_collation": ("collnamespace", "true"),
    "pg_conversion": ("connamespace", "true"),
    "pg_statistic_ext": ("stxnamespace", "true"),
    "pg_ts_config": ("cfgnamespace", "true"),
    "pg_ts_dict": ("dictnamespace", "true"),
}


def _follows(catalog: str) -> str:
    """Whether an object is part of an extension (e) or, as a sequence, of a column (an identity's: i, a serial's: a)."""
    of_column = " OR x.relkind = 'S' AND d.deptype IN ('i', 'a') AND d.refobjsubid > 0" if catalog == "pg_class" else ""
    return f"EXISTS (SELECT FROM pg_depend d WHERE d.classid = '{catalog}'::regclass AND d.objid = x.oid AND (d.deptype = 'e'{of_column}))"


LISTING = " UNION ALL ".join(
    f"SELECT {position} AS position, i.type, i.name, i.identity FROM {catalog} x, pg_identify_object('{catalog}'::regclass, x.oid, 0) i "
    f"WHERE x.{namespace} = to_regnamespace('public') AND {condition} AND NOT {_follows(catalog)}"
    for position, (catalog, (namespace, condition)) in enumerate(KINDS.items())
)
LISTING += " ORDER BY position, identity"
KEYWORDS = {"composite type": "TYPE", "statistics object": "STATISTICS"}

ATTIC = "attic_<time>"


async def attic(connection: AsyncConnection) -> str:
    """The name of a schema that is not there yet, for what is set aside now."""
    async with connection.begin():
        taken = set((await connection.execute(text("SELECT nspname::text FROM pg_namespace"))).scalars())
    name = ATTIC.replace("<time>", f"{datetime.now(UTC):%Y%m%d%H%M%S}")
    return next(one for one in chain([name], (f"{name}_{number}" for number in count(2))) if one not in taken)


async def move(connection: AsyncConnection, state: State, schema: str, why: str, *, only: tuple[str, ...] = ()) -> list[str]:
    """Move it all, or ``only`` these tables, in one transaction to a schema that is new or empty.

    Returns what was moved, each as ``table public.users``.
    Raises `Refused`, with nothing changed, when something can't be moved.
    """
    async with connection.begin():
        await connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
        comment = f"{why} on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC. The program works without it.".replace("'", "''")
        await connection.exec_driver_sql(f"""COMMENT ON SCHEMA "{schema}" IS '{comment}'""")
        moved = [(row.type, row.identity) for row in await _listing(connection, only)]
        for kind, identity in moved:
            statement = f'ALTER {KEYWORDS.get(kind, kind.upper())} {identity} SET SCHEMA "{schema}"'
            # An identity is quoted already; a colon in it is no parameter.
            await connection.exec_driver_sql(statement)
        left = [f"{row.type} {row.identity}" for row in await _listing(connection, only)]
        if left:
            raise Refused(
                Refuse(
                    f"These can't be moved out of the way: {few(left)}.",
                    (look_first(state), "Move them to another schema by hand, as a superuser.", AGAIN),
                )
            )
    return [f"{kind} {identity}" for kind, identity in moved]


async def _listing(connection: AsyncConnection, only: tuple[str, ...]) -> list[AnyRow]:
    rows = (await connection.execute(text(LISTING))).all()
    return [row for row in rows if not only or (row.type == "table" and row.name.strip('"') in only)]
