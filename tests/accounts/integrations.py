"""API keys for tests."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from backend.accounts import key_access, keys
from backend.accounts.permissions import Permission
from backend.db import Database
from backend.errors import Unauthenticated
from tests.world import OPERATOR


async def make_key(
    database: Database, *scopes: Permission, name: str = "Bookkeeping", ends_at: datetime | None = None, calls_an_hour: int = 1000
) -> tuple[int, str]:
    """A key with these scopes (`clients:read` where none is named): its number and its text."""
    values: dict[str, Any] = {
        "name": name,
        "scopes": [scope.value for scope in scopes or (Permission.CLIENTS_READ,)],
        "ends_at": ends_at,
        "calls_an_hour": calls_an_hour,
    }
    async with database.writing(OPERATOR) as uow:
        made = await keys.create(uow, values)
    assert made.text is not None
    return made.number, made.text


async def refusal(database: Database, credential: str) -> str:
    """What a key that is refused is told."""
    with pytest.raises(Unauthenticated) as caught:
        await key_access.authenticate(database, credential)
    return caught.value.message


async def row(database: Database, number: int) -> Any:
    """What is kept of a key."""
    async with database.reading() as reader:
        return await reader.row(text("SELECT * FROM api_keys WHERE id = :id"), {"id": number})
