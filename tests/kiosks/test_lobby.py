"""The lobby's screen: who is here is counted, and named only by a gamer tag that they agreed to have shown."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend import clock
from backend.system.hours import Hours, tonight
from tests.checkins.desk import check_in
from tests.client import Api
from tests.clients.people import add_client, around
from tests.kiosks.device import Device, pair, run

LOBBY = "{ lobby { centreName here tags opensAt closesAt languages timeZone } }"
ZONE = ZoneInfo("America/Los_Angeles")
OPEN = Hours(time(12), time(21))


@pytest.fixture
async def screen(api: Api) -> Device:
    return await pair(api, kind="LOBBY")


async def _shown(screen: Device) -> Any:
    return await screen.execute(LOBBY)


async def _comes(api: Api, name: str, tag: str | None, *consents: bool) -> int:
    client = await add_client(api.database, name, gamer_tag=tag, memberships=[around(clock.today(api.settings.zone), 1, 9)])
    for number, granted in enumerate(consents):
        await run(
            api.database,
            "INSERT INTO consents (client_id, kind, granted, happened_at, source)"
            " VALUES (:client, 'LOBBY', :granted, now() - :ago * interval '1 hour', 'paper')",
            client=client,
            granted=granted,
            ago=len(consents) - number,
        )
    await check_in(api, client)
    return client


async def test_only_those_are_named_who_agreed_and_by_their_tag_alone(api: Api, screen: Device) -> None:
    await _comes(api, "Wilhelmina", "NightOwl", True)
    await _comes(api, "Maximilian", "Silent", False)
    await _comes(api, "Bartholomew", "Never")
    await _comes(api, "Theodora", None, True)
    shown = await _shown(screen)
    assert (shown["centreName"], shown["here"], shown["tags"]) == ("Test Centre", 4, ["NightOwl"])
    for name in ("Wilhelmina", "Maximilian", "Alvarez"):
        assert name not in str(shown)


async def test_a_consent_that_was_taken_back_counts_no_more(api: Api, screen: Device) -> None:
    await _comes(api, "Ana", "Gone", True, False)
    await _comes(api, "Ben", "Back", True, False, True)
    assert (await _shown(screen))["tags"] == ["Back"]


async def test_who_left_or_was_voided_is_not_here(api: Api, screen: Device) -> None:
    await _comes(api, "Ana", "Left", True)
    await run(api.database, "UPDATE check_ins SET checked_out_at = now()")
    await _comes(api, "Ben", "Wrong", True)
    await run(api.database, "UPDATE check_ins SET voided_at = now(), void_reason = 'wrong' WHERE checked_out_at IS NULL")
    assert (await _shown(screen))["here"] == 0


async def test_nobody_else_sees_it(api: Api, screen: Device) -> None:
    assert (await api.raw(LOBBY))["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"
    door = await pair(api, "Door")
    assert (await door.raw(LOBBY)).json()["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"


@pytest.mark.parametrize(
    ("now", "week", "hours"),
    [
        ("2026-07-01T09:00", [OPEN] * 7, ("2026-07-01T12:00", "2026-07-01T21:00")),
        ("2026-07-01T18:00", [OPEN] * 7, ("2026-07-01T12:00", "2026-07-01T21:00")),
        ("2026-07-01T22:00", [OPEN] * 7, ("2026-07-01T12:00", "2026-07-01T21:00")),
        ("2026-07-01T18:00", [None] * 7, None),
        ("2026-07-02T01:00", [Hours(time(18), time(2))] * 7, ("2026-07-01T18:00", "2026-07-02T02:00")),
        ("2026-07-02T03:00", [Hours(time(18), time(2))] * 7, ("2026-07-02T18:00", "2026-07-03T02:00")),
    ],
)
def test_tonights_hours_are_those_that_go_on_or_come(now: str, week: list[Hours | None], hours: tuple[str, str] | None) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE)

    found = tonight(at(now), week, ZONE)
    assert found == ((at(hours[0]), at(hours[1])) if hours else (None, None))
