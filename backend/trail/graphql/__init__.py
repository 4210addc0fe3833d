"""The audit log over GraphQL."""

from backend.trail.graphql.filters import AuditFilter, criteria_of
from backend.trail.graphql.roots import TrailQuery

__all__ = ["AuditFilter", "TrailQuery", "criteria_of"]
