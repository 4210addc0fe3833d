"""Expected trouble with the database, as one sentence and what to do. A password never gets into one."""

import socket
import ssl

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from backend.config import Settings


class Trouble(Exception):  # noqa: N818 (reads as the sentence it carries)
    """Bootstrap can't go on; the text is for the operator."""


def place(settings: Settings) -> str:
    """Where the database is, without its password."""
    url = make_url(settings.sqlalchemy_url)
    return f"{url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"


def sqlstate(error: BaseException) -> str:
    """The five characters that PostgreSQL gives an error, or an empty string."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(cause, "sqlstate", None) or "")


def is_worth_waiting(error: BaseException) -> bool:
    """Whether a server that is only starting, or a container's name that is not there yet, would explain the error."""
    if sqlstate(error) in {"57P03", "57P01", "53300"}:
        return True
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return isinstance(cause, (OSError, TimeoutError)) and not isinstance(cause, ssl.SSLError)


def sentence(error: BaseException, settings: Settings) -> str:
    """What went wrong while talking to the database, and what to do about it."""
    url = make_url(settings.sqlalchemy_url)
    where, role, database = place(settings), url.username or "", url.database or ""
    by_state = {
        "28P01": f"The database at {where} refuses the password of the role “{role}”. "
        "Correct DATABASE_URL (special characters must be percent-encoded).",
        "28000": f"The database at {where} does not let the role “{role}” in. Create the role, or correct DATABASE_URL or pg_hba.conf.",
        "3D000": f"The server at {where} has no database “{database}”. "
        f"Create it (CREATE DATABASE \"{database}\" TEMPLATE template0 ENCODING 'UTF8') or correct DATABASE_URL.",
        "42P01": f"The database at {where} lacks our tables. Run `just bootstrap` first.",
        "57P03": f"The database at {where} is still starting or is shutting down. Try again in a minute.",
        "53300": f"The database at {where} has no connection free. Stop something that uses it, or raise max_connections.",
        "53100": f"The disk of the database at {where} is full. Free some space and run this again; nothing is half-done.",
        "25006": f"The database at {where} can only be read. Point DATABASE_URL at the primary server, with a role that may write.",
        "42501": f"The role “{role}” lacks a right in the database at {where}: {_said(error)}. Grant it and run this again.",
        "55P03": f"Another program holds a lock in the database at {where}. Stop the running API and workers, then run this again.",
    }
    state = sqlstate(error)
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if state in by_state:
        return by_state[state]
    if isinstance(cause, socket.gaierror):
        return f"There is no host “{url.host}”. Correct the host in DATABASE_URL, or start the machine or container of that name."
    if isinstance(cause, OSError) and cause.filename is not None:
        return f"{cause.filename} can't be used ({cause.strerror}). Correct that, and run this again."
    if isinstance(cause, (ConnectionError, TimeoutError, OSError)) or state.startswith(("08", "57P")):
        return f"The database at {where} can't be reached. Start it, or correct the host and port in DATABASE_URL."
    return f"The database at {where} answered with an error: {_said(error)}."


def _said(error: BaseException) -> str:
    # The first line of PostgreSQL's own message; the whole text would hold statements and values.
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    inner = cause.__cause__ or cause
    return (str(inner).splitlines() or [type(inner).__name__])[0].rstrip(".")
