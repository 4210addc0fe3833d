"""Signing in over GraphQL: who I am, login, refresh, logout, my password and profile."""

from backend.accounts.graphql.by_link import LinkMutation
from backend.accounts.graphql.keys import ApiKeyMutation, ApiKeyQuery
from backend.accounts.graphql.own_sessions import OwnSessionMutation
from backend.accounts.graphql.roots import AccountMutation, AccountQuery
from backend.accounts.graphql.second_factor import SecondFactorMutation
from backend.accounts.graphql.types import HANDLERS as OF_SIGNING_IN
from backend.accounts.graphql.types import LoginRefused, SessionEnded, SessionStarted, User, Viewer
from backend.accounts.graphql.user_changes import UserInUseHandler
from backend.accounts.graphql.users import UserMutation, UserQuery

HANDLERS = (*OF_SIGNING_IN, UserInUseHandler())

__all__ = [
    "HANDLERS",
    "AccountMutation",
    "AccountQuery",
    "ApiKeyMutation",
    "ApiKeyQuery",
    "LinkMutation",
    "LoginRefused",
    "OwnSessionMutation",
    "SecondFactorMutation",
    "SessionEnded",
    "SessionStarted",
    "User",
    "UserMutation",
    "UserQuery",
    "Viewer",
]
