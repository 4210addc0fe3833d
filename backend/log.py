"""Structured logs, one JSON object a line, with the request id and without personal data.

Log ids and codes, never names, phones, emails, birthdays or tokens. The root logger goes through the
same formatter, so that libraries' lines look like ours.
"""

import logging
import sys
from contextvars import ContextVar

import structlog

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


def _add_request_id(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    current = request_id.get()
    if current is not None:
        event["request_id"] = current
    return event


def _briefly(record: logging.LogRecord) -> bool:
    """The connection pool says with a whole traceback that it threw a broken connection away: that is its work, and one line will do."""
    if record.name.startswith("sqlalchemy.pool") and record.exc_info:
        kind = record.exc_info[0]
        record.msg, record.args, record.exc_info = f"connection.discarded ({kind.__name__ if kind else 'unknown'})", (), None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


def configure(level: str = "INFO") -> None:
    """Send structlog's and the standard library's lines to standard error as JSON."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request_id,
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
        )
    )
    handler.addFilter(_briefly)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("httpx", "httpcore", "asyncio", "strawberry.ws"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # Strawberry and Alembic log whole tracebacks with bound values; our own lines carry what is needed.
    logging.getLogger("strawberry.execution").disabled = True


def get(name: str) -> structlog.stdlib.BoundLogger:
    """A logger; ``name`` is the module's ``__name__``."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger
