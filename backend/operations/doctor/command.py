"""Running the doctor from the command line: a line for each thing on standard output, or one object, and an exit code."""

import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from backend import clock, log
from backend.operations.doctor.case import look_around
from backend.operations.doctor.catalogue import CHECKS
from backend.operations.doctor.checks import Check, closing, examine
from backend.operations.doctor.containers import Containers
from backend.operations.doctor.lines import Level, Line, counted

HEALTHY, ILL = 0, 1
SIGNS = {Level.OK: "✓ ok  ", Level.WARN: "! warn", Level.FAIL: "✗ fail"}
COLOURS = {Level.OK: "32", Level.WARN: "33", Level.FAIL: "31"}


def run(*, as_json: bool, containers: Path | None, logs: Path | None) -> int:
    """Examine what there is; returns 0 when nothing is broken, else 1. Warnings alone are no failure."""
    began = time.monotonic()
    # Lines of a log would come between ours, and into the one object.
    log.configure("CRITICAL")
    lines = asyncio.run(diagnosis(containers, logs))
    seconds = round(time.monotonic() - began, 1)
    levels = Counter(line.level for line in lines)
    if as_json:
        counts = {level.value: levels[level] for level in Level}
        result = {"healthy": not levels[Level.FAIL], "at": clock.now().isoformat(timespec="seconds"), "seconds": seconds, "counts": counts}
        print(json.dumps({**result, "lines": [line.as_json() for line in lines]}, ensure_ascii=False))
    else:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        print("\n".join([*as_text(lines, colour=colour), summary(levels, seconds)]))
    sys.stdout.flush()
    return ILL if levels[Level.FAIL] else HEALTHY


async def diagnosis(containers: Path | None, logs: Path | None, checks: Sequence[Check] = CHECKS) -> list[Line]:
    """Every line, in order."""
    case = look_around(Containers.read(containers) if containers else None, logs)
    try:
        return await examine(case, checks)
    finally:
        await closing(case)


def as_text(lines: Sequence[Line], *, colour: bool) -> list[str]:
    """One line each: sign, word, name, what was seen, what to do."""
    width = max((len(line.name) for line in lines), default=0)
    return [_text(line, width, colour=colour) for line in lines]


def _text(line: Line, width: int, *, colour: bool) -> str:
    sign = f"\033[{COLOURS[line.level]}m{SIGNS[line.level]}\033[0m" if colour else SIGNS[line.level]
    return f"{sign}  {line.name:<{width}}  {line.saw}" + (f" → {line.do}" if line.do else "")


def summary(levels: Counter[Level], seconds: float) -> str:
    """The last line."""
    bad, doubtful = counted(levels[Level.FAIL], "failure"), counted(levels[Level.WARN], "warning")
    verdict = "Not healthy" if levels[Level.FAIL] else "Healthy"
    return f"{verdict}: {levels[Level.OK]} ok, {doubtful}, {bad}, in {seconds:g} s."
