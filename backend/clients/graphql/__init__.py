"""Clients over GraphQL: what a row on the screen shows comes with the row, the rest is loaded in batches."""

from backend.clients.graphql.duplicates import DuplicateMutation, DuplicateQuery
from backend.clients.graphql.roots import ClientQuery
from backend.clients.graphql.types import Client, Standing, clients_by_id

__all__ = ["Client", "ClientQuery", "DuplicateMutation", "DuplicateQuery", "Standing", "clients_by_id"]
