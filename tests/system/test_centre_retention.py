"""How long sign-ins, known devices and keys are kept: the centre's choice, and nothing that is still needed goes."""

from datetime import timedelta

from sqlalchemy import text

from backend import clock
from backend.jobs import registry
from backend.system import retention
from tests.client import Api
from tests.system.settings_page import change
from tests.world import OPERATOR

AGES = (10, 40, 200, 500)


async def left(api: Api, table: str, column: str) -> list[int]:
    """The ages in days of the rows that are there, those of today left out."""
    async with api.database.reading() as reader:
        ages = await reader.scalars(text(f"SELECT CAST(extract(day FROM now() - {column}) AS int) AS age FROM {table} ORDER BY age"))
    return [age for age in ages if age]


async def tidy(api: Api) -> None:
    async with api.database.writing(OPERATOR) as uow:
        await retention.tidy(uow)


async def test_ended_sign_ins_go_after_the_chosen_days(api: Api) -> None:
    await api.login("admin")
    await change(api, signInDays=100)
    async with api.database.writing(OPERATOR) as uow:
        for age in AGES:
            at = clock.now() - timedelta(days=age)
            # One that was ended, one that ran out, and one as old that goes on.
            for ended, expires in ((at, None), (None, at), (None, clock.now() + timedelta(days=1))):
                await uow.execute(
                    text(
                        "INSERT INTO sessions (user_id, created_at, ended_at, expires_at) "
                        "SELECT id, :at, :ended, coalesce(:expires, now() + interval '1 day') FROM users WHERE username = 'staff'"
                    ),
                    {"at": at, "ended": ended, "expires": expires},
                )
    await tidy(api)
    assert await left(api, "sessions", "created_at") == [10, 10, 10, 40, 40, 40, 200, 500]
    # Who is signed in stays so.
    assert (await api.execute("{ viewer { mustChangePassword } }"))["viewer"] is not None


async def test_devices_that_nobody_uses_go_after_the_chosen_days(api: Api) -> None:
    await api.login("admin")
    await change(api, deviceDays=100)
    async with api.database.writing(OPERATOR) as uow:
        for age in AGES:
            await uow.execute(
                text(
                    "INSERT INTO known_devices (device_hash, user_id, last_seen_at) "
                    "SELECT sha256(CAST(:age AS text)::bytea), id, now() - make_interval(days => :days) FROM users WHERE username = 'staff'"
                ),
                {"age": str(age), "days": age},
            )
    await tidy(api)
    assert await left(api, "known_devices", "last_seen_at") == [10, 40]


async def test_without_a_choice_both_stay_four_hundred_days(api: Api) -> None:
    await api.login("admin")
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(
            text(
                "INSERT INTO known_devices (device_hash, user_id, last_seen_at) SELECT sha256(CAST(days AS text)::bytea), u.id, "
                "now() - make_interval(days => days) FROM users u, unnest(ARRAY[399, 401]) days WHERE username = 'staff'"
            )
        )
    await tidy(api)
    assert await left(api, "known_devices", "last_seen_at") == [399]


async def test_keys_of_requests_are_known_for_a_week(api: Api) -> None:
    async with api.database.writing(OPERATOR) as uow:
        await uow.execute(
            text(
                "INSERT INTO idempotency_keys (actor_kind, actor_id, key, operation, digest, created_at) "
                "SELECT 'USER', 1, gen_random_uuid(), 'createClient', sha256(''), now() - make_interval(days => days) "
                "FROM unnest(ARRAY[6, 8]) days"
            )
        )
    await tidy(api)
    assert await left(api, "idempotency_keys", "created_at") == [6]


def test_it_is_done_every_night() -> None:
    registry.load()
    assert "centre.tidy" in registry.daily()
