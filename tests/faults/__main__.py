"""Kills bootstrap at random instants and looks whether the next run completes: ``python -m tests.faults 200``.

For each state (an empty database, an older revision, leftovers, the predecessor's two shapes) one run is left alone; then as
many as COUNT says are killed once or twice with -9, somewhere in their work, and run again to the end: exit code 0, a login that
works, the same rows as in the run that was left alone. Every tenth round starts eight at once instead. On the embedded PostgreSQL
and, where Debian's is installed, on the oldest version too. Exit code 1 and the seed of the round if anything is wrong.
"""

import argparse
import asyncio
import contextlib
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests import world
from tests.debian_postgres import DebianPostgres, installed
from tests.faults.states import STATES, State, counts, wrong_with
from tests.operations.bootstrap_support import Ended, bootstrap, ended, start

EIGHT_AT_ONCE = 10


async def killed(url: str, data_dir: Path, after: float) -> Ended:
    """Start bootstrap and kill it so many seconds after its first line of progress."""
    process = await start(url, data_dir, "bootstrap", "--json")
    assert process.stderr is not None
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(process.stderr.readline(), 30)
        await asyncio.wait_for(asyncio.shield(process.wait()), after)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    return await ended(process)


async def left_alone(state: State, folder: Path) -> tuple[dict[str, int], float]:
    """The rows after a run that nobody killed, and how many seconds it worked."""
    folder.mkdir()
    url = await world.create()
    await state.make(url)
    began = time.monotonic()
    run = await bootstrap(url, folder)
    seconds = time.monotonic() - began
    if run.code != 0:
        raise SystemExit(f"{state.name}: even a run that was left alone ended with {run.code}: {run.out or run.err}")
    wanted = await counts(url)
    await world.drop(url)
    return wanted, seconds


async def one_round(state: State, number: int, chance: random.Random, wanted: dict[str, int], seconds: float) -> list[str]:
    """One database, killed or started eight times over; returns what is wrong with it in the end."""
    url = await world.create()
    await state.make(url)
    with tempfile.TemporaryDirectory(prefix="krc-faults-") as name:
        folder = Path(name)
        if number % EIGHT_AT_ONCE == EIGHT_AT_ONCE - 1:
            runs = list(await asyncio.gather(*(bootstrap(url, folder) for _ in range(8))))
            problems = [f"one of eight ended with {run.code}: {run.err.strip()[-300:]}" for run in runs if run.code != 0]
        else:
            instants = [chance.uniform(0, seconds) for _ in range(chance.choice((1, 1, 2)))]
            runs = [await killed(url, folder, after) for after in instants]
            runs.append(await bootstrap(url, folder))
            problems = [] if runs[-1].code == 0 else [f"killed after {instants}, the next run ended with {runs[-1].code}: {runs[-1].out}"]
        problems += await wrong_with(url, wanted, [result for run in runs if (result := _result(run))])
    await world.drop(url)
    return problems


def _result(run: Ended) -> dict[str, Any]:
    try:
        return run.json
    except ValueError:
        return {}


async def rounds(count: int, seed: int, only: set[str]) -> int:
    """So many rounds over the states in turn; returns how many went wrong."""
    wrong = 0
    states = [state for state in STATES if not only or state.name in only]
    known: dict[str, tuple[dict[str, int], float]] = {}
    with tempfile.TemporaryDirectory(prefix="krc-faults-") as name:
        for state in states:
            known[state.name] = await left_alone(state, Path(name) / state.name)
    for number in range(count):
        state = states[number % len(states)]
        problems = await one_round(state, number // len(states), random.Random(seed * 1_000_003 + number), *known[state.name])
        wrong += bool(problems)
        if problems:
            print(f"round {number} ({state.name}, seed {seed}): " + "; ".join(problems), flush=True)
    return wrong


def main() -> int:
    """Run it on every server that is there; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("count", type=int, nargs="?", default=36, help="rounds on each server")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="repeat a run")
    parser.add_argument("--only", action="append", choices=[state.name for state in STATES], default=[], help="one state; may be repeated")
    given = parser.parse_args()
    wrong = 0
    for label, server in _servers():
        os.environ.pop("DATABASE_URL", None)
        with contextlib.ExitStack() as stack:
            if server is not None:
                server.start()
                stack.callback(server.stop)
                os.environ["DATABASE_URL"] = server.url
            made = world.World()
            stack.callback(made.stop)
            made.start()
            os.environ.pop("DATABASE_URL", None)
            failed = asyncio.run(rounds(given.count, given.seed, set(given.only)))
        print(f"{label}: {given.count - failed} of {given.count} rounds ended as they must (seed {given.seed})", flush=True)
        wrong += failed
    return 1 if wrong else 0


def _servers() -> list[tuple[str, DebianPostgres | None]]:
    programs = installed()
    folder = Path(tempfile.mkdtemp(prefix="krc-faults-server-"))
    oldest = [("PostgreSQL 15", DebianPostgres(folder, programs, durable=False))] if programs else []
    return [("PostgreSQL 18", None), *oldest]


if __name__ == "__main__":
    sys.exit(main())
