"""How long it takes to refuse what only an attacker sends, and how long somebody else's ping waits meanwhile."""

import json

from tests.bench.load import Loader, Round, request
from tests.bench.place import Place
from tests.bench.report import Line, spread
from tests.bench.sizes import Size
from tests.bench.throughput import good, graphql
from tests.graphql.hostile import DOCUMENTS

REFUSED_MS = 200
PING_MS = 300
PING_EVERY = 0.005
TIMES = 5
LARGE = 10_000_000


def attacks(place: Place, loader: Loader, size: Size) -> list[Line]:
    """Each attack's slowest refusal, and the slowest ping while they came."""
    token = place.sign_in()
    sent = {name: graphql(document, {}, token) for name, (document, _limit) in DOCUMENTS.items()}
    body = json.dumps({"query": "{ centre { name } }", "variables": {"x": "y" * LARGE}}).encode()
    sent["body of 10 MB"] = request("/graphql", body, token)
    ping = request("/api/v1/healthz")
    lines, waits = [], []
    for name, message in sent.items():
        refusals: list[float] = []
        for _ in range(size.rounds):
            pings, refused = loader.attacked(place.api_port, ping, [message] * TIMES, b"LIMIT_EXCEEDED", PING_EVERY)
            refusals.append(_slowest(refused))
            waits.append(_slowest(pings))
        most = max(refusals)
        samples = {"refusals": refusals}
        lines.append(Line(f"refusing: {name}", spread(refusals, "ms", 1), "", "", f"< {REFUSED_MS} ms", most < REFUSED_MS, samples))
    what = "slowest wait of another client's ping meanwhile"
    return [*lines, Line(what, spread(waits, "ms", 1), "", "", f"< {PING_MS} ms", max(waits) < PING_MS, {"waits": waits})]


def _slowest(round_: Round) -> float:
    return max(good(round_).latencies) * 1000
