"""``python -m tests.bench``: measure, and print one table."""

import argparse
import os
import sys
from pathlib import Path

from backend.operations.stack import StackError
from tests.bench.place import BenchError
from tests.bench.processes import end_on_term
from tests.bench.report import machine, table, write_json
from tests.bench.run import MEASURES, measure
from tests.bench.sizes import AT_ONCE, FULL, QUICK


def main() -> int:
    """Returns the exit code: 0 whatever the figures are, 1 when they are worth nothing."""
    parser = argparse.ArgumentParser(prog="just bench", description="Measure against a database that is filled for it.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK.clients:,} clients and short rounds")
    parser.add_argument("--only", action="append", choices=MEASURES, metavar="NAME", help=f"one of {', '.join(MEASURES)}; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything there too, each round's figure included")
    options = parser.parse_args()
    size = QUICK if options.quick else FULL
    names = [name for name in MEASURES if not options.only or name in options.only]
    end_on_term()
    try:
        lines, place = measure(size, names, os.environ.get("DATABASE_URL") or None)
    except (BenchError, StackError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    about = f"{place.filled.clients:,} clients, {place.filled.check_ins:,} check-ins, {AT_ONCE} at once; {machine()}"
    sys.stdout.write(f"{table(lines)}\n\n{about}. Medians of {size.rounds} interleaved rounds (least–most).\n")
    if options.json:
        write_json(options.json, lines, {"summary": about, "quick": options.quick})
    return 0


if __name__ == "__main__":
    sys.exit(main())
