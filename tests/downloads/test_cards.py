"""Member cards: what stands on them, that scanners read them, who gets a code, and how many at once."""

import io
from typing import Any

import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import text

from backend.clients import cards as on_file
from backend.clients.codes import mistyped
from backend.db import Database
from backend.downloads import cards
from backend.downloads.paper.cards import fitted, wrapped
from backend.downloads.paper.letters import BOLD, legible, width
from backend.graphql import ids
from tests.client import Api
from tests.clients.people import add_client
from tests.downloads.papers import codes_in, pages_of, text_of
from tests.world import OPERATOR


async def ask(api: Api, *clients: int, **more: Any) -> httpx.Response:
    chosen = {"clientIds": [ids.encode("Client", client) for client in clients]} if clients else {}
    return await api.http.post("/api/v1/cards.pdf", json=chosen | more, headers={"Authorization": f"Bearer {api.token}"})


async def test_a_card_has_the_name_the_centre_and_a_code_that_scanners_read(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database, "José Ángel", "Núñez-Ōta", member_code="K7XP-4RMD")
    answer = await ask(api, client)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert f'filename="member-card-{client}.pdf"' in answer.headers["content-disposition"]
    said = text_of(answer.content)
    assert "José Ángel Núñez-Ōta" in said
    assert "K7XP-4RMD" in said
    assert api.settings.centre_name in said
    assert codes_in(answer.content) == ["K7XP-4RMD"]
    assert pages_of(answer.content) == [(612, 792)]


async def test_fonts_are_inside_and_nothing_is_fetched(api: Api) -> None:
    await api.login("staff")
    answer = await ask(api, await add_client(api.database, member_code="A-1"))
    reader = PdfReader(io.BytesIO(answer.content))
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]  # a page has resources
    embedded = {name: font.get_object()["/FontDescriptor"] for name, font in fonts.items() if "/FontDescriptor" in font.get_object()}
    assert len(embedded) == 2
    assert all("/FontFile2" in descriptor for descriptor in embedded.values())
    assert b"/URI" not in answer.content
    assert len(answer.content) < 60_000, "only the signs that are used"


async def test_a_sheet_has_eight_cards_by_name_and_goes_on_on_the_next(api: Api) -> None:
    await api.login("staff")
    for number in range(10):
        await add_client(api.database, "Kim", f"Nr{9 - number}", member_code=f"KIM-{9 - number}")
    answer = await ask(api, search="kim", paper="A4")
    assert [round(side) for side in pages_of(answer.content)[0]] == [595, 842]
    assert len(pages_of(answer.content)) == 2
    assert codes_in(answer.content) == [f"KIM-{number}" for number in range(10)]


async def test_a_card_printer_gets_a_page_of_the_cards_size_for_each(api: Api) -> None:
    await api.login("staff")
    one = await add_client(api.database, "Ana", member_code="A-1")
    two = await add_client(api.database, "Ben", member_code="B-2")
    answer = await ask(api, two, one, paper="CARD")
    sizes = [(round(wide / 72 * 25.4, 1), round(high / 72 * 25.4, 1)) for wide, high in pages_of(answer.content)]
    assert sizes == [(85.6, 54.0), (85.6, 54.0)]
    assert codes_in(answer.content) == ["A-1", "B-2"]


async def test_who_has_no_code_gets_one_that_stays(api: Api) -> None:
    await api.login("staff")
    one = await add_client(api.database, "Ana")
    two = await add_client(api.database, "Ben", member_code="OLD-7")
    first = codes_in((await ask(api, one, two)).content)
    assert first[1] == "OLD-7"
    assert len(first[0]) == 9
    assert not mistyped(first[0])
    assert codes_in((await ask(api, one, two)).content) == first
    async with api.database.reading() as reader:
        entries = list(
            await reader.rows(text("SELECT client_id, before, after FROM audit_log WHERE action = 'client.member_code_changed'"))
        )
        assert [tuple(entry) for entry in entries] == [(one, {"member_code": None}, {"member_code": first[0]})]
        assert await reader.scalar(text("SELECT version FROM clients WHERE id = :id"), {"id": one}) == 2
        printed = await reader.rows(text("SELECT after FROM audit_log WHERE action = 'cards.printed' ORDER BY id"))
        assert [entry.after for entry in printed] == [{"clients": 2, "new_codes": 1}, {"clients": 2, "new_codes": 0}]


async def test_a_code_that_somebody_has_is_not_given_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await add_client(database, "Ana", member_code="k7xp4rmd")
    client = await add_client(database, "Ben")
    made = iter(["K7XP-4RMD", "K7XP-4RMD", "W3D4-77XY"])
    monkeypatch.setattr("backend.clients.codes.make", lambda: next(made))
    async with database.writing(OPERATOR) as uow:
        found, new = await on_file.cards_for(uow, [client])
    assert ([card.code for card in found], new) == (["W3D4-77XY"], 1)


async def test_who_was_merged_or_erased_gets_no_card(database: Database) -> None:
    kept, gone, erased = [await add_client(database, name) for name in ("Ana", "Anna", "Ben")]
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text(f"UPDATE clients SET archived_at = now(), merged_into_id = {kept} WHERE id = {gone}"))
        await uow.execute(text(f"INSERT INTO erasures (client_id, reason, actor_label) VALUES ({erased}, 'x', 'x')"))
    async with database.writing(OPERATOR) as uow:
        found, new = await on_file.cards_for(uow, [kept, gone, erased])
    assert ([card.client_id for card in found], new) == ([kept], 1)


async def test_wrong_wishes_are_refused(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("staff")
    monkeypatch.setattr(cards, "MOST", 2)
    clients = [await add_client(api.database, name) for name in ("Ana", "Ben", "Cem")]
    for answer, path, code in (
        (await ask(api), ["clientIds"], "REQUIRED"),
        (await ask(api, *clients), ["filter"], "TOO_MANY"),
        (await ask(api, clientIds=None, search=None, filter=None), ["filter"], "TOO_MANY"),
        (await ask(api, 4711), ["clientIds"], "NOBODY"),
        (await ask(api, clients[0], paper="A3"), ["paper"], "UNKNOWN"),
        (await ask(api, clients[0], size="A3"), ["size"], "UNKNOWN"),
    ):
        assert answer.status_code == 422, answer.text
        assert [(item["path"], item["code"]) for item in answer.json()["fields"]] == [(path, code)]
    async with api.database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM clients WHERE member_code IS NOT NULL")) == 0


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Zoë Ñandú-O’Brien", "Zoë Ñandú-O’Brien"),
        ("Zoe\u0308", "Zoë"),
        ("Łukasz Żółć", "Łukasz Żółć"),
        ("Nguyễn Thị", "Nguyễn Thị"),
        ("Иван Ελένη", "Иван Ελένη"),
        ("李小龍 Bruce", "? Bruce"),
        ("عمر شريف", "?"),
        ("𝓐na 🎮", "Ana ?"),
        ("a\u200bb\u202ec\x07", "abc"),
    ],
)
def test_signs_that_the_font_lacks_have_a_stand_in(name: str, shown: str) -> None:
    assert legible(name) == shown


def test_long_names_shrink_wrap_and_end_with_an_ellipsis() -> None:
    room = 120.0
    for name in ("Ana Lu", "María de los Ángeles Fernández de Córdoba y Pérez", "X" * 80, "Ñ " * 80):
        lines, size = fitted(name, room)
        assert 1 <= len(lines) <= 3
        assert all(width(line, BOLD, size) <= room for line in lines)
    assert fitted("Ana Lu", room) == (["Ana Lu"], 15.0)
    assert fitted("X" * 80, room)[0][0].endswith("…")
    assert fitted("李小龍", room) == ([], 8.0), "a card without a name rather than with question marks"
    assert wrapped("one two three", BOLD, 10, 10_000, 2) == ["one two three"]
