"""The decision: a table of rules, read from the top; the first that matches says what to do.

Above are the states that are refused whatever else is there, then those that need nothing, then what forbids a change, then
the changes. To teach bootstrap a new state, add a row. A rule never touches the database itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from backend.operations.bootstrap import refusals
from backend.operations.bootstrap.actions import Action, Adopt, MendIndexes, Migrate, MoveToLegacy, Nothing, Refuse, SetAside, Stamp
from backend.operations.bootstrap.refusals import NEWEST, OLDEST
from backend.operations.bootstrap.state import State


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


def ahead(state: State, action: Action) -> list[Action]:
    """The actions to come, this one first, as far as can be seen from here: what ``--dry-run`` tells."""
    migrate: list[Action] = [Migrate()]
    adopt: list[Action] = [Adopt()] if state.legacy_shape else []
    match action:
        case Refuse() | Nothing():
            return [action]
        case Adopt():
            return [action]
        case Migrate():
            return [action, *adopt]
        case SetAside(only=only):
            return [action, *([MoveToLegacy(state.shape or "")] if only else []), *migrate, *(adopt if not only else [Adopt()])]
        case MoveToLegacy():
            return [action, *migrate, Adopt()]
        case Stamp(revision=revision):
            return [
                action,
                *([] if revision == state.head else migrate),
                *(adopt if revision != state.head or state.adoption_pending else []),
            ]
        case MendIndexes():
            return [action, *([] if state.revision == state.head else migrate)]


def _is_foreign(s: State) -> bool:
    return bool(s.tables_with_rows) and s.revision is None and s.looks_like is None and s.mendable is None and s.shape is None


def _goes_to_legacy(s: State) -> bool:
    # Without rows there is nothing to copy: if the place is taken, it moves aside like any other leftovers.
    return s.shape is not None and (not s.legacy_is_taken or bool(s.tables_with_rows))


def _is_other(s: State) -> bool:
    remembered = s.kept.remembered
    return remembered is not None and s.identity is not None and s.identity != remembered.identity


RULES: tuple[Rule, ...] = (
    Rule("server-not-supported", lambda s: not OLDEST <= s.version <= NEWEST, refusals.wrong_server),
    Rule("encoding-not-utf8", lambda s: s.encoding != "UTF8", refusals.wrong_encoding),
    Rule("read-only", lambda s: s.replica or s.read_only, refusals.read_only),
    Rule("identity-unreadable", lambda s: s.kept.unreadable is not None, refusals.identity_unreadable),
    Rule("data-gone", lambda s: s.kept.remembered is not None and not s.is_ours, refusals.data_gone),
    Rule("other-installation", _is_other, refusals.other_installation),
    Rule("key-changed", lambda s: s.kept.key_changed, refusals.key_changed),
    Rule("passphrase-missing", lambda s: s.kept.passphrase_missing, refusals.passphrase_missing),
    Rule("several-revisions", lambda s: len(s.stamps) > 1, refusals.several_stamps),
    Rule("legacy-taken", lambda s: _goes_to_legacy(s) and s.legacy_is_taken, refusals.legacy_taken),
    Rule(
        "newer-or-foreign-revision",
        lambda s: s.revision is not None and s.revision not in s.history and s.shape is None,
        refusals.unknown_revision,
    ),
    Rule("fingerprint-missing", lambda s: any(revision not in s.known for revision in s.history), refusals.no_fingerprint),
    Rule("tables-gone", lambda s: s.revision in s.history and not s.tables, refusals.stamp_without_tables),
    Rule("drift", lambda s: s.revision in s.history and bool(s.drift) and s.mendable is None, refusals.drift),
    Rule("foreign-data", _is_foreign, refusals.others_data),
    Rule("at-head", lambda s: s.revision == s.head and not s.drift and not s.adoption_pending, lambda _: Nothing()),
    # From here on something has to be made or moved.
    Rule("extension-not-available", lambda s: bool(s.extensions_missing), refusals.no_extension),
    Rule("extension-elsewhere", lambda s: bool(s.extensions_elsewhere), refusals.extension_elsewhere),
    Rule("may-not-create", lambda s: not s.may_create or (s.moves and not s.may_create_schemas), refusals.may_not_create),
    Rule("belongs-to-others", lambda s: bool(s.others), refusals.belongs_to_others),
    Rule("invalid-index", lambda s: s.mendable is not None, lambda s: MendIndexes(*(s.mendable or ((), ())))),
    Rule("adoption-pending", lambda s: s.revision == s.head, lambda _: Adopt()),
    Rule("empty", lambda s: s.is_empty, lambda _: Migrate()),
    Rule("older-revision", lambda s: s.revision in s.history, lambda _: Migrate()),
    Rule("schema-without-version", lambda s: s.looks_like is not None, lambda s: Stamp(s.looks_like or "")),
    Rule("strangers-without-rows", lambda s: _goes_to_legacy(s) and bool(s.strangers), lambda s: SetAside(s.strangers)),
    Rule("predecessor", _goes_to_legacy, lambda s: MoveToLegacy(s.shape or "")),
    Rule("leftovers-without-rows", lambda s: not s.tables_with_rows, lambda _: SetAside()),
    Rule("not-understood", lambda _: True, refusals.others_data),
)
