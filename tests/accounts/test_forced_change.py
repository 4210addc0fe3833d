"""A session whose password has to be changed walks every root field and finds the permitted ones alone."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from backend.accounts import sessions
from backend.accounts.models import UserRole
from backend.accounts.principal import Principal
from backend.config import Settings
from backend.db import Database
from backend.graphql.context import Context
from backend.graphql.schema import schema
from backend.graphql.settling import settle
from tests.accounts.people import make_user, sign_in

WITH_A_SESSION = {
    "viewer",
    "logout",
    "changePassword",
    "updateProfile",
    "beginSecondFactor",
    "confirmSecondFactor",
    "newRecoveryCodes",
    "removeSecondFactor",
    "endSession",
    "endOtherSessions",
}
PUBLIC = {
    "node",
    "nodes",
    "apiKeyInUse",
    "askToPair",
    "centre",
    "login",
    "completeLogin",
    "refreshSession",
    "openSignInLink",
    "setPasswordByLink",
}
_EXAMPLES = {
    "UUID": '"7b1c3f1e-6a55-4a40-9d3e-1f5b7f0f3c11"',
    "Int": "1",
    "Float": "1.5",
    "Boolean": "true",
    "Date": '"2026-01-31"',
    "DateTime": '"2026-01-31T12:00:00Z"',
}


def literal(kind: Any) -> str:
    if isinstance(kind, GraphQLNonNull):
        return literal(kind.of_type)
    if isinstance(kind, GraphQLList):
        return f"[{literal(kind.of_type)}]"
    if isinstance(kind, GraphQLEnumType):
        return str(next(iter(kind.values)))
    if isinstance(kind, GraphQLInputObjectType):
        return "{" + ", ".join(f"{name}: {literal(field.type)}" for name, field in kind.fields.items()) + "}"
    return _EXAMPLES.get(kind.name, '"x"')


def document(operation: str, name: str, field: GraphQLField) -> str:
    needed = [f"{key}: {literal(argument.type)}" for key, argument in field.args.items() if isinstance(argument.type, GraphQLNonNull)]
    arguments = f"({', '.join(needed)})" if needed else ""
    selection = "" if is_leaf_type(get_named_type(field.type)) else " { __typename }"
    return f"{operation} {{ {name}{arguments}{selection} }}"


def root_fields() -> list[tuple[str, str, str]]:
    inner = schema._schema
    roots: dict[str, GraphQLObjectType | None] = {
        "query": inner.query_type,
        "mutation": inner.mutation_type,
        "subscription": inner.subscription_type,
    }
    found = []
    for operation, root in roots.items():
        assert root is not None
        found += [(operation, name, document(operation, name, field)) for name, field in root.fields.items() if not name.startswith("__")]
    return found


async def code_of(database: Database, settings: Settings, principal: Principal | None, operation: str, text: str) -> str | None:
    context = Context(settings=settings, database=database, request_id="walk", principal=principal)
    await settle(context)
    try:
        if operation == "subscription":
            events: Any = await schema.subscribe(text, context_value=context)
            result = await anext(events) if isinstance(events, AsyncGenerator) else events
        else:
            result = await schema.execute(text, context_value=context)
    finally:
        await context.close()
    if not result.errors:
        # A mutation whose union has a member for it says so there.
        return "NOT_ALLOWED" if "NotAllowed" in str(result.data) else None
    original = result.errors[0].original_error
    assert original is not None, (text, result.errors)
    return str(getattr(original, "code", type(original).__name__))


def test_there_is_something_to_walk() -> None:
    names = {name for _, name, _ in root_fields()}
    assert names > WITH_A_SESSION | PUBLIC
    assert {"clients", "checkIn", "checkInAdded"} <= names


@pytest.mark.parametrize("role", list(UserRole))
async def test_only_the_permitted_ones_answer(database: Database, settings: Settings, role: UserRole) -> None:
    await make_user(database, role=role, must_change_password=True)
    for operation, name, text in root_fields():
        # A session for each field: the walk passes through logout.
        token = (await sign_in(database, settings)).access_token
        principal = await sessions.authenticate(database, settings, token)
        code = await code_of(database, settings, principal, operation, text)
        assert (code == "NOT_ALLOWED") == (name not in WITH_A_SESSION | PUBLIC), (name, code)


async def test_without_a_session_only_the_public_ones_answer(database: Database, settings: Settings) -> None:
    for operation, name, text in root_fields():
        code = await code_of(database, settings, None, operation, text)
        assert (code == "UNAUTHENTICATED") == (name not in PUBLIC), (name, code)
