"""Who sees what: the table is what the schema says, and over HTTP it holds for every role and for every scope alone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from graphql import parse, validate

from backend.accounts import sessions
from backend.accounts.models import UserRole
from backend.accounts.permissions import KEY_SCOPES, MUST_CHANGE_PASSWORD, PERMISSIONS_OF, Permission
from backend.accounts.principal import Principal
from backend.db import ActorKind
from backend.errors import NotAllowed
from backend.graphql import access, reach
from backend.graphql.schema import schema
from tests.client import Api
from tests.clients.people import add_client
from tests.graphql.paths import ways_out_of
from tests.graphql.test_permissions import FIELDS, document, root_fields, verdict
from tests.statements import StatementCounter

SCOPES = sorted(KEY_SCOPES)
# A saved view belongs to somebody who signs in.
OF_PERSONS = {"Mutation.saveView"}
HOLDERS = {**reach.ROLES, **reach.SCOPES}
AsHolder = Callable[[frozenset[Permission]], None]


@pytest.fixture
async def as_holder(api: Api, monkeypatch: pytest.MonkeyPatch) -> AsHolder:
    """Whoever calls from now on holds exactly these permissions, by an API key."""
    await api.login("admin")
    admin = await sessions.authenticate(api.database, api.settings, api.token or "")

    def holding(granted: frozenset[Permission]) -> None:
        key: Principal = replace(admin, kind=ActorKind.API_KEY, user_id=None, session_id=None, role=None, permissions=granted)

        async def authenticate(*_: Any) -> Principal:
            return key

        monkeypatch.setattr("backend.graphql.view.authenticate", authenticate)

    return holding


def test_the_committed_table_is_what_the_schema_says() -> None:
    assert reach.PAGE.read_text(encoding="utf-8") == reach.markdown(), "run `just docs` and review the difference"


def test_the_table_names_every_root_field(repository: Path) -> None:
    assert reach.permission_of() == {name: guard.permission for name, guard in root_fields().items()}


def test_every_name_in_the_rules_exists() -> None:
    places = {f"{name}.{field}" for name, kind in schema._schema.type_map.items() for field in getattr(kind, "fields", {})}
    assert access.SHOWN_TO.keys() <= places | schema._schema.type_map.keys()


@pytest.mark.parametrize("scope", SCOPES)
async def test_a_scope_alone_opens_its_own_root_fields(api: Api, as_holder: AsHolder, scope: Permission) -> None:
    as_holder(frozenset({scope}))
    opened = reach.reached(frozenset({scope}))
    wrong = []
    for name in FIELDS:
        found = verdict(await api.raw(document(name)))
        if (found == "ALLOWED") is not (name in opened and name not in OF_PERSONS):
            wrong.append((name, found))
    assert wrong == []


@pytest.mark.parametrize("holder", HOLDERS)
def test_no_way_leads_to_what_is_hidden(holder: str) -> None:
    """Through every field, member of a union and implementation of an interface that can be reached, however deep."""
    granted = HOLDERS[holder]
    principal = Principal(
        kind=ActorKind.API_KEY, user_id=None, session_id=None, display_name="", role=None, permissions=granted, language="en",
        must_change_password=False, session_expires_at=None,
    )  # fmt: skip
    ways = list(ways_out_of(granted))
    for place, text in ways:
        asked = parse(text)
        assert validate(schema._schema, asked) == [], (place, text)
        with pytest.raises(NotAllowed):
            access.check(schema._schema, asked, principal)
    visible = reach.reached(granted)
    assert not {place for place, _ in ways} & visible
    if holder == "admin":
        assert ways == []
    elif holder in {"check-ins:read", "dashboard:read", "clients:write", "memberships:write", "check-ins:write"}:
        assert ways


@pytest.mark.parametrize("scope", SCOPES)
async def test_over_http_the_ways_are_shut_too_and_nothing_runs(
    api: Api, as_holder: AsHolder, statements: StatementCounter, scope: Permission
) -> None:
    as_holder(frozenset({scope}))
    statements.clear()
    for place, text in ways_out_of(frozenset({scope})):
        if text.startswith("subscription"):
            continue
        answer = await api.post({"query": text})
        (error,) = answer.json()["errors"]
        # Pages in pages may be too much before they are not allowed.
        assert error["extensions"]["code"] in {"NOT_ALLOWED", "LIMIT_EXCEEDED"}, (place, answer.text)
        assert "data" not in answer.json()
    # That it was refused is recorded, and nothing else runs.
    assert [text for text in statements.texts if not text.startswith("INSERT INTO audit_log")] == []


SECRET = ("Zorvathiel", "+15055550187", "zorvathiel@hidden.example")
CHECK_INS = "{ checkIns { edges { node { id method station { name } } } } }"


async def test_visits_alone_show_nobody(api: Api, as_holder: AsHolder) -> None:
    await add_client(api.database, SECRET[0], phone=SECRET[1], email=SECRET[2])
    as_holder(frozenset({Permission.CHECK_INS_READ}))
    assert "errors" not in await api.raw(CHECK_INS)
    for way in ("client { id }", "...v", "... on CheckIn { client { displayName } }", "... { client { id } }", "... on Node { id ...v }"):
        text = f"query {{ checkIns {{ edges {{ node {{ id {way} }} }} }} }}"
        text += " fragment v on CheckIn { client { id } }" if "...v" in way else ""
        answer = await api.post({"query": text})
        assert answer.status_code == 403, answer.text
        assert not [secret for secret in SECRET if secret in answer.text]


async def test_the_refusal_says_what_it_takes(api: Api, as_holder: AsHolder) -> None:
    as_holder(frozenset({Permission.CHECK_INS_READ}))
    (error,) = (await api.raw("{ checkIns { edges { node { client { id } } } } }"))["errors"]
    assert error["message"] == "You are not allowed to see `CheckIn.client`: it takes the permission clients:read."


async def test_who_writes_without_reading_is_told_of_nobody(api: Api, as_holder: AsHolder) -> None:
    """A client like another is refused or named only to who may see clients; the id of what was made is theirs."""
    await add_client(api.database, SECRET[0], "Quibblemont", phone=SECRET[1], email=SECRET[2])
    as_holder(frozenset({Permission.CLIENTS_WRITE}))
    create = """mutation { createClient(input: {firstName: "Zorvathiel", lastName: "Quibblemont"}) { __typename
      ... on ClientSaved { changedId } ... on Problem { code message } ... on ValidationProblem { fields { message } } } }"""
    answer = await api.post({"query": create})
    assert not [secret for secret in SECRET[1:] if secret in answer.text]
    for hidden in ("client { id }", "client { possibleDuplicates { reason } }"):
        refused = await api.post({"query": create.replace("changedId", hidden)})
        assert refused.status_code == 403


async def test_a_stale_edit_does_not_tell_the_values(api: Api, as_holder: AsHolder) -> None:
    as_holder(frozenset({Permission.CLIENTS_WRITE}))
    text = """mutation { updateClient(input: {id: "x", version: 1}) { ... on Conflict { version changes { path value } } } }"""
    assert (await api.post({"query": text})).status_code == 403


@pytest.mark.parametrize("who", ["staff", "newcomer", "admin"])
async def test_roles_see_behind_the_fields_what_the_table_says(api: Api, who: str) -> None:
    await api.login(who)
    granted = {"staff": PERMISSIONS_OF[UserRole.STAFF], "newcomer": MUST_CHANGE_PASSWORD, "admin": PERMISSIONS_OF[UserRole.ADMIN]}[who]
    for place, text in ways_out_of(granted):
        assert verdict(await api.raw(text)) in {"NOT_ALLOWED", "LIMIT_EXCEEDED"}, place
    assert "errors" not in await api.raw("{ viewer { user { email } permissions } }")
