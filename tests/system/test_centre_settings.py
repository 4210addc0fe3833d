"""What the centre chose: read by staff, changed by admins, all or nothing, on top of the version that was read."""

from typing import Any

import pytest
from sqlalchemy import text

from tests.client import Api
from tests.world import OPERATOR

READ = "{ centreSettings { version checkOutAtClosing currency currencies openingHours { opens closes } } }"
CHANGE = """mutation ($input: ChangeCentreSettingsInput!) { changeCentreSettings(input: $input) { __typename
  ... on CentreSettingsSaved { settings { version checkOutAtClosing currency openingHours { opens closes } } }
  ... on ValidationProblem { fields { path code } } ... on Conflict { version } ... on Problem { code message } } }"""
NINE_TO_FIVE = {"opens": "09:00", "closes": "17:00"}


async def change(api: Api, version: int, **chosen: Any) -> dict[str, Any]:
    member: dict[str, Any] = (await api.execute(CHANGE, {"input": {"version": version, **chosen}}))["changeCentreSettings"]
    return member


async def test_a_new_centre_is_open_from_noon_to_nine(api: Api) -> None:
    await api.login("staff")
    found = (await api.execute(READ))["centreSettings"]
    assert found["openingHours"] == [{"opens": "12:00", "closes": "21:00"}] * 7
    assert (found["version"], found["checkOutAtClosing"], found["currency"]) == (0, True, "USD")


async def test_what_is_left_out_stays(api: Api) -> None:
    await api.login("admin")
    week = [*[NINE_TO_FIVE] * 4, {"opens": "18:00", "closes": "02:00"}, NINE_TO_FIVE, None]
    saved = (await change(api, 0, openingHours=week))["settings"]
    assert (saved["openingHours"], saved["checkOutAtClosing"], saved["currency"]) == (week, True, "USD")
    saved = (await change(api, saved["version"], checkOutAtClosing=False, currency="EUR"))["settings"]
    assert (saved["openingHours"], saved["checkOutAtClosing"], saved["currency"]) == (week, False, "EUR")
    async with api.database.reading() as reader:
        entries = await reader.rows(text("SELECT before, after FROM audit_log WHERE action = 'centre.changed' ORDER BY id"))
    assert [next(iter(entry.after)) for entry in entries] == ["opening_hours", "check_out_at_closing", "currency"]
    assert entries[1].before == {"check_out_at_closing": True}


async def test_the_second_of_two_is_told(api: Api) -> None:
    await api.login("admin")
    await change(api, 0, currency="EUR")
    stale = await change(api, 0, currency="GBP")
    assert (stale["__typename"], stale["code"], stale["version"]) == ("Conflict", "STALE_VERSION", 1)
    assert (await api.execute(READ))["centreSettings"]["currency"] == "EUR"


@pytest.mark.parametrize(
    ("chosen", "path", "code"),
    [
        ({"currency": "DOGE"}, ["currency"], "UNKNOWN_CURRENCY"),
        ({"openingHours": [NINE_TO_FIVE] * 6}, ["openingHours"], "NOT_A_WEEK"),
        ({"openingHours": [*[NINE_TO_FIVE] * 6, {"opens": "9", "closes": "17:00"}]}, ["openingHours", "6"], "NOT_A_TIME"),
        ({"openingHours": [{"opens": "", "closes": "25:00"}, *[None] * 6]}, ["openingHours", "0"], "NOT_A_TIME"),
        ({"openingHours": [None, {"opens": "10:00", "closes": "10:00"}, *[None] * 5]}, ["openingHours", "1"], "NO_TIME_OPEN"),
        ({"openingHours": [*[None] * 6, {"opens": "20:00", "closes": "10:00"}]}, None, None),
        ({"openingHours": [NINE_TO_FIVE, *[None] * 5, {"opens": "20:00", "closes": "10:00"}]}, ["openingHours", "6"], "INTO_NEXT_DAY"),
    ],
)
async def test_hours_that_make_no_sense_change_nothing(api: Api, chosen: dict[str, Any], path: list[str] | None, code: str | None) -> None:
    await api.login("admin")
    member = await change(api, 0, **chosen)
    if path is None:
        assert member["__typename"] == "CentreSettingsSaved"
    else:
        assert member["fields"] == [{"path": path, "code": code}]
        assert (await api.execute(READ))["centreSettings"]["version"] == 0


async def test_staff_may_look_and_not_change(api: Api) -> None:
    await api.login("staff")
    assert (await change(api, 0, currency="EUR"))["__typename"] == "NotAllowed"


async def test_what_a_newer_version_wrote_has_its_default(api: Api) -> None:
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(text("INSERT INTO centre_settings (key, value) VALUES ('opening_hours', '\"always\"'), ('mood', '1')"))
    await api.login("staff")
    assert (await api.execute(READ))["centreSettings"]["openingHours"][0] == {"opens": "12:00", "closes": "21:00"}
