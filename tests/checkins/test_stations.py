"""Stations: made, renamed and retired by admins; one with visits is never lost."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.checkins.desk import check_in
from tests.client import Api
from tests.clients.people import add_client

STATION = """mutation ($input: %s!) { %s(input: $input) { __typename ... on StationSaved { station { id name retired } }
  ... on ValidationProblem { fields { path code } } ... on Problem { code message } } }"""
KINDS = {"createStation": "CreateStationInput", "renameStation": "RenameStationInput"}


async def change(api: Api, field: str, **given: Any) -> dict[str, Any]:
    document = STATION % (KINDS.get(field, "StationIdInput"), field)
    member: dict[str, Any] = (await api.execute(document, {"input": given}))[field]
    return member


async def listed(api: Api, *, retired: bool = False) -> dict[str, str]:
    found = await api.execute("query ($retired: Boolean!) { stations(retired: $retired) { id name } }", {"retired": retired})
    return {station["name"]: station["id"] for station in found["stations"]}


async def test_a_station_is_made_renamed_retired_and_used_again(api: Api) -> None:
    await api.login("admin")
    made = (await change(api, "createStation", name="  Station\n 7 "))["station"]
    assert (made["name"], made["retired"]) == ("Station 7", False)
    visit = await check_in(api, await add_client(api.database), stationId=made["id"])
    renamed = await change(api, "renameStation", id=made["id"], name="Station Seven")
    assert renamed["station"] == {"id": made["id"], "name": "Station Seven", "retired": False}
    assert (await change(api, "retireStation", id=made["id"]))["station"]["retired"] is True
    assert "Station Seven" not in await listed(api)
    assert "Station Seven" in await listed(api, retired=True)
    shown = (await api.execute("{ checkIns { edges { node { id station { name retired } } } } }"))["checkIns"]["edges"][0]["node"]
    assert shown == {"id": visit["checkIn"]["id"], "station": {"name": "Station Seven", "retired": True}}
    # A device that has not heard of it yet goes on: a visit is worth more than its place.
    assert (await check_in(api, await add_client(api.database, "Bo"), stationId=made["id"]))["__typename"] == "CheckInRecorded"
    assert (await change(api, "restoreStation", id=made["id"]))["station"]["retired"] is False
    assert "Station Seven" in await listed(api)


@pytest.mark.parametrize(("name", "code"), [("", "REQUIRED"), (" \n\0", "REQUIRED"), ("x" * 81, "TOO_LONG"), ("front DESK", "NAME_TAKEN")])
async def test_a_name_must_be_there_short_and_free(api: Api, name: str, code: str) -> None:
    await api.login("admin")
    first, second = list((await listed(api)).items())[:2]
    await change(api, "renameStation", id=first[1], name="Front Desk")
    assert (await change(api, "createStation", name=name))["fields"] == [{"path": ["name"], "code": code}]
    assert (await change(api, "renameStation", id=second[1], name=name))["fields"] == [{"path": ["name"], "code": code}]
    # Its own name in another case is no other station's.
    assert (await change(api, "renameStation", id=first[1], name="FRONT desk"))["__typename"] == "StationSaved"


async def test_the_same_request_makes_one_station_and_two_at_once_one_name(api: Api) -> None:
    await api.login("admin")
    key = str(uuid4())
    first, again = [await change(api, "createStation", name="Seven", idempotencyKey=key) for _ in range(2)]
    assert first == again
    answers = await asyncio.gather(*(change(api, "createStation", name="Eight") for _ in range(4)))
    assert sorted(answer["__typename"] for answer in answers) == ["StationSaved", *["ValidationProblem"] * 3]


async def test_the_last_station_stays(api: Api) -> None:
    await api.login("admin")
    stations = list((await listed(api)).values())
    answers = await asyncio.gather(*(change(api, "retireStation", id=station) for station in stations))
    assert [answer["code"] for answer in answers if "code" in answer] == ["LAST_STATION"]
    assert len(await listed(api)) == 1


async def test_staff_may_not_and_nothing_is_not_found(api: Api) -> None:
    await api.login("staff")
    station = next(iter((await listed(api)).values()))
    assert (await change(api, "retireStation", id=station))["__typename"] == "NotAllowed"
    await api.login("admin")
    assert (await change(api, "retireStation", id="U3RhdGlvbjo5OTk"))["__typename"] == "NotFound"
