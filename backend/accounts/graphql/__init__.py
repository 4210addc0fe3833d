"""Signing in over GraphQL: who I am, login, refresh, logout, my password and profile."""

from backend.accounts.graphql.roots import AccountMutation, AccountQuery
from backend.accounts.graphql.types import HANDLERS, LoginRefused, SessionEnded, SessionStarted, User, Viewer

__all__ = ["HANDLERS", "AccountMutation", "AccountQuery", "LoginRefused", "SessionEnded", "SessionStarted", "User", "Viewer"]
