"""Changing whom nobody knows, or who was merged into another client or erased."""

from typing import Any

import pytest
from sqlalchemy import text

from backend import clock
from backend.graphql import ids
from tests.client import Api
from tests.clients.people import add_client
from tests.clients.writing import ask, new_client, number
from tests.world import OPERATOR

WRITES: list[tuple[str, dict[str, Any]]] = [
    ("updateClient", {"version": 1, "lastName": "X"}),
    ("archiveClient", {"version": 1}),
    ("restoreClient", {"version": 1}),
    ("newMemberCode", {"version": 1}),
    ("addContactMethod", {"kind": "PHONE", "value": "6615551002"}),
    ("recordConsent", {"kind": "SMS", "granted": True, "source": "desk"}),
    ("addNote", {"body": "x"}),
    ("changeClientTags", {"add": [], "remove": []}),
]


@pytest.mark.parametrize(("name", "given"), WRITES)
async def test_nobody_by_that_id_merged_or_erased(api: Api, name: str, given: dict[str, Any]) -> None:
    await api.login("admin")
    made = await new_client(api)
    merged = await add_client(api.database, "Old", "One", archived_at=clock.now(), merged_into_id=number(made["id"]))
    erased = await add_client(api.database, "Erased", "client", archived_at=clock.now())
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("INSERT INTO erasures (client_id, reason, actor_label) VALUES (:id, 'asked', 'x')"), {"id": erased})
    at = "id" if "version" in given else "clientId"
    for known, code in ((10**9, "NOT_FOUND"), (merged, "MERGED"), (erased, "ERASED")):
        answer = await ask(api, name, **{at: _id(known)}, **given)
        assert answer["code"] == code
    for nonsense in ("", "x", "Q2xpZW50OjA", made["id"] + "x", "\0"):
        assert (await ask(api, name, **{at: nonsense}, **given))["code"] == "NOT_FOUND"


def _id(client_number: int) -> str:
    return ids.encode("Client", client_number)
