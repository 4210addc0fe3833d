"""Saved views: names, sharing, who may change one, and that only the page's parameters get in."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.client import Api

FIELDS = "id name shared mine mayChange ownerName version state { name value }"
PROBLEM = """... on ValidationProblem { code fields { path code } } ... on NotAllowed { code } ... on NotFound { code }
  ... on Conflict { code version }"""
SAVED = f"__typename ... on ViewSaved {{ view {{ {FIELDS} }} }} {PROBLEM}"
VIEWS = f'{{ savedViews(page: "clients") {{ {FIELDS} }} }}'
SAVE = f"mutation ($input: SaveViewInput!) {{ answer: saveView(input: $input) {{ {SAVED} }} }}"
UPDATE = f"mutation ($input: UpdateViewInput!) {{ answer: updateView(input: $input) {{ {SAVED} }} }}"
REMOVED = f"__typename ... on ViewRemoved {{ viewId }} {PROBLEM}"
DELETE = f"mutation ($input: DeleteViewInput!) {{ answer: deleteView(input: $input) {{ {REMOVED} }} }}"
EXPIRING = [{"name": "standing", "value": "expiring"}, {"name": "order", "value": "standing_end"}]


async def answer(api: Api, document: str, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await api.execute(document, {"input": fields}))["answer"]
    return found


async def save(api: Api, name: str = "Expiring", **more: Any) -> dict[str, Any]:
    return await answer(api, SAVE, **{"page": "clients", "name": name, "state": EXPIRING, **more})


async def names(api: Api) -> list[tuple[str, bool]]:
    return [(view["name"], view["mine"]) for view in (await api.execute(VIEWS))["savedViews"]]


async def test_a_view_is_kept_and_found_again(api: Api) -> None:
    await api.login("staff")
    view = (await save(api, "  Expiring   soon "))["view"]
    assert (view["name"], view["mine"], view["mayChange"], view["shared"], view["ownerName"]) == (
        "Expiring soon",
        True,
        True,
        False,
        "Staff",
    )
    assert view["state"] == sorted(EXPIRING, key=lambda each: each["name"])
    assert (await api.execute(VIEWS))["savedViews"] == [view]
    assert (await api.execute('{ savedViews(page: "check-ins") { id } }'))["savedViews"] == []


async def test_others_see_what_is_shared_and_only_that(api: Api) -> None:
    await api.login("staff")
    mine, shared = (await save(api, "Mine"))["view"], (await save(api, "Shared", shared=True))["view"]
    admin = api.another()
    await admin.login("admin")
    await save(admin, "Admin's")
    assert await names(admin) == [("Admin's", True), ("Shared", False)]
    seen = (await admin.execute(VIEWS))["savedViews"][1]
    assert (seen["ownerName"], seen["mayChange"]) == ("Staff", True)
    # Somebody else's own view does not exist for anybody, an administrator included.
    hidden = await answer(admin, UPDATE, id=mine["id"], version=1, name="Found")
    assert hidden["__typename"] == "NotFound"
    assert (await answer(admin, UPDATE, id=shared["id"], version=1, name="Ours"))["view"]["name"] == "Ours"
    await admin.close()


async def test_only_the_owner_or_an_administrator_changes_one(api: Api) -> None:
    await api.login("admin")
    view = (await save(api, "House view", shared=True))["view"]
    staff = api.another()
    await staff.login("staff")
    assert (await answer(staff, UPDATE, id=view["id"], version=1, name="Mine now"))["__typename"] == "NotAllowed"
    assert (await answer(staff, DELETE, id=view["id"], version=1))["__typename"] == "NotAllowed"
    assert (await staff.execute(VIEWS))["savedViews"][0]["mayChange"] is False
    await staff.close()


async def test_names_differ_for_one_owner_whatever_the_case(api: Api) -> None:
    await api.login("staff")
    await save(api)
    taken = await save(api, "EXPIRING")
    assert taken["fields"] == [{"path": ["name"], "code": "TAKEN"}]
    other = (await save(api, "Other"))["view"]
    renamed = await answer(api, UPDATE, id=other["id"], version=1, name="expiring")
    assert renamed["fields"] == [{"path": ["name"], "code": "TAKEN"}]
    admin = api.another()
    await admin.login("admin")
    assert (await save(admin))["__typename"] == "ViewSaved"
    await admin.close()


async def test_the_same_key_makes_one_view(api: Api) -> None:
    await api.login("staff")
    key = str(uuid4())
    first, second = await save(api, idempotencyKey=key), await save(api, idempotencyKey=key)
    assert first["view"]["id"] == second["view"]["id"]
    assert await names(api) == [("Expiring", True)]


async def test_a_stale_version_changes_nothing(api: Api) -> None:
    await api.login("staff")
    view = (await save(api))["view"]
    assert (await answer(api, UPDATE, id=view["id"], version=1, shared=True))["view"]["version"] == 2
    stale = await answer(api, UPDATE, id=view["id"], version=1, name="Late")
    assert stale == {"__typename": "Conflict", "code": "STALE_VERSION", "version": 2}
    assert (await answer(api, DELETE, id=view["id"], version=1))["__typename"] == "Conflict"
    assert (await answer(api, DELETE, id=view["id"], version=2))["viewId"] == view["id"]
    assert await names(api) == []
    async with api.database.reading() as reader:
        said = await reader.scalars(text("SELECT action FROM audit_log WHERE subject_type = 'saved_view' ORDER BY id"))
    assert list(said) == ["view.saved", "view.changed", "view.removed"]


@pytest.mark.parametrize(
    ("fields", "path", "code"),
    [
        ({"name": " "}, "name", "REQUIRED"),
        ({"name": "x" * 81}, "name", "TOO_LONG"),
        ({"name": "a\x00b"}, "name", "TOO_LONG"),
        ({"page": "users"}, "page", "UNKNOWN"),
        ({"state": [{"name": "pages", "value": "9"}]}, "state", "UNKNOWN_PARAMETER"),
        ({"state": [{"name": "q", "value": "x" * 2001}]}, "state", "BAD_VALUE"),
        ({"state": [{"name": "q", "value": "\x00"}]}, "state", "BAD_VALUE"),
        ({"state": [{"name": "q", "value": ""}] * 41}, "state", "TOO_MANY"),
    ],
)
async def test_nothing_else_gets_in(api: Api, fields: dict[str, Any], path: str, code: str) -> None:
    await api.login("staff")
    refused = await save(api, **fields)
    assert refused["fields"] == [{"path": [path], "code": code}]
    assert await names(api) == []


async def test_nobody_hoards_them(api: Api) -> None:
    await api.login("staff")
    for number in range(50):
        await save(api, f"View {number}")
    assert (await save(api, "One more"))["fields"] == [{"path": ["name"], "code": "TOO_MANY"}]
