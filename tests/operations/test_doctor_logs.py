"""The doctor on errors in the logs: counted, named, and never quoted."""

import json
from pathlib import Path
from typing import Any

import pytest

from backend.operations.doctor import logs
from backend.operations.doctor.lines import Level, Line
from backend.operations.doctor.stack import Stack
from tests import world
from tests.operations.doctor_support import case_of, examined

CANARY = "Zorvathiel"


def entry(level: str, event: str, logger: str = "backend.jobs.runner", **more: Any) -> str:
    return json.dumps({"event": event, "level": level, "logger": logger, "timestamp": "2026-11-23T03:00:00Z", **more})


async def line_of(folder: Path, name: str, *lines: str, mixed: bool = False) -> Line:
    """The line about a log of these lines; ``mixed``: handed over as one file of all services."""
    (folder / "logs").mkdir(exist_ok=True)
    for old in (folder / "logs").iterdir():
        old.unlink()
    path = folder / "logs" / f"{name}.log"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    settings = world.settings_for("postgresql://x/y")
    case = case_of(settings, logs=path) if mixed else case_of(settings, stack=Stack(data_dir=folder))
    return (await examined(case, "logs"))["logs"]


async def test_no_logs_and_quiet_logs(tmp_path: Path) -> None:
    found = await examined(case_of(world.settings_for("postgresql://x/y"), stack=Stack(data_dir=tmp_path)), "logs")
    assert (found["logs"].level, found["logs"].saw) == (Level.OK, "There are no logs yet.")
    line = await line_of(tmp_path, "worker", entry("info", "worker.started"), entry("warning", "job.failed"), "words", "{half")
    assert (line.level, line.saw) == (Level.OK, "No errors in 4 lines of the logs.")


async def test_our_own_errors_are_named_the_newest_three(tmp_path: Path) -> None:
    lines = [entry("error", "job.dead", error="IntegrityError 23505", row=number, request_id=f"job-{number}") for number in range(5)]
    line = await line_of(tmp_path, "worker", *lines)
    assert (line.level, line.numbers["errors"]) == (Level.WARN, 5)
    assert line.saw == (
        "5 errors in the logs (5 in worker); the newest: worker: job.dead IntegrityError 23505 (request job-2); "
        "worker: job.dead IntegrityError 23505 (request job-3); worker: job.dead IntegrityError 23505 (request job-4)."
    )


async def test_what_gave_up_is_a_failure(tmp_path: Path) -> None:
    lost = entry("critical", "Consumer encountered a connection error", "dramatiq.worker.ConsumerThread(outbox)")
    assert (await line_of(tmp_path, "worker", lost)).level is Level.WARN
    assert (await line_of(tmp_path, "api", entry("critical", "broken"))).level is Level.FAIL
    assert (
        await line_of(tmp_path, "postgres", "2026-11-23 03:00 UTC [7] PANIC:  could not write to file: No space left")
    ).level is Level.FAIL
    full = "2026-11-23 03:00 UTC [7] ERROR:  could not extend file: No space left on device"
    line = await line_of(tmp_path, "postgres", full)
    assert (line.level, "the disk was full" in line.saw) == (Level.FAIL, True)


@pytest.mark.parametrize(
    "said",
    [
        "ERROR:  duplicate key value violates unique constraint \"uq_users_email\"",
        "FATAL:  the database system is starting up",
        "FATAL:  terminating connection due to administrator command",
        "FATAL:  password authentication failed for user \"krc\"",
        "LOG:  database system is ready to accept connections",
    ],
)  # fmt: skip
async def test_what_postgresql_says_every_day_is_no_error(tmp_path: Path, said: str) -> None:
    assert (await line_of(tmp_path, "postgres", f"2026-11-23 03:00:00.000 UTC [7] {said}")).level is Level.OK


async def test_stack_traces_are_counted_once_each(tmp_path: Path) -> None:
    trace = ["Traceback (most recent call last):", '  File "x.py", line 1, in <module>', "    raise ValueError", f"ValueError: {CANARY}"]
    line = await line_of(tmp_path, "scheduler", "before", *trace, "after", *trace, entry("error", "schedule.broken"))
    assert line.numbers["errors"] == 3
    assert line.saw.count("ValueError (a stack trace)") == 2
    assert CANARY not in line.saw


async def test_one_file_of_all_services(tmp_path: Path) -> None:
    lines = [
        f"api  | {entry('error', 'defect', 'backend.graphql.errors', kind='DataError', request_id='abc123')}",
        f"worker-1  | {entry('info', 'worker.started')}",
        "worker-1  | Traceback (most recent call last):",
        f"krc-api-1  | 2026-11-23T03:00:00.123456789Z {entry('error', 'defect', 'backend.graphql.errors')}",
        'worker-1  |   File "x.py", line 1',
        f"worker-1  | redis.exceptions.ConnectionError: {CANARY}",
        'caddy  | {"level":"error","ts":1,"logger":"http.log.error","msg":"dial tcp: ' + CANARY + '"}',
        "postgres-1  | 2026-11-23 03:00 UTC [1] LOG:  checkpoint starting: time",
    ]
    line = await line_of(tmp_path, "services", *lines, mixed=True)
    assert line.numbers["errors"] == 4
    assert "(2 in api, 1 in worker, 1 in caddy)" in line.saw
    assert line.saw.endswith("the newest: api: defect; worker: ConnectionError (a stack trace); caddy: http.log.error.")


@pytest.mark.parametrize(
    "line",
    [
        entry("error", f"Task exception was never retrieved for {CANARY}", "asyncio"),
        entry("error", f"could not greet {CANARY}"),
        entry("error", CANARY.lower() + " owl is a person with a name", "backend.x"),
        entry("error", "defect", "backend.x", error=f"ValueError: {CANARY}", kind=[CANARY], request_id=f"id of {CANARY}"),
        entry("error", "defect", "backend.x", exception=f"Traceback …\nValueError: {CANARY}"),
        f"ERROR:    {CANARY} could not be served",
        f"2026-11-23 UTC [1] FATAL:  odd thing about {CANARY}",
        json.dumps({"level": "error", "event": {"name": CANARY}}),
    ],
)
async def test_texts_that_may_quote_somebody_are_not_shown(tmp_path: Path, line: str) -> None:
    found = await line_of(tmp_path, "api", line)
    assert (found.level, found.numbers["errors"]) == (Level.WARN, 1)
    assert CANARY.lower() not in str(found.as_json()).lower()


async def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    case = case_of(world.settings_for("postgresql://x/y"), logs=tmp_path / "gone")
    line = (await examined(case, "logs"))["logs"]
    assert (line.level, line.do) == (Level.WARN, "Run it as `just doctor`.")


async def test_of_a_huge_log_the_end_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 2000)
    quiet = entry("info", "worker.started")
    line = await line_of(tmp_path, "worker", *[entry("error", "job.dead")] * 50, *[quiet] * 50)
    assert line.level is Level.OK
    assert int(str(line.numbers["lines"])) < 30
