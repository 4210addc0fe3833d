"""Values for arguments, made from their types: right in form, and of nothing that exists."""

from typing import Any

from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull, is_enum_type, is_required_input_field

_SCALARS = {
    "Int": "1",
    "Float": "1.5",
    "Boolean": "true",
    "Date": '"2026-01-01"',
    "UUID": '"8a4ff0ba-21b1-4e3c-9d7c-2b5d5f3f0b1e"',
    "DateTime": '"2026-01-01T00:00:00Z"',
}


def literal(kind: Any) -> str:
    """A value of this type, as a document writes it."""
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(inner, GraphQLList):
        return f"[{literal(inner.of_type)}]"
    if isinstance(inner, GraphQLInputObjectType):
        needed = {name: field for name, field in inner.fields.items() if is_required_input_field(field)}
        # Of a oneOf exactly one must be given.
        if inner.is_one_of:
            needed = dict([next(iter(inner.fields.items()))])
        return "{" + ", ".join(f"{name}: {literal(field.type)}" for name, field in needed.items()) + "}"
    if is_enum_type(inner):
        return str(next(iter(inner.values)))
    return _SCALARS.get(str(inner), '"x"')
