"""Signing in refused: an unknown identifier, a wrong password and a deactivated account must take the same time."""

import http.client
import json
import random
import time
from itertools import combinations
from statistics import median

from backend.graphql.documents import LOGIN
from tests.bench.databases import USER
from tests.bench.errors import BenchError
from tests.bench.load import Loader
from tests.bench.place import Place
from tests.bench.report import Line, spread
from tests.bench.sizes import Size

EACH = 200
MOST_MS = 5.0
# Fewer than an account may have in an hour: then the counters begin anew.
TURNS = 15
KNOWN, GONE = f"{USER}1", f"{USER}2"


def refusals(place: Place, _loader: Loader, size: Size) -> list[Line]:
    """How far apart the three are, taken in turns whose order is drawn anew each time."""
    each = EACH if size.rounds > 1 else TURNS
    _let_in(place, may=False)
    order = random.Random(each)
    taken: dict[str, list[float]] = {"unknown": [], "wrong": [], "deactivated": []}
    connection = http.client.HTTPConnection("127.0.0.1", place.api_port, timeout=10)
    try:
        for number in range(-2, each):
            if number % TURNS == 0 or number < 0:
                place.ask(lambda database: database.execute("DELETE FROM login_counters"))
            kinds = {"unknown": f"nobody{number}", "wrong": KNOWN, "deactivated": GONE}
            for kind in order.sample(list(kinds), len(kinds)):
                # The deactivated one gives the right password.
                password = place.password if kind == "deactivated" else "wrong words 1"
                took = _refused(connection, kinds[kind], password)
                # The first ones open connections and load what is loaded late.
                if number >= 0:
                    taken[kind].append(took * 1000)
    finally:
        connection.close()
        _let_in(place, may=True)
        place.ask(lambda database: database.execute("DELETE FROM login_counters"))
    # Within a turn the three come one after the other, so what else the machine does weighs on all of them.
    pairs = [(taken[one], taken[other]) for one, other in combinations(taken, 2)]
    apart = max(abs(median(mine - theirs for mine, theirs in zip(*pair, strict=True))) for pair in pairs)
    what = f"sign-in refused, {each} times each: unknown, wrong and deactivated apart, greatest median of a turn's differences"
    shown = "; ".join(f"{kind} {spread(values, 'ms', 1)}" for kind, values in taken.items())
    return [Line(what, f"{apart:.2f} ms", shown, goal=f"< {MOST_MS:g} ms", reached=apart < MOST_MS, samples=taken)]


def _refused(connection: http.client.HTTPConnection, identifier: str, password: str) -> float:
    """Seconds that the refusal took; raises `BenchError` for any other answer."""
    body = json.dumps({"query": LOGIN, "variables": {"input": {"identifier": identifier, "password": password}}})
    began = time.perf_counter()
    connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
    answer = connection.getresponse().read()
    took = time.perf_counter() - began
    member = json.loads(answer).get("data", {}).get("login", {})
    if member.get("code") != "WRONG_CREDENTIALS":
        raise BenchError(f"Signing in was not refused as it must be: {answer[:300].decode(errors='replace')}")
    return took


def _let_in(place: Place, *, may: bool) -> None:
    place.ask(lambda database: database.execute("UPDATE users SET active = $1 WHERE username = $2", may, GONE))
