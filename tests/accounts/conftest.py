"""Fixtures of these tests."""

import pytest

from tests.accounts.people import Clock


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The product's clock, stopped in the middle of a half minute and of an hour."""
    made = Clock(monkeypatch)
    made.time = made.time.replace(minute=20, second=40, microsecond=0)
    return made
