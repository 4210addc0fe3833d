"""How much a document may ask for with these variables: fields, each list's multiplied by its ``first``.

Linear in the document like `backend.graphql.limits`, which has refused cycles and too many fields before, and measured once
for each document and page sizes.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

from backend.errors import LimitExceeded
from backend.graphql import pagination
from backend.graphql.documents import parsed
from backend.graphql.schema import schema

MOST = 20_000
_SIZE = "first"


def cost_of(text: str, operation_name: str | None, variables: Mapping[str, Any] | None) -> int:
    """With how many fields the operation could answer; 0 for a document that its validation will refuse. Raises `LimitExceeded`."""
    try:
        names = _size_variables(text)
    except GraphQLError:
        return 0
    given = variables or {}
    sizes = tuple((name, given[name]) for name in names if type(given.get(name)) is int)
    return _cost(text, operation_name, sizes)


def check_cost(text: str, operation_name: str | None, variables: Mapping[str, Any] | None) -> int:
    """`cost_of`; raises `LimitExceeded` where it is more than 20,000."""
    cost = cost_of(text, operation_name, variables)
    if cost > MOST:
        raise LimitExceeded(
            f"This asks for up to {cost:,} fields at once; the limit is {MOST:,}. Make `first` smaller, or ask in turns.",
            limit="cost",
            allowed=MOST,
        )
    return cost


@lru_cache(maxsize=1)
def _page_sizes() -> Mapping[str, int]:
    """The names of the fields that are pages, with the size that they have when the document names none."""
    kinds = [kind for kind in schema._schema.type_map.values() if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)]  # noqa: SLF001
    fields = [(name, field.args[_SIZE]) for kind in kinds for name, field in kind.fields.items() if _SIZE in field.args]
    sizes: dict[str, int] = {}
    # By ids as many may be asked for at once.
    sizes |= {name: pagination.MOST for kind in kinds for name, field in kind.fields.items() if "ids" in field.args}
    for name, argument in fields:
        default = argument.default_value
        sizes[name] = max(sizes.get(name, 1), default if type(default) is int else pagination.MOST)
    return sizes


@lru_cache(maxsize=512)
def _size_variables(text: str) -> tuple[str, ...]:
    """The variables that the document uses as page sizes."""
    found: set[str] = set()

    def look(selections: SelectionSetNode) -> None:
        for node in selections.selections:
            if isinstance(node, FieldNode):
                sized = [argument.value for argument in node.arguments or () if argument.name.value == _SIZE]
                found.update(value.name.value for value in sized if isinstance(value, VariableNode))
            inner = getattr(node, "selection_set", None)
            if inner is not None:
                look(inner)

    for definition in parsed(text).definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            look(definition.selection_set)
    return tuple(sorted(found))


@lru_cache(maxsize=2048)
def _cost(text: str, operation_name: str | None, given: tuple[tuple[str, int], ...]) -> int:
    definitions = parsed(text).definitions
    fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
    operations = [
        node
        for node in definitions
        if isinstance(node, OperationDefinitionNode) and (not operation_name or (node.name and node.name.value == operation_name))
    ]
    known: dict[str, int] = {}

    def of_fragment(name: str, sizes: Mapping[str, int]) -> int:
        if name not in known:
            known[name] = of(fragments[name].selection_set, sizes) if name in fragments else 0
        return known[name]

    def of(selections: SelectionSetNode, sizes: Mapping[str, int]) -> int:
        total = 0
        for node in selections.selections:
            if isinstance(node, FragmentSpreadNode):
                total += of_fragment(node.name.value, sizes)
                continue
            below = getattr(node, "selection_set", None)
            inner = of(below, sizes) if below else 0
            total += 1 + _size(node, sizes) * inner if isinstance(node, FieldNode) else inner
        return total

    dearest = 0
    for operation in operations:
        known.clear()
        dearest = max(dearest, of(operation.selection_set, _defaults(operation) | dict(given)))
    return dearest


def _defaults(operation: OperationDefinitionNode) -> dict[str, int]:
    return {
        definition.variable.name.value: int(definition.default_value.value)
        for definition in operation.variable_definitions or ()
        if isinstance(definition.default_value, IntValueNode)
    }


def _size(field: FieldNode, sizes: Mapping[str, int]) -> int:
    """How many times the field's own fields may be answered; 1 for what is no page."""
    size = _page_sizes().get(field.name.value)
    if size is None:
        return 1
    for argument in field.arguments or ():
        if argument.name.value == _SIZE:
            if isinstance(argument.value, IntValueNode):
                size = int(argument.value.value)
            elif isinstance(argument.value, VariableNode):
                size = sizes.get(argument.value.name.value, size)
    return max(1, min(size, pagination.MOST))
