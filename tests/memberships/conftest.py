"""Who acts and which day it is."""

from datetime import date

import pytest

from backend import clock
from backend.config import Settings
from tests.client import Api


@pytest.fixture
def today(settings: Settings) -> date:
    """The centre's day."""
    return clock.today(settings.zone)


@pytest.fixture
async def desk(api: Api) -> Api:
    """Staff at the desk."""
    await api.login("staff")
    return api


@pytest.fixture
async def office(api: Api) -> Api:
    """An admin."""
    await api.login("admin")
    return api
