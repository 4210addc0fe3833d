"""What goes wrong slowly in a database, and what belongs to another one."""

from collections.abc import Sequence

from sqlalchemy import text

from backend.operations import identity
from backend.operations.doctor.case import Case, Need, in_thread
from backend.operations.doctor.lines import Line, Topic, counted, listed, size, span

BUSY_SHARE = 0.8
LONGEST_TRANSACTION = 600
OLDEST_AGE = 1_000_000_000

INSTALLATION = Topic(
    "installation",
    "whether this database is the one that the config folder remembers, and SECRET_KEY the key it was used with",
    "nothing was remembered yet, or the key is another",
    "it is another database, or an empty one: the wrong volume is mounted, or it was wiped",
    "Mount the right volume, or restore a backup (`just restore FILE`).",
)
LEFTOVERS = Topic(
    "leftovers",
    "what was moved aside (schemas `attic_…` and `legacy`) and databases that a killed backup or a restore left",
    "such a database takes up room and nobody uses it",
    "",
    "The next backup removes those of a proof; one from before a restore may be dropped when nothing is missed.",
)
CONNECTIONS = Topic(
    "connections",
    "how many of PostgreSQL's connections are taken",
    f"{BUSY_SHARE:.0%} or more",
    "",
    "Stop what else uses this server, lower DATABASE_POOL_SIZE, or raise max_connections.",
)
TRANSACTIONS = Topic(
    "transactions",
    "the oldest open transaction",
    f"it is older than {LONGEST_TRANSACTION // 60} min: rows that were deleted can't be cleared away",
    "",
    "Find out who it belongs to (`just psql`: SELECT * FROM pg_stat_activity ORDER BY xact_start) and end it.",
)
VACUUM = Topic(
    "vacuum",
    "whether PostgreSQL clears up by itself, and how far it is from running out of transaction numbers",
    "autovacuum is off, or about half of the numbers are used",
    "",
    "Set autovacuum = on, and run VACUUM (FREEZE) in every database of the server.",
)

IDENTITY = text("SELECT to_regclass('public.installation') IS NOT NULL AND to_regclass('public.users') IS NOT NULL")
ASIDE = text("SELECT nspname::text FROM pg_namespace WHERE nspname = 'legacy' OR nspname ~ '^attic_' ORDER BY 1")
# Of a proof, of a restore that was killed, and from before a restore; not while a backup or a restore is at work.
DATABASES = text(
    """
    SELECT datname::text AS name, before_restore, CASE WHEN has_database_privilege(oid, 'CONNECT') THEN pg_database_size(oid) END AS bytes
    FROM (SELECT oid, datname, starts_with(datname, left(current_database(), 40) || '_before_') AS before_restore FROM pg_database
          WHERE starts_with(datname, 'krc_proof_') OR starts_with(datname, left(current_database(), 40) || '_restoring_')
             OR starts_with(datname, left(current_database(), 40) || '_before_')) AS d
    WHERE NOT EXISTS (SELECT FROM pg_stat_activity a
                      WHERE a.datid = d.oid OR a.application_name IN ('krc-backup', 'pg_dump', 'pg_restore'))
    ORDER BY 1
    """
)
# Others' sessions show no more than that they are there, unless the role may see more. A backup may take its time.
ACTIVITY = text(
    """
    SELECT count(*) FILTER (WHERE datid IS NOT NULL) AS taken,
           current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS places,
           coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)) FILTER (
             WHERE pid <> pg_backend_pid() AND datname = current_database() AND application_name NOT IN ('pg_dump', 'krc-backup')
           ), 0)::float8 AS oldest
    FROM pg_stat_activity
    """
)
AGE = text("SELECT max(age(datfrozenxid)) AS age, current_setting('autovacuum') = 'on' AS autovacuum FROM pg_database")


async def installation(case: Case) -> Sequence[Line]:
    """Compare the row in the database with the file outside it."""
    try:
        remembered = await in_thread(lambda: identity.read(case.settings))
    except identity.IdentityUnreadable as error:
        return [INSTALLATION.bad(str(error), "Put it back from a backup, or run `just bootstrap`, which says more.")]
    async with case.database.reading() as reader:
        ours = await reader.scalar(IDENTITY)
        found = await reader.scalar(text("SELECT identity FROM installation")) if ours else None
    if remembered is None:
        if found is None:
            return []  # nothing on either side: what is missing is said elsewhere
        say = f"{identity.path(case.settings)} is missing, so a wrong volume would not be noticed."
        return [INSTALLATION.doubtful(say, "Run `just bootstrap`, which writes it.")]
    if found is None:
        say = f"This installation had data since {remembered.first_seen[:10]}; this database has none: the wrong volume, or it was wiped."
        return [INSTALLATION.bad(say)]
    if found != remembered.identity:
        return [INSTALLATION.bad(f"This database belongs to another installation than the one that {identity.path(case.settings)} names.")]
    if Need.KEY in case.met and remembered.secret_key_sha256 != identity.key_digest(case.settings):
        say = "SECRET_KEY is another than the one that this installation was used with, so everybody has to sign in anew."
        return [INSTALLATION.doubtful(say, "Put the former key back (it is in every backup that has secrets), or run `just bootstrap`.")]
    return [INSTALLATION.good(f"This is the database in use since {remembered.first_seen[:10]}.")]


async def leftovers(case: Case) -> Sequence[Line]:
    """Nothing of it does harm; it takes up room."""
    async with case.database.reading() as reader:
        schemas = list(await reader.scalars(ASIDE))
        databases = await reader.rows(DATABASES)
    lines = []
    if databases:
        room = sum(row.bytes or 0 for row in databases)
        names = [row.name for row in databases]
        replaced = next((row.name for row in databases if row.before_restore), None)
        do = f"When nothing is missed: `just psql -c 'DROP DATABASE \"{replaced}\"'`." if replaced else ""
        lines.append(LEFTOVERS.doubtful(f"Not used any more: {listed(names)} ({size(room)}).", do, databases=len(names), bytes=room))
    if schemas:
        lines.append(LEFTOVERS.good(f"Set aside in the database, for you to keep or to remove: {listed(schemas)}.", schemas=len(schemas)))
    return lines or [LEFTOVERS.good("Nothing was set aside or left behind.")]


async def activity(case: Case) -> Sequence[Line]:
    """Connections and transactions, in one look."""
    async with case.database.reading() as reader:
        row = await reader.row(ACTIVITY)
    assert row is not None  # noqa: S101 (an aggregate has a row)
    say = f"{row.taken} of {row.places} connections are taken."
    many = (CONNECTIONS.doubtful if row.taken >= BUSY_SHARE * row.places else CONNECTIONS.good)(say, taken=row.taken, places=row.places)
    seconds = round(row.oldest)
    if seconds > LONGEST_TRANSACTION:
        return [many, TRANSACTIONS.doubtful(f"A transaction has been open for {span(seconds)}.", seconds=seconds)]
    return [many, TRANSACTIONS.good("No transaction has been open for long.", seconds=seconds)]


async def vacuum(case: Case) -> Sequence[Line]:
    """How old the oldest rows are in transactions; at 2,147,483,648 PostgreSQL stops writing."""
    async with case.database.reading() as reader:
        row = await reader.row(AGE)
    assert row is not None  # noqa: S101 (an aggregate has a row)
    if not row.autovacuum:
        return [VACUUM.doubtful("autovacuum is off, so the database only grows.", age=row.age)]
    if row.age > OLDEST_AGE:
        say = f"The oldest rows were frozen {counted(row.age, 'transaction')} ago; PostgreSQL stops at 2,147,483,648."
        return [VACUUM.doubtful(say, age=row.age)]
    return [VACUUM.good("PostgreSQL clears up by itself.", age=row.age)]
