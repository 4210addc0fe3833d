"""Search as the desk does it: what people type and scan, in the database alone and over GraphQL."""

import asyncio
import random
from collections.abc import Sequence
from statistics import median
from typing import Any, TypeAlias

import asyncpg

from backend import clock
from tests.bench.baselines import page_statement
from tests.bench.load import Loader
from tests.bench.place import Place
from tests.bench.report import Line, per_cent, ratio_line, spread
from tests.bench.sizes import AT_ONCE, Size
from tests.bench.throughput import good, graphql

SHOWN = 20
SEARCH = """query BenchSearch($text: String!, $first: Int!) { clients(search: $text, first: $first) {
  edges { node { id displayName memberCode lastCheckInAt standing { status source endsOn daysLeft tierName }
    contactMethods { id kind display primary } tags { id name colour } alerts { id body } } } } }"""
# The worst of twenty, by the number of clients from which on it holds.
GOALS_MS = {0: 8, 1_000_000: 12}

# What of a client is typed, and how often in a hundred.
MIX = {
    "first and last name": 22, "last and first name": 10, "beginning of a name": 20, "first name and a letter": 8, "two letters": 4,
    "last four digits": 12, "whole phone": 6, "email": 5, "UCI number": 4, "card": 3, "nobody": 6,
}  # fmt: skip

Person: TypeAlias = Any
"""A row of `_people`."""


async def _people(connection: asyncpg.Connection, how_many: int) -> list[Person]:
    """Clients spread evenly over all, with what they can be found by."""
    rows = await connection.fetch(
        """SELECT c.first_name, c.last_name, coalesce(c.member_code, c.last_name) AS card,
                  coalesce((SELECT value FROM contact_methods WHERE client_id = c.id AND kind = 'PHONE'), '+16615550000') AS phone,
                  coalesce((SELECT value FROM contact_methods WHERE client_id = c.id AND kind = 'EMAIL'), c.first_name) AS email,
                  coalesce((SELECT min(uci_number) FROM authorizations WHERE client_id = c.id), '7000003') AS uci
           FROM clients c WHERE c.id % greatest(1, (SELECT count(*) FROM clients) / $1) = 0 ORDER BY c.id LIMIT $1""",
        how_many,
    )
    return list(rows)


def people_of(place: Place, how_many: int) -> list[Person]:
    """`_people`, for callers that are not asynchronous."""
    return place.ask(lambda connection: _people(connection, how_many))


def texts(people: Sequence[Person], chance: random.Random) -> list[tuple[str, str]]:
    """For each person a kind of `MIX` and what is typed."""
    kinds = chance.choices(list(MIX), list(MIX.values()), k=len(people))
    return [(kind, _typed(kind, person, chance)) for kind, person in zip(kinds, people, strict=True)]


def _typed(kind: str, person: Person, chance: random.Random) -> str:
    first, last, phone = person["first_name"], person["last_name"], person["phone"]
    name = chance.choice((first, last))
    return str(
        {
            "first and last name": f"{first} {last}",
            "last and first name": f"{last} {first[:4]}".lower(),
            "beginning of a name": name[: chance.randint(3, 5)].lower(),
            "first name and a letter": f"{first.lower()} {last[0].lower()}",
            "two letters": name[:2].lower(),
            "last four digits": phone[-4:],
            "whole phone": f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}",
            "email": person["email"],
            "UCI number": person["uci"],
            "card": person["card"],
            "nobody": f"{first[:3]}{chance.choice(('xq', 'zvk', 'wwj'))}{last[-3:]}",
        }[kind]
    )


def search(place: Place, loader: Loader, size: Size) -> list[Line]:
    """One search at a time in the database and over GraphQL, then 16 at once of each."""
    token, today = place.sign_in(), clock.today(place.settings.zone)
    typed = texts(people_of(place, size.searches), random.Random(2026))
    statements = [asyncio.run(page_statement(today, first=SHOWN, text=text)) for _, text in typed]
    requests = [graphql(SEARCH, {"text": text, "first": SHOWN}, token) for _, text in typed]
    by_statement: dict[str, list[list[object]]] = {}
    for sql, parameters in statements:
        by_statement.setdefault(sql, []).append(parameters)

    def in_database() -> list[float]:
        rounds = [good(loader.sql(place.url, sql, given, at_once=1, rows=True)) for sql, given in by_statement.items()]
        return [latency * 1000 for round_ in rounds for latency in round_.latencies]

    def over_graphql() -> list[float]:
        return [latency * 1000 for latency in good(loader.http(place.api_port, requests, b'"edges"', at_once=1)).latencies]

    def rates() -> tuple[float, float]:
        ours = good(loader.http(place.api_port, requests, b'"edges"', at_once=AT_ONCE))
        # There is one statement for each number of words: their times add up to that of the whole list.
        raw = [good(loader.sql(place.url, sql, given, at_once=AT_ONCE, rows=True)) for sql, given in by_statement.items()]
        return ours.rate, len(typed) / sum(round_.seconds for round_ in raw)

    rates()
    latencies = [(in_database(), over_graphql()) for _ in range(size.search_rounds)]
    pairs = [rates() for _ in range(size.search_rounds)]
    people = f"{place.filled.clients:,} clients"
    most = GOALS_MS[max(clients for clients in GOALS_MS if clients <= place.filled.clients)]
    lines = []
    for name, column, has_goal in (("in the database", 0, True), ("over GraphQL", 1, False)):
        for share, goal in ((50, None), (95, most if has_goal else None)):
            each = [per_cent(pair[column], share) for pair in latencies]
            reached = None if goal is None else median(each) <= goal
            what = f"search among {people}, p{share}, {name}"
            lines.append(Line(what, spread(each, "ms", 2), "", "", f"≤ {goal} ms" if goal else "", reached, {"ms": each}))
    lines.append(ratio_line("searches ÷ the same SQL over asyncpg", [p[0] for p in pairs], [p[1] for p in pairs], "/s", least=0.9))
    return lines
