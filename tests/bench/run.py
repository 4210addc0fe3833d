"""Everything that can be measured, in its order."""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import processes, searching, throughput
from tests.bench.adoption import adoption
from tests.bench.attacks import attacks
from tests.bench.audit import audit
from tests.bench.cold import cold
from tests.bench.dashboard import dashboard
from tests.bench.exporting import export
from tests.bench.filtering import table
from tests.bench.kiosk import kiosk
from tests.bench.load import Loader
from tests.bench.place import Place
from tests.bench.refusals import refusals
from tests.bench.report import Line
from tests.bench.screen import screen
from tests.bench.sizes import Size

Measure = Callable[[Place, Loader, Size], list[Line]]

# The check-ins write, so they come after what reads; memory starts the other programs, so it comes last.
MEASURES: dict[str, Measure] = {
    "page": throughput.client_page,
    "search": searching.search,
    "screen": screen,
    "kiosk": kiosk,
    "keyset": throughput.keyset,
    "table": table,
    "dashboard": dashboard,
    "cold": cold,
    "export": export,
    "check-ins": throughput.check_ins,
    "lag": processes.loop_lag,
    "attacks": attacks,
    "audit": audit,
    "refusals": refusals,
    "start": processes.cold_start,
    "adoption": adoption,
    "memory": processes.memory,
}


def measure(size: Size, names: Sequence[str], server: str | None = None, kept: Path | None = None) -> tuple[list[Line], Place]:
    """Fill a database and measure what is named. Raises `BenchError` when an answer was wrong, which no figure survives."""
    began = time.perf_counter()

    def say(text: str) -> None:
        sys.stderr.write(f"[{time.perf_counter() - began:4.0f} s] {text}\n")

    say(f"filling a database with {size.clients:,} clients and {size.check_ins:,} check-ins")
    with Place(server, size.clients, size.check_ins, kept) as place, Loader() as loader:
        say(f"filled in {place.filled.seconds:.0f} s; starting the API")
        place.start_api()
        lines: list[Line] = []
        for name in names:
            say(name)
            found = MEASURES[name](place, loader, size)
            lines += found
            # Said at once, so that an hour's figures are not lost with the part that fails after them.
            for line in found:
                say(f"  {line.what}: {' | '.join(filter(None, (line.ours, line.baseline, line.ratio)))}")
        say("done")
        return lines, place
