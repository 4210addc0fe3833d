"""The centre's name, zone and languages: what the page says wins over the environment, at once here and within 5 s elsewhere."""

import asyncio
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from backend import clock
from backend.config import Settings
from backend.db import Database, ReadSession
from backend.errors import Conflict
from backend.reports.service import roll_up_recent
from backend.system import centre, present
from backend.system.hours import CLOSED
from tests.checkins.desk import CELLS, check_in, void
from tests.checkins.desk import change as undo
from tests.client import Api
from tests.clients.people import add_client
from tests.statements import StatementCounter
from tests.system.settings_page import change, read, try_to_change
from tests.world import OPERATOR

CENTRE = "{ centre { name timeZone today languages defaultLanguage accentLight accentDark logoUrl } }"
NEW_CLIENT = """mutation ($input: CreateClientInput!) { createClient(input: $input) { __typename
  ... on ClientSaved { client { language } } ... on Problem { code } } }"""


async def figures(api: Api) -> int:
    async with api.database.reading() as reader:
        return int(await reader.scalar(text("SELECT coalesce(sum(visits), 0) FROM visit_rollup")))


async def roll_up_by_night(api: Api, *, days_ahead: int = 0) -> None:
    async with api.database.writing(OPERATOR) as uow:
        now = await present.read(uow, api.settings)
        today = clock.today(now.settings.zone) + timedelta(days=days_ahead)
        await roll_up_recent(uow, now.settings.zone, today, past_zones=now.chosen.past_zones)


async def public(api: Api) -> dict[str, Any]:
    found: dict[str, Any] = (await api.execute(CENTRE))["centre"]
    return found


async def test_the_environment_says_it_until_the_page_does(api: Api) -> None:
    await api.login("admin")
    before = await read(api)
    assert (before["name"], before["timeZone"]) == (api.settings.centre_name, api.settings.centre_timezone)
    saved = await change(api, name="  Pixel   Palace ", timeZone="Pacific/Auckland")
    assert (saved["name"], saved["timeZone"]) == ("Pixel Palace", "Pacific/Auckland")
    assert (await public(api))["name"] == "Pixel Palace"
    # One is chosen, the other is still the environment's.
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("DELETE FROM centre_settings WHERE key = 'name'"))
    async with api.database.reading() as reader:
        now = await present.read(reader, api.settings)
    assert (now.settings.centre_name, now.settings.zone.key) == (api.settings.centre_name, "Pacific/Auckland")


@pytest.mark.parametrize(
    ("chosen", "path", "code"),
    [
        ({"name": "   "}, ["name"], "REQUIRED"),
        ({"name": "x" * 121}, ["name"], "TOO_LONG"),
        ({"name": "\u200b\u200b"}, ["name"], "ONLY_BLANKS"),
        ({"name": "a\u0000b"}, ["name"], "BAD_CHARACTER"),
        ({"timeZone": "Mars/Olympus"}, ["timeZone"], "UNKNOWN_ZONE"),
        ({"timeZone": "../../etc/passwd"}, ["timeZone"], "UNKNOWN_ZONE"),
        ({"timeZone": "/etc/localtime"}, ["timeZone"], "UNKNOWN_ZONE"),
        ({"timeZone": "localtime"}, ["timeZone"], "UNKNOWN_ZONE"),
        ({"timeZone": ""}, ["timeZone"], "UNKNOWN_ZONE"),
        ({"repeatWindowMinutes": -1}, ["repeatWindowMinutes"], "NOT_IN_RANGE"),
        ({"repeatWindowMinutes": 1441}, ["repeatWindowMinutes"], "NOT_IN_RANGE"),
        ({"signInDays": 29}, ["signInDays"], "NOT_IN_RANGE"),
        ({"deviceDays": 401}, ["deviceDays"], "NOT_IN_RANGE"),
        ({"languages": []}, ["languages"], "NO_LANGUAGE"),
        ({"languages": ["EN", "EN"]}, ["languages"], "NO_LANGUAGE"),
        ({"languages": ["ES"]}, ["defaultLanguage"], "NOT_OFFERED"),
        ({"secondFactorRoles": ["ADMIN", "ADMIN"]}, ["secondFactorRoles"], "TWICE"),
    ],
)
async def test_what_makes_no_sense_changes_nothing(api: Api, chosen: dict[str, Any], path: list[str], code: str) -> None:
    await api.login("admin")
    before = await read(api)
    member = await try_to_change(api, currency="EUR", **chosen)
    assert member["fields"] == [{"path": path, "code": code}]
    assert await read(api) == before


async def test_two_first_changes_at_once_are_one_and_a_conflict(api: Api) -> None:
    async def one(currency: str) -> str:
        try:
            async with api.database.writing(OPERATOR) as uow:
                await centre.change(uow, version=0, currency=currency)
        except Conflict as conflict:
            return conflict.reason
        return "saved"

    assert sorted(await asyncio.gather(one("EUR"), one("GBP"))) == ["STALE_VERSION", "saved"]


async def test_today_and_a_visits_day_follow_the_zone_and_the_past_stays(api: Api) -> None:
    await api.login("admin")
    client = await add_client(api.database)
    await change(api, repeatWindowMinutes=0, timeZone="Pacific/Kiritimati")
    # 14 hours ahead of Greenwich, and 11 hours behind it: never the same day.
    assert (await public(api))["today"] == clock.today(ZoneInfo("Pacific/Kiritimati")).isoformat()
    await check_in(api, client)
    await change(api, timeZone="Pacific/Niue")
    assert (await public(api))["today"] == clock.today(ZoneInfo("Pacific/Niue")).isoformat()
    await check_in(api, client)
    async with api.database.reading() as reader:
        visits = await reader.rows(text("SELECT local_day, happened_at FROM check_ins ORDER BY id"))
        cells = await reader.rows(text("SELECT local_day, hour, visits FROM visit_rollup ORDER BY local_day DESC"))
    zones = [ZoneInfo(name) for name in ("Pacific/Kiritimati", "Pacific/Niue")]
    local = [visit.happened_at.astimezone(zone) for visit, zone in zip(visits, zones, strict=True)]
    assert [visit.local_day for visit in visits] == [at.date() for at in local]
    assert visits[0].local_day > visits[1].local_day
    assert [(cell.local_day, cell.hour, cell.visits) for cell in cells] == [(at.date(), at.hour, 1) for at in local]


async def test_a_visit_of_before_the_change_is_voided_in_the_figures_of_its_own_day(api: Api) -> None:
    await api.login("admin")
    client = await add_client(api.database)
    await change(api, timeZone="Pacific/Kiritimati")
    visit = await check_in(api, client)
    await change(api, timeZone="Pacific/Niue")
    assert await figures(api) == 1
    assert (await void(api, visit["checkIn"]["id"]))["__typename"] == "CheckInVoided"
    assert await figures(api) == 0
    assert (await undo(api, "undoVoid", visit["checkIn"]["id"]))["__typename"] == "CheckInChanged"
    assert await figures(api) == 1
    await roll_up_by_night(api)
    assert await figures(api) == 1


async def test_the_nightly_figures_keep_the_hours_of_former_clocks(api: Api) -> None:
    await api.login("admin")
    await change(api, repeatWindowMinutes=0, timeZone="Asia/Kathmandu")
    client = await add_client(api.database)
    await check_in(api, client)
    await change(api, timeZone="America/Los_Angeles")
    await check_in(api, client)
    async with api.database.reading() as reader:
        counted = await reader.rows(CELLS)
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("DELETE FROM visit_rollup"))
    await roll_up_by_night(api, days_ahead=1)
    async with api.database.reading() as reader:
        assert await reader.rows(CELLS) == counted
    assert len({(cell.local_day, cell.hour) for cell in counted}) == 2


async def test_the_end_of_the_day_is_worked_out_anew_where_it_may_be_another_one(api: Api) -> None:
    await api.login("admin")
    far = clock.now() + timedelta(days=9)

    async def due_in_days() -> int:
        async with api.database.reading() as reader:
            at = await reader.scalar(text("SELECT next_at FROM schedules WHERE topic = :topic"), {"topic": CLOSED})
        return int((at - clock.now()).days)

    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("INSERT INTO schedules (topic, next_at) VALUES (:topic, :far)"), {"topic": CLOSED, "far": far})
    await change(api, name="Pixel Palace", currency="EUR")
    assert await due_in_days() == 8
    await change(api, timeZone="Pacific/Auckland")
    assert await due_in_days() < 1


async def test_new_clients_speak_the_default_language(api: Api) -> None:
    await api.login("admin")
    await change(api, defaultLanguage="ES")
    assert (await public(api))["defaultLanguage"] == "ES"

    async def language_of(**given: str) -> str:
        made = (await api.execute(NEW_CLIENT, {"input": {"firstName": "Ana", "lastName": "Ruiz", **given}}))["createClient"]
        return str(made["client"]["language"])

    assert await language_of() == "ES"
    assert await language_of(language="EN") == "EN"
    await change(api, languages=["ES"])
    assert (await public(api))["languages"] == ["ES"]


async def test_no_request_pays_for_it(api: Api, statements: StatementCounter) -> None:
    await api.login("admin")
    await change(api, timeZone="Pacific/Auckland")
    await public(api)
    statements.clear()
    for _ in range(3):
        await public(api)
    assert statements.count == 0


async def test_another_process_hears_of_it_within_five_seconds(
    api: Api, settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = Database.of(settings, name="elsewhere", pool_size=1)
    try:
        assert (await present.now(elsewhere, settings)).settings is settings
        await api.login("admin")
        changes = centre.CHANGES.count
        await change(api, name="Pixel Palace")
        # What this process tells itself, the other one does not hear.
        centre.CHANGES.count = changes
        assert (await present.now(elsewhere, settings)).settings.centre_name == settings.centre_name
        later = clock.now() + timedelta(seconds=5)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert (await present.now(elsewhere, settings)).settings.centre_name == "Pixel Palace"
    finally:
        await elsewhere.close()


async def test_one_reading_serves_all_that_wait(database: Database, settings: Settings, statements: StatementCounter) -> None:
    found = await asyncio.gather(*(present.now(database, settings) for _ in range(20)))
    assert len({id(each) for each in found}) == 1
    assert statements.count == 1


async def test_without_the_database_the_last_known_goes_on(
    api: Api, settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await api.login("admin")
    await change(api, name="Pixel Palace")
    assert (await public(api))["name"] == "Pixel Palace"
    later = clock.now() + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)

    async def away(_reader: ReadSession) -> centre.CentreSettings:
        raise OSError

    monkeypatch.setattr(centre, "read", away)
    assert (await present.now(database, settings)).settings.centre_name == "Pixel Palace"

    async def silent(_reader: ReadSession) -> centre.CentreSettings:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(centre, "read", silent)
    async with asyncio.timeout(present.WAIT_SECONDS * 8):
        assert (await present.now(database, settings)).settings.centre_name == "Pixel Palace"


async def test_a_change_during_a_reading_is_not_lost(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    read_before, go_on = asyncio.Event(), asyncio.Event()
    real = centre.read

    async def slow(reader: ReadSession) -> centre.CentreSettings:
        found = await real(reader)
        read_before.set()
        await go_on.wait()
        return found

    monkeypatch.setattr(centre, "read", slow)
    waiting = asyncio.create_task(present.now(database, settings))
    await read_before.wait()
    monkeypatch.setattr(centre, "read", real)
    async with database.writing(OPERATOR) as uow:
        await centre.change(uow, version=0, name="Pixel Palace")
    assert (await present.now(database, settings)).settings.centre_name == "Pixel Palace"
    go_on.set()
    await waiting
    # The older reading, which ended later, has not come back over the newer one.
    assert (await present.now(database, settings)).settings.centre_name == "Pixel Palace"
