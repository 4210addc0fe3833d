"""The dashboard: each tile with all check-ins ÷ the same with a tenth of them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from backend import clock
from backend.db import ReadSession
from backend.reports import queries
from backend.reports.spans import Moment, spans, this_month, this_week
from tests.bench.baselines import statement_of
from tests.bench.load import Loader
from tests.bench.place import Place
from tests.bench.report import Line, per_cent, spread
from tests.bench.sizes import Size
from tests.bench.throughput import good, graphql

MOST_MS, MOST_RATIO = 30, 1.2
LISTED = 5
_VISITS = "{ visits before firstDay beforeFirstDay beforeLastDay }"
_COUNT = "{ count isExact }"
_BOTH = f"{{ new {_COUNT} returning {_COUNT} }}"
_CLIENTS = f"{{ total {_COUNT} clients {{ id displayName lastCheckInAt standing {{ status source startsOn endsOn daysLeft tierName }} }} }}"

# What the page asks for, tile by tile.
TILES = {
    "visits": f"visits {{ today {_VISITS} week {_VISITS} month {_VISITS} }}",
    "new and returning": f"people {{ today {_BOTH} week {_BOTH} month {_BOTH} }}",
    "heat map": "heatMap { firstDay lastDay hours { weekday hour visits } }",
    "by station": "byStation { stationId name today week month }",
    "expiring": f"expiring(first: {LISTED}) {_CLIENTS}",
    "expired": f"expired(first: {LISTED}) {_CLIENTS}",
    "inactive": f"inactive(first: {LISTED}) {_CLIENTS}",
    "recent notes": f"recentNotes(first: {LISTED}) {{ id body pinned createdAt authorName client {{ id displayName }} }}",
}


def reads(moment: Moment) -> dict[str, Callable[[ReadSession], Awaitable[Any]]]:
    """What each tile reads, at this moment."""
    today, three = moment.today, spans(moment)
    week, month = this_week(moment).present, this_month(moment).present
    away = moment.begin(today - timedelta(days=queries.INACTIVE_DAYS))
    return {
        "visits": lambda reader: queries.compared(reader, three, moment),
        "new and returning": lambda reader: queries.new_and_returning(reader, [moment.begin(span.present.first) for span in three]),
        "heat map": lambda reader: queries.heat_map(reader, today),
        "by station": lambda reader: queries.by_station(reader, week, month),
        "expiring": lambda reader: queries.expiring(reader, today, first=LISTED),
        "expired": lambda reader: queries.expired(reader, today, first=LISTED),
        "inactive": lambda reader: queries.inactive(reader, away, first=LISTED),
        "recent notes": lambda reader: queries.recent_notes(reader, first=LISTED),
    }


def dashboard(place: Place, loader: Loader, size: Size) -> list[Line]:
    """Each tile, one at a time, on both databases in turns: over GraphQL as a browser asks for it, and its statement alone."""
    fewer = place.filled.check_ins // 10
    with place.another(fewer) as (other, port):
        apis = [(place.api_port, place.sign_in()), (port, place.sign_in(port))]
        lines = _over_graphql(apis, loader, size)
        lines += _in_database((place.url, other), place.settings.zone, loader, size)
    return lines


def _over_graphql(apis: list[tuple[int, str]], loader: Loader, size: Size) -> list[Line]:
    times = max(4, round(size.seconds * 20))
    lines = []
    for name, fields in {**TILES, "all of it": " ".join(TILES.values())}.items():

        def waits(api: tuple[int, str], fields: str = fields) -> list[float]:
            request = graphql(f"query BenchDashboard {{ dashboard {{ {fields} }} }}", {}, api[1])
            round_ = good(loader.http(api[0], [request] * times, b'"dashboard"', at_once=1))
            return [latency * 1000 for latency in round_.latencies]

        for api in apis:
            waits(api)
        pairs = [[waits(api) for api in apis] for _ in range(size.rounds)]
        ours, fewer = ([median(pair[place]) for pair in pairs] for place in (0, 1))
        worst = per_cent([wait for pair in pairs for wait in pair[0]], 95)
        ratio = median(ours) / median(fewer)
        is_tile = name in TILES
        lines.append(
            Line(
                f"dashboard, {name}, over GraphQL: all check-ins ÷ a tenth",
                f"{spread(ours, 'ms', 2)}; p95 {worst:.2f}",
                spread(fewer, "ms", 2),
                f"{ratio:.2f}",
                f"p95 ≤ {MOST_MS} ms, ≤ {MOST_RATIO}" if is_tile else f"≤ {MOST_RATIO}",
                ratio <= MOST_RATIO and (worst <= MOST_MS or not is_tile),
                {"ms": ours, "ms with a tenth": fewer, "p95 in ms": [worst]},
            )
        )
    return lines


def _in_database(urls: tuple[str, str], zone: ZoneInfo, loader: Loader, size: Size) -> list[Line]:
    # In the middle of the busiest hour, when the most of it has to be read from the visits.
    moment = Moment(datetime.combine(clock.today(zone), time(15, 29), zone), zone)
    lines = []
    for name, read in reads(moment).items():
        sql, values = asyncio.run(statement_of(read))

        def once(url: str, sql: str = sql, values: list[Any] = values) -> float:
            return median(good(loader.sql(url, sql, [values], at_once=1, seconds=size.seconds / 3, rows=True)).latencies) * 1000

        for url in urls:
            once(url)
        pairs = [[once(url) for url in urls] for _ in range(size.rounds)]
        ours, fewer = ([pair[place] for pair in pairs] for place in (0, 1))
        samples = {"ms": ours, "ms with a tenth": fewer}
        ratio = f"{median(ours) / median(fewer):.2f}"
        lines.append(Line(f"dashboard, {name}, in the database", spread(ours, "ms", 2), spread(fewer, "ms", 2), ratio, samples=samples))
    return lines
