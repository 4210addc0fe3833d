"""Which backups may go, for any history of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from backend.operations.backup.retention import Kept, to_remove

ZONES = [ZoneInfo(name) for name in ("America/Los_Angeles", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC")]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

backups = st.lists(
    st.builds(
        Kept,
        name=st.integers().map(str),
        made_at=st.integers(-24, 24 * 500).map(lambda hours: NOW - timedelta(hours=hours)),
        why=st.sampled_from(["nightly", "nightly", "nightly", "manual", "before-restore"]),
        proven=st.sampled_from([True, True, True, False]),
    ),
    max_size=80,
    unique_by=lambda backup: backup.name,
)


def staying(found: list[Kept], zone: ZoneInfo, now: datetime = NOW) -> list[Kept]:
    gone = to_remove(found, now, zone)
    assert gone <= {backup.name for backup in found}
    return [backup for backup in found if backup.name not in gone]


@given(found=backups, zone=st.sampled_from(ZONES))
def test_the_newest_proven_one_always_stays(found: list[Kept], zone: ZoneInfo) -> None:
    proven = [backup for backup in found if backup.proven]
    kept = staying(found, zone)
    if proven:
        assert max(backup.made_at for backup in kept if backup.proven) == max(backup.made_at for backup in proven)
    else:
        assert kept == found


@given(found=backups, zone=st.sampled_from(ZONES))
def test_a_second_time_nothing_more_goes(found: list[Kept], zone: ZoneInfo) -> None:
    kept = staying(found, zone)
    assert to_remove(kept, NOW, zone) == set()


@given(found=backups, zone=st.sampled_from(ZONES))
def test_every_recent_day_week_and_month_that_had_one_still_has_one(found: list[Kept], zone: ZoneInfo) -> None:
    nightly = [backup for backup in found if backup.proven and backup.why == "nightly"]
    kept = {backup.name for backup in staying(found, zone)}
    for count, period in ((7, "%Y-%m-%d"), (5, "%G-%V"), (12, "%Y-%m")):
        newest: dict[str, Kept] = {}
        for backup in sorted(nightly, key=lambda one: (one.made_at, one.name)):
            newest[backup.made_at.astimezone(zone).strftime(period)] = backup
        for _, backup in sorted(newest.items())[-count:]:
            assert backup.name in kept


@given(found=backups, zone=st.sampled_from(ZONES))
def test_no_more_nightly_ones_stay_than_periods(found: list[Kept], zone: ZoneInfo) -> None:
    past = [backup for backup in found if backup.made_at <= NOW]
    kept = [backup for backup in staying(past, zone) if backup.proven and backup.why == "nightly"]
    assert len(kept) <= 7 + 5 + 12 + 1


@given(found=backups, zone=st.sampled_from(ZONES))
def test_of_the_others_ten_or_ninety_days_stay(found: list[Kept], zone: ZoneInfo) -> None:
    kept = {backup.name for backup in staying(found, zone)}
    others = sorted((one for one in found if one.proven and one.why != "nightly"), key=lambda one: (one.made_at, one.name), reverse=True)
    for position, backup in enumerate(others):
        if position < 10 or NOW - backup.made_at < timedelta(days=90):
            assert backup.name in kept


@given(found=backups, zone=st.sampled_from(ZONES))
def test_what_is_not_proven_goes_late_and_only_when_a_newer_one_is(found: list[Kept], zone: ZoneInfo) -> None:
    kept = {backup.name for backup in staying(found, zone)}
    newest = max((backup.made_at for backup in found if backup.proven), default=None)
    for backup in found:
        if not backup.proven:
            may_go = newest is not None and newest > backup.made_at and NOW - backup.made_at > timedelta(days=14)
            assert (backup.name in kept) == (not may_go)


def test_a_year_of_nights() -> None:
    """The figures of the rule, on the simplest history: made each night, pruned each night."""
    zone = ZONES[0]
    kept: list[Kept] = []
    for day in range(400):
        instant = datetime(2025, 10, 1, 11, 10, tzinfo=UTC) + timedelta(days=day)
        kept.append(Kept(f"{instant:%Y-%m-%d}", instant, "nightly", True))
        kept = staying(kept, zone, instant)
    assert [backup.name for backup in kept][-7:] == [f"2026-10-{day:02d}" for day in range(29, 32)] + [
        f"2026-11-{day:02d}" for day in range(1, 5)
    ]
    assert len(kept) == 7 + 3 + 10  # Sundays, and last days of months, that are not among the days
    assert kept[0].name == "2025-12-31"


def test_a_backup_from_the_future_is_not_the_only_one_that_stays() -> None:
    future = Kept("future", NOW + timedelta(days=900), "nightly", True)
    good = Kept("good", NOW - timedelta(days=400), "manual", True)
    others = [Kept(str(number), NOW - timedelta(days=1, minutes=number), "manual", True) for number in range(12)]
    assert to_remove([future, good], NOW, ZONES[0]) == set()
    assert to_remove([future, good, *others], NOW, ZONES[0]) == {"good"}
