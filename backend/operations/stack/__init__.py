"""The product's processes: PostgreSQL and Valkey from wheels, API, worker, scheduler and Caddy.

`services()` gives a command its database and Redis; `run_stack()` runs everything; the `Embedded…` classes are single servers.
What needs the settings is imported when called, so that the process which keeps the servers stays small.
"""

from contextlib import AbstractContextManager
from typing import Literal

from backend.operations.stack.embedded import EmbeddedPostgres, EmbeddedValkey
from backend.operations.stack.errors import StackError

__all__ = ["EmbeddedPostgres", "EmbeddedValkey", "StackError", "run_stack", "services"]


def services() -> AbstractContextManager[dict[str, str]]:
    """A context that yields the whole environment for a command: DATABASE_URL, REDIS_URL, SECRET_KEY_FILE, DATA_DIR and what was set.

    What is set stays as it is; the rest comes from embedded servers, which are started if they don't run and end with the last
    command that uses them. Entering raises StackError and SettingsError.
    """
    from backend.operations.stack.shared import services as shared_services

    return shared_services()


def run_stack(mode: Literal["demo", "up"]) -> int:
    """Run everything until told to stop; returns the exit code. Raises StackError and SettingsError with what to tell the operator."""
    from backend.operations.stack.supervisor import Supervisor

    return Supervisor(mode).run()
