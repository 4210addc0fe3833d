from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.limits import network_of, wait


def test_nothing_counted_is_no_wait() -> None:
    assert wait(20, 0, 0, 0) == 0
    assert wait(20, 19, 0, 1800) == 0


def test_a_full_hour_waits_into_the_next() -> None:
    assert 1800 + 180 <= wait(20, 20, 0, 1800) <= 1800 + 181


def test_the_hour_before_counts_in_part() -> None:
    assert wait(20, 0, 20, 0) > 0
    assert wait(20, 0, 20, 3599) == 0
    assert wait(20, 10, 20, 900) > 0
    assert wait(20, 9, 20, 1800) == 0


@given(st.integers(1, 3000), st.integers(0, 3000), st.integers(0, 3000), st.floats(0, 3599.9))
def test_after_the_wait_a_try_fits_and_not_before(limit: int, failures: int, previous: int, elapsed: float) -> None:
    failures, previous = min(failures, limit), min(previous, limit)
    seconds = wait(limit, failures, previous, elapsed)
    assert 0 <= seconds <= 7200
    if seconds:
        later = elapsed + seconds
        assert (wait(limit, failures, previous, later) if later < 3600 else wait(limit, 0, failures, later - 3600)) <= 1


def test_networks() -> None:
    assert network_of("203.0.113.77") == "203.0.113.0/24"
    assert network_of("::ffff:203.0.113.77") == "203.0.113.0/24"
    assert network_of("2001:db8:1:2:3::4") == "2001:db8:1:2::/64"
    assert network_of("fe80::1%eth0") == "fe80::/64"
    for odd in ("", "unix:", "not an address", "1.2.3.4:99"):
        assert network_of(odd) == "unknown"
