"""What the centre chooses for all kiosks: it does what it says, and the PIN is nowhere to be read."""

import base64
import hashlib
from typing import Any

import pytest
from sqlalchemy import text

from tests.accounts.people import audited
from tests.client import Api
from tests.kiosks.device import pair

CHANGE = """mutation ($input: ChangeKioskSettingsInput!) { changeKioskSettings(input: $input) { __typename
  ... on CentreSettingsSaved { settings { version kioskSound kioskWalkIn kioskExitPinSet } }
  ... on ValidationProblem { fields { path code } } ... on Problem { code } } }"""


async def _change(api: Api, **chosen: Any) -> Any:
    version = (await api.execute("{ centreSettings { version } }"))["centreSettings"]["version"]
    return (await api.execute(CHANGE, {"input": {"version": version, **chosen}}))["changeKioskSettings"]


async def test_a_kiosk_learns_what_was_chosen(api: Api) -> None:
    device = await pair(api)
    before = await device.report()
    assert (before["sound"], before["walkIn"], before["exitPin"]) == (True, False, None)
    saved = await _change(api, sound=False, walkIn=True, exitPin=" 20 26 ")
    assert saved["settings"] == {"version": 3, "kioskSound": False, "kioskWalkIn": True, "kioskExitPinSet": True}
    after = await device.report()
    assert (after["sound"], after["walkIn"]) == (False, True)
    pin = after["exitPin"]
    made = hashlib.pbkdf2_hmac("sha256", b"2026", base64.b64decode(pin["salt"]), pin["iterations"])
    assert base64.b64decode(pin["hash"]) == made
    assert pin["iterations"] >= 100_000


async def test_the_pin_is_nowhere_to_be_read_and_its_hash_not_in_the_audit_log(api: Api) -> None:
    await api.login("admin")
    await _change(api, exitPin="20262026")
    entries = await audited(api.database, "centre.changed")
    assert [(entry.before, entry.after) for entry in entries] == [({"kiosk_exit_pin": None}, {"kiosk_exit_pin": "set"})]
    async with api.database.reading() as reader:
        assert "20262026" not in str(await reader.rows(text("SELECT value FROM centre_settings")))


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "١٢٣٤", "-1234"])
async def test_a_pin_has_four_to_eight_digits(api: Api, pin: str) -> None:
    await api.login("admin")
    assert (await _change(api, exitPin=pin))["fields"] == [{"path": ["exitPin"], "code": "NOT_A_PIN"}]


async def test_another_pin_makes_another_code_and_none_is_possible(api: Api) -> None:
    device = await pair(api)
    codes = []
    for pin in ("1234", "1234", None):
        await _change(api, exitPin=pin)
        code = (await api.execute("{ kioskExitCode }"))["kioskExitCode"]
        assert (await device.report())["exitCodeHash"] == hashlib.sha256(code.encode()).hexdigest()
        codes.append(code)
    assert len(set(codes)) == 3
    assert all(code.startswith("krc-exit-") and len(code) == 41 for code in codes)
    assert (await device.report())["exitPin"] is None


async def test_what_somebody_else_changed_is_not_overwritten(api: Api) -> None:
    await api.login("admin")
    await _change(api, sound=False)
    stale = (await api.execute(CHANGE, {"input": {"version": 0, "sound": True}}))["changeKioskSettings"]
    assert stale["code"] == "STALE_VERSION"


async def test_staff_change_none_of_it(api: Api) -> None:
    await api.login("staff")
    assert (await api.execute(CHANGE, {"input": {"version": 0, "sound": False}}))["changeKioskSettings"]["code"] == "NOT_ALLOWED"
