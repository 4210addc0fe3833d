"""What one caller may ask for in a minute: told in figures, counted for each principal, shared by processes, kept through outages."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from backend.accounts.principal import Principal
from backend.config import Settings
from backend.db import ActorKind, Database
from backend.errors import Unavailable
from backend.graphql.budget import Budgets, BudgetSpent
from tests.client import Api

NOON = datetime(2026, 11, 23, 12, 0, 15, tzinfo=UTC)
ALLOWED = 20_000


def principal(number: int, kind: ActorKind = ActorKind.USER) -> Principal:
    key = number if kind is ActorKind.API_KEY else None
    user = None if kind is ActorKind.API_KEY else number
    return Principal(
        kind=kind, user_id=user, session_id=None, display_name="", role=None, permissions=frozenset(), language="en",
        must_change_password=False, session_expires_at=None, api_key_id=key,
    )  # fmt: skip


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("backend.clock.now", made)
    return made


@pytest.fixture
def scarce(settings: Settings) -> Settings:
    return settings.model_copy(update={"cost_a_minute": ALLOWED})


async def told(budgets: Budgets) -> None:
    await asyncio.gather(*budgets._telling)


async def test_it_tells_what_is_asked_for_allowed_and_left(clock: Clock, database: Database, scarce: Settings) -> None:
    budgets = Budgets(database, scarce)
    budgets.spend(principal(1), 15_000)
    with pytest.raises(BudgetSpent) as refused:
        budgets.spend(principal(1), 5_001)
    assert refused.value.message == (
        "This asks for up to 5,001 fields. 20,000 a minute are allowed, and 5,000 of them are left; the next minute begins in 45 seconds."
    )
    assert refused.value.retry_after == 45
    budgets.spend(principal(1), 5_000)
    await told(budgets)


async def test_a_refused_request_uses_nothing_up(clock: Clock, database: Database, scarce: Settings) -> None:
    budgets = Budgets(database, scarce)
    for _ in range(5):
        with pytest.raises(BudgetSpent):
            budgets.spend(principal(1), ALLOWED + 1)
    budgets.spend(principal(1), ALLOWED)
    await told(budgets)


async def test_each_principal_has_its_own_and_each_minute_is_new(clock: Clock, database: Database, scarce: Settings) -> None:
    budgets = Budgets(database, scarce)
    for who in (principal(1), principal(2), principal(1, ActorKind.API_KEY)):
        budgets.spend(who, ALLOWED)
        with pytest.raises(BudgetSpent):
            budgets.spend(who, 1)
    budgets.spend(None, 10 * ALLOWED)
    await told(budgets)
    clock.now += timedelta(seconds=44)
    with pytest.raises(BudgetSpent):
        budgets.spend(principal(1), 1)
    clock.now += timedelta(seconds=1)
    budgets.spend(principal(1), ALLOWED)
    await told(budgets)


async def test_processes_share_it(clock: Clock, database: Database, scarce: Settings) -> None:
    """Each knows of the other's part as soon as it has told a twentieth of its own."""
    one, other = Budgets(database, scarce), Budgets(database, scarce)
    one.spend(principal(1), 12_000)
    await told(one)
    other.spend(principal(1), 2_000)
    await told(other)
    with pytest.raises(BudgetSpent, match="6,000 of them are left"):
        other.spend(principal(1), 6_001)
    other.spend(principal(1), 6_000)
    await told(other)
    one.spend(principal(1), 1_000)
    await told(one)
    with pytest.raises(BudgetSpent, match=" 0 of them are left"):
        one.spend(principal(1), 1)


async def test_little_is_told_to_nobody(clock: Clock, database: Database, scarce: Settings) -> None:
    budgets = Budgets(database, scarce)
    for _ in range(9):
        budgets.spend(principal(1), 100)
    assert not budgets._telling


async def test_without_the_database_each_process_goes_by_its_own(
    clock: Clock, database: Database, scarce: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise Unavailable

    budgets = Budgets(database, scarce)
    with monkeypatch.context() as without:
        without.setattr(database, "writing", away)
        budgets.spend(principal(1), 15_000)
        await told(budgets)
        with pytest.raises(BudgetSpent):
            budgets.spend(principal(1), 5_001)
    budgets.spend(principal(1), 1_000)
    await told(budgets)
    # What could not be told is told then, so another process hears of all of it.
    other = Budgets(database, scarce)
    other.spend(principal(1), 1_000)
    await told(other)
    with pytest.raises(BudgetSpent, match="3,000 of them are left"):
        other.spend(principal(1), 3_001)


async def test_over_http_it_is_a_429_that_says_when(api: Api) -> None:
    await api.login("staff")
    scarce = Api(api.settings.model_copy(update={"cost_a_minute": ALLOWED}), Database.of(api.settings, pool_size=2))
    scarce.token = api.token
    document = "{ clients(first: 100) { edges { node { id displayName tags { id } notes { id } } } } }"
    answers = [await scarce.post({"query": document}) for _ in range(60)]
    assert answers[0].status_code == 200
    # However the minutes fall, one of the sixty is too many.
    last = next(answer for answer in answers if answer.status_code != 200)
    assert last.status_code == 429
    assert 1 <= int(last.headers["retry-after"]) <= 60
    (error,) = last.json()["errors"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert error["extensions"]["retryAfterSeconds"] == int(last.headers["retry-after"])
    assert "20,000 a minute are allowed" in error["message"]
    assert (await api.post({"query": document})).status_code == 200
    await scarce.database.close()
    await scarce.close()
