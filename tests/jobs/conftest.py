"""Fixtures of the tests of background work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.support import Valkey


@pytest.fixture
def mortal_valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A running Valkey that the test may kill."""
    server = Valkey(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def unused_redis_url(tmp_path: Path) -> str:
    """An address at which nothing listens."""
    return Valkey(tmp_path).url
