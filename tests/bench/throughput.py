"""Requests a second against the raw database: the page of clients, the check-in, and a page far down the list."""

import asyncio
import json
import os
import subprocess
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import Any
from uuid import uuid4

import asyncpg
from sqlalchemy import make_url

from backend import clock
from backend.graphql import ids
from backend.graphql.pagination import encode_cursor
from backend.operations.stack.embedded import postgres_program
from tests.bench.baselines import CLIENT_PAGE, page_statement, pgbench_script
from tests.bench.errors import BenchError
from tests.bench.load import Loader, Round, request
from tests.bench.place import Place
from tests.bench.report import Line, ratio_line, spread
from tests.bench.sizes import AT_ONCE, PAGE_SIZE, Size

PAGE = """query BenchPage($first: Int!, $after: String) { clients(first: $first, after: $after) {
  edges { cursor node { id firstName lastName displayName memberCode archived lastCheckInAt
    standing { status source endsOn daysLeft tierName }
    contactMethods { id kind value display primary } tags { id name colour } alerts { id body } } }
  pageInfo { hasNextPage endCursor } } }"""
CHECK_IN = """mutation BenchCheckIn($input: CheckInInput!) { checkIn(input: $input) { __typename
  ... on CheckInRecorded { repeat replayed sentence checkIn { id happenedAt policy undoableUntil } standing { status endsOn daysLeft } }
  ... on Problem { code message } } }"""

Start = tuple[str, int]


def good(round_: Round) -> Round:
    """The round, if every answer was right."""
    if round_.wrong:
        raise BenchError(f"{round_.wrong} of {len(round_.latencies)} answers were wrong; the first: {round_.first_wrong}")
    return round_


def graphql(query: str, variables: dict[str, Any], token: str) -> bytes:
    """A GraphQL request as it goes over the wire."""
    return request("/graphql", json.dumps({"query": query, "variables": variables}).encode(), token)


def page_variables(start: Start) -> dict[str, Any]:
    """The page after this place in the list."""
    return {"first": PAGE_SIZE, "after": encode_cursor("NAME", *start)}


async def starts(connection: asyncpg.Connection, how_many: int, *, around: float | None = None) -> list[Start]:
    """Places spread evenly over the list by name, or ``how_many`` neighbours at a share of it."""
    total = await connection.fetchval("SELECT count(*) FROM clients")
    where = "(n - 1) % $1::bigint = 0" if around is None else "n >= $1::bigint"
    number = max(1, total // how_many) if around is None else max(1, int(total * around) - how_many)
    rows = await connection.fetch(
        f"SELECT sort_name, id FROM (SELECT sort_name, id, row_number() OVER (ORDER BY sort_name, id) n FROM clients) c "
        f"WHERE {where} ORDER BY n LIMIT $2",
        number,
        how_many,
    )
    return [(row[0], row[1]) for row in rows]


def client_page(place: Place, loader: Loader, size: Size) -> list[Line]:
    """A page of clients over GraphQL ÷ the same JSON made by PostgreSQL alone; both are proven to be equal first."""
    token, today = place.sign_in(), clock.today(place.settings.zone)
    where = place_starts(place, size.starts)
    _prove_equal(place, token, today, where)
    requests = [graphql(PAGE, page_variables(start), token) for start in where]
    parameters = [(today, *start, PAGE_SIZE) for start in where]

    cpu: list[float] = []

    def round_(seconds: float) -> tuple[float, float]:
        before = place.api_cpu()
        ours = good(loader.http(place.api_port, requests, b'"edges"', at_once=AT_ONCE, seconds=seconds))
        _note_cpu(cpu, before, place.api_cpu(), ours)
        raw = good(loader.sql(place.url, CLIENT_PAGE, parameters, at_once=AT_ONCE, seconds=seconds))
        return ours.rate, raw.rate

    round_(size.seconds)
    rates = [round_(size.seconds) for _ in range(size.rounds)]
    return [ratio_line(f"client page of {PAGE_SIZE} ÷ raw", *_columns(rates), "/s", least=0.9), *_cpu_line("client page", cpu)]


def _note_cpu(cpu: list[float], before: float | None, after: float | None, round_: Round) -> None:
    if before is not None and after is not None:
        cpu.append((after - before) / max(1, len(round_.latencies)) * 1000)


def _cpu_line(what: str, cpu: list[float]) -> list[Line]:
    """What one answer costs the API's process: unlike a rate it hardly depends on what else the machine does."""
    counted = cpu[1:]
    return [Line(f"{what}: CPU of the API for one answer", spread(counted, "ms", 2), samples={"ms": counted})] if counted else []


def place_starts(place: Place, how_many: int, around: float | None = None) -> list[Start]:
    """`starts`, for callers that are not asynchronous."""
    return place.ask(lambda connection: starts(connection, how_many, around=around))


def _columns(pairs: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _prove_equal(place: Place, token: str, today: date, where: Sequence[Start]) -> None:
    async def raw(connection: asyncpg.Connection) -> list[str]:
        return [await connection.fetchval(CLIENT_PAGE, today, *start, PAGE_SIZE) for start in where[:5]]

    for start, expected in zip(where, place.ask(raw), strict=False):
        if place.post(PAGE, page_variables(start), token) != json.loads(expected)["data"]:
            raise BenchError(f"GraphQL and the raw statement disagree on the page after {start}")


def check_ins(place: Place, loader: Loader, size: Size) -> list[Line]:
    """Check-ins over GraphQL ÷ pgbench with the product's own statement, each of another client; every visit is counted afterwards."""
    token = place.sign_in()
    each = size.check_ins_each * AT_ONCE
    if (2 * size.rounds + 2) * each > place.clients:
        raise BenchError("There are too few clients for so many check-ins")
    prepare_clients(place)
    station = ids.encode("Station", 1)
    before = _count(place, "check_ins")
    taken = 0
    rates = []
    cpu: list[float] = []
    for _ in range(size.rounds + 1):
        people = range(taken + 1, taken + each + 1)
        inputs = [{"requestId": str(uuid4()), "clientId": ids.encode("Client", person), "stationId": station} for person in people]
        requests = [graphql(CHECK_IN, {"input": given}, token) for given in inputs]
        before_cpu = place.api_cpu()
        ours = good(loader.http(place.api_port, requests, b'"repeat":false,"replayed":false', at_once=AT_ONCE))
        _note_cpu(cpu, before_cpu, place.api_cpu(), ours)
        rates.append((ours.rate, pgbench(place, taken + each, size)))
        taken += 2 * each
    if _count(place, "check_ins") - before != taken:
        raise BenchError(f"{_count(place, 'check_ins') - before} visits are on record, {taken} were made")
    return [ratio_line("check-ins ÷ pgbench", *_columns(rates[1:]), "/s", least=0.5), *_cpu_line("check-in", cpu)]


def prepare_clients(place: Place) -> None:
    """Let all be checked in: nobody is archived, and no tier blocks (none of ours does)."""
    place.ask(lambda connection: connection.execute("UPDATE clients SET archived_at = NULL WHERE archived_at IS NOT NULL"))


def _count(place: Place, table: str) -> int:
    return int(place.ask(lambda connection: connection.fetchval(f"SELECT count(*) FROM {table}")))


def pgbench(place: Place, start: int, size: Size) -> float:
    """Transactions a second, by pgbench's own count and clock without connecting."""
    script = place.folder / "check-in.sql"
    script.write_text(pgbench_script(AT_ONCE), encoding="utf-8")
    url = make_url(place.url)
    now = clock.now()
    today = now.astimezone(place.settings.zone).date()
    variables = {"turn": -1, "start": start + 1, "first_serial": 0, "day": today, "at": now.isoformat()}
    command = [
        str(postgres_program("pgbench")), "--no-vacuum", "--protocol=prepared", f"--client={AT_ONCE}", "--jobs=1",
        f"--transactions={size.check_ins_each}", f"--file={script}", *(f"--define={name}={value}" for name, value in variables.items()),
        f"--host={url.host}", f"--port={url.port}", f"--username={url.username}", str(url.database),
    ]  # fmt: skip
    done = subprocess.run(command, env=os.environ | {"PGPASSWORD": url.password or ""}, capture_output=True, text=True, check=False)
    rates = [line.split()[2] for line in done.stdout.splitlines() if line.startswith("tps = ")]
    if done.returncode or not rates:
        raise BenchError(f"pgbench failed: {done.stderr[-1000:]}")
    return float(rates[-1])


def keyset(place: Place, loader: Loader, size: Size) -> list[Line]:
    """One page after another, one at a time: those at 90 % of the list ÷ the first ones, over GraphQL and in the database."""
    token, today = place.sign_in(), clock.today(place.settings.zone)
    shallow, deep = (place_starts(place, size.starts, around) for around in (0.0, 0.9))
    statement, _ = asyncio.run(page_statement(today, first=PAGE_SIZE, after=["", 0]))
    values = {start: asyncio.run(page_statement(today, first=PAGE_SIZE, after=start))[1] for start in (*shallow, *deep)}

    def in_database(where: Sequence[Start]) -> float:
        parameters = [values[start] for start in where]
        return median(good(loader.sql(place.url, statement, parameters, at_once=1, seconds=size.seconds / 3, rows=True)).latencies) * 1000

    def over_graphql(where: Sequence[Start]) -> float:
        requests = [graphql(PAGE, page_variables(start), token) for start in where]
        return median(good(loader.http(place.api_port, requests, b'"edges"', at_once=1, seconds=size.seconds / 3)).latencies) * 1000

    lines = []
    for name, measure in (("in the database", in_database), ("over GraphQL", over_graphql)):
        measure(deep)
        pairs = [(measure(deep), measure(shallow)) for _ in range(size.rounds)]
        far, near = _columns(pairs)
        ratio = median(far) / median(near)
        samples = {"at 90 %": far, "first": near}
        what = f"page at 90 % ÷ first page, {name}"
        lines.append(Line(what, spread(far, "ms", 2), spread(near, "ms", 2), f"{ratio:.2f}", "≤ 1.5", ratio <= 1.5, samples))
    return lines
