"""What the tests of kiosks share."""

import pytest

from tests.accounts.people import Clock


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The product's clock, stopped in the middle of a day at the centre."""
    made = Clock(monkeypatch)
    made.time = made.time.replace(hour=20, minute=20, second=40, microsecond=0)
    return made
