"""The list of erasures beside the database, so that a restored backup learns of them even when this database is lost."""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from backend import log

logger = log.get(__name__)

JOURNAL = "erasures.jsonl"


def write_down(journal: Path, numbers: Iterable[int], at: datetime) -> None:
    """Add these clients' numbers and the time; no failure where the file can't be written, which in a container is so for the API.

    A restore also asks the database that it replaces.
    """
    lines = "".join(json.dumps({"client": number, "at": at.isoformat()}) + "\n" for number in numbers)
    try:
        # One write: several processes may add to it.
        descriptor = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, lines.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        logger.warning("erasure.not_in_journal", clients=list(numbers), error=error.strerror)
