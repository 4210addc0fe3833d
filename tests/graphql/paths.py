"""Documents made from the schema: the shortest way to each field that somebody may see, and to the first that they may not."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType, get_named_type, is_leaf_type, is_required_argument

from backend.accounts.permissions import Permission
from backend.graphql.access import SHOWN_TO
from backend.graphql.reach import permission_of
from backend.graphql.schema import schema
from tests.graphql.literals import literal

TYPES: dict[str, Any] = dict(schema._schema.type_map)

Way = tuple[str, ...]


def ways_out_of(granted: frozenset[Permission]) -> Iterator[tuple[str, str]]:
    """Each hidden field that lies next to what somebody with these permissions sees, with a document that asks for it."""
    walk = _Walk(granted)
    for place, permission in permission_of().items():
        root, _, name = place.partition(".")
        if permission in granted:
            yield from walk.step(place, TYPES[root].fields[name], (root.lower(),))
    yield from walk.on()


class _Walk:
    """Breadth first, so that each way is a shortest one."""

    def __init__(self, granted: frozenset[Permission]) -> None:
        self.granted = granted
        self._waiting: deque[tuple[Any, Way]] = deque()
        self._seen: set[str] = set()

    def _hidden(self, *keys: str) -> bool:
        return any(key in SHOWN_TO and self.granted.isdisjoint(SHOWN_TO[key]) for key in keys)

    def _later(self, kind: Any, way: Way) -> None:
        if kind.name not in self._seen and not is_leaf_type(kind):
            self._seen.add(kind.name)
            self._waiting.append((kind, way))

    def step(self, place: str, field: Any, way: Way) -> Iterator[tuple[str, str]]:
        target = get_named_type(field.type)
        further = (*way, place.partition(".")[2] + arguments(field))
        if self._hidden(place, target.name):
            yield place, document(further, leaf=is_leaf_type(target))
        else:
            self._later(target, further)

    def on(self) -> Iterator[tuple[str, str]]:
        while self._waiting:
            kind, way = self._waiting.popleft()
            if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
                for name, field in kind.fields.items():
                    yield from self.step(f"{kind.name}.{name}", field, way)
            if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
                for member in schema._schema.get_possible_types(kind):
                    further = (*way, f"... on {member.name}")
                    if self._hidden(member.name):
                        yield f"{kind.name} as {member.name}", document(further, leaf=False)
                    else:
                        self._later(member, further)


def arguments(field: Any) -> str:
    """The arguments that a field can't do without, with any values."""
    given = [f"{name}: {literal(value.type)}" for name, value in field.args.items() if is_required_argument(value)]
    return f"({', '.join(given)})" if given else ""


def document(way: Way, *, leaf: bool) -> str:
    """A way as a document."""
    inside = "" if leaf else " { __typename }"
    return " { ".join(way) + inside + " }" * (len(way) - 1)
