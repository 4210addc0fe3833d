"""How much is measured: a large centre, one far beyond it, quickly, or just enough to see that the harness works."""

from dataclasses import dataclass

AT_ONCE = 16
PAGE_SIZE = 50


@dataclass(frozen=True)
class Size:
    """Rows to fill in; ``rounds`` of ``seconds`` each, ours and the baseline in turns, after one that warms up and isn't counted.

    ``check_ins_each``: by each of 16 connections in a round. ``searches``: each once in a round. ``starts``: different pages.
    """

    name: str
    clients: int
    check_ins: int
    rounds: int
    seconds: float
    check_ins_each: int
    searches: int
    search_rounds: int
    starts: int
    cold_starts: int
    settle: float


FULL = Size(
    "100k", 100_000, 300_000, rounds=5, seconds=3.0, check_ins_each=120, searches=400, search_rounds=3, starts=200, cold_starts=5, settle=10
)
MILLION = Size(
    "1m",
    1_000_000,
    10_000_000,
    rounds=5,
    seconds=3.0,
    check_ins_each=120,
    searches=400,
    search_rounds=3,
    starts=200,
    cold_starts=5,
    settle=10,
)
QUICK = Size(
    "10k", 10_000, 30_000, rounds=3, seconds=1.0, check_ins_each=40, searches=400, search_rounds=3, starts=100, cold_starts=3, settle=3
)
TINY = Size("tiny", 400, 500, rounds=1, seconds=0.1, check_ins_each=3, searches=12, search_rounds=1, starts=4, cold_starts=1, settle=0.1)
SIZES = {size.name: size for size in (QUICK, FULL, MILLION)}
