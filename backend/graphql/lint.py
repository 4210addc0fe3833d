"""Rules that every part of the schema keeps, so that whoever knows one list, one mutation or one id knows all of them.

``python -m backend.graphql.lint`` prints what is against them. The rules are Relay's (nodes, connections, cursors) and API.md's.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
)

SDL = Path(__file__).parents[2] / "frontend" / "schema.graphql"

# What is otherwise, each with its reason.
EXCEPTIONS = {
    "HoldingRemoved.id": "the id of what is gone, which is no node any more",
    "AdoptionRemark.sourceId": "the predecessor's own number, as it wrote it",
    "CentreSettings.openingHours": "seven days, of which a closed one is null",
    "ChangeCentreSettingsInput.openingHours": "seven days, of which a closed one is null",
    "AuditActor.id": "the id of whichever user or key it was",
    "AuditEntry.requestId": "as the log and the header have it",
    "AuditFilter.requestId": "as the log and the header have it",
    **dict.fromkeys(
        ("Dashboard.expired", "Dashboard.expiring", "Dashboard.inactive", "Dashboard.recentNotes"),
        "the first few for a tile; the list itself is a page of its own",
    ),
    "Mutation.endOtherSessions": "nothing can go wrong with it",
    "Mutation.logout": "nothing can go wrong with it",
    "Query.nodes": "Relay's own: null for each that there is not",
}

_PAGE_INFO = {"hasNextPage": "Boolean!", "hasPreviousPage": "Boolean!", "startCursor": "String", "endCursor": "String"}
_COUNTS = {"totalCount": "Int!", "totalIsExact": "Boolean!"}
_ROOTS = ("Query", "Mutation", "Subscription")
_ID = re.compile(r"(^id|^ids|Id|Ids)$")
_CAMEL = re.compile(r"[a-z][A-Za-z0-9]*")
_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9_]*")


def findings(schema: GraphQLSchema) -> list[str]:
    """What is against the rules, as lines that name the place."""
    found: list[tuple[str, str]] = []
    for name, kind in schema.type_map.items():
        if name.startswith("__"):
            continue
        found += _names(name, kind)
        found += _descriptions(name, kind)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            found += _nodes(name, kind)
            found += _connections(name, kind)
            for field_name, field in kind.fields.items():
                found += _field(f"{name}.{field_name}", field)
        elif isinstance(kind, GraphQLInputObjectType):
            for field_name, value in kind.fields.items():
                found += _value(f"{name}.{field_name}", field_name, value.type)
    if schema.mutation_type is not None:
        for field_name, field in schema.mutation_type.fields.items():
            found += _mutation(f"Mutation.{field_name}", field_name, field)
    return [f"{place}: {what}" for place, what in found if place not in EXCEPTIONS]


def _names(name: str, kind: Any) -> Iterator[tuple[str, str]]:
    if not _PASCAL.fullmatch(name):
        yield name, "is not in PascalCase"
    if isinstance(kind, GraphQLEnumType):
        yield from ((f"{name}.{value}", "is not in capitals") for value in kind.values if not _CAPITALS.fullmatch(value))
    else:
        yield from ((f"{name}.{field}", "is not in camelCase") for field in getattr(kind, "fields", {}) if not _CAMEL.fullmatch(field))


def _descriptions(name: str, kind: Any) -> Iterator[tuple[str, str]]:
    if not kind.description and name not in (*_ROOTS, "String", "Int", "Float", "Boolean", "ID"):
        yield name, "has no description"
    parts = kind.values if isinstance(kind, GraphQLEnumType) else getattr(kind, "fields", {})
    for part, value in parts.items():
        if not (value.description or "").strip():
            yield f"{name}.{part}", "has no description"
        for argument, given in getattr(value, "args", {}).items():
            if not (given.description or "").strip():
                yield f"{name}.{part}({argument})", "has no description"


def _nodes(name: str, kind: GraphQLObjectType | GraphQLInterfaceType) -> Iterator[tuple[str, str]]:
    identity = kind.fields.get("id")
    if name == "Node":
        if list(kind.fields) != ["id"] or str(identity and identity.type) != "ID!":
            yield name, "is not Relay's Node: id: ID! alone"
    elif identity is not None and "Node" not in [one.name for one in kind.interfaces]:
        yield f"{name}.id", "belongs to a type that is no Node"


def _connections(name: str, kind: GraphQLObjectType | GraphQLInterfaceType) -> Iterator[tuple[str, str]]:
    shape = {field: str(value.type) for field, value in kind.fields.items()}
    if name == "PageInfo" and shape != _PAGE_INFO:
        yield name, "is not Relay's page info"
    if name.endswith("Connection"):
        edge = name.removesuffix("Connection") + "Edge"
        if shape.get("edges") != f"[{edge}!]!" or shape.get("pageInfo") != "PageInfo!":
            yield name, f"needs edges: [{edge}!]! and pageInfo: PageInfo!"
        odd = [field for field, type_ in shape.items() if field not in {"edges", "pageInfo"} and _COUNTS.get(field) != type_]
        yield from ((f"{name}.{field}", "belongs to no connection") for field in odd)
    if name.endswith("Edge"):
        node = shape.get("node", "")
        if shape.get("cursor") != "String!" or not node.endswith("!") or node.startswith("["):
            yield name, "needs cursor: String! and node, which is never null"


def _field(place: str, field: GraphQLField) -> Iterator[tuple[str, str]]:
    name = place.partition(".")[2]
    yield from _value(place, name, field.type)
    for argument, value in field.args.items():
        yield from _value(f"{place}({argument})", argument, value.type)
    if isinstance(_unwrapped(field.type), GraphQLList) and not isinstance(field.type, GraphQLNonNull):
        yield place, "is a list that may be null: an empty one says the same"
    pages = get_named_type(field.type).name.endswith("Connection")
    sized = str(field.args["first"].type) if "first" in field.args else None
    if pages and (sized not in {"Int!", "Int"} or "after" not in field.args or str(field.args["after"].type) != "String"):
        yield place, "is a connection without first: Int and after: String"
    if sized is not None and not pages:
        yield place, "takes first, but is no connection"


def _value(place: str, name: str, kind: Any) -> Iterator[tuple[str, str]]:
    inner = _unwrapped(kind)
    if isinstance(inner, GraphQLList) and not isinstance(inner.of_type, GraphQLNonNull):
        yield place, "is a list whose items may be null"
    if _ID.search(name) and get_named_type(kind).name not in {"ID", "UUID"}:
        yield place, "is an id, but not opaque"


def _mutation(place: str, name: str, field: GraphQLField) -> Iterator[tuple[str, str]]:
    if list(field.args) not in ([], ["input"]):
        yield place, "takes something beside one input"
    given = field.args.get("input")
    input_type = get_named_type(given.type) if given is not None else None
    if given is not None and not (isinstance(given.type, GraphQLNonNull) and isinstance(input_type, GraphQLInputObjectType)):
        yield place, "takes an input that is no input object, or may be null"
    answer = get_named_type(field.type)
    if not isinstance(answer, GraphQLUnionType) or not isinstance(field.type, GraphQLNonNull):
        yield place, "does not answer with a union"
        return
    if not answer.name.endswith("Result"):
        yield place, f"answers with {answer.name}, which is not called …Result"
    problems = [member for member in answer.types if "Problem" in [one.name for one in member.interfaces]]
    if not problems or len(problems) == len(answer.types):
        yield place, "answers without a success or without a problem"
    keys = {"idempotencyKey", "requestId"}
    makes = re.match(r"(create|add)[A-Z]", name)
    if makes and not (isinstance(input_type, GraphQLInputObjectType) and keys & input_type.fields.keys()):
        yield place, "makes something without an idempotency key"


def _unwrapped(kind: Any) -> Any:
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind


def main() -> int:
    """Print what is against the rules; the exit code is 1 when there is something."""
    lines = findings(build_schema(SDL.read_text(encoding="utf-8")))
    for line in lines:
        sys.stdout.write(f"frontend/schema.graphql: {line}\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
