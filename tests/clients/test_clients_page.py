"""The list of clients: search, filters, order, pages, and a constant number of statements."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from backend import clock
from backend.clients.models import Client, ClientNote, ClientTag, ContactKind, ContactMethod, Tag
from backend.db import Database
from tests.client import Api
from tests.clients.people import add_client, around
from tests.statements import StatementCounter
from tests.world import OPERATOR

PAGE = """query ($search: String, $filter: ClientFilter, $order: ClientOrder! = NAME, $first: Int! = 50, $after: String) {
  clients(search: $search, filter: $filter, orderBy: $order, first: $first, after: $after) {
    edges { cursor node { id displayName lastCheckInAt standing { status source endsOn daysLeft tierName }
      contactMethods { kind value display primary } tags { name colour } alerts { body } } }
    pageInfo { hasNextPage hasPreviousPage endCursor } } }"""


async def names(api: Api, search: str | None = None, **variables: Any) -> list[str]:
    data = await api.execute(PAGE, {"search": search, **variables})
    return [edge["node"]["displayName"] for edge in data["clients"]["edges"]]


async def test_search_finds_by_everything_that_staff_type(api: Api) -> None:
    await api.login("staff")
    await add_client(api.database, "José", "Muñoz", phone="+16615551002", email="jose@example.test", member_code="KRC-0042")
    await add_client(api.database, "Coded", "Person", member_code="12-345")
    await add_client(api.database, "Ana", "Castillo", phone="+16615559999", authorizations=[(date(2026, 1, 1), date(2026, 12, 31))])
    await add_client(api.database, "Wei", "Zhāng", preferred_name="Wes")
    await add_client(api.database, "Søren", "O’Connell")
    jose, ana, wei, soren = ["José Muñoz"], ["Ana Castillo"], ["Wes Zhāng"], ["Søren O’Connell"]
    for text, found in {
        "jose munoz": jose, "MUÑOZ, José".replace(",", ""): jose, "munoz jo": jose, "uñoz": jose, "j m": jose,
        "1002": jose, "(661) 555-1002": jose, "+1 661 555 1002": jose, "661.555": ["Ana Castillo", "José Muñoz"], "jose@EXAMPLE.test": jose,
        "krc-0042": jose, "12-345": ["Coded Person"], "ana": ana, "71": ana, "soren oconnell": soren, "o'connell": soren, "O’Conn": soren,
        "zhang": wei, "wes": wei, "wei": wei,
        "nobody": [], "ana munoz": [], "%": [], "_": [], "\\": [],
    }.items():  # fmt: skip
        assert sorted(await names(api, text)) == sorted(found), text


async def test_search_puts_what_fits_best_first(api: Api) -> None:
    await api.login("staff")
    for first, last in (("Xana", "Aardvark"), ("Ana", "Zed"), ("Ana", "Bell"), ("Bo", "Ana")):
        await add_client(api.database, first, last)
    assert await names(api, "ana") == ["Bo Ana", "Ana Bell", "Ana Zed", "Xana Aardvark"]
    assert (await names(api, "ana zed"))[0] == "Ana Zed"


async def test_a_whole_phone_is_its_holders_and_else_a_part_of_a_longer_one(api: Api) -> None:
    await api.login("staff")
    await add_client(api.database, "Longer", "Number", phone="+34166155510021")
    for text in ("(661) 555-1002", "+1 661 555 1002", "+34 166 155 510 021"):
        assert await names(api, text, first=20) == ["Longer Number"], text
    await add_client(api.database, "Ana", "Mother", phone="+16615551002")
    await add_client(api.database, "Bo", "Daughter", phone="+16615551002")
    for text in ("(661) 555-1002", "1 661 555 1002"):
        assert await names(api, text, first=20) == ["Bo Daughter", "Ana Mother"], text
    assert await names(api, "6615551002", first=1) == ["Bo Daughter"]
    assert await names(api, "+34 166 155 510 021", first=20) == ["Longer Number"]


async def test_the_holder_of_a_phone_hides_nobody_whose_phone_is_kept_as_written(api: Api) -> None:
    await api.login("staff")
    holder = await add_client(api.database, "Ana", "Mother", phone="+16615551002")
    child = await add_client(api.database, "Bo", "Child")
    async with api.database.writing(OPERATOR) as uow:
        uow.add(ContactMethod(client_id=child, kind=ContactKind.PHONE, value="661-555.1002 (mum)", needs_fixing=True))
    assert sorted(await names(api, "(661) 555-1002", first=20)) == ["Ana Mother", "Bo Child"]
    await add_client(api.database, "Longer", "Number", phone="+34166155510021")
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).where(Client.id == holder).values(archived_at=clock.now()))
    assert sorted(await names(api, "(661) 555-1002", first=20)) == ["Bo Child", "Longer Number"]


@pytest.mark.parametrize(
    "text", ["\0", "a\0na", "\u202eana", "😀", "x" * 10_000, "مرحبا", "'; DROP TABLE clients; --", " ", "\ud7ff", "a " * 50]
)
async def test_search_takes_any_text(api: Api, text: str) -> None:
    await api.login("staff")
    await add_client(api.database)
    assert await names(api, text) in ([], ["Ana Alvarez"])


async def test_what_changes_is_found_at_once(api: Api) -> None:
    await api.login("staff")
    number = await add_client(api.database, "Old", "Name", phone="+16615550001")
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).where(Client.id == number).values(first_name="New"))
    assert await names(api, "new name") == ["New Name"]
    assert await names(api, "old") == []


@pytest.mark.parametrize("order", ["NAME", "LAST_CHECK_IN", "CREATED"])
@pytest.mark.parametrize("search", [None, "person"])
async def test_pages_by_keyset_cover_everybody_once(api: Api, order: str, search: str | None) -> None:
    await api.login("staff")
    visits = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=n // 3) if n % 2 else None for n in range(23)]
    for n, visit in enumerate(visits):
        await add_client(api.database, f"Person {n % 5}", "Same", last_check_in_at=visit)
    seen: list[str] = []
    after: str | None = None
    while True:
        page = (await api.execute(PAGE, {"order": order, "search": search, "first": 5, "after": after}))["clients"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert len(seen) == len(set(seen)) == 23
    whole = (await api.execute(PAGE, {"order": order, "search": search, "first": 100}))["clients"]
    assert [edge["node"]["id"] for edge in whole["edges"]] == seen


async def test_last_check_in_order_puts_the_latest_first_and_never_last(api: Api) -> None:
    await api.login("staff")
    day = datetime(2026, 5, 1, tzinfo=UTC)
    for name, visit in (("Early", day), ("Never", None), ("Late", day + timedelta(days=9))):
        await add_client(api.database, name, "", last_check_in_at=visit)
    assert await names(api, order="LAST_CHECK_IN") == ["Late", "Early", "Never"]


@pytest.mark.parametrize("after", ["", "x", "bm9wZQ", "WyJOQU1FIiwxLDJd", "é" * 100])
async def test_a_bad_cursor_is_a_validation_error(api: Api, after: str) -> None:
    await api.login("staff")
    answer = await api.raw(PAGE, {"after": after})
    if after:
        assert answer["errors"][0]["extensions"]["code"] == "VALIDATION_FAILED"
        assert answer["errors"][0]["extensions"]["fields"][0]["path"] == ["after"]


@pytest.mark.parametrize("first", [-1, 101, 2_000_000_000])
async def test_a_page_has_at_most_100(api: Api, first: int) -> None:
    await api.login("staff")
    answer = await api.raw(PAGE, {"first": first})
    assert answer["errors"][0]["extensions"]["code"] == "VALIDATION_FAILED"


async def test_filters(api: Api) -> None:
    await api.login("staff")
    today = clock.today(api.settings.zone)
    active = await add_client(api.database, "Active", "", memberships=[around(today, 5, 100)])
    await add_client(api.database, "Expired", "", memberships=[around(today, 50, -10)])
    await add_client(api.database, "None", "")
    await add_client(api.database, "Archived", "", archived_at=clock.now())
    async with api.database.writing(OPERATOR) as uow:
        tag = Tag(name="Regular", colour="teal")
        uow.add(tag)
        await uow.flush()
        uow.add(ClientTag(client_id=active, tag_id=tag.id))
    tags = (await api.execute("{ clients { edges { node { tags { id name colour } } } } }"))["clients"]["edges"]
    tag_id = next(edge["node"]["tags"][0]["id"] for edge in tags if edge["node"]["tags"])
    assert await names(api) == ["Active", "Expired", "None"]
    assert await names(api, filter={"standing": ["ACTIVE"]}) == ["Active"]
    assert await names(api, filter={"standing": ["EXPIRED", "NONE"]}) == ["Expired", "None"]
    assert await names(api, filter={"tagIds": [tag_id]}) == ["Active"]
    assert await names(api, filter={"archived": True}) == ["Archived"]
    assert await names(api, "e", filter={"standing": ["EXPIRED"]}) == ["Expired"]
    counted = await api.execute("{ clients(filter: {standing: [EXPIRED, NONE]}) { totalCount totalIsExact } }")
    assert counted["clients"] == {"totalCount": 2, "totalIsExact": True}


async def test_counts_stop_and_say_so(api: Api) -> None:
    await api.login("staff")
    async with api.database.writing(OPERATOR) as uow:
        from sqlalchemy import text

        await uow.execute(text("INSERT INTO clients (first_name, last_name) SELECT 'Twin', 'Person' FROM generate_series(1, 1001)"))
    data = await api.execute('{ all: clients { totalCount totalIsExact } found: clients(search: "twin") { totalCount totalIsExact } }')
    assert data["all"] == {"totalCount": 1000, "totalIsExact": False}
    assert data["found"] == {"totalCount": 500, "totalIsExact": False}


async def test_a_row_has_all_that_the_screen_needs(api: Api) -> None:
    await api.login("staff")
    today = clock.today(api.settings.zone)
    number = await add_client(
        api.database, "Ana", "Alvarez", phone="+16615551002", email="ana@example.test", authorizations=[around(today, 5, 9)]
    )
    async with api.database.writing(OPERATOR) as uow:
        uow.add(ClientNote(client_id=number, body="Allergic to nuts", pinned=True), ClientNote(client_id=number, body="Likes racing games"))
    node = (await api.execute(PAGE))["clients"]["edges"][0]["node"]
    assert node["standing"] == {
        "status": "EXPIRING",
        "source": "AUTHORIZATION",
        "endsOn": str(today + timedelta(9)),
        "daysLeft": 9,
        "tierName": None,
    }
    assert node["alerts"] == [{"body": "Allergic to nuts"}]
    assert node["contactMethods"] == [
        {"kind": "PHONE", "value": "+16615551002", "display": "(661) 555-1002", "primary": True},
        {"kind": "EMAIL", "value": "ana@example.test", "display": "ana@example.test", "primary": True},
    ]


async def test_statements_do_not_grow_with_the_page(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    await api.execute("{ viewer { user { id } } }")  # reads the session once
    counts = []
    for _ in range(2):
        for n in range(15):
            number = await add_client(api.database, f"Person {n}", "Many", phone=f"+1661555{1000 + n}")
            async with api.database.writing(OPERATOR) as uow:
                uow.add(ClientNote(client_id=number, body="Hello"))
        statements.clear()
        await api.execute(
            """{ clients(first: 100) { totalCount totalIsExact edges { node { displayName standing { status } contactMethods { value }
                 tags { name } notes { body } memberships { endsOn } } } } }"""
        )
        counts.append(statements.count)
    assert counts[0] == counts[1] == 4, statements.texts  # the page, the count, the notes, the memberships


async def test_one_client_with_everything_is_six_statements(api: Api, statements: StatementCounter) -> None:
    await api.login("staff")
    await add_client(api.database, memberships=[(date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 31))])
    client_id = (await api.execute(PAGE))["clients"]["edges"][0]["node"]["id"]
    statements.clear()
    data = await api.execute(
        """query ($id: ID!) { client(id: $id) { displayName notes { body } consents { kind } memberships { startsOn endsOn tier { name } }
             authorizations { uciNumber } checkIns { edges { node { happenedAt } } } } }""",
        {"id": client_id},
    )
    assert [row["startsOn"] for row in data["client"]["memberships"]] == ["2026-07-01", "2026-01-01"]
    assert statements.count == 6, statements.texts


@pytest.mark.parametrize("unknown", ["", "x", "Q2xpZW50Ojk5OTk5OTk5", "VXNlcjox", "Q2xpZW50Oi0x", "Q2xpZW50OjE4NDQ2NzQ0MDczNzA5NTUxNjE2"])
async def test_an_unknown_client_is_null(api: Api, unknown: str) -> None:
    await api.login("staff")
    assert await api.execute("query ($id: ID!) { client(id: $id) { displayName } }", {"id": unknown}) == {"client": None}


async def test_a_database_trigger_keeps_the_search_of_many(seeded: Database) -> None:
    """Statement triggers work on whole sets: contact methods that move from one client to another change both."""
    from sqlalchemy import text

    one = await add_client(seeded, "One", "", phone="+16615550001")
    two = await add_client(seeded, "Two", "")
    async with seeded.writing(OPERATOR) as uow:
        await uow.execute(text("UPDATE contact_methods SET client_id = :two"), {"two": two})
    async with seeded.reading() as reader:
        documents = {row.client_id: row.document for row in await reader.rows(text("SELECT client_id, document FROM client_search"))}
    assert "6615550001" in documents[two]
    assert "6615550001" not in documents[one]
