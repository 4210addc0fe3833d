"""The whole schema, put together from the features' parts."""

import strawberry
from graphql import lexicographic_sort_schema, print_schema
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types

from backend.accounts import graphql as accounts
from backend.checkins import graphql as checkins
from backend.clients import graphql as clients
from backend.graphql.documents import PreparedDocuments
from backend.graphql.enum_words import describe
from backend.graphql.errors import HANDLERS
from backend.graphql.nodes import BY_ID, NodeQuery
from backend.kiosks import graphql as kiosks
from backend.memberships import graphql as memberships
from backend.reports import graphql as reports
from backend.system import graphql as system
from backend.trail import graphql as trail

Query = merge_types(
    "Query",
    (
        NodeQuery,
        accounts.AccountQuery,
        accounts.UserQuery,
        accounts.ApiKeyQuery,
        clients.ClientQuery,
        clients.ClientTableQuery,
        clients.BulkQuery,
        clients.ViewQuery,
        clients.DuplicateQuery,
        clients.MergeQuery,
        clients.SimilarQuery,
        clients.TagQuery,
        checkins.CheckInQuery,
        checkins.SentenceQuery,
        checkins.StationQuery,
        kiosks.DoorQuery,
        kiosks.InboxQuery,
        kiosks.KioskQuery,
        memberships.HoldingListQuery,
        memberships.RunningOutQuery,
        memberships.TierQuery,
        reports.ReportQuery,
        system.CentreQuery,
        system.SystemQuery,
        trail.TrailQuery,
    ),
)
Mutation = merge_types(
    "Mutation",
    (
        accounts.AccountMutation,
        accounts.LinkMutation,
        accounts.OwnSessionMutation,
        accounts.UserMutation,
        accounts.ApiKeyMutation,
        accounts.SecondFactorMutation,
        memberships.AuthorizationMutation,
        memberships.MembershipMutation,
        memberships.TakingInMutation,
        memberships.TierMutation,
        checkins.CheckInMutation,
        checkins.KeyingMutation,
        checkins.SentenceMutation,
        checkins.StationMutation,
        kiosks.DoorMutation,
        kiosks.InboxMutation,
        kiosks.KioskMutation,
        clients.ClientMutation,
        clients.BulkMutation,
        clients.ViewMutation,
        clients.ContactMutation,
        clients.DuplicateMutation,
        clients.ErasureMutation,
        clients.MergeMutation,
        clients.NoteMutation,
        clients.TagMutation,
        system.CentreMutation,
        system.KioskSettingsMutation,
        system.SystemMutation,
    ),
)
Subscription = merge_types("Subscription", (checkins.CheckInSubscription, kiosks.InboxSubscription))

schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[memberships.Membership, memberships.Authorization],
    extensions=[PreparedDocuments],
    exception_handlers=(*HANDLERS, *accounts.HANDLERS, *checkins.HANDLERS, *memberships.HANDLERS),
    config=StrawberryConfig(disable_field_suggestions=True),
)
NODES = tuple(BY_ID)
describe(schema._schema)  # noqa: SLF001 (there is no public way to it)


def sdl() -> str:
    """The schema in GraphQL's own language, sorted, as it is committed."""
    # Sorted here and not by Strawberry's setting: that copies the types, and its unions then don't know their own members.
    return print_schema(lexicographic_sort_schema(schema._schema)) + "\n"  # noqa: SLF001 (there is no public way to it)
