"""When a press really happened: clocks that are wrong, that are set meanwhile, that stand still in sleep."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.kiosks.moments import Told, moment

NOW = datetime(2026, 7, 1, 19, tzinfo=UTC)
OFF = timedelta(minutes=40)
OTHER = "another run"


def _told(
    ago: float, *, ahead: timedelta = timedelta(), run: str = "run", offset: timedelta | None = None, steady: float | None = None
) -> Told:
    """What a device says of a moment so many minutes ago."""
    steady_ms = (1000 - ago if steady is None else steady) * 60_000
    return Told(NOW - timedelta(minutes=ago) + ahead, steady_ms, run, offset / timedelta(milliseconds=1) if offset is not None else None)


@given(st.floats(0, 60 * 72), st.integers(-3000, 3000), st.booleans())
def test_a_clock_that_is_wrong_all_the_time_tells_right(ago: float, minutes: int, again: bool) -> None:
    ahead = timedelta(minutes=minutes)
    press = _told(ago, ahead=ahead, run=OTHER if again else "run")
    found = moment(press, _told(0, ahead=ahead), NOW)
    assert abs(found - (NOW - timedelta(minutes=ago))) < timedelta(seconds=1)


def test_a_clock_that_was_set_right_meanwhile_tells_right_by_what_it_knew() -> None:
    press = _told(90, ahead=OFF, run=OTHER, offset=-OFF)
    assert moment(press, _told(0), NOW) == NOW - timedelta(minutes=90)


def test_a_clock_that_was_set_back_within_a_run_never_makes_it_younger_than_the_counter_says() -> None:
    press = _told(90)
    assert moment(press, _told(0, ahead=-OFF), NOW) == NOW - timedelta(minutes=90)


def test_a_tablet_that_slept_is_told_by_its_clock() -> None:
    press = _told(600, steady=10)
    assert moment(press, _told(0, steady=15), NOW) == NOW - timedelta(minutes=600)


def test_a_breath_ahead_is_now() -> None:
    assert moment(_told(-1.5, run=OTHER), _told(0), NOW) == NOW


def test_tomorrow_stays_tomorrow_for_somebody_to_decide() -> None:
    assert moment(_told(-1440, run=OTHER), _told(0), NOW) == NOW + timedelta(days=1)


def test_numbers_that_nobody_can_mean_are_not_taken() -> None:
    for offset in (float("nan"), float("inf"), -1e300):
        press = Told(NOW - timedelta(hours=1), float("nan"), OTHER, offset)
        assert moment(press, _told(0), NOW) == NOW - timedelta(hours=1)
