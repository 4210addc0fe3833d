"""The list by which a kiosk decides without a network: keyed hashes, no names, every page of it."""

import base64
import hashlib
import hmac
from typing import Any

import pytest

from backend import clock
from backend.kiosks import roster
from tests.client import Api
from tests.clients.people import add_client, around
from tests.kiosks.device import ROSTER, Device, pair

PHONE = "+12135550100"


@pytest.fixture
async def device(api: Api) -> Device:
    return await pair(api)


async def _whole(device: Device) -> tuple[bytes, dict[str, list[list[str]]]]:
    found: dict[str, list[list[str]]] = {}
    after: str | None = None
    while True:
        page: Any = (await device.raw(ROSTER, {"after": after})).json()["data"]["kioskRoster"]
        for line in page["entries"]:
            name, *rest = line.split(" ")
            found.setdefault(name, []).append(rest)
        after = page["next"]
        if after is None:
            return base64.b64decode(page["key"]), found


def _hash(key: bytes, credential: str) -> str:
    return base64.urlsafe_b64encode(hmac.new(key, credential.encode(), hashlib.sha256).digest()[:16]).rstrip(b"=").decode()


async def test_each_phone_and_code_leads_to_what_holds_for_its_people(api: Api, device: Device) -> None:
    today = clock.today(api.settings.zone)
    first, last = around(today, 10, 100)
    look: dict[str, Any] = {"kiosk_colour": "teal", "kiosk_picture": "owl", "language": "es", "large_text": True, "no_motion": True}
    await add_client(api.database, phone=PHONE, member_code="KRC-77 ab", memberships=[(first, last)], **look)
    await add_client(api.database, "Ben", guardian_phone=PHONE)
    key, found = await _whole(device)
    family = found[_hash(key, f"phone:{PHONE}")]
    handle = await device.handle(code="krc77ab")
    assert sorted(line[1:] for line in family) == [
        ["-", "-", "REMIND", "-", "-", "en"],
        [first.isoformat(), last.isoformat(), "REMIND", "teal", "owl", "eslm"],
    ]
    assert found[_hash(key, "code:krc77ab")] == [line for line in family if line[0] == handle]


async def test_it_holds_no_name_no_number_and_no_id(api: Api, device: Device) -> None:
    await add_client(api.database, "Wilhelmina", "Featherstone", phone=PHONE, email="w@people.test", member_code="SECRETCODE")
    text = (await device.raw(ROSTER)).text
    for secret in ("Wilhelmina", "Featherstone", "5550100", "people.test", "SECRETCODE", "secretcode"):
        assert secret not in text


async def test_archived_ones_are_not_on_it_and_the_card_of_a_merged_one_leads_to_who_was_kept(api: Api, device: Device) -> None:
    kept = await add_client(api.database, "Kept", member_code="NEW")
    await add_client(api.database, "Gone", member_code="OLD", archived_at=clock.now(), merged_into_id=kept)
    await add_client(api.database, "Away", phone=PHONE, archived_at=clock.now())
    key, found = await _whole(device)
    assert found[_hash(key, "code:old")] == found[_hash(key, "code:new")]
    assert _hash(key, f"phone:{PHONE}") not in found


async def test_every_page_together_is_everybody_once(api: Api, device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        await add_client(api.database, f"Kid {number}", member_code=f"K{number}")
    monkeypatch.setattr(roster, "PAGE", 3)
    key, found = await _whole(device)
    assert [len(found[_hash(key, f"code:k{number}")]) for number in range(7)] == [1] * 7
    assert len(found) == 7


async def test_each_kiosk_has_a_key_of_its_own(api: Api, device: Device) -> None:
    await add_client(api.database, phone=PHONE)
    other = await pair(api, "Side door")
    (mine, mine_found), (others, others_found) = await _whole(device), await _whole(other)
    assert mine != others
    assert not mine_found.keys() & others_found.keys()


@pytest.mark.parametrize("after", ["nonsense", "WyJDTElFTlRTIiwxXQ"])
async def test_a_cursor_that_is_none_is_refused(device: Device, after: str) -> None:
    answer = (await device.raw(ROSTER, {"after": after})).json()
    assert answer["errors"][0]["extensions"]["code"] == "VALIDATION_FAILED"
