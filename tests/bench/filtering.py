"""The clients' table by standing: each standing in each order, as many statements as a page takes."""

import asyncio
import time
from datetime import date
from statistics import median
from typing import Any

from backend import clock
from backend.clients.queries import KEY_TYPES, ClientCriteria, ClientOrder, Sorting, count_of_clients, page_of_clients
from backend.clients.standing import StandingStatus
from backend.db import Database, ReadSession
from backend.graphql.pagination import decode_cursor, encode_cursor
from tests.bench.load import Loader
from tests.bench.place import Place
from tests.bench.report import Line
from tests.bench.sizes import PAGE_SIZE, Size

WAYS = (*((order, descending) for order in ClientOrder for descending in (False, True)),)


def table(place: Place, _loader: Loader, size: Size) -> list[Line]:
    """The first page and the one after it: a line for each standing, with its slowest order; and how long counting takes."""
    return asyncio.run(_lines(place, size))


async def _lines(place: Place, size: Size) -> list[Line]:
    database = Database.of(place.settings, name="krc-bench", pool_size=1, statement_timeout_ms=0)
    today = clock.today(place.settings.zone)
    lines = []
    try:
        async with database.reading() as reader:
            for standing in StandingStatus:
                pages = {way: await _page(reader, standing, way, today, size.rounds) for way in WAYS}
                order, descending = slowest = max(pages, key=lambda way: median(pages[way]))
                counts = [
                    await _timed(count_of_clients(reader, ClientCriteria(standing=[standing]), day=today)) for _ in range(size.rounds)
                ]
                direction = "descending" if descending else "ascending"
                said = f"{median(pages[slowest]):.1f} ms by {order}, {direction}"
                samples = {f"{one} {'descending' if down else 'ascending'}": figures for (one, down), figures in pages.items()}
                every = median(median(figures) for figures in pages.values())
                lines.append(
                    Line(f"clients' table, {standing}: slowest order (baseline: median order)", said, f"{every:.1f} ms", samples=samples)
                )
                lines.append(Line(f"clients' table, {standing}: counting", f"{median(counts):.1f} ms", samples={"ms": counts}))
    finally:
        await database.close()
    return lines


async def _page(reader: ReadSession, standing: StandingStatus, way: tuple[ClientOrder, bool], today: date, rounds: int) -> list[float]:
    order, descending = way
    criteria = ClientCriteria(standing=[standing])
    kind = Sorting.by(order, descending=descending).name
    spent: list[float] = []
    for _ in range(rounds):
        after: list[Any] | None = None
        for _turn in range(2):
            began = time.perf_counter()
            page = await page_of_clients(reader, criteria, order, day=today, first=PAGE_SIZE, after=after, descending=descending)
            spent.append((time.perf_counter() - began) * 1000)
            if not page.more:
                break
            # As it comes back from a browser: text, of which the page reads values.
            after = decode_cursor(encode_cursor(kind, *page.keys[-1]), kind, *KEY_TYPES[order])
    return spent


async def _timed(work: Any) -> float:
    began = time.perf_counter()
    await work
    return (time.perf_counter() - began) * 1000
