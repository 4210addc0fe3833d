"""Which browser the tests drive, and how it is started."""

import os
import subprocess
from functools import lru_cache
from pathlib import Path

from backend.operations.stack.given import ROOT
from backend.operations.stack.programs import program_path

DEBIANS = Path("/usr/bin/chromium")
PRINTS_PATH = ROOT / "frontend" / "scripts" / "chromium-path.mjs"
FLAGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
)  # fmt: skip


class NoBrowserError(Exception):
    """There is none; the text says what to install."""


@lru_cache(maxsize=1)
def chromium() -> str:
    """The path of a real Chromium: $CHROMIUM, the one that comes with the front end, or Debian's. Raises NoBrowserError.

    The bundled one is of the version that the lock file says, and has no windows to paint, which costs a test most of its time.
    """
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        if not os.access(chosen, os.X_OK):
            raise NoBrowserError(f"CHROMIUM says {chosen}, where there is no program. Correct it, or unset it.")
        return chosen
    try:
        return _bundled()
    except NoBrowserError:
        if os.access(DEBIANS, os.X_OK):
            return str(DEBIANS)
        raise


def _bundled() -> str:
    try:
        found = subprocess.run([program_path("node"), PRINTS_PATH], capture_output=True, text=True, timeout=110)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoBrowserError(f"No Chromium: install Debian's package chromium, or set CHROMIUM. ({error})") from error
    if found.returncode != 0:
        raise NoBrowserError(f"No Chromium: install Debian's package chromium, or set CHROMIUM. ({found.stderr.strip()})")
    return found.stdout.strip().splitlines()[-1]
