"""Which tests share a worker of pytest-xdist.

Its own groups (`--dist loadgroup`) have no effect with pytest 9.2: it marks them in a node's id, which can no longer be changed.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # xdist ships no types

TOGETHER = ("tests/e2e/", "tests/faults/test_database_away.py")


class Together(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Every test by itself, but for files whose tests share something that is slow to start, such as the stack with its browser."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0] if nodeid.startswith(TOGETHER) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """The scheduler, whatever `--dist` says."""
    return Together(config, log)
