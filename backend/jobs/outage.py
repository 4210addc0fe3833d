"""Saying once that something is away, and once that it is back."""

from collections.abc import Iterator
from contextlib import contextmanager

from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

from backend import log
from backend.errors import Unavailable

logger = log.get(__name__)

# What PostgreSQL, Redis and the network raise when they are away or unwell. Anything else is a defect and ends the process.
AWAY = (Unavailable, SQLAlchemyError, RedisError, OSError, TimeoutError)


class Outage:
    """Whether a recurring piece of work is failing at present; ``name`` is for the log."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._since_failure: str | None = None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Swallow what an outage raises; a line in the log tells its start, a change of its kind, and its end."""
        try:
            yield
        except AWAY as error:
            kind = type(error).__name__
            if kind != self._since_failure:
                logger.warning("outage.began", of=self._name, error=kind)
            self._since_failure = kind
        else:
            if self._since_failure is not None:
                logger.info("outage.ended", of=self._name)
            self._since_failure = None
