"""What may stand in the log."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from backend import log
from backend.clients import queries
from tests.client import Api


@pytest.fixture(autouse=True)
def _root_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], _ = before
    root.setLevel(before[1])


def _fail() -> None:
    raise RuntimeError("a statement with Ana's phone")


def written(capsys: pytest.CaptureFixture[str], name: str) -> dict[str, str]:
    log.configure()
    try:
        _fail()
    except RuntimeError:
        logging.getLogger(name).exception("Exception terminating connection %r", "postgresql://krc:secret@host")
    line: dict[str, str] = json.loads(capsys.readouterr().err)
    return line


def test_a_connection_thrown_away_is_one_line_without_values(capsys: pytest.CaptureFixture[str]) -> None:
    line = written(capsys, "sqlalchemy.pool.impl.AsyncAdaptedQueuePool")
    assert line["event"] == "connection.discarded (RuntimeError)"
    assert line["level"] == "warning"
    assert "Ana" not in json.dumps(line)
    assert "Traceback" not in json.dumps(line)


def test_other_failures_keep_their_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Traceback" in written(capsys, "backend.jobs.runner")["exception"]


async def test_a_line_names_the_request_that_it_belongs_to(
    api: Api, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await api.login("staff")

    async def broken(*_: Any, **__: Any) -> None:
        raise ValueError("Ana's phone")

    monkeypatch.setattr(queries, "page_of_clients", broken)
    log.configure()
    answers = [await api.post({"query": "{ clients { edges { node { id } } } }"}) for _ in range(2)]
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    defects = [line for line in lines if line["event"] == "defect"]
    assert [line["request_id"] for line in defects] == [answer.headers["x-request-id"] for answer in answers]
    assert len({line["request_id"] for line in defects}) == 2
    assert {"level", "logger", "timestamp", "kind", "path"} <= defects[0].keys()
    assert "Ana" not in json.dumps(lines)
