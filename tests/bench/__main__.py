"""``python -m tests.bench``: measure, and print one table."""

import argparse
import os
import sys
from pathlib import Path

from backend.operations.stack import StackError
from tests.bench.errors import BenchError
from tests.bench.processes import end_on_term
from tests.bench.report import machine, table, write_json
from tests.bench.run import MEASURES, measure
from tests.bench.sizes import AT_ONCE, FULL, QUICK, SIZES


def main() -> int:
    """Returns the exit code: 0 whatever the figures are, 1 when they are worth nothing."""
    parser = argparse.ArgumentParser(prog="just bench", description="Measure against a database that is filled for it.")
    sizes = ", ".join(f"{size.name}: {size.clients:,} clients and {size.check_ins:,} check-ins" for size in SIZES.values())
    parser.add_argument("--size", choices=SIZES, default=FULL.name, help=f"{sizes}; {FULL.name} unless said")
    parser.add_argument("--quick", action="store_const", const=QUICK.name, dest="size", help=f"the same as --size {QUICK.name}")
    parser.add_argument("--only", action="append", choices=MEASURES, metavar="NAME", help=f"one of {', '.join(MEASURES)}; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything there too, each round's figure included")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="leave what was filled there, and use it again where it is there already"
    )
    options = parser.parse_args()
    size = SIZES[options.size]
    names = [name for name in MEASURES if not options.only or name in options.only]
    end_on_term()
    try:
        lines, place = measure(size, names, os.environ.get("DATABASE_URL") or None, options.keep)
    except (BenchError, StackError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    about = f"{place.filled.clients:,} clients, {place.filled.check_ins:,} check-ins, {AT_ONCE} at once; {machine()}"
    sys.stdout.write(f"{table(lines)}\n\n{about}. Medians of {size.rounds} interleaved rounds (least–most).\n")
    if options.json:
        write_json(options.json, lines, {"summary": about, "size": size.name})
    return 0


if __name__ == "__main__":
    sys.exit(main())
