"""The decision: a table of rules, read from the top; the first that matches says what to do.

To teach bootstrap a new state, add a row above those that refuse it today. An action is ``Migrate`` (to the newest
revision), ``Nothing`` or ``Refuse`` (with what was seen and a plan); it never touches the database itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from backend.operations.bootstrap.state import State

OLDEST, NEWEST = 15, 18
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Migrate:
    """Upgrade to the newest revision, then seed."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The schema is as it should be."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Change nothing: what was seen, in a sentence, and what a person can do, in order."""

    saw: str
    plan: tuple[str, ...]


Action = Migrate | Nothing | Refuse


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table. ``name`` is the decision that ``--json`` prints."""

    name: str
    matches: Callable[[State], bool]
    action: Callable[[State], Action]


@dataclass(frozen=True, slots=True)
class Decision:
    """The rule that matched, and its action for this state."""

    name: str
    action: Action


def decide(state: State) -> Decision:
    """The first rule that matches; the last one matches everything."""
    rule = next(rule for rule in RULES if rule.matches(state))
    return Decision(rule.name, rule.action(state))


def _few(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown


BACK_UP = "Make a backup: pg_dump --format=custom --file=before.dump DATABASE_URL."
EMPTY_ONE = "To begin without it, make an empty database beside it (CREATE DATABASE …), set DATABASE_URL to that and run this again."


def _look_first(state: State) -> str:
    return f"Check that DATABASE_URL names the database you mean; this one is “{state.name}”."


def _wrong_server(state: State) -> Refuse:
    advice = "Upgrade the server" if state.version < OLDEST else "Use a supported server"
    return Refuse(
        f"The server is PostgreSQL {state.version_name}; {OLDEST} to {NEWEST} are supported.",
        (f"{advice}, or point DATABASE_URL at a server of version {OLDEST} to {NEWEST}.", "Run this again."),
    )


def _wrong_encoding(state: State) -> Refuse:
    return Refuse(
        f"The database “{state.name}” has the encoding {state.encoding}; names in every script need UTF8.",
        ("Make a database with CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8'.", "Point DATABASE_URL at it and run this again."),
    )


def _read_only(state: State) -> Refuse:
    what = "is a replica that only reads" if state.replica else f"lets the role “{state.role}” only read (default_transaction_read_only)"
    return Refuse(f"The server {what}.", ("Point DATABASE_URL at the primary server, with a role that may write.", "Run this again."))


def _may_not_create(state: State) -> Refuse:
    return Refuse(
        f"The role “{state.role}” may not create tables and extensions in the database “{state.name}”.",
        (
            f'As the database\'s owner run: GRANT CREATE ON DATABASE "{state.name}" TO "{state.role}";',
            f'In that database run: GRANT CREATE ON SCHEMA public TO "{state.role}";',
            "Run this again.",
        ),
    )


def _no_extension(state: State) -> Refuse:
    return Refuse(
        f"The server can't provide the extension {_few(list(state.extensions_missing))}.",
        ("Install PostgreSQL's contrib package on the server (postgresql-contrib on Debian).", "Run this again."),
    )


def _unknown_revision(state: State) -> Refuse:
    return Refuse(
        f"The database is at the revision {state.revision}, which this version of the program does not know (its newest is {state.head}).",
        (
            "If the database was upgraded by a newer version of the program, start that version again.",
            _look_first(state),
            "To go back to this version, restore a backup that was made with it.",
        ),
    )


def _no_fingerprint(state: State) -> Refuse:
    missing = [revision for revision in state.history if revision not in state.known]
    return Refuse(
        f"The program does not know what the revision {_few(missing)} looks like.",
        ("Whoever wrote that migration: run `just fingerprint` and commit migrations/fingerprints.json.", "Run this again."),
    )


def _drift(state: State) -> Refuse:
    return Refuse(
        f"The database says that it is at the revision {state.revision}, but it differs from it: {_few(state.drift)}.",
        (
            BACK_UP,
            "Undo what was changed by hand, so that the differences above are gone.",
            "Run this again.",
        ),
    )


def _several_stamps(state: State) -> Refuse:
    return Refuse(
        f"The table alembic_version holds {len(state.stamps)} revisions ({_few(state.stamps)}); one is expected.",
        (_look_first(state), BACK_UP, "Restore a backup from before that happened."),
    )


def _stamp_without_tables(state: State) -> Refuse:
    return Refuse(
        f"The database says that it is at the revision {state.revision}, but its tables are gone.",
        (
            "Stop: the data may have been deleted, or the wrong volume is mounted. Look for the right one, or for a backup to restore.",
            _look_first(state),
            EMPTY_ONE,
        ),
    )


def _no_version(state: State) -> Refuse:
    return Refuse(
        f"The database has our schema of the revision {state.looks_like}, but doesn't say so (alembic_version is missing or empty).",
        (BACK_UP, _look_first(state), "Restore it from a backup that has alembic_version.", EMPTY_ONE),
    )


def _leftovers(state: State) -> Refuse:
    return Refuse(
        f"The database holds leftovers without rows: {_few(sorted(state.objects))}.",
        (
            _look_first(state),
            BACK_UP,
            EMPTY_ONE,
        ),
    )


def _others_data(state: State) -> Refuse:
    return Refuse(
        f"The database holds data of something else: rows in {_few(state.tables_with_rows)}.",
        (_look_first(state), BACK_UP, EMPTY_ONE),
    )


RULES: tuple[Rule, ...] = (
    Rule("server-not-supported", lambda s: not OLDEST <= s.version <= NEWEST, _wrong_server),
    Rule("encoding-not-utf8", lambda s: s.encoding != "UTF8", _wrong_encoding),
    Rule("read-only", lambda s: s.replica or s.read_only, _read_only),
    Rule("several-revisions", lambda s: len(s.stamps) > 1, _several_stamps),
    Rule("newer-or-foreign-revision", lambda s: s.revision is not None and s.revision not in s.history, _unknown_revision),
    Rule("fingerprint-missing", lambda s: any(revision not in s.known for revision in s.history), _no_fingerprint),
    Rule("tables-gone", lambda s: s.revision is not None and not s.tables, _stamp_without_tables),
    Rule("drift", lambda s: s.revision is not None and bool(s.drift), _drift),
    Rule("at-head", lambda s: s.revision == s.head, lambda _: Nothing()),
    # From here on tables have to be made.
    Rule("extension-not-available", lambda s: bool(s.extensions_missing) and (s.is_empty or s.revision is not None), _no_extension),
    Rule("may-not-create", lambda s: not s.may_create and (s.is_empty or s.revision is not None), _may_not_create),
    Rule("empty", lambda s: s.is_empty, lambda _: Migrate()),
    Rule("older-revision", lambda s: s.revision is not None, lambda _: Migrate()),
    Rule("schema-without-version", lambda s: s.looks_like is not None, _no_version),
    Rule("leftovers-without-rows", lambda s: not s.tables_with_rows, _leftovers),
    Rule("foreign-data", lambda _: True, _others_data),
)
