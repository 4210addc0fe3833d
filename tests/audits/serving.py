"""The API on a port, with a seeded database of its own."""

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from backend.db import Database
from backend.graphql.documents import TrustedDocuments
from tests import world
from tests.client import Api
from tests.server import serve


class Served:
    """A context: the whole app behind a real port. ``open_to_all`` lets everybody send free-form documents."""

    def __init__(self, *, open_to_all: bool) -> None:
        self._open = open_to_all
        self._stack = AsyncExitStack()
        self.url = ""

    async def __aenter__(self) -> Self:
        database_url = await world.create("seeded")
        self._stack.push_async_callback(world.drop, database_url)
        # What a whole suite asks for in a minute is more than one caller's share.
        settings = world.settings_for(database_url).model_copy(update={"cost_a_minute": 10**12})
        database = Database.of(settings, name="krc-audit", pool_size=20)
        self._stack.push_async_callback(database.close)
        documents = TrustedDocuments({}, open_to_all=self._open)
        self.api = Api(settings, database, documents=documents)
        self._stack.push_async_callback(self.api.close)
        address = await self._stack.enter_async_context(serve(self.api.app))
        self.url = f"http://{address}/graphql"
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def token(self, who: str) -> str:
        """An access token of one of the seeded users."""
        from backend.graphql.documents import LOGIN

        body = {"query": LOGIN, "variables": {"input": {"identifier": who, "password": world.PASSWORDS[who]}}}
        token: str = (await self.api.post(body)).json()["data"]["login"]["accessToken"]
        return token
