"""Which types and fields are shown to whom, wherever in a document they stand.

A root field's permission says who may ask. Behind it lies a graph: a visit leads to its client, a client to everything. So each type
that shows a person, a holding, a user or the installation names here what else one must hold to see it, and a document that asks for
it without that is refused whole, before anything runs. What a document needs is worked out once and kept.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
)

from backend.accounts.permissions import Permission
from backend.accounts.principal import Principal
from backend.errors import NotAllowed

AnyOf = frozenset[Permission]

_CLIENTS: AnyOf = frozenset({Permission.CLIENTS_READ})
_HOLDINGS: AnyOf = frozenset({Permission.MEMBERSHIPS_READ})
_VISITS: AnyOf = frozenset({Permission.CHECK_INS_READ, Permission.CHECK_INS_WRITE, Permission.CHECK_INS_VOID})
_USERS: AnyOf = frozenset({Permission.USERS_READ, Permission.VIEWER_READ})
_STATIONS: AnyOf = _VISITS | {Permission.STATIONS_READ, Permission.STATIONS_WRITE}
_TIERS: AnyOf = _HOLDINGS | {Permission.MEMBERSHIPS_WRITE, Permission.TIERS_WRITE}
_TAGS: AnyOf = _CLIENTS | {Permission.TAGS_WRITE}
_INSTALLATION: AnyOf = frozenset({Permission.SYSTEM_READ, Permission.SYSTEM_WRITE})

SHOWN_TO: Mapping[str, AnyOf] = {
    # People, and what is told of them.
    **dict.fromkeys(("Client", "ContactMethod", "Note", "RecentNote", "Consent", "Erasure", "TimelineEntry", "FieldHistory"), _CLIENTS),
    **dict.fromkeys(("ClientMerge", "MergePreview", "PossibleDuplicate", "SimilarClient", "Comfort"), _CLIENTS),
    # How many clients a search or a filter finds tells whether there is somebody.
    **dict.fromkeys(("BulkPreview", "BulkChange"), _CLIENTS),
    # What others changed holds the values themselves.
    "FieldChange": _CLIENTS,
    **dict.fromkeys(("Holding", "Membership", "Authorization", "Allowance", "RunningOut"), _HOLDINGS),
    **dict.fromkeys(("CheckIn", "VisitDay", "VisitYear"), _VISITS),
    "Station": _STATIONS,
    "MembershipTier": _TIERS,
    "Tag": _TAGS,
    # A press at a kiosk is a visit to be; who may look at kiosks or at what waits may see which one it was.
    **dict.fromkeys(("KioskInboxItem", "KioskVisitor"), _VISITS),
    "Kiosk": frozenset({Permission.KIOSKS_READ}) | _VISITS,
    # Those who sign in: oneself, or all of them; and what everybody did.
    **dict.fromkeys(("User", "Session", "UserLink"), _USERS),
    "AuditEntry": frozenset({Permission.AUDIT_READ}),
    **dict.fromkeys(("System", "Installation", "Health", "Backup", "Adoption", "AdoptionRemark"), _INSTALLATION),
}
"""A type, or ``Type.field``, with the permissions of which one suffices. What is not here is shown to whoever reached it."""


def check(schema: GraphQLSchema, document: DocumentNode, principal: Principal | None) -> None:
    """Raise `NotAllowed` when the valid document asks for something that isn't shown to this principal.

    Without a principal only the public fields answer, and those show nobody but who has just signed in.
    """
    if principal is None:
        return
    for needed, place in needs(schema, document):
        if principal.permissions.isdisjoint(needed):
            raise NotAllowed(f"You are not allowed to see `{place}`: it takes the permission {' or '.join(sorted(needed))}.")


@lru_cache(maxsize=512)
def needs(schema: GraphQLSchema, document: DocumentNode) -> tuple[tuple[AnyOf, str], ...]:
    """What one must hold to see all that the document asks for, each with the first place that needs it."""
    found: dict[AnyOf, str] = {}
    for needed, place in _places(schema, document):
        found.setdefault(needed, place)
    return tuple(found.items())


def _places(schema: GraphQLSchema, document: DocumentNode) -> Iterator[tuple[AnyOf, str]]:
    """Every place of the document that not everybody may see; each fragment is walked once, by itself."""
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            root = schema.get_root_type(definition.operation)
            yield from _of_selections(schema, definition.selection_set, root)
        elif isinstance(definition, FragmentDefinitionNode):
            yield from _of_condition(schema, definition.type_condition.name.value, definition.selection_set)


def _of_condition(schema: GraphQLSchema, name: str, selections: SelectionSetNode) -> Iterator[tuple[AnyOf, str]]:
    if name in SHOWN_TO:
        yield SHOWN_TO[name], name
    yield from _of_selections(schema, selections, schema.get_type(name))


def _of_selections(schema: GraphQLSchema, selections: SelectionSetNode, parent: GraphQLNamedType | None) -> Iterator[tuple[AnyOf, str]]:
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield from _of_field(schema, node, parent)
        elif isinstance(node, InlineFragmentNode):
            if node.type_condition is None:
                yield from _of_selections(schema, node.selection_set, parent)
            else:
                yield from _of_condition(schema, node.type_condition.name.value, node.selection_set)


def _of_field(schema: GraphQLSchema, node: FieldNode, parent: GraphQLNamedType | None) -> Iterator[tuple[AnyOf, str]]:
    name = node.name.value
    # __typename, and what __schema and __type lead to, are not of our making.
    if name.startswith("__") or not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        return
    place = f"{parent.name}.{name}"
    kind = get_named_type(parent.fields[name].type)
    for key in (place, kind.name):
        if key in SHOWN_TO:
            yield SHOWN_TO[key], place
    if node.selection_set is not None:
        yield from _of_selections(schema, node.selection_set, kind)
