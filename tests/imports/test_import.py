"""An import brings in everybody or nobody, and a second time it changes nothing."""

import asyncio
import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.db import Actor, ActorKind, Database
from backend.imports.report import sentences
from backend.imports.service import ImportResult, import_clients
from backend.system import centre
from tests.imports.files import like_the_predecessors, row, write
from tests.operations.bootstrap_support import cli, contents

OPERATOR = Actor(ActorKind.OPERATOR, label="tests", request_id="r-1")
TODAY = date(2026, 11, 22)


async def load(database: Database, path: Path) -> ImportResult:
    async with database.writing(OPERATOR) as uow:
        return await import_clients(uow, path, today=TODAY)


async def one(database: Database, query: str) -> object:
    async with database.reading() as reader:
        return await reader.scalar(text(query))


async def test_all_rows_arrive_with_their_contacts_and_authorizations(database: Database, tmp_path: Path) -> None:
    result = await load(database, like_the_predecessors(tmp_path / "clients.csv"))
    assert (result.rows_read, result.added, result.already_there, result.problems) == (250, 250, 0, [])
    assert result.authorizations_added == 125
    assert await one(database, "SELECT count(*) FROM clients") == 250
    assert (
        await one(database, "SELECT count(*) FROM contact_methods WHERE kind = 'PHONE' AND is_primary AND value ~ '^[+]1661555[0-9]{4}$'")
        == 250
    )
    assert await one(database, "SELECT count(*) FROM contact_methods WHERE kind = 'EMAIL' AND is_primary AND value = lower(value)") == 188
    assert await one(database, "SELECT count(*) FROM authorizations WHERE starts_on = '2026-01-01' AND ends_on = '2026-12-31'") == 125
    assert await one(database, "SELECT count(*) FROM clients WHERE service_coordinator = 'P. Okafor'") == 125
    assert await one(database, "SELECT count(*) FROM outbox WHERE topic = 'client.created'") == 250
    assert await one(database, "SELECT count(*) FROM audit_log WHERE action = 'client.imported' AND request_id = 'r-1'") == 250
    assert await one(database, "SELECT count(*) FROM audit_log WHERE action = 'authorization.imported'") == 125


async def test_people_are_found_by_everything_in_their_row(database: Database, tmp_path: Path) -> None:
    await load(database, like_the_predecessors(tmp_path / "clients.csv"))
    for part in ("given17 family17", "p17@example.test", "6615551017", "7100017"):
        assert await one(database, f"SELECT count(*) FROM client_search WHERE document LIKE '%{part}%'") == 1, part


async def test_they_speak_the_language_of_the_centres_new_clients(database: Database, tmp_path: Path) -> None:
    async with database.writing(OPERATOR) as uow:
        await centre.change(uow, version=None, default_language="es")
    await load(database, like_the_predecessors(tmp_path / "clients.csv"))
    assert await one(database, "SELECT string_agg(DISTINCT language, ' ') FROM clients") == "es"


async def test_clients_are_numbered_in_the_order_of_the_file(database: Database, tmp_path: Path) -> None:
    await load(database, like_the_predecessors(tmp_path / "clients.csv"))
    assert await one(
        database,
        "SELECT string_agg(first_name, ' ' ORDER BY id) = string_agg(first_name, ' ' ORDER BY substr(first_name, 6)::int) FROM clients",
    )


async def test_a_second_time_nothing_changes_and_it_says_so(database: Database, clean_url: str, tmp_path: Path) -> None:
    path = like_the_predecessors(tmp_path / "clients.csv")
    await load(database, path)
    before = await contents(clean_url)
    result = await load(database, path)
    assert (result.rows_read, result.added, result.already_there, result.authorizations_added) == (250, 0, 250, 0)
    assert sentences(result) == "250 rows read, 0 added, 250 already there."
    assert await contents(clean_url) == before


async def test_what_was_changed_by_hand_since_stays(database: Database, tmp_path: Path) -> None:
    path = like_the_predecessors(tmp_path / "clients.csv")
    await load(database, path)
    async with database.writing(OPERATOR) as uow:
        await uow.execute(text("UPDATE clients SET first_name = 'Renamed' WHERE first_name = 'Given1'"))
        await uow.execute(text("UPDATE authorizations SET starts_on = '2026-02-01'"))
        await uow.execute(text("UPDATE contact_methods SET value = '+16615559999' WHERE value = '+16615551002'"))
    result = await load(database, path)
    assert (result.added, result.authorizations_added) == (0, 0)
    assert await one(database, "SELECT count(*) FROM authorizations") == 125


async def test_a_renewed_authorization_is_added_to_the_person(database: Database, tmp_path: Path) -> None:
    first = row(1)
    await load(database, write(tmp_path / "a.csv", [first]))
    result = await load(database, write(tmp_path / "b.csv", [[*first[:8], "2027-01-01", "2027-12-31"]]))
    assert (result.added, result.already_there, result.authorizations_added) == (0, 1, 1)
    assert await one(database, "SELECT count(*) FROM clients") == 1


async def test_a_row_twice_in_a_file_is_one_client_and_is_said(database: Database, tmp_path: Path) -> None:
    result = await load(database, write(tmp_path / "a.csv", [row(1), row(2), row(1)]))
    assert (result.rows_read, result.added, result.already_there, result.repeats) == (3, 2, 1, [(4, 2)])
    assert "row 4 repeats row 2" in sentences(result)


async def test_two_people_may_share_a_phone(database: Database, tmp_path: Path) -> None:
    sister, brother = row(2), row(4)
    brother[3] = sister[3]
    assert (await load(database, write(tmp_path / "a.csv", [sister, brother]))).added == 2


async def test_the_same_file_at_once_is_loaded_once(database: Database, tmp_path: Path) -> None:
    path = like_the_predecessors(tmp_path / "clients.csv")
    results = await asyncio.gather(*(load(database, path) for _ in range(4)))
    assert sorted(result.added for result in results) == [0, 0, 0, 250]
    assert await one(database, "SELECT count(*) FROM clients") == 250


async def test_one_bad_row_and_nothing_is_written(database: Database, clean_url: str, tmp_path: Path) -> None:
    bad = row(3)
    bad[4] = "1990-02-30"
    before = await contents(clean_url)
    result = await load(database, write(tmp_path / "a.csv", [row(1), row(2), bad]))
    assert [str(problem) for problem in result.problems] == ["row 4, date_of_birth: “1990-02-30” is not a day that exists."]
    assert await contents(clean_url) == before
    assert "Nothing was imported" in sentences(result)


async def test_every_bad_row_is_in_the_result_and_fifty_are_shown(database: Database, tmp_path: Path) -> None:
    result = await load(
        database, write(tmp_path / "a.csv", [["", ""] for _ in range(3)] + [[*row(n)[:3], "12", *row(n)[4:]] for n in range(80)])
    )
    assert (result.rows_read, len(result.problems)) == (80, 80)
    assert "… and 30 more." in sentences(result)


async def test_a_long_file_is_streamed(database: Database, tmp_path: Path) -> None:
    long = "guardian " * 20
    path = write(tmp_path / "long.csv", ([*row(number)[:5], long, *row(number)[6:]] for number in range(8_000)))
    tracemalloc.start()
    result = await load(database, path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert result.added == 8_000, result.problems[:3]
    assert most < path.stat().st_size * 0.75, "the file was held in memory"


async def test_at_the_command_line(database_url: str, tmp_path: Path) -> None:
    path = like_the_predecessors(tmp_path / "clients.csv")
    first = await cli(database_url, tmp_path, "import", str(path))
    assert (first.code, first.out.splitlines()[0]) == (0, "250 rows read, 250 added, 0 already there.")
    again = await cli(database_url, tmp_path, "import", str(path), "--json")
    assert json.loads(again.out)["already_there"] == 250
    missing = await cli(database_url, tmp_path, "import", str(tmp_path / "nowhere.csv"))
    assert missing.code == 1
    assert "can't be read" in missing.err
    assert "Traceback" not in missing.err


async def test_the_predecessors_own_file_where_it_lies_beside_the_checkout(database: Database, repository: Path) -> None:
    path = repository.parent / "shared" / "data" / "csv" / "predecessor_clients.csv"
    if not path.exists():
        pytest.skip("not on this machine")
    result = await load(database, path)
    assert (result.rows_read, result.added, result.authorizations_added) == (250, 250, 125)
