"""The database: reachable, at head, whole, ours, and well."""

import time
from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from backend import clock
from backend.operations.bootstrap import fingerprint
from backend.operations.bootstrap.revisions import revisions
from backend.operations.bootstrap.trouble import sentence
from backend.operations.doctor.case import Case, Need, in_thread
from backend.operations.doctor.lines import Line, Topic, counted, listed, size
from backend.operations.doctor.skew import judge

OLDEST, NEWEST = 15, 18
FEWEST_TABLES = 10

DATABASE = Topic(
    "database",
    "whether PostgreSQL can be reached as the app's role, and its version",
    "",
    f"it can't be reached, refuses the password, or is not of version {OLDEST} to {NEWEST}",
    "Do what the sentence says; a container of ours is started with `just up`.",
)
OWNER = Topic(
    "database-owner",
    "whether the role of DATABASE_OWNER_URL gets in, where that is set: bootstrap, backup and restore come as it",
    "",
    "it can't be reached, or refuses the password",
    "Correct DATABASE_OWNER_URL.",
)
SCHEMA = Topic(
    "schema",
    f"whether the schema is the newest, exactly, with at least {FEWEST_TABLES} tables",
    "",
    "there are no tables, the revision is older or newer, or something was changed by hand",
    "Run `just bootstrap`: it brings any database to the newest schema, or says why not.",
)
INDEXES = Topic(
    "indexes",
    "whether every index is valid",
    "one is not, so it is not used and a unique one does not protect",
    "",
    "Run `just bootstrap`, which builds it again.",
)
CLOCK = Topic(
    "clock",
    "the difference between this machine's clock and PostgreSQL's",
    "more than 2 s",
    "more than 30 s: sign-ins and schedules go wrong",
    "Let both machines take their time from the same server (NTP; on DSM: Control Panel, Regional Options).",
)

SERVER = text(
    """
    SELECT current_setting('server_version_num')::int / 10000 AS major, split_part(current_setting('server_version'), ' ', 1) AS version,
           current_user::text AS role, pg_database_size(current_database()) AS bytes
    """
)
INVALID = text(
    """
    SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
    WHERE NOT i.indisvalid AND x.relnamespace = 'public'::regnamespace ORDER BY 1
    """
)


async def database(case: Case) -> Sequence[Line]:
    """Connect and ask for the version."""
    if "DATABASE_URL" in case.doubtful:
        if any(problem.startswith("DATABASE_URL") for problem in case.problems):
            return []  # said with the settings
        return [_not_running(case)]
    begun = time.perf_counter()
    try:
        async with case.database.engine.connect() as connection:
            server = (await connection.execute(SERVER)).one()
    except ValueError:
        return [DATABASE.bad("DATABASE_URL is not an address.", "Write it as postgresql://user:password@host:port/database.")]
    except (DBAPIError, OSError) as error:
        return [_unreachable(DATABASE, sentence(error, case.settings))]
    milliseconds = round((time.perf_counter() - begun) * 1000)
    case.met.add(Need.DATABASE)
    if not OLDEST <= server.major <= NEWEST:
        return [DATABASE.bad(f"PostgreSQL {server.version} is not supported.", f"Use a server of version {OLDEST} to {NEWEST}.")]
    say = f"PostgreSQL {server.version} lets the role “{server.role}” in; the data take {size(server.bytes)}."
    return [DATABASE.good(say, major=server.major, bytes=server.bytes, milliseconds=milliseconds)]


def _unreachable(topic: Topic, said: str) -> Line:
    # What is seen and what to do come in one text; the first sentence is what was seen.
    saw, _, do = said.partition(". ")
    return topic.bad(saw.rstrip(".") + ".", do)


def _not_running(case: Case) -> Line:
    cluster = case.stack.data_dir / "postgres" / "cluster"
    if cluster.exists():
        return DATABASE.bad(f"The embedded database is not running (its data are in {cluster.parent}).", "Start it with `just up`.")
    return DATABASE.bad("DATABASE_URL is not set, and no embedded database was made yet.", "Make and start one with `just up`.")


async def owner(case: Case) -> Sequence[Line]:
    """Only where it is another role."""
    if not case.settings.database_owner_url or case.settings.database_owner_url == case.settings.database_url:
        return []
    try:
        engine = create_async_engine(case.settings.owner.sqlalchemy_url, poolclass=NullPool, connect_args={"timeout": 2})
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except (DBAPIError, OSError, ValueError) as error:
        return [_unreachable(OWNER, sentence(error, case.settings.owner).replace("DATABASE_URL", "DATABASE_OWNER_URL"))]
    return [OWNER.good("The role that owns the schema gets in.")]


async def schema(case: Case) -> Sequence[Line]:
    """Compare the revision and every object with what they must be."""
    known = await in_thread(fingerprint.known)
    history = await in_thread(revisions)
    async with case.database.engine.connect() as connection, connection.begin():
        await connection.execute(text("SET TRANSACTION READ ONLY"))
        found = await fingerprint.take(connection)
        invalid = list((await connection.execute(INVALID)).scalars())
        has_stamp = (await connection.execute(text(f"SELECT to_regclass('public.{fingerprint.VERSION_TABLE}')"))).scalar_one()
        stamps = (
            list((await connection.execute(text(f"SELECT version_num FROM public.{fingerprint.VERSION_TABLE}"))).scalars())
            if has_stamp
            else []
        )
    tables = sum(name.startswith("table ") for name in found.objects)
    if tables == 0:
        return [SCHEMA.bad("There are no tables.", "Run `just bootstrap`: it makes them, or says that another volume should be mounted.")]
    if not stamps:
        return [SCHEMA.bad(f"There are {tables} tables, but nothing says which schema they are.")]
    stamp, head = stamps[0], history[-1]
    if len(stamps) > 1 or stamp not in history:
        advice = "Start the version of the program that upgraded it, or restore a backup made with this one (`just restore FILE`)."
        return [SCHEMA.bad(f"The database is at {listed(stamps)}, which this version does not know (its newest is {head}).", advice)]
    if stamp != head:
        behind = len(history) - 1 - history.index(stamp)
        say = f"The database is at {stamp}, {counted(behind, 'revision')} behind {head}."
        return [SCHEMA.bad(say, "Run `just bootstrap`, which upgrades it.", behind=behind)]
    case.met.add(Need.TABLES)
    differs = [said for said in found.differences(known[head]) if said not in {f"index {name} is different" for name in invalid}]
    lines = [_schema_line(head, tables, differs)]
    if invalid:
        lines.append(INDEXES.doubtful(f"Not valid: {listed(invalid)}.", invalid=len(invalid)))
    else:
        lines.append(INDEXES.good("Every index is valid."))
    return lines


def _schema_line(head: str, tables: int, differs: list[str]) -> Line:
    if differs or tables < FEWEST_TABLES:
        advice = "Undo what was changed by hand; `just bootstrap` says what it makes of it and changes nothing."
        return SCHEMA.bad(f"The database is at {head}, but differs from it: {listed(differs)}.", advice, differences=len(differs))
    return SCHEMA.good(f"The schema is the newest ({head}): {tables} tables, nothing changed by hand.", tables=tables)


async def clocks(case: Case) -> Sequence[Line]:
    """Read both clocks within one round trip."""
    async with case.database.engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
        before = clock.now().timestamp()
        theirs = (await connection.execute(text("SELECT extract(epoch FROM clock_timestamp())::float8"))).scalar_one()
        after = clock.now().timestamp()
    return [judge(CLOCK, "PostgreSQL", before, after, theirs)]
