"""The doctor as a command: text, JSON, exit codes; checks that break or hang; the table in the documentation."""

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from backend.operations.doctor import command
from backend.operations.doctor.case import Case, Need, in_thread
from backend.operations.doctor.catalogue import CHECKS, TOPICS
from backend.operations.doctor.checks import Check, examine
from backend.operations.doctor.lines import Level, Line, Topic
from backend.operations.doctor.table import put_into, table
from tests import world
from tests.operations.bootstrap_support import cli
from tests.operations.doctor_support import case_of
from tests.operations.stack_support import run_python

THING = Topic("thing", "a thing", "it is odd", "it is gone", "Bring it back.")
OTHER = Topic("other", "another", "", "", "Look again.")
NEED = Need.REDIS


def a_case() -> Case:
    return case_of(world.settings_for("postgresql://u:hidden-word@127.0.0.1:1/d"))


async def test_a_check_that_breaks_is_a_line_without_its_text() -> None:
    async def broken(_case: Case) -> Sequence[Line]:
        raise ValueError("about Zorvathiel Quibblemont")

    async def fine(_case: Case) -> Sequence[Line]:
        return [OTHER.good("It is there.")]

    first, second = await examine(a_case(), [Check(broken, (THING,)), Check(fine, (OTHER,))])
    assert (first.name, first.level, first.do) == ("thing", Level.FAIL, "Bring it back.")
    assert first.saw.startswith("This could not be looked at: ValueError at ")
    assert "Zorvathiel" not in str(first)
    assert second.level is Level.OK


async def test_a_check_that_hangs_is_a_line_and_holds_up_nobody() -> None:
    async def waits(_case: Case) -> Sequence[Line]:
        await asyncio.sleep(60)
        return []

    async def blocks(_case: Case) -> Sequence[Line]:
        await in_thread(lambda: time.sleep(5))
        return []

    lines = await examine(a_case(), [Check(waits, (THING,), seconds=0.1), Check(blocks, (OTHER,), seconds=0.1)])
    assert [(line.name, line.level, line.saw) for line in lines] == [
        ("thing", Level.FAIL, "There was no answer within 0.1 s."),
        ("other", Level.FAIL, "There was no answer within 0.1 s."),
    ]


def test_a_disk_that_hangs_does_not_keep_the_process() -> None:
    code = """
import asyncio, time
from backend.operations.doctor.case import in_thread
async def main():
    try:
        async with asyncio.timeout(0.1):
            await in_thread(lambda: time.sleep(600))
    except TimeoutError:
        print("went on", flush=True)
asyncio.run(main())
"""
    output, errors = run_python(code).communicate(timeout=30)
    assert (output.strip(), errors) == ("went on", "")


async def test_an_error_in_a_thread_is_raised_where_it_is_awaited() -> None:
    with pytest.raises(ZeroDivisionError):
        await in_thread(lambda: 1 // 0)
    assert await in_thread(lambda: "done") == "done"


async def test_what_needs_something_waits_for_it_and_says_when_it_is_missing() -> None:
    async def provides(case: Case) -> Sequence[Line]:
        await asyncio.sleep(0.05)
        if works:
            case.met.add(NEED)
        return [OTHER.good("Looked.")]

    async def needs(_case: Case) -> Sequence[Line]:
        return [THING.good("It is there.")]

    checks = [Check(needs, (THING,), needs=(NEED,)), Check(provides, (OTHER,), provides=(NEED,))]
    works = True
    assert [line.name for line in await examine(a_case(), checks)] == ["thing", "other"]
    works = False
    lines = await examine(a_case(), checks)
    assert [(line.name, line.level) for line in lines] == [("other", Level.OK), ("not-checked", Level.WARN)]
    assert lines[1].saw == "Not looked at, because Redis can't be reached: thing."


def test_one_line_each_with_a_sign_and_a_word() -> None:
    lines = [THING.good("It is there.", count=3), THING.doubtful("It is odd."), OTHER.bad("It is gone.", "Fetch it.")]
    assert command.as_text(lines, colour=False) == [
        "✓ ok    thing  It is there.",
        "! warn  thing  It is odd. → Bring it back.",
        "✗ fail  other  It is gone. → Fetch it.",
    ]
    assert command.as_text(lines[2:], colour=True) == ["\033[31m✗ fail\033[0m  other  It is gone. → Fetch it."]


def test_the_names_are_all_different_and_the_table_tells_of_each() -> None:
    names = [topic.name for topic in TOPICS]
    assert len(names) == len(set(names))
    assert all(f"| `{name}` |" in table() for name in names)
    for topic in TOPICS:
        assert topic.looks, topic.name
        assert topic.do.endswith("."), topic.name
        assert "|" not in f"{topic.looks}{topic.warns}{topic.fails}{topic.do}", topic.name


def test_whoever_needs_something_has_somebody_who_provides_it() -> None:
    provided = {need for check in CHECKS for need in check.provides} | {Need.KEY}
    assert {need for check in CHECKS for need in check.needs} <= provided


def test_the_documentation_has_the_table(repository: Path) -> None:
    text = (repository / "docs" / "operating.md").read_text(encoding="utf-8")
    assert put_into(text) == text, "run `just docs`"


async def test_from_the_shell_with_everything_away(tmp_path: Path) -> None:
    url = "postgresql://u:hidden-word@127.0.0.1:1/d"
    told = await cli(url, tmp_path, "doctor", HTTP_PORT="1")
    assert (told.code, told.err) == (1, "")
    lines = told.out.splitlines()
    assert all(line.startswith(("✓ ok ", "! warn", "✗ fail")) for line in lines[:-1])
    assert lines[-1].startswith("Not healthy: ")
    found = (await cli(url, tmp_path, "doctor", "--json", HTTP_PORT="1")).json
    assert found["healthy"] is False
    assert sum(found["counts"].values()) == len(found["lines"])
    failed = {line["name"] for line in found["lines"] if line["level"] == "fail"}
    assert failed >= {"page", "database", "redis"}
    assert all(line["do"] for line in found["lines"] if line["level"] != "ok")
    assert "hidden-word" not in told.out + json.dumps(found)
    assert "Traceback" not in told.out


async def test_from_the_shell_with_wrong_settings(tmp_path: Path) -> None:
    told = await cli("mysql://x", tmp_path, "doctor", "--json", CENTRE_TIMEZONE="Mars/Base", HTTP_PORT="70000")
    assert (told.code, told.err) == (1, "")
    wrong = [line["saw"] for line in told.json["lines"] if line["name"] == "settings"]
    assert len(wrong) == 3
    assert {"disk", "memory", "backup", "logs"} <= {line["name"] for line in told.json["lines"]}


async def test_containers_and_logs_are_handed_over(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("")
    (tmp_path / "services.log").write_text('api | {"level": "error", "logger": "backend.x", "event": "broken"}\n')
    told = await cli("postgresql://u@127.0.0.1:1/d", tmp_path, "doctor", "--json", "--containers", "list.json", "--logs", "services.log")
    found = {line["name"]: line["saw"] for line in told.json["lines"]}
    assert found["containers"] == "There is not a single container of this project."
    assert found["logs"] == "1 error in the logs (1 in api); the newest: api: broken."
    assert "stack" not in found
    assert "http://caddy:8080" in found["page"]
