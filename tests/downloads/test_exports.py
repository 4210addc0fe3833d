"""The table as CSV: exactly its clients, columns and order; harmless in a spreadsheet; audited; for those who may."""

import csv
import io
import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from backend import clock
from backend.clients.models import ClientTag, Tag
from backend.downloads import exports
from tests.client import Api
from tests.clients.people import add_client, around
from tests.statements import StatementCounter
from tests.world import OPERATOR

PATH = "/api/v1/exports/clients.csv"


async def ask(api: Api, **body: Any) -> httpx.Response:
    return await api.http.post(PATH, json=body, headers={"Authorization": f"Bearer {api.token}"})


async def rows(api: Api, **body: Any) -> list[list[str]]:
    answer = await ask(api, bom=False, **body)
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.text, newline="")))


async def test_it_has_what_is_shown_and_nothing_else(api: Api) -> None:
    await api.login("admin")
    today = clock.today(api.settings.zone)
    ana = await add_client(
        api.database, "Ana", "Álvarez", phone="+16615551002", email="ana@example.test", memberships=[around(today, 5, 100)],
        last_check_in_at=datetime(2026, 11, 20, 20, 30, tzinfo=UTC), service_coordinator="P. Okafor",
    )  # fmt: skip
    await add_client(api.database, "Zed", "Young")
    await add_client(api.database, "Gone", "Away", archived_at=clock.now())
    async with api.database.writing(OPERATOR) as uow:
        tag = Tag(name="Regular", colour="teal")
        uow.add(tag)
        await uow.flush()
        uow.add(ClientTag(client_id=ana, tag_id=tag.id))
    columns = ["name", "standing", "ends", "phone", "email", "visit", "tags", "coordinator"]
    assert await rows(api, columns=columns) == [
        ["Name", "Standing", "Standing until", "Phone", "Email", "Last visit", "Tags", "Service coordinator"],
        [
            "Ana Álvarez",
            "ACTIVE",
            str(today + timedelta(100)),
            "(661) 555-1002",
            "ana@example.test",
            "2026-11-20 12:30",
            "Regular",
            "P. Okafor",
        ],
        ["Zed Young", "NONE", "", "", "", "", "", ""],
    ]
    assert await rows(api, columns=["name"], orderBy="NAME", direction="DESCENDING") == [["Name"], ["Zed Young"], ["Ana Álvarez"]]
    assert await rows(api, columns=["name"], filter={"standing": ["NONE"]}) == [["Name"], ["Zed Young"]]
    assert await rows(api, columns=["name"], filter={"archived": True}) == [["Name"], ["Gone Away"]]
    assert await rows(api, columns=["name"], search="alvarez") == [["Name"], ["Ana Álvarez"]]
    ids = [edge["node"]["id"] for edge in (await api.execute("{ clients { edges { node { id } } } }"))["clients"]["edges"]]
    assert await rows(api, columns=["name"], clientIds=ids[1:]) == [["Name"], ["Zed Young"]]
    assert len((await rows(api))[0]) == len(exports.COLUMNS)


async def test_everything_beyond_one_page_in_the_order_of_the_table(api: Api) -> None:
    await api.login("admin")
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(
            text(
                """INSERT INTO clients (first_name, last_name)
                   SELECT 'P', lpad((n * 7919 % 1700)::text, 4, '0') FROM generate_series(1, 1700) n"""
            )
        )
    found = [row[0] for row in (await rows(api, columns=["name"]))[1:]]
    assert found == sorted(found)
    assert len(set(found)) == len(found) == 1700


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
async def test_no_cell_is_a_formula(api: Api, evil: str) -> None:
    await api.login("admin")
    await add_client(api.database, evil, "", service_coordinator=evil)
    name, coordinator = (await rows(api, columns=["name", "coordinator"]))[1]
    assert coordinator == f"'{evil}"
    assert name.startswith("'") or not name.startswith(("=", "+", "-", "@"))


async def test_the_byte_order_mark_is_a_choice(api: Api) -> None:
    await api.login("admin")
    await add_client(api.database, "José", 'Muñoz, jr. "Pep"')
    with_mark, without = await ask(api, columns=["name"]), await ask(api, columns=["name"], bom=False)
    assert with_mark.content.startswith(b"\xef\xbb\xbfName\r\n")
    assert without.content == 'Name\r\n"José Muñoz, jr. ""Pep"""\r\n'.encode()
    assert without.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in without.headers["content-disposition"]
    assert without.headers["cache-control"] == "no-store"


async def test_the_log_says_who_took_how_many_and_never_whom(api: Api) -> None:
    await api.login("admin")
    await add_client(api.database, "Ana", "Alvarez")
    await ask(api, columns=["name"], search="alvarez", filter={"language": "EN", "standing": []})
    async with api.database.reading() as reader:
        entry = await reader.row(text("SELECT actor_label, after FROM audit_log WHERE action = 'clients.exported'"))
    assert entry is not None
    assert entry.actor_label == "Admin"
    assert entry.after == {"clients": 1, "columns": ["name"], "filter": ["language"], "searched": True}


async def test_who_may_not(api: Api) -> None:
    assert (await api.http.post(PATH, json={})).status_code == 401
    await api.login("staff")
    assert (await ask(api)).status_code == 403
    assert (await api.http.get(PATH, headers={"Authorization": f"Bearer {api.token}"})).status_code == 405


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"columns": ["name", "password"]}, ["columns"]),
        ({"columns": "name"}, ["columns"]),
        ({"filter": {"standing": ["RICH"]}}, ["filter", "standing"]),
        ({"filter": {"archivd": True}}, ["filter", "archivd"]),
        ({"filter": {"newSince": "yesterday"}}, ["filter", "newSince"]),
        ({"filter": {"visitedWithinDays": "3"}}, ["filter", "visitedWithinDays"]),
        ({"filter": {"visitedWithinDays": -3}}, ["filter", "visitedWithinDays"]),
        ({"filter": {"consents": [{"kind": "FAX"}]}}, ["filter", "consents", "kind"]),
        ({"filter": []}, ["filter"]),
        ({"orderBy": "HEIGHT"}, ["orderBy"]),
        ({"direction": "UP"}, ["direction"]),
        ({"bom": "yes"}, ["bom"]),
        ({"search": 7}, ["search"]),
        ({"clientIds": [7]}, ["clientIds"]),
    ],
)
async def test_wrong_input_is_named(api: Api, body: dict[str, Any], path: list[str]) -> None:
    await api.login("admin")
    answer = await ask(api, **body)
    assert answer.status_code == 422
    assert path in [field["path"] for field in answer.json()["fields"]]


async def test_memory_and_statements_for_many(api: Api, statements: StatementCounter, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("admin")
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("INSERT INTO clients (first_name, last_name) SELECT 'Person', n::text FROM generate_series(1, 4000) n"))
    sizes: list[int] = []
    real = exports._Export.lines

    async def watched(export: exports._Export) -> Any:
        async for part in real(export):
            sizes.append(len(part))
            yield part

    monkeypatch.setattr(exports._Export, "lines", watched)
    await ask(api, columns=["name"])
    statements.clear()
    tracemalloc.start()
    assert (await ask(api, columns=["name"])).status_code == 200
    tracemalloc.stop()
    # The file comes in parts, each of some hundred lines, and each part is one statement.
    assert len(sizes) == 2 * (1 + 4000 // exports.BATCH)
    assert max(sizes) < 20_000
    assert sum("client_standing" in one for one in statements.texts) == 4000 // exports.BATCH
