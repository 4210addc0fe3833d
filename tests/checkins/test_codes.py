"""A scanned code finds exactly one client, or says why not."""

from typing import Any

import pytest
from sqlalchemy import text, update

from backend import clock
from backend.clients.models import Client
from backend.db import Database
from tests.client import Api
from tests.clients.people import add_client, around
from tests.statements import StatementCounter
from tests.world import OPERATOR

LOOK = "query ($code: String!) { clientByCode(code: $code) { state client { displayName archived } } }"


async def look(api: Api, code: str) -> tuple[str, str | None]:
    found: dict[str, Any] = (await api.execute(LOOK, {"code": code}))["clientByCode"]
    return found["state"], found["client"]["displayName"] if found["client"] else None


async def merge(database: Database, lost: int, kept: int) -> None:
    async with database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).where(Client.id == lost).values(archived_at=clock.now(), merged_into_id=kept))


@pytest.mark.parametrize("typed", ["KRC-7F3A", "krc 7f3a", " KRC7F3A ", "k.r.c_7f3a"])
async def test_spaces_hyphens_and_case_do_not_matter(api: Api, typed: str) -> None:
    await api.login("staff")
    await add_client(api.database, "Ana", member_code="KRC-7F3A")
    await add_client(api.database, "Other", member_code="KRC-7F3B")
    assert await look(api, typed) == ("FOUND", "Ana Alvarez")


@pytest.mark.parametrize("wrong", ["", "   ", "-", "KRC-0000", "x" * 300, "\x00", "' OR 1=1", "ｋｒｃ"])
async def test_a_wrong_code_is_unknown(api: Api, wrong: str) -> None:
    await api.login("staff")
    await add_client(api.database, member_code="KRC-7F3A")
    assert await look(api, wrong) == ("UNKNOWN", None)


async def test_staff_are_told_that_a_client_is_archived(api: Api) -> None:
    await api.login("staff")
    await add_client(api.database, member_code="KRC-1", archived_at=clock.now())
    assert await look(api, "krc1") == ("ARCHIVED", "Ana Alvarez")


async def test_a_card_outlives_merges(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    first = await add_client(api.database, "First", member_code="A-1")
    second = await add_client(api.database, "Second", member_code="B-2")
    kept = await add_client(api.database, "Kept", member_code="C-3")
    await merge(api.database, first, second)
    await merge(api.database, second, kept)
    assert [await look(api, code) for code in ("a1", "b2", "c3")] == [("FOUND", "Kept Alvarez")] * 3
    statements.clear()
    await look(api, "a1")
    assert len([said for said in statements.texts if "sessions" not in said]) <= 2, statements.texts
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).where(Client.id == kept).values(archived_at=clock.now()))
    assert await look(api, "a1") == ("ARCHIVED", "Kept Alvarez")


async def test_two_cards_that_say_the_same_are_nobodys_unless_one_says_it_exactly(api: Api) -> None:
    await api.login("staff")
    await add_client(api.database, "Ana", member_code="AB-12")
    await add_client(api.database, "Bo", member_code="A-B12")
    assert await look(api, "ab12") == ("AMBIGUOUS", None)
    assert await look(api, "A-B12") == ("FOUND", "Bo Alvarez")


async def test_an_archived_twin_does_not_stand_in_the_way(api: Api) -> None:
    await api.login("staff")
    await add_client(api.database, "Gone", member_code="AB-12", archived_at=clock.now())
    await add_client(api.database, "Here", member_code="A-B12")
    assert await look(api, "ab12") == ("FOUND", "Here Alvarez")


async def test_a_uci_number_is_a_code_too_but_comes_after_a_card(api: Api) -> None:
    await api.login("staff")
    today = clock.today(api.settings.zone)
    client = await add_client(api.database, "Uma", authorizations=[around(today, 5, 5), around(today, 40, -10)])
    async with api.database.reading() as reader:
        uci = await reader.scalar(text("SELECT DISTINCT uci_number FROM authorizations WHERE client_id = :id"), {"id": client})
    assert await look(api, uci) == ("FOUND", "Uma Alvarez")
    assert await look(api, uci[:-1]) == ("UNKNOWN", None)
    await add_client(api.database, "Card", member_code=uci)
    assert await look(api, uci) == ("FOUND", "Card Alvarez")
