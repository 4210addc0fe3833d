"""The schema's change log, made from its differences: ``python -m backend.graphql.changes [--check | --release VERSION]``.

``docs/api/released.graphql`` is the contract as it was last released, ``frontend/schema.graphql`` as it is now. What a change breaks
has to be declared in ``docs/api/breaking.md``, by its exact line, with a word to those who must act.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from graphql import (
    DangerousChangeType,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
)

ROOT = Path(__file__).parents[2]
PRESENT = ROOT / "frontend" / "schema.graphql"
DOCS = ROOT / "docs" / "api"
RELEASED, LOG, DECLARED = DOCS / "released.graphql", DOCS / "changes.md", DOCS / "breaking.md"

NEXT = "## Not released yet"
_HEAD = """# What changed in the API

Made by `just schema-changes` from the differences of [the schema](../../frontend/schema.graphql); see the
[policy](versioning.md) for what a change may do. Breaking changes say in [their own list](breaking.md) what to do about them.
"""
_MERELY_NEW = {DangerousChangeType.OPTIONAL_ARG_ADDED, DangerousChangeType.OPTIONAL_INPUT_FIELD_ADDED}
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+", re.ASCII)


def breaking(old: GraphQLSchema, new: GraphQLSchema) -> list[str]:
    """What may stop a document or a program that works today."""
    return sorted(change.description for change in find_breaking_changes(old, new))


def undeclared(old: GraphQLSchema, new: GraphQLSchema, declared: str) -> list[str]:
    """The breaking changes that ``declared``, a list in Markdown, does not name by their exact words at a line's beginning."""
    lines = [line.removeprefix("- ") for line in declared.splitlines() if line.startswith("- ")]
    return [change for change in breaking(old, new) if not any(line.startswith(change) for line in lines)]


def section(old: GraphQLSchema, new: GraphQLSchema, heading: str) -> str:
    """The changes from one schema to the other as a section of the log."""
    dangerous = sorted(change.description for change in find_dangerous_changes(old, new) if change.type not in _MERELY_NEW)
    parts = [
        ("Breaking", breaking(old, new)),
        ("To look at: a program that knows all members may meet a new one", dangerous),
        ("New", sorted(additions(old, new))),
        ("Deprecated", sorted(set(_deprecated(new)) - set(_deprecated(old)))),
    ]
    text = [f"### {title}\n\n" + "\n".join(f"- {line}" for line in lines) for title, lines in parts if lines]
    return "\n\n".join([heading, *(text or ["Nothing."])]) + "\n"


def additions(old: GraphQLSchema, new: GraphQLSchema) -> Iterator[str]:
    """What was not there before, each thing by its coordinate and its description."""
    for name, kind in new.type_map.items():
        if name.startswith("__"):
            continue
        before = old.type_map.get(name)
        if before is None:
            yield _line(name, kind.description)
        else:
            yield from _within(name, before, kind)


def _within(name: str, before: GraphQLNamedType, kind: GraphQLNamedType) -> Iterator[str]:
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and isinstance(before, GraphQLObjectType | GraphQLInterfaceType):
        for field_name, field in kind.fields.items():
            if field_name not in before.fields:
                yield _line(f"{name}.{field_name}", field.description)
                continue
            known = before.fields[field_name].args
            yield from (_line(f"{name}.{field_name}({each}:)", arg.description) for each, arg in field.args.items() if each not in known)
    elif isinstance(kind, GraphQLInputObjectType) and isinstance(before, GraphQLInputObjectType):
        yield from (_line(f"{name}.{each}", field.description) for each, field in kind.fields.items() if each not in before.fields)
    elif isinstance(kind, GraphQLEnumType) and isinstance(before, GraphQLEnumType):
        yield from (_line(f"{name}.{each}", value.description) for each, value in kind.values.items() if each not in before.values)
    elif isinstance(kind, GraphQLUnionType) and isinstance(before, GraphQLUnionType):
        known_members = {member.name for member in before.types}
        yield from (f"`{name}` may be `{member.name}`" for member in kind.types if member.name not in known_members)


def _line(coordinate: str, description: str | None) -> str:
    first = (description or "").strip().replace("\n", " ")
    return f"`{coordinate}`: {first}" if first else f"`{coordinate}`"


def _deprecated(schema: GraphQLSchema) -> Iterator[str]:
    for name, kind in schema.type_map.items():
        if name.startswith("__"):
            continue
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            fields = kind.fields.items()
            yield from (f"`{name}.{each}`: {field.deprecation_reason}" for each, field in fields if field.deprecation_reason)
        elif isinstance(kind, GraphQLEnumType):
            values = kind.values.items()
            yield from (f"`{name}.{each}`: {value.deprecation_reason}" for each, value in values if value.deprecation_reason)


def log_of(newest: str, present: str) -> str:
    """The log with ``newest`` in the place of the section that is not released, and all released ones as they are."""
    released = re.split(r"(?m)^(?=## )", present)[1:]
    kept = [part.strip() + "\n" for part in released if not part.startswith(NEXT)]
    return "\n".join([_HEAD, newest, *kept])


def main(arguments: Sequence[str]) -> int:
    """Write the log, or look whether it and the declarations are up to date."""
    old, new = build_schema(RELEASED.read_text("utf-8")), build_schema(PRESENT.read_text("utf-8"))
    present = LOG.read_text("utf-8") if LOG.exists() else ""
    declared = DECLARED.read_text("utf-8")
    missing = undeclared(old, new, declared)
    if missing:
        listed = "\n".join(f"- {change}" for change in missing)
        sys.stderr.write(f"These changes break what works today. Mend them, or declare them in docs/api/breaking.md:\n{listed}\n")
        return 1
    written = log_of(section(old, new, NEXT), present)
    if list(arguments) == ["--check"]:
        if written != present:
            sys.stderr.write("docs/api/changes.md is not what the schema says: run `just schema-changes`.\n")
        return int(written != present)
    if len(arguments) == 2 and arguments[0] == "--release" and _VERSION.fullmatch(arguments[1]):
        heading = f"## {arguments[1]}, {date.today().isoformat()}"  # noqa: DTZ011 (the day of whoever releases)
        written = log_of(f"{NEXT}\n\nNothing.\n\n{section(old, new, heading)}", present)
        RELEASED.write_text(PRESENT.read_text("utf-8"), "utf-8")
    elif arguments:
        sys.stderr.write("usage: python -m backend.graphql.changes [--check | --release VERSION]\n")
        return 2
    LOG.write_text(written, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
