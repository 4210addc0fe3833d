"""The table of docs/api/access.md: which root field is for whom, and what each role and each scope alone can reach behind them.

Worked out from the schema by walking from the root fields that are open to somebody through every field, member of a union and
implementation of an interface that `backend.graphql.access` shows them. ``python -m backend.graphql.reach`` writes it.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType, get_named_type

from backend.accounts.models import KioskKind, UserRole
from backend.accounts.permissions import KEY_SCOPES, MUST_CHANGE_PASSWORD, PERMISSIONS_OF, PERMISSIONS_OF_KIOSK, Permission
from backend.graphql.access import SHOWN_TO
from backend.graphql.fields import Guard
from backend.graphql.schema import NODES, schema

PAGE = Path(__file__).parents[2] / "docs" / "api" / "access.md"
ROOTS = ("Query", "Mutation", "Subscription")
ROLES: Mapping[str, frozenset[Permission]] = {
    "admin": PERMISSIONS_OF[UserRole.ADMIN],
    "staff": PERMISSIONS_OF[UserRole.STAFF],
    "new password due": MUST_CHANGE_PASSWORD,
    "kiosk": PERMISSIONS_OF_KIOSK[KioskKind.CHECK_IN],
    "lobby": PERMISSIONS_OF_KIOSK[KioskKind.LOBBY],
    "nobody": frozenset(),
}
SCOPES: Mapping[str, frozenset[Permission]] = {scope.value: frozenset({scope}) for scope in Permission if scope in KEY_SCOPES}

_INTRODUCTION = """# Who may ask for what

Written by `python -m backend.graphql.reach` from the schema; a test compares it. A root field is for whoever holds its permission.
What lies behind it is shown only to who may see that too: a document that asks for more is refused whole, with `NOT_ALLOWED`, before
anything runs.

## Root fields

*new password due* is a user who has to choose a password first; *kiosk* and *lobby* are paired devices, which may also run their own
documents alone; *nobody* is a caller without a session or key. An API key
reaches a field when the permission is among its scopes.
"""
_BEHIND = """
## What lies behind them

For each type, by which roles it can be reached, and by which scopes of an API key alone; a key of several scopes reaches more. A field that
differs from its type has a line of its own. Types that all reach are left out.
"""


def permission_of() -> dict[str, Permission | None]:
    """Every root field, as ``Query.clients``, with the permission it takes; None for a public one."""
    found: dict[str, Permission | None] = {}
    for root in ROOTS:
        definition: Any = schema.get_type_by_name(root)
        for field in definition.fields:
            (guard,) = [extension for extension in field.extensions if isinstance(extension, Guard)]
            found[f"{root}.{schema.config.name_converter.get_graphql_name(field)}"] = guard.permission
    return dict(sorted(found.items()))


def reached(granted: frozenset[Permission]) -> set[str]:
    """Every ``Type.field`` that somebody with these permissions can have answered. The root fields are among them."""
    walk = _Walk(granted)
    for place, permission in permission_of().items():
        if permission is None or permission in granted:
            root, _, name = place.partition(".")
            walk.follow(place, _types()[root].fields[name])
    return walk.found


class _Walk:
    """From the root fields to all that is shown behind them."""

    def __init__(self, granted: frozenset[Permission]) -> None:
        self.granted = granted
        self.found: set[str] = set()
        self._seen: set[str] = set()

    def follow(self, place: str, field: Any) -> None:
        """Note a field, if it is shown, and go on to its type."""
        target = get_named_type(field.type)
        if self._shown(place) and self._shown(target.name):
            self.found.add(place)
            self._visit(target)

    def _shown(self, key: str) -> bool:
        # Who holds nothing has no session: the public fields show them themselves alone, as they have just signed in.
        granted = self.granted or frozenset({Permission.VIEWER_READ})
        return key not in SHOWN_TO or not granted.isdisjoint(SHOWN_TO[key])

    def _visit(self, kind: Any) -> None:
        if kind.name in self._seen or not self._shown(kind.name):
            return
        self._seen.add(kind.name)
        for member in _members(kind):
            self._visit(member)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in kind.fields.items():
                self.follow(f"{kind.name}.{name}", field)


def _members(kind: Any) -> Iterable[Any]:
    if isinstance(kind, GraphQLUnionType):
        return tuple(kind.types)
    if kind.name == "Node":
        return [_types()[name] for name in NODES]
    if isinstance(kind, GraphQLInterfaceType):
        return [one for one in _types().values() if isinstance(one, GraphQLObjectType) and kind in one.interfaces]
    return ()


def _types() -> Mapping[str, Any]:
    return schema._schema.type_map  # noqa: SLF001 (there is no public way to it)


def markdown() -> str:
    """The whole page."""
    lines = [_INTRODUCTION, f"| field | permission | {' | '.join(ROLES)} |", f"|---|---|{'---|' * len(ROLES)}"]
    for place, permission in permission_of().items():
        marks = ["yes" if permission is None or permission in granted else "" for granted in ROLES.values()]
        lines.append(f"| `{place}` | {f'`{permission}`' if permission else 'public'} | {' | '.join(marks)} |")
    lines += [_BEHIND, "| type or field | roles | scopes alone |", "|---|---|---|"]
    lines += [f"| `{place}` | {_names(who, ROLES)} | {_names(who, SCOPES)} |" for place, who in _behind()]
    return "\n".join(lines) + "\n"


def _behind() -> list[tuple[str, frozenset[str]]]:
    reach = {name: reached(granted) for name, granted in (*ROLES.items(), *SCOPES.items())}
    who: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for place in sorted(set().union(*reach.values())):
        kind, _, field = place.partition(".")
        if kind not in ROOTS:
            who[kind][field] = frozenset(name for name, places in reach.items() if place in places)
    found: list[tuple[str, frozenset[str]]] = []
    for kind, fields in who.items():
        widest = frozenset[str]().union(*fields.values())
        if all(one == frozenset(reach) for one in fields.values()):
            continue
        found.append((kind, widest))
        found += [(f"{kind}.{field}", one) for field, one in fields.items() if one != widest]
    return found


def _names(who: frozenset[str], among: Mapping[str, object]) -> str:
    chosen = [name for name in among if name in who]
    return "all" if len(chosen) == len(among) else ", ".join(chosen) or "none"


if __name__ == "__main__":
    PAGE.write_text(markdown(), encoding="utf-8")
    sys.stdout.write(f"Wrote {PAGE.name}\n")
