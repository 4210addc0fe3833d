"""Clients over GraphQL: what a row on the screen shows comes with the row, the rest is loaded in batches."""

from backend.clients.graphql.bulk import BulkMutation, BulkQuery
from backend.clients.graphql.contacts import ContactMutation
from backend.clients.graphql.duplicates import DuplicateMutation, DuplicateQuery
from backend.clients.graphql.erasing import ErasureMutation
from backend.clients.graphql.merging import MergeMutation, MergeQuery
from backend.clients.graphql.notes import NoteMutation
from backend.clients.graphql.people import ClientMutation
from backend.clients.graphql.roots import ClientQuery
from backend.clients.graphql.similar import SimilarQuery
from backend.clients.graphql.table import ClientTableQuery
from backend.clients.graphql.tags import TagMutation, TagQuery
from backend.clients.graphql.types import Client, Standing, clients_by_id
from backend.clients.graphql.views import ViewMutation, ViewQuery

__all__ = [
    "BulkMutation", "BulkQuery", "Client", "ClientMutation", "ClientQuery", "ClientTableQuery", "ContactMutation", "DuplicateMutation",
    "DuplicateQuery", "ErasureMutation", "MergeMutation", "MergeQuery", "NoteMutation", "SimilarQuery", "Standing", "TagMutation",
    "TagQuery", "ViewMutation", "ViewQuery", "clients_by_id",
]  # fmt: skip
