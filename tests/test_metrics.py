"""What Prometheus reads: the format, that labels are names of ours, and that the figures follow what happened."""

import asyncio
import re
from typing import Any

import pytest

from backend import metrics
from backend.graphql.documents import LOGIN, TrustedDocuments
from backend.metrics import Counter, Family, Histogram, Sample
from backend.metrics_page import MetricsPage
from tests.client import Api
from tests.clients.people import add_client
from tests.jobs.support import add, change
from tests.server import serve

CENTRE = "query CentreName { centre { name } }"
LINE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?[0-9.e+-]+|NaN|\+Inf)')


def read(text: str) -> dict[str, float]:
    """Every sample by its name and labels; a line that is not of the format fails."""
    found: dict[str, float] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            parts = LINE.fullmatch(line)
            assert parts, line
            found[line.rpartition(" ")[0]] = float(parts[3])
    return found


@pytest.fixture(autouse=True)
def _from_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("requests", "request_seconds", "refused", "login_refusals"):
        one = getattr(metrics, name)
        for inside in ("_values", "_counts", "_sums"):
            if hasattr(one, inside):
                monkeypatch.setattr(one, inside, {})


@pytest.fixture
def named(api: Api) -> Api:
    """The app with one trusted document."""
    return Api(api.settings, api.database, documents=TrustedDocuments({"sha256:centre": CENTRE}, open_to_all=True))


async def figures(api: Api) -> dict[str, float]:
    answer = await api.http.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return read(answer.text)


def test_a_histogram_counts_up_to_each_bound() -> None:
    one = Histogram("h", "How long.", "who", bounds=(0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 7.0):
        one.observe(seconds, "me")
    assert metrics.text([one.family()]).splitlines() == [
        "# HELP h How long.",
        "# TYPE h histogram",
        'h_bucket{who="me",le="0.1"} 2',
        'h_bucket{who="me",le="1"} 3',
        'h_bucket{who="me",le="+Inf"} 4',
        'h_sum{who="me"} 7.6500000000000004',
        'h_count{who="me"} 4',
    ]


def test_labels_are_escaped() -> None:
    text = metrics.text([Family("g", "gauge", "A figure.", [Sample(1, {"x": 'a"b\\c\nd'})])])
    assert text.endswith('g{x="a\\"b\\\\c\\nd"} 1\n')
    assert read(text) == {'g{x="a\\"b\\\\c\\nd"}': 1.0}


def test_a_counter_keeps_its_labels_apart() -> None:
    one = Counter("c_total", "Things.", "kind")
    one.add("a")
    one.add("a", by=2)
    one.add("b")
    assert (one.value("a"), one.value("b"), one.value("c")) == (3, 1, 0)


async def test_requests_count_by_the_operation_only_where_it_is_ours(named: Api) -> None:
    for body in (
        {"documentId": "sha256:centre"},
        {"query": CENTRE},
        {"query": "query Ana_Alvarez { centre { name } }"},
        {"query": "query CentreName { nothing }"},
        {"documentId": "sha256:unknown"},
        {"query": ""},
    ):
        await named.post(body)
    found = await figures(named)
    requests = {name: value for name, value in found.items() if name.startswith("krc_requests_total")}
    assert requests == {
        'krc_requests_total{operation="CentreName",code="OK"}': 2,
        'krc_requests_total{operation="free",code="OK"}': 1,
        'krc_requests_total{operation="free",code="BAD_REQUEST"}': 1,
        'krc_requests_total{operation="none",code="PERSISTED_QUERY_NOT_FOUND"}': 1,
    }
    assert found['krc_refused_total{code="BAD_REQUEST"}'] == 1
    assert found['krc_request_seconds_count{operation="CentreName"}'] == 2
    assert found['krc_request_seconds_bucket{operation="CentreName",le="+Inf"}'] == 2
    assert not [name for name in found if "Ana" in name]


async def test_refused_sign_ins_are_counted(named: Api) -> None:
    for _ in range(2):
        await named.post({"query": LOGIN, "variables": {"input": {"identifier": "staff", "password": "wrong"}}})
    found = await figures(named)
    assert found['krc_login_refusals_total{code="WRONG_CREDENTIALS"}'] == 2
    assert found['krc_requests_total{operation="OperatorLogin",code="OK"}'] == 2


async def test_sockets_are_counted_while_they_are_open(api: Api) -> None:
    from websockets.asyncio.client import connect

    from tests.server import PROTOCOLS

    async with serve(api.app) as address:
        before = (await figures(api))["krc_sockets"]
        async with connect(f"ws://{address}/graphql", subprotocols=PROTOCOLS):
            assert (await figures(api))["krc_sockets"] == before + 1
        for _ in range(100):
            if (await figures(api))["krc_sockets"] == before:
                break
            await asyncio.sleep(0.05)
        assert (await figures(api))["krc_sockets"] == before


async def test_what_stands_in_the_database_is_told(api: Api) -> None:
    await api.login("staff")
    client = await add_client(api.database)
    await change(api.database, "DELETE FROM outbox")
    for topic in ("things.done", "things.dead", "things.waiting", "things.waiting"):
        await add(api.database, topic)
    await change(api.database, "UPDATE outbox SET available_at = now() - interval '90 seconds' WHERE topic = 'things.waiting'")
    await change(api.database, "UPDATE outbox SET done_at = now() WHERE topic = 'things.done'")
    await change(api.database, "UPDATE outbox SET dead_at = now() WHERE topic = 'things.dead'")
    await change(
        api.database,
        "INSERT INTO backups (file_name, why, made_at, size_bytes, sha256, revision, total_rows, proven_at)"
        " VALUES ('a', 'test', to_timestamp(1000), 1, '', '', 1, to_timestamp(1234))",
    )
    await change(api.database, f"INSERT INTO visit_rollup (local_day, hour, visits) VALUES ('2026-01-01', 1, {client + 5})")
    found = await figures(api)
    assert found['krc_jobs{topic="things.waiting",state="waiting"}'] == 2
    assert found['krc_jobs{topic="things.dead",state="dead"}'] == 1
    assert found['krc_jobs{topic="things.done",state="done"}'] == 1
    assert 90 <= found["krc_outbox_lag_seconds"] < 600
    assert found["krc_backup_proven_timestamp_seconds"] == 1234
    assert found["krc_check_ins"] == client + 5
    assert (found["krc_database_up"], found["krc_redis_up"], found["krc_scheduler_up"]) == (1, 0, 0)
    assert found["krc_pool_connections_most"] == 20
    assert found['krc_document_cache_hits_total{cache="parsed"}'] >= 1


async def test_it_says_so_when_the_database_is_away(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    from backend.errors import Unavailable

    def away(*_: Any) -> None:
        raise Unavailable

    monkeypatch.setattr(api.database, "reading", away)
    found = await figures(api)
    assert found["krc_database_up"] == 0
    assert "krc_check_ins" not in found
    assert "krc_sockets" in found


async def test_asking_often_reads_the_database_once(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    read_times = 0
    page = MetricsPage(api.database, api.settings.redis_url)

    async def reading() -> list[Family]:
        nonlocal read_times
        read_times += 1
        return []

    monkeypatch.setattr(page, "_from_database", reading)
    for _ in range(5):
        await page.text()
    assert read_times == 1
    page._read_at -= 6
    await page.text()
    assert read_times == 2


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
async def test_who_comes_through_a_proxy_finds_nothing(api: Api, header: str) -> None:
    answer = await api.http.get("/metrics", headers={header: "203.0.113.9"})
    assert (answer.status_code, answer.content) == (404, b"")
