"""What the tests of late visits share."""

import pytest

from backend import clock
from backend.config import Settings
from backend.db import Database
from tests.checkins.door import Door


@pytest.fixture
def door(database: Database, seeded: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Door:
    """A centre of its own whose clock stands at noon until the test moves it."""
    door = Door(database, settings)
    monkeypatch.setattr(clock, "now", lambda: door.now)
    monkeypatch.setattr(clock, "today", lambda zone: door.now.astimezone(zone).date())
    return door
