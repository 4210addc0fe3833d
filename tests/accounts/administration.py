"""Documents of the accounts' administration, and small helpers of these tests."""

from typing import Any

from tests.client import Api

USER = (
    "id email username displayName role language active mustChangePassword temporaryUntil secondFactorSince lastLoginAt createdAt version "
    "sessions { id browser system current lastUsedAt } link { waiting expiresAt usedAt }"
)
PROBLEM = (
    "... on ValidationProblem { code fields { path code } } ... on NotFound { code } ... on NotAllowed { code } "
    "... on Conflict { code version changes { path value byName } }"
)
ACCESS = f"... on AccessGiven {{ user {{ {USER} }} temporaryPassword {{ password countsUntil }} link {{ path url countsUntil }} }}"
USERS = f"""query ($search: String, $filter: UserFilter, $first: Int! = 50, $after: String) {{
  users(search: $search, filter: $filter, first: $first, after: $after) {{
    totalCount pageInfo {{ hasNextPage hasPreviousPage endCursor }} edges {{ cursor node {{ {USER} }} }} }} }}"""
ONE = f"query ($id: ID!) {{ user(id: $id) {{ {USER} }} }}"
OPEN = """mutation ($token: String!) { openSignInLink(input: { token: $token }) { __typename
  ... on SignInLinkOpened { email username displayName } ... on LoginRefused { code message } } }"""
SET = """mutation ($token: String!, $password: String!) { setPasswordByLink(input: { token: $token, newPassword: $password }) { __typename
  ... on SessionStarted { accessToken viewer { user { username } } } ... on SecondFactorNeeded { challenge }
  ... on LoginRefused { code message } ... on ValidationProblem { fields { path code } } } }"""


async def change(api: Api, name: str, selection: str = "", **given: Any) -> dict[str, Any]:
    """Run a mutation of one input; returns the union's member."""
    kind = {"activateUser": "UserVersionInput", "deactivateUser": "UserVersionInput", "deleteUser": "UserVersionInput"}
    kind |= dict.fromkeys(("newSignInLink", "withdrawSignInLink", "endUserSessions"), "UserIdInput")
    wanted = kind.get(name, f"{name[0].upper()}{name[1:]}Input")
    document = (
        f"mutation ($input: {wanted}!) {{ {name}(input: $input) {{ __typename {selection} {PROBLEM if name != 'endSession' else ''} }} }}"
    )
    member: dict[str, Any] = (await api.execute(document, {"input": given}))[name]
    return member


async def made(api: Api, name: str = "robin", how: str = "TEMPORARY_PASSWORD", **more: Any) -> dict[str, Any]:
    """Make a user; returns what was answered."""
    wanted = {"email": f"{name}@desk.test", "username": name, "displayName": name.title(), "role": "STAFF", "how": how} | more
    return await change(api, "createUser", ACCESS, **wanted)


async def one(api: Api, number: str) -> dict[str, Any]:
    """A user as an admin sees them."""
    found: dict[str, Any] = (await api.execute(ONE, {"id": number}))["user"]
    return found


async def user_named(api: Api, username: str) -> dict[str, Any]:
    """The same by username."""
    edges = (await api.execute(USERS, {"search": username}))["users"]["edges"]
    return next(edge["node"] for edge in edges if edge["node"]["username"] == username)


def token_of(access: dict[str, Any]) -> str:
    """The token in the link of an answer."""
    return str(access["link"]["path"]).removeprefix("/welcome#")
