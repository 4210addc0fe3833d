"""Making, changing, rotating and revoking API keys."""

import asyncio
import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend import clock
from backend.accounts import key_access, key_format, keys
from backend.db import Database
from backend.errors import Conflict, NotFound, ValidationFailed
from tests.accounts.integrations import make_key, refusal, row
from tests.accounts.people import Clock, audited, connect, count, operator

VALUES: dict[str, Any] = {"name": "Door display", "scopes": ["check-ins:read"], "ends_at": None, "calls_an_hour": 100}


async def test_only_the_hash_of_the_secret_is_kept_and_nothing_secret_is_audited(database: Database) -> None:
    number, whole = await make_key(database)
    secret = key_format.read(whole).secret
    kept = await row(database, number)
    assert bytes(kept.secret_hash) == hashlib.sha256(secret.encode()).digest()
    assert secret not in str(kept)
    (entry,) = await audited(database, "api_key.created")
    assert (entry.subject_type, entry.subject_id) == ("api_key", number)
    assert entry.after == {
        "prefix": key_format.read(whole).prefix,
        "name": "Bookkeeping",
        "scopes": ["clients:read"],
        "ends_at": None,
        "calls_an_hour": 1000,
    }


async def test_a_change_to_what_it_is_changes_nothing(database: Database) -> None:
    number, _ = await make_key(database)
    async with operator(database) as uow:
        await keys.update(uow, number, version=1, values={"name": " Bookkeeping ", "calls_an_hour": 1000})
    assert (await row(database, number)).version == 1
    assert await audited(database, "api_key.updated") == []


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"name": "  "}, "name", "REQUIRED"),
        ({"name": "x" * 101}, "name", "TOO_LONG"),
        ({"scopes": []}, "scopes", "REQUIRED"),
        ({"scopes": ["clients:read", "clients:everything"]}, "scopes", "UNKNOWN_SCOPE"),
        ({"scopes": ["users:write"]}, "scopes", "UNKNOWN_SCOPE"),
        ({"scopes": ["viewer:read"]}, "scopes", "UNKNOWN_SCOPE"),
        ({"ends_at": clock.now() - timedelta(seconds=1)}, "endsAt", "IN_PAST"),
        ({"ends_at": clock.now().replace(tzinfo=None)}, "endsAt", "NO_ZONE"),
        ({"ends_at": clock.now() + timedelta(days=4000)}, "endsAt", "TOO_FAR"),
        ({"calls_an_hour": 0}, "callsAnHour", "OUT_OF_RANGE"),
        ({"calls_an_hour": 100_001}, "callsAnHour", "OUT_OF_RANGE"),
    ],
)
async def test_wrong_input_names_the_field(database: Database, wrong: dict[str, Any], field: str, code: str) -> None:
    number, _ = await make_key(database)

    async def create() -> None:
        async with operator(database) as uow:
            await keys.create(uow, VALUES | wrong)

    async def update() -> None:
        async with operator(database) as uow:
            await keys.update(uow, number, version=1, values=wrong)

    for attempt in (create, update):
        with pytest.raises(ValidationFailed) as caught:
            await attempt()
        assert [(item.path, item.code) for item in caught.value.fields] == [((field,), code)]
    assert await count(database, "SELECT count(*) FROM api_keys") == 1


async def test_an_idempotency_key_makes_one_key_and_shows_its_secret_once(database: Database) -> None:
    wish = uuid4()
    made = []
    for _ in range(2):
        async with operator(database) as uow:
            made.append(await keys.create(uow, VALUES, key=wish))
    assert made[0].number == made[1].number
    assert made[0].text is not None
    assert made[1].text is None
    assert await count(database, "SELECT count(*) FROM api_keys") == 1


async def test_a_rotated_key_works_until_the_overlap_ends(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    number, old = await make_key(database, calls_an_hour=7)
    async with operator(database) as uow:
        made = await keys.rotate(uow, number, version=1, overlap=timedelta(hours=3))
    assert made.text is not None
    successor = await row(database, made.number)
    assert (successor.name, successor.scopes, successor.calls_an_hour, successor.ends_at) == ("Bookkeeping", ["clients:read"], 7, None)
    before, after = await key_access.authenticate(database, old), await key_access.authenticate(database, made.text)
    assert before.permissions == after.permissions
    time.forward(hours=3)
    assert "has ended" in await refusal(database, old)
    await key_access.authenticate(database, made.text)
    assert [entry.subject_id for entry in await audited(database, "api_key.created")] == [number, made.number]


async def test_without_overlap_the_old_secret_ends_at_once(database: Database) -> None:
    number, old = await make_key(database)
    await key_access.authenticate(database, old)
    async with operator(database) as uow:
        await keys.rotate(uow, number, version=1, overlap=timedelta(0))
    assert "has ended" in await refusal(database, old)


async def test_an_overlap_never_outlives_the_keys_own_end(database: Database) -> None:
    end = clock.now() + timedelta(hours=1)
    number, _ = await make_key(database, ends_at=end)
    async with operator(database) as uow:
        made = await keys.rotate(uow, number, version=1, overlap=timedelta(days=7))
    assert (await row(database, number)).ends_at == (await row(database, made.number)).ends_at == end


@pytest.mark.parametrize("overlap", [timedelta(seconds=-1), timedelta(days=7, seconds=1)])
async def test_an_overlap_has_seven_days_at_most(database: Database, overlap: timedelta) -> None:
    number, _ = await make_key(database)
    with pytest.raises(ValidationFailed):
        async with operator(database) as uow:
            await keys.rotate(uow, number, version=1, overlap=overlap)
    assert await count(database, "SELECT count(*) FROM api_keys") == 1


async def test_two_rotations_at_once_make_one_successor(database: Database) -> None:
    number, _ = await make_key(database)
    await connect(database, 5)

    async def rotate() -> object:
        async with operator(database) as uow:
            return await keys.rotate(uow, number, version=1, overlap=timedelta(0))

    results = await asyncio.gather(*(rotate() for _ in range(5)), return_exceptions=True)
    assert [type(result).__name__ for result in results].count("Made") == 1
    assert {result.reason for result in results if isinstance(result, Conflict)} == {"KEY_REPLACED"}
    assert await count(database, "SELECT count(*) FROM api_keys") == 2


async def test_what_is_over_stays_as_it_is(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    revoked, _ = await make_key(database)
    ended, text_of_ended = await make_key(database, ends_at=time.time + timedelta(minutes=1))
    async with operator(database) as uow:
        await keys.revoke(uow, revoked)
    time.forward(minutes=2)

    async def conflict(number: int, version: int, *, rotate: bool) -> str:
        async with operator(database) as uow:
            attempt = (
                keys.rotate(uow, number, version=version, overlap=timedelta(0))
                if rotate
                else keys.update(uow, number, version=version, values={"name": "Other"})
            )
            with pytest.raises(Conflict) as caught:
                await attempt
        return caught.value.reason

    assert await conflict(revoked, 2, rotate=True) == await conflict(revoked, 2, rotate=False) == "KEY_REVOKED"
    assert await conflict(ended, 1, rotate=True) == "KEY_ENDED"
    # A later end lets it work again.
    async with operator(database) as uow:
        await keys.update(uow, ended, version=1, values={"ends_at": None})
    await key_access.authenticate(database, text_of_ended)


async def test_a_stale_version_says_what_changed(database: Database) -> None:
    number, _ = await make_key(database)
    async with operator(database) as uow:
        await keys.update(uow, number, version=1, values={"name": "Newsletter"})
    with pytest.raises(Conflict) as caught:
        async with operator(database) as uow:
            await keys.update(uow, number, version=1, values={"calls_an_hour": 5})
    assert (caught.value.reason, caught.value.version) == ("STALE_VERSION", 2)
    assert [(change.path, change.value, change.by_name) for change in caught.value.changes] == [(("name",), "Newsletter", "tests")]


async def test_an_unknown_key_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        async with operator(database) as uow:
            await keys.revoke(uow, 12345)
