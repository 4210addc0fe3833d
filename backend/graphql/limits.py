"""What a document may ask for at most: one linear pass, before validation, ended by the first excess.

Each fragment is measured once and its measure reused, so a chain of fragments that spread each other twice (exponential
when expanded) costs as many steps as it has nodes. A cycle counts as too deep. Figures are those of API.md.
"""

from collections.abc import Callable
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from backend.errors import LimitExceeded


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one document may have."""

    tokens: int = 2000
    depth: int = 10
    fields: int = 300
    aliases: int = 15
    root_fields: int = 10
    directives: int = 50


LIMITS = Limits()


@dataclass(slots=True)
class _Measure:
    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    here: int = 0
    """Fields of this selection set itself, spreads included: for an operation, its root fields."""


def exceeded(limit: str, allowed: int) -> LimitExceeded:
    """The refusal of a document that has more of something than is allowed."""
    return LimitExceeded(
        f"The document has more than {allowed:,} {limit}, which is the limit. Ask for less at once, or in several documents.",
        limit=limit,
        allowed=allowed,
    )


def check(document: DocumentNode, limits: Limits = LIMITS) -> None:
    """Raise `LimitExceeded` with the limit that is exceeded and by how much it is allowed."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    measured: dict[str, _Measure | None] = {}

    def refuse_excess(measure: _Measure) -> None:
        for name, found, most in (
            ("depth", measure.depth, limits.depth),
            ("fields", measure.fields, limits.fields),
            ("aliases", measure.aliases, limits.aliases),
            ("directives", measure.directives, limits.directives),
        ):
            if found > most:
                raise exceeded(name, most)

    def of_fragment(name: str) -> _Measure:
        if name in measured:
            known = measured[name]
            if known is None:
                raise LimitExceeded("A fragment of the document spreads itself.", limit="depth", allowed=limits.depth)
            return known
        measured[name] = None
        fragment = fragments.get(name)
        # An unknown fragment is for the validation to name.
        measure = _of_selections(fragment.selection_set, of_fragment, refuse_excess) if fragment else _Measure()
        measured[name] = measure
        return measure

    for definition in [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]:
        whole = _of_selections(definition.selection_set, of_fragment, refuse_excess)
        whole.directives += len(definition.directives or ())
        refuse_excess(whole)
        if whole.here > limits.root_fields:
            raise exceeded("root fields", limits.root_fields)
    # Fragments that nothing spreads are validated too, so they count.
    for name in fragments:
        of_fragment(name)


def _of_selections(
    selections: SelectionSetNode, of_fragment: Callable[[str], _Measure], refuse_excess: Callable[[_Measure], None]
) -> _Measure:
    total = _Measure()
    for node in selections.selections:
        total.directives += len(node.directives or ())
        if isinstance(node, FieldNode):
            inner = _of_selections(node.selection_set, of_fragment, refuse_excess) if node.selection_set else _Measure()
            total.fields += 1 + inner.fields
            total.aliases += (node.alias is not None) + inner.aliases
            # Only a type of the schema has it, around lists and what can't be null: every tool's introspection asks for nine in a row.
            total.depth = max(total.depth, (node.name.value != "ofType") + inner.depth)
            total.here += 1
        else:
            inner = of_fragment(node.name.value) if isinstance(node, FragmentSpreadNode) else _of_inline(node, of_fragment, refuse_excess)
            total.fields += inner.fields
            total.aliases += inner.aliases
            total.depth = max(total.depth, inner.depth)
            total.here += inner.here
        total.directives += inner.directives
        refuse_excess(total)
    return total


def _of_inline(node: object, of_fragment: Callable[[str], _Measure], refuse_excess: Callable[[_Measure], None]) -> _Measure:
    return _of_selections(node.selection_set, of_fragment, refuse_excess) if isinstance(node, InlineFragmentNode) else _Measure()
