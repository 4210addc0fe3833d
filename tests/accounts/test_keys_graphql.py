"""API keys as admins manage them over GraphQL."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend import clock
from backend.accounts import key_access, key_format
from backend.accounts.permissions import KEY_SCOPES
from backend.errors import Unauthenticated
from tests.accounts.integrations import make_key
from tests.client import Api
from tests.statements import StatementCounter

PARTS = "id name prefix scopes state callsAnHour callsLeft costThisHour madeBy endsAt lastUsedAt revokedAt version replacedBy { id }"
PROBLEMS = "... on ValidationProblem { fields { path code } } ... on Problem { code }"
SAVED = f"__typename {PROBLEMS} ... on ApiKeySaved {{ apiKey {{ {PARTS} }} }}"
MADE = f"__typename {PROBLEMS} ... on ApiKeyMade {{ text apiKey {{ {PARTS} }} }}"
REVOKED = f"__typename ... on Problem {{ code }} ... on ApiKeySaved {{ apiKey {{ {PARTS} }} }}"
CREATE = f"mutation ($input: CreateApiKeyInput!) {{ it: createApiKey(input: $input) {{ {MADE} }} }}"
UPDATE = f"mutation ($input: UpdateApiKeyInput!) {{ it: updateApiKey(input: $input) {{ {SAVED} }} }}"
ROTATE = f"mutation ($input: RotateApiKeyInput!) {{ it: rotateApiKey(input: $input) {{ {MADE} }} }}"
REVOKE = f"mutation ($input: RevokeApiKeyInput!) {{ it: revokeApiKey(input: $input) {{ {REVOKED} }} }}"
LIST = f"""query ($ended: Boolean! = false, $first: Int! = 50, $after: String) {{
  apiKeys(includeEnded: $ended, first: $first, after: $after) {{
    totalCount pageInfo {{ hasNextPage endCursor }} edges {{ node {{ {PARTS} hours {{ calls cost }} }} }} }} }}"""


async def run(api: Api, document: str, **values: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (await api.execute(document, {"input": values}))["it"]
    return answer


async def listed(api: Api, **variables: Any) -> list[dict[str, Any]]:
    return [edge["node"] for edge in (await api.execute(LIST, variables))["apiKeys"]["edges"]]


async def test_the_life_of_a_key(api: Api) -> None:
    await api.login("admin")
    made = await run(api, CREATE, name=" Door  display ", scopes=["stations:read", "check-ins:read"])
    whole, key = made["text"], made["apiKey"]
    assert key_format.read(whole).prefix == key["prefix"]
    assert (key["name"], key["scopes"], key["state"]) == ("Door display", ["check-ins:read", "stations:read"], "ACTIVE")
    assert (key["callsAnHour"], key["callsLeft"], key["madeBy"], key["lastUsedAt"]) == (5000, 5000, "Admin", None)

    holder = api.another()
    holder.token = whole
    await holder.execute("{ stations { name } }")
    await holder.close()
    (seen,) = await listed(api)
    assert (seen["callsLeft"], seen["costThisHour"], seen["hours"]) == (4999, 2, [{"calls": 1, "cost": 2}])
    assert seen["lastUsedAt"] is not None
    assert whole.split("_")[2] not in str(seen)

    end = (clock.now() + timedelta(days=30)).replace(microsecond=0).isoformat()
    saved = await run(api, UPDATE, id=key["id"], version=1, name="Door", endsAt=end, callsAnHour=10)
    assert (saved["apiKey"]["name"], saved["apiKey"]["version"], saved["apiKey"]["endsAt"]) == ("Door", 2, end)
    assert (await run(api, UPDATE, id=key["id"], version=2, endsAt=None))["apiKey"]["endsAt"] is None

    rotated = await run(api, ROTATE, id=key["id"], version=3)
    assert rotated["text"] != whole
    newest, oldest = await listed(api)
    assert (oldest["state"], oldest["replacedBy"]) == ("REPLACED", {"id": newest["id"]})
    assert (newest["state"], newest["name"], newest["callsAnHour"]) == ("ACTIVE", "Door", 10)

    assert (await run(api, REVOKE, id=newest["id"]))["apiKey"]["state"] == "REVOKED"
    assert [each["state"] for each in await listed(api)] == ["REPLACED"]
    assert [each["state"] for each in await listed(api, ended=True)] == ["REVOKED", "REPLACED"]
    with pytest.raises(Unauthenticated):
        await key_access.authenticate(api.database, rotated["text"])


async def test_what_is_wrong_is_named(api: Api) -> None:
    await api.login("admin")
    wrong = await run(api, CREATE, name="", scopes=["users:write"], callsAnHour=0)
    assert wrong["__typename"] == "ValidationProblem"
    assert [(item["path"], item["code"]) for item in wrong["fields"]] == [
        (["name"], "REQUIRED"),
        (["scopes"], "UNKNOWN_SCOPE"),
        (["callsAnHour"], "OUT_OF_RANGE"),
    ]
    assert await listed(api) == []
    number, _ = await make_key(api.database)
    (key,) = await listed(api)
    assert (await run(api, UPDATE, id=key["id"], version=9, name="Other"))["code"] == "STALE_VERSION"
    too_long = await run(api, ROTATE, id=key["id"], version=1, overlapHours=169)
    assert too_long["fields"] == [{"path": ["overlapHours"], "code": "OUT_OF_RANGE"}]
    for document, more in ((UPDATE, {"version": 1}), (ROTATE, {"version": 1}), (REVOKE, {})):
        assert (await run(api, document, id="nonsense", **more))["__typename"] == "NotFound"
    assert number


async def test_a_second_try_does_not_show_the_secret_again(api: Api) -> None:
    await api.login("admin")
    wish = {"name": "Door", "scopes": ["stations:read"], "idempotencyKey": str(uuid4())}
    first, second = await run(api, CREATE, **wish), await run(api, CREATE, **wish)
    assert first["apiKey"]["id"] == second["apiKey"]["id"]
    assert first["text"] is not None
    assert second["text"] is None


async def test_pages_are_read_in_one_statement(api: Api, statements: StatementCounter) -> None:
    await api.login("admin")
    for number in range(5):
        await make_key(api.database, name=f"Key {number}")
    await api.execute(LIST)
    names: list[str] = []
    after = None
    while True:
        statements.clear()
        page = (await api.execute(LIST, {"first": 2, "after": after}))["apiKeys"]
        # The page, its hours, how many there are.
        assert statements.count == 3
        names += [edge["node"]["name"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert names == [f"Key {number}" for number in reversed(range(5))]
    assert page["totalCount"] == 5
    bad = await api.raw(LIST, {"after": "x"})
    assert bad["errors"][0]["extensions"]["code"] == "VALIDATION_FAILED"


async def test_one_key_and_the_scopes(api: Api) -> None:
    await api.login("admin")
    await make_key(api.database)
    (key,) = await listed(api)
    one = "query ($id: ID!) { apiKey(id: $id) { name } }"
    assert await api.execute(one, {"id": key["id"]}) == {"apiKey": {"name": "Bookkeeping"}}
    assert await api.execute(one, {"id": "nonsense"}) == {"apiKey": None}
    assert (await api.execute("{ apiKeyScopes }"))["apiKeyScopes"] == sorted(scope.value for scope in KEY_SCOPES)


@pytest.mark.parametrize("who", ["staff", "newcomer"])
async def test_keys_are_for_admins(api: Api, who: str) -> None:
    await api.login(who)
    assert (await run(api, CREATE, name="Door", scopes=["stations:read"]))["__typename"] == "NotAllowed"
    assert (await api.raw(LIST))["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"
