"""Ten years of renewals in six time zones: what the API makes, day after day, held against a plain model."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from backend import clock
from backend.checkins.queries import standing_of
from backend.db import Database
from backend.memberships import service
from backend.memberships.models import Authorization, Membership, MembershipTier
from backend.memberships.service import AUTHORIZATION
from tests.clients.people import add_client
from tests.world import OPERATOR

FIRST, LAST = date(2024, 1, 1), date(2033, 12, 31)
ZONES = ("America/Los_Angeles", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
days = st.one_of(
    st.dates(FIRST, LAST),
    st.sampled_from([date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29), date(2025, 1, 31), date(2027, 12, 31), date(2026, 8, 31)]),
    # The days on which clocks change in these zones.
    st.sampled_from([date(2026, 3, 8), date(2026, 11, 1), date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 5), date(2026, 10, 4)]),
)
Span = tuple[date, date]


def standing_by_days(spans: Sequence[Span], day: date) -> tuple[str, int | None]:
    """The rule once more, day by day."""
    covered = {first + timedelta(n) for first, last in spans for n in range((last - first).days + 1)}
    if day in covered:
        last = day
        while last + timedelta(1) in covered:
            last += timedelta(1)
        return ("EXPIRING" if (last - day).days <= 30 else "ACTIVE"), (last - day).days
    if ahead := [first for first, _ in spans if first > day]:
        return "PENDING", (min(ahead) - day).days
    return "EXPIRED", (max(last for _, last in spans) - day).days


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=days,
    months=st.one_of(st.none(), st.integers(1, 14)),
    length=st.integers(1, 120),
    delays=st.lists(st.integers(-20, 45), min_size=1, max_size=5),
    looks=st.lists(st.integers(-40, 400), min_size=3, max_size=6),
)
async def test_renewals_chain_and_standing_agrees(
    seeded: Database, first: date, months: int | None, length: int, delays: list[int], looks: list[int]
) -> None:
    """Each renewal comes some days before or after the end of the last one; what follows and how it stands is worked out here."""
    async with seeded.writing(OPERATOR) as uow:
        await uow.execute(delete(Membership))
        await uow.execute(delete(MembershipTier).where(MembershipTier.code == "any"))
        tier = MembershipTier(name="Any", code="any", period_months=months, period_days=None if months else length)
        uow.add(tier)
    client = await add_client(seeded)
    async with seeded.writing(OPERATOR) as uow:
        added = await service.add_membership(
            uow, client_id=client, tier_id=tier.id, starts_on=first, ends_on=None, note=None, allow_overlap=False, today=first, key=None
        )
    spans = [await span(seeded, added.number)]
    number = added.number
    for delay in delays:
        today = max(spans[-1][1] + timedelta(delay), spans[-1][0])
        async with seeded.writing(OPERATOR) as uow:
            renewed = await service.renew_membership(
                uow, number, tier_id=None, starts_on=None, ends_on=None, note=None, allow_overlap=False, today=today, key=None
            )
        assert not renewed.already_there
        following = await span(seeded, renewed.number)
        expected = spans[-1][1] + timedelta(1)
        assert following[0] == (max(expected, today))
        number = renewed.number
        spans.append(following)
    for one, other in pairwise(spans):
        assert one[1] < other[0]
    async with seeded.reading() as reader:
        for look in looks:
            day = first + timedelta(look)
            row = await standing_of(reader, client, day)
            assert (row.status, row.days_left) == standing_by_days(spans, day)


async def span(database: Database, number: int) -> Span:
    async with database.reading() as reader:
        row = await reader.row(select(Membership.starts_on, Membership.ends_on).where(Membership.id == number))
    assert row is not None
    return row.starts_on, row.ends_on


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=days, length=st.integers(1, 500), changes=st.lists(st.tuples(st.sampled_from(["extend", "end"]), st.integers(1, 200)), max_size=4)
)
async def test_extending_and_ending_move_the_last_day_alone(
    seeded: Database, first: date, length: int, changes: list[tuple[str, int]]
) -> None:
    client = await add_client(seeded)
    empty = ("authorization_number", "vendor_number", "service_code", "service_subcode", "service_coordinator", "service_coordinator_phone")
    days_of = {"starts_on": first, "ends_on": first + timedelta(length - 1)}
    values = dict.fromkeys((*empty, "units_per_month", "note")) | days_of | {"uci_number": "71", "unit": "VISIT"}
    async with seeded.writing(OPERATOR) as uow:
        added = await service.add_authorization(uow, client_id=client, values=values, allow_overlap=False, today=first, key=None)
    last, version = first + timedelta(length - 1), 1
    for what, by in changes:
        async with seeded.writing(OPERATOR) as uow:
            if what == "extend":
                last += timedelta(by)
                await service.extend(uow, AUTHORIZATION, added.number, version=version, ends_on=last, allow_overlap=False, today=first)
            elif last - timedelta(by) >= first:
                last -= timedelta(by)
                await service.end(uow, AUTHORIZATION, added.number, version=version, ends_on=last, reason="as it is")
            else:
                continue
        version += 1
    async with seeded.reading() as reader:
        row = await reader.row(select(Authorization).where(Authorization.id == added.number))
    assert row is not None
    assert (row[0].starts_on, row[0].ends_on, row[0].version) == (first, last, version)


@pytest.mark.parametrize("zone", ZONES)
async def test_today_is_the_centres_whatever_the_clocks_do(seeded: Database, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A membership begins on the centre's day in the first and the last minute of days on which clocks change, too."""
    tz = ZoneInfo(zone)
    async with seeded.writing(OPERATOR) as uow:
        tier = MembershipTier(name="Day", code="day", period_days=1)
        uow.add(tier)
    changes = [day for n in range(3653) if _offset(tz, day := FIRST + timedelta(n)) != _offset(tz, day + timedelta(1))]
    assert changes or zone in {"Asia/Kolkata", "Pacific/Apia"}
    for day in [*changes[:6], *changes[-2:], date(2028, 2, 29), date(2027, 12, 31)]:
        for moment in (time(0, 0), time(3, 30), time(23, 59)):
            at = datetime.combine(day, moment, tz).astimezone(UTC)
            monkeypatch.setattr(clock, "datetime", _Stopped(at))
            today = clock.today(tz)
            monkeypatch.undo()
            assert today == day
            client = await add_client(seeded)
            async with seeded.writing(OPERATOR) as uow:
                added = await service.add_membership(
                    uow,
                    client_id=client,
                    tier_id=tier.id,
                    starts_on=None,
                    ends_on=None,
                    note=None,
                    allow_overlap=False,
                    today=today,
                    key=None,
                )
            assert await span(seeded, added.number) == (day, day)
            async with seeded.reading() as reader:
                assert (await standing_of(reader, client, today)).days_left == 0
                assert (await standing_of(reader, client, today + timedelta(1))).status == "EXPIRED"
                assert (await standing_of(reader, client, today - timedelta(1))).status == "PENDING"


def _offset(zone: ZoneInfo, day: date) -> timedelta | None:
    return datetime.combine(day, time(0), zone).utcoffset()


class _Stopped:
    """Stands in for the class that `clock` asks."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self, zone: ZoneInfo) -> datetime:
        return self.at.astimezone(zone)
