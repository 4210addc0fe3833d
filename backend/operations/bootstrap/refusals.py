"""What is said when bootstrap changes nothing: what was seen, in a sentence, and what a person can do, in order."""

from backend.operations.bootstrap.actions import Refuse
from backend.operations.bootstrap.state import LEGACY, State

OLDEST, NEWEST = 15, 18
SHOWN = 6
BACK_UP = "Make a backup: pg_dump --format=custom --file=before.dump DATABASE_URL."
EMPTY_ONE = "To begin without it, make an empty database beside it (CREATE DATABASE …), set DATABASE_URL to that and run this again."
AGAIN = "Run this again."
RESTORE = "If the data are lost, put a backup back: `just restore FILE`."


def few(names: tuple[str, ...] | list[str]) -> str:
    """The first few of the names."""
    shown = ", ".join(names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown


def look_first(state: State) -> str:
    """The advice that is never wrong."""
    return f"Check that DATABASE_URL names the database you mean; this one is “{state.name}”."


def wrong_server(state: State) -> Refuse:
    """A version that nobody tried this with."""
    advice = "Upgrade the server" if state.version < OLDEST else "Use a supported server"
    return Refuse(
        f"The server is PostgreSQL {state.version_name}; {OLDEST} to {NEWEST} are supported.",
        (f"{advice}, or point DATABASE_URL at a server of version {OLDEST} to {NEWEST}.", AGAIN),
    )


def wrong_encoding(state: State) -> Refuse:
    """Names would be lost."""
    return Refuse(
        f"The database “{state.name}” has the encoding {state.encoding}; names in every script need UTF8.",
        (
            "Make a database with CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8'.",
            "Point DATABASE_URL at it and run this again.",
            "If this one holds the predecessor's data, bring them over afterwards: `just adopt` with the address of this one.",
        ),
    )


def read_only(state: State) -> Refuse:
    """Nothing can be changed here, wanted or not."""
    what = "is a replica that only reads" if state.replica else f"lets the role “{state.role}” only read (default_transaction_read_only)"
    return Refuse(f"The server {what}.", ("Point DATABASE_URL at the primary server, with a role that may write.", AGAIN))


def may_not_create(state: State) -> Refuse:
    """A right is missing."""
    return Refuse(
        f"The role “{state.role}” may not create what is needed (tables, extensions, schemas) in the database “{state.name}”.",
        (
            f'As the database\'s owner run: GRANT CREATE ON DATABASE "{state.name}" TO "{state.role}";',
            f'In that database run: GRANT CREATE ON SCHEMA public TO "{state.role}";',
            AGAIN,
        ),
    )


def belongs_to_others(state: State) -> Refuse:
    """Only an owner may change or move a table."""
    owner = state.others[0].rsplit("(of ", 1)[1].rstrip(")")
    return Refuse(
        f"The role “{state.role}” does not own everything that would have to be changed: {few(state.others)}.",
        (
            f'In the database “{state.name}” run, as a superuser: GRANT "{owner}" TO "{state.role}";',
            "Or let DATABASE_URL (DATABASE_OWNER_URL where it is set) name the role that owns the tables.",
            AGAIN,
        ),
    )


def no_extension(state: State) -> Refuse:
    """The server lacks files."""
    return Refuse(
        f"The server can't provide the extension {few(state.extensions_missing)}.",
        ("Install PostgreSQL's contrib package on the server (postgresql-contrib on Debian).", AGAIN),
    )


def extension_elsewhere(state: State) -> Refuse:
    """The functions of an extension are called by their schema."""
    moves = " ".join(f"ALTER EXTENSION {name} SET SCHEMA public;" for name in state.extensions_elsewhere)
    return Refuse(
        f"The extension {few(state.extensions_elsewhere)} is installed in another schema than public, where it is needed.",
        (f"In the database “{state.name}” run, as its owner: {moves}", "If something else needs it where it is: " + EMPTY_ONE, AGAIN),
    )


def unknown_revision(state: State) -> Refuse:
    """Newer than this program, or of another one."""
    return Refuse(
        f"The database is at the revision {state.revision}, which this version of the program does not know (its newest is {state.head}).",
        (
            "If the database was upgraded by a newer version of the program, start that version again.",
            look_first(state),
            "To go back to this version, restore a backup that was made with it.",
        ),
    )


def no_fingerprint(state: State) -> Refuse:
    """A defect of the program, found before it does harm."""
    missing = [revision for revision in state.history if revision not in state.known]
    return Refuse(
        f"The program does not know what the revision {few(missing)} looks like.",
        ("Whoever wrote that migration: run `just fingerprint` and commit migrations/fingerprints.json.", AGAIN),
    )


def drift(state: State) -> Refuse:
    """Somebody changed the schema by hand."""
    return Refuse(
        f"The database says that it is at the revision {state.revision}, but it differs from it: {few(state.drift)}.",
        (BACK_UP, "Undo what was changed by hand, so that the differences above are gone.", AGAIN),
    )


def several_stamps(state: State) -> Refuse:
    """Branches of migrations, of which there are none here."""
    return Refuse(
        f"The table alembic_version holds {len(state.stamps)} revisions ({few(state.stamps)}); one is expected.",
        (look_first(state), BACK_UP, "Restore a backup from before that happened."),
    )


def stamp_without_tables(state: State) -> Refuse:
    """Rows may have been lost."""
    return Refuse(
        f"The database says that it is at the revision {state.revision}, but its tables are gone.",
        (
            "Stop: the data may have been deleted, or the wrong volume is mounted. Look for the right one, or for a backup to restore.",
            look_first(state),
            EMPTY_ONE,
        ),
    )


def others_data(state: State) -> Refuse:
    """Rows that nobody here understands."""
    from backend.operations.adoption import shapes  # heavy, and only needed here

    # What the predecessor never had comes first: it is why its database is not taken for one.
    names = sorted(state.tables_with_rows, key=lambda name: name in shapes.TABLES)
    return Refuse(
        f"The database holds data of something else, or of more than the predecessor: rows in {few(names)}.",
        (look_first(state), BACK_UP, EMPTY_ONE),
    )


def legacy_taken(state: State) -> Refuse:
    """Nothing is put into a schema that holds something."""
    return Refuse(
        f"The database holds the predecessor's tables with rows, but the schema “{LEGACY}”, where they would be moved, is in use already.",
        (
            look_first(state),
            BACK_UP,
            f'If an earlier move was given up, rename its schema: ALTER SCHEMA {LEGACY} RENAME TO "{LEGACY}_before"; and run this again.',
            f"Or keep both: {EMPTY_ONE} Then bring each over with `just adopt`.",
        ),
    )


def data_gone(state: State) -> Refuse:
    """The right data are elsewhere, or nowhere."""
    remembered = state.kept.remembered
    since = f" since {remembered.first_seen[:10]}" if remembered else ""
    what = "is empty" if state.is_empty else "does not hold this product's tables"
    return Refuse(
        f"The database “{state.name}” {what}, but this installation has had data{since} ({state.kept.identity_file} says so): "
        "the wrong volume is mounted, or it was wiped.",
        (
            "Stop the stack and look for the right volume or database: check DATABASE_URL, the compose project's name, the DATA_DIR.",
            RESTORE,
            "To begin anew with this database: `just bootstrap --begin-anew`. What was remembered is kept beside, under another name.",
        ),
        unless_anew=True,
    )


def other_installation(state: State) -> Refuse:
    """Not the database that this installation had."""
    remembered = state.kept.remembered
    return Refuse(
        f"The database “{state.name}” belongs to another installation ({state.identity}); this one is "
        f"{remembered.identity if remembered else 'unknown'} ({state.kept.identity_file} says so).",
        (
            "Look for the right volume or database: check DATABASE_URL, the compose project's name, the DATA_DIR.",
            "If this database is the right one and the file came from elsewhere: `just bootstrap --begin-anew` accepts it from now on.",
        ),
        unless_anew=True,
    )


def key_changed(_: State) -> Refuse:
    """A secret is missing, and another one in its place."""
    return Refuse(
        "SECRET_KEY is another one than when the data were made, so the right one is missing.",
        (
            "Put the old key back: it is in each backup's secrets, and `just restore FILE` puts missing secrets back.",
            "If the old key is lost for good: `just bootstrap --begin-anew` accepts the present one. Everybody has to sign in again.",
        ),
        unless_anew=True,
    )


def passphrase_missing(state: State) -> Refuse:
    """A secret is missing."""
    return Refuse(
        f"The passphrase of the backups is missing: the file {state.kept.passphrase_file} is gone.",
        (
            "Write the passphrase that was noted at the first start into that file again (or set BACKUP_PASSPHRASE), and run this again.",
            "If it is lost: `just bootstrap --begin-anew` makes another. The secrets in backups made until now can't be opened any more.",
        ),
        unless_anew=True,
    )


def identity_unreadable(state: State) -> Refuse:
    """Whose database it should be can't be told."""
    return Refuse(
        state.kept.unreadable or "The installation's identity can't be read.",
        (
            "Put the file back (each backup holds it: tar --extract --file FILE config/installation.json), or let this user read it.",
            "If this database is the right one: `just bootstrap --begin-anew` writes the file anew.",
        ),
        unless_anew=True,
    )
