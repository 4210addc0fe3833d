"""Pairing a device, and what it may do then: its own documents, until it is revoked."""

import asyncio
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
from sqlalchemy import text

from backend import clock
from backend.graphql.documents import OF_KIOSKS, TrustedDocuments
from tests.accounts.people import Clock, audited
from tests.client import Api
from tests.kiosks.device import APPROVE, LOOK_UP, REPORT, REPORTED, REVOKE, approve, ask, pair, run


async def test_a_device_counts_once_an_admin_has_typed_its_code(api: Api) -> None:
    device = await ask(api)
    assert await device.refusal() == "KIOSK_NOT_APPROVED"
    await api.login("admin")
    typed = f" {device.code[:4].lower()}-{device.code[4:].lower()} "
    stations = (await api.execute("{ stations { id name } }"))["stations"]
    saved = await approve(api, typed, stationId=stations[0]["id"])
    assert saved["kiosk"]["station"]["name"] == stations[0]["name"]
    assert (saved["kiosk"]["name"], saved["kiosk"]["online"], saved["kiosk"]["kind"]) == ("Front door", False, "CHECK_IN")
    state = await device.report()
    assert (state["name"], state["station"], state["centreName"]) == ("Front door", stations[0]["name"], "Test Centre")
    (shown,) = (await api.execute("{ kiosks { online queued persisted appVersion } }"))["kiosks"]
    assert shown == {"online": True, "queued": 0, "persisted": True, "appVersion": "1"}


async def test_nothing_that_was_shown_or_given_is_kept_readable(api: Api) -> None:
    device = await ask(api)
    async with api.database.reading() as reader:
        kept = str((await reader.rows(text("SELECT * FROM kiosk_pairings")))[0])
    assert device.code not in kept
    assert device.token not in kept
    await api.login("admin")
    await approve(api, device.code)
    async with api.database.reading() as reader:
        assert device.token not in str((await reader.rows(text("SELECT * FROM kiosks")))[0])
        assert not await reader.rows(text("SELECT * FROM kiosk_pairings"))
    (entry,) = await audited(api.database, "kiosk.approved")
    assert entry.after == {"name": "Front door", "kind": "CHECK_IN", "station_id": None}


@pytest.mark.parametrize("code", ["", "ABCDEFGH", "x" * 10_000, "０１２３４５６７", "'; DROP TABLE kiosks; --"])
async def test_a_code_that_no_device_shows_pairs_nothing(api: Api, code: str) -> None:
    await api.login("admin")
    refused = await approve(api, code)
    assert refused["fields"] == [{"path": ["code"], "code": "UNKNOWN_CODE"}]


async def test_a_code_counts_for_ten_minutes_and_once(api: Api, clock_at: Clock) -> None:
    device, late = await ask(api), await ask(api)
    await api.login("admin")
    await approve(api, device.code)
    assert (await approve(api, device.code, "Another"))["fields"][0]["code"] == "UNKNOWN_CODE"
    clock_at.forward(minutes=10)
    await api.login("admin")
    assert (await approve(api, late.code, "Third"))["fields"][0]["code"] == "UNKNOWN_CODE"
    assert await late.refusal() == "UNAUTHENTICATED"


@pytest.mark.parametrize(("name", "code"), [("  ", "REQUIRED"), ("x" * 81, "TOO_LONG"), ("front DOOR", "NAME_TAKEN")])
async def test_a_kiosk_needs_a_name_of_its_own(api: Api, name: str, code: str) -> None:
    await pair(api)
    device = await ask(api)
    assert (await approve(api, device.code, name))["fields"] == [{"path": ["name"], "code": code}]
    assert await device.refusal() == "KIOSK_NOT_APPROVED"


async def test_a_revoked_kiosk_leaves_its_name_to_another(api: Api) -> None:
    first = await pair(api)
    await api.execute(REVOKE, {"input": {"id": first.id}})
    assert (await pair(api)).id != first.id


async def test_two_approvals_at_once_of_one_code_pair_one_kiosk(api: Api) -> None:
    device = await ask(api)
    await api.login("admin")
    answers = await asyncio.gather(*(approve(api, device.code, f"Door {number}") for number in range(4)))
    assert sorted(answer["__typename"] for answer in answers) == ["KioskSaved"] + ["ValidationProblem"] * 3


async def test_an_approval_sent_again_answers_the_same_kiosk(api: Api) -> None:
    device, key = await ask(api), str(uuid4())
    await api.login("admin")
    first = await approve(api, device.code, idempotencyKey=key)
    assert (await approve(api, device.code, idempotencyKey=key))["kiosk"]["id"] == first["kiosk"]["id"]


async def test_staff_look_and_admins_change(api: Api) -> None:
    device = await pair(api)
    await api.login("staff")
    assert (await api.execute("{ kiosks { name } }"))["kiosks"] == [{"name": "Front door"}]
    other = await ask(api)
    assert (await approve(api, other.code, "Other"))["code"] == "NOT_ALLOWED"
    assert (await api.execute(REVOKE, {"input": {"id": device.id}}))["revokeKiosk"]["code"] == "NOT_ALLOWED"
    assert (await api.raw("{ kioskExitCode }"))["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"


async def test_a_revoked_kiosk_is_told_so_at_once_and_for_good(api: Api) -> None:
    device = await pair(api)
    await device.report()
    assert (await api.execute(REVOKE, {"input": {"id": device.id}}))["revokeKiosk"]["kiosk"]["online"] is False
    response = await device.raw(REPORT, {"input": REPORTED})
    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["code"] == "KIOSK_REVOKED"
    assert (await api.execute(REVOKE, {"input": {"id": device.id}}))["revokeKiosk"]["__typename"] == "KioskSaved"
    assert len(await audited(api.database, "kiosk.revoked")) == 1


async def test_one_that_another_process_revoked_is_refused_within_five_seconds(api: Api, clock_at: Clock) -> None:
    device = await pair(api)
    await device.report()
    await run(api.database, "UPDATE kiosks SET revoked_at = now()")
    clock_at.forward(seconds=5)
    assert await device.refusal() == "KIOSK_REVOKED"


async def test_a_change_that_read_an_old_version_says_what_changed(api: Api) -> None:
    device = await pair(api)
    change = """mutation ($input: UpdateKioskInput!) { updateKiosk(input: $input) { __typename ... on KioskSaved { kiosk { name version } }
      ... on Conflict { code version changes { path value } } ... on ValidationProblem { fields { code } } } }"""
    first = await api.execute(change, {"input": {"id": device.id, "version": 1, "name": "Side door"}})
    assert first["updateKiosk"]["kiosk"] == {"name": "Side door", "version": 2}
    stale = (await api.execute(change, {"input": {"id": device.id, "version": 1, "name": "Back door"}}))["updateKiosk"]
    assert (stale["code"], stale["version"]) == ("STALE_VERSION", 2)
    assert stale["changes"] == [{"path": ["name"], "value": "Side door"}]
    assert (await device.report())["name"] == "Side door"


async def test_a_kiosk_runs_its_own_documents_and_no_others(api: Api) -> None:
    device = await pair(api)
    mine = "mutation ReportKiosk($input: ReportKioskInput!) { reportKiosk(input: $input) { __typename } }"
    strangers = "query Clients { __typename }"
    documents = TrustedDocuments({"sha256:spa": strangers}, of_kiosks={"sha256:kiosk": mine})
    real = Api(api.settings, api.database, documents=documents)
    sent = {"variables": {"input": REPORTED}}
    headers = {"Authorization": f"Bearer {device.token}"}
    assert (await real.post({"documentId": "sha256:kiosk", **sent}, **headers)).status_code == 200
    for body in ({"documentId": "sha256:spa"}, {"query": mine, **sent}, {"query": "{ __schema { types { name } } }"}):
        answer = (await real.post(body, **headers)).json()
        assert answer["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    await real.close()


def test_a_kiosk_has_six_operations_at_most(repository: Path) -> None:
    found = orjson.loads(OF_KIOSKS.read_bytes())
    names = {text.split("(")[0].split("{")[0].split()[1] for text in found.values()}
    assert {"AskToPair", "ReportKiosk", "LookUp", "CheckInBatch", "KioskRoster"} <= names
    assert len(names - {"Lobby"}) <= 6


@pytest.mark.parametrize("kind", ["CHECK_IN", "LOBBY"])
async def test_a_device_sees_nothing_of_the_product(api: Api, kind: str) -> None:
    device = await pair(api, kind=kind)
    for query in (
        "{ clients(first: 1) { edges { node { id } } } }",
        "{ kiosks { id } }",
        "{ viewer { user { id } } }",
        "{ stations { id } }",
    ):
        assert (await device.raw(query)).json()["errors"][0]["extensions"]["code"] in {"NOT_ALLOWED", "UNAUTHENTICATED"}
    assert await device.refusal(APPROVE, {"code": "ABCDEFGH", "name": "Mine"}) == "NOT_ALLOWED"


async def test_a_lobby_screen_looks_nobody_up(api: Api) -> None:
    device = await pair(api, kind="LOBBY")
    assert (await device.report())["name"] == "Front door"
    assert await device.refusal(LOOK_UP, {"phone": "2135550100"}) == "NOT_ALLOWED"


@pytest.mark.parametrize("token", ["krk_", "krk_unknown", "krk_" + "x" * 4000])
async def test_what_is_no_token_is_nobodys(api: Api, token: str) -> None:
    answer = await api.post({"query": REPORT, "variables": {"input": REPORTED}}, Authorization=f"Bearer {token}")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")


async def test_devices_of_a_network_ask_a_hundred_and_twenty_times_an_hour(api: Api) -> None:
    await run(
        api.database,
        "INSERT INTO login_counters (bucket, hour, failures) SELECT decode(repeat('00', 32), 'hex'), date_trunc('hour', now()), 0",
    )
    await ask(api)
    await run(api.database, "UPDATE login_counters SET failures = 120 WHERE failures = 1")
    nobody = api.another()
    asked = await nobody.execute(
        "mutation { askToPair(input: {kind: CHECK_IN}) { __typename ... on LoginRefused { code retryAfterSeconds } } }"
    )
    assert asked["askToPair"]["code"] == "TOO_MANY_TRIES"
    assert asked["askToPair"]["retryAfterSeconds"] > 0


async def test_a_kiosk_that_was_silent_for_a_minute_is_away(api: Api, clock_at: Clock) -> None:
    device = await pair(api)
    await device.report(queued=3)
    clock_at.forward(seconds=61)
    await api.login("admin")
    (shown,) = (await api.execute("{ kiosks { online queued lastSeenAt } }"))["kiosks"]
    assert (shown["online"], shown["queued"]) == (False, 3)
    assert clock.now() > clock.now().fromisoformat(shown["lastSeenAt"])


async def test_a_sign_of_life_that_says_nothing_new_is_not_written(api: Api) -> None:
    device = await pair(api)
    await device.report()
    async with api.database.reading() as reader:
        first = await reader.scalar(text("SELECT xmin::text FROM kiosks"))
    await device.report()
    async with api.database.reading() as reader:
        assert await reader.scalar(text("SELECT xmin::text FROM kiosks")) == first


@pytest.mark.parametrize("queued", [-1, 10**7])
async def test_a_kiosk_that_tells_nonsense_is_told_so(api: Api, queued: int) -> None:
    device = await pair(api)
    assert (await device.report(queued=queued))["fields"] == [{"path": ["queued"], "code": "OUT_OF_RANGE"}]
