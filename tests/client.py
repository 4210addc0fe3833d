"""A client of the API, as a test needs it: signed in by a word, GraphQL in, data out."""

from typing import Any

import httpx

from backend.app import create_app
from backend.config import Settings
from backend.db import Database
from backend.graphql.documents import TrustedDocuments
from tests.world import PASSWORDS

LOGIN = """mutation ($input: LoginInput!) { login(input: $input) { __typename
  ... on SessionStarted { accessToken expiresAt viewer { mustChangePassword permissions user { id email role } } }
  ... on LoginRefused { code message retryAfterSeconds } ... on ValidationProblem { code fields { path code } } } }"""


class Api:
    """One browser: it keeps cookies and an access token."""

    def __init__(self, settings: Settings, database: Database, *, documents: TrustedDocuments | None = None) -> None:
        self.settings = settings
        self.database = database
        self.app = create_app(settings, database=database, documents=documents or TrustedDocuments({}, open_to_all=True))
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=settings.origin)
        self.token: str | None = None

    async def close(self) -> None:
        """Close the client; the database belongs to the fixture."""
        await self.http.aclose()

    def another(self) -> "Api":
        """Another browser of the same app, without cookies."""
        return Api(self.settings, self.database)

    async def post(self, body: Any, **headers: str) -> httpx.Response:
        """Send a body as it is."""
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        return await self.http.post("/graphql", json=body, headers={"Accept": "application/graphql-response+json", **headers})

    async def raw(self, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """The whole answer, errors included."""
        answer: dict[str, Any] = (await self.post({"query": query, "variables": variables or {}})).json()
        return answer

    async def execute(self, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """The data; an error in the answer fails the test."""
        answer = await self.raw(query, variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    async def login(self, identifier: str, password: str | None = None) -> dict[str, Any]:
        """Sign in; the users of `world.PASSWORDS` need no password. Returns the union member."""
        variables = {"input": {"identifier": identifier, "password": password or PASSWORDS.get(identifier, "")}}
        member: dict[str, Any] = (await self.execute(LOGIN, variables))["login"]
        self.token = member.get("accessToken", self.token)
        return member
