"""The doctor on containers, as several versions of Compose list them, and on the processes of a laptop."""

import json
from pathlib import Path
from typing import Any

import pytest

from backend.operations.doctor.configuration import processes
from backend.operations.doctor.containers import LASTING, ONCE, Containers, judge
from backend.operations.doctor.lines import Level, Line
from backend.operations.doctor.stack import PROGRAMS, Stack
from backend.operations.doctor.stack import judge as judge_stack
from tests import world
from tests.operations.doctor_support import case_of

SERVICES = (*ONCE, "postgres", "redis", *LASTING)


def container(service: str, **more: Any) -> dict[str, Any]:
    """As Compose 2.2x prints it."""
    once = service in ONCE
    entry = {
        "Name": f"krc-{service}-1", "Service": service, "Project": "krc", "ExitCode": 0, "RunningFor": "3 hours ago",
        "State": "exited" if once else "running", "Health": "" if once else "healthy",
        "Status": "Exited (0) 3 hours ago" if once else "Up 3 hours (healthy)", "Publishers": [{"PublishedPort": 8080}],
    }  # fmt: skip
    return entry | more


def listed(**changes: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Every service, with changes to some; None leaves one out."""
    return [container(name, **(changes.get(name) or {})) for name in SERVICES if changes.get(name, {}) is not None]


def lines_of(
    entries: list[dict[str, Any]], folder: Path, *, array: bool = False, hosts: tuple[str, str] = ("postgres", "redis")
) -> list[Line]:
    path = folder / "containers.json"
    path.write_text(json.dumps(entries) if array else "\n".join(json.dumps(entry) for entry in entries))
    return judge(Containers.read(path), *hosts)


@pytest.mark.parametrize("array", [False, True])
def test_all_is_well(tmp_path: Path, array: bool) -> None:
    (line,) = lines_of([*listed(), container("tools", State="running", Health="")], tmp_path, array=array)
    assert (line.level, line.saw) == (Level.OK, "All 8 services are as they should be.")


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"worker": None}, Level.FAIL, "worker has no container"),
        ({"bootstrap": None}, Level.FAIL, "bootstrap has no container"),
        ({"worker": {"State": "exited", "ExitCode": 137}}, Level.FAIL, "worker ended with code 137"),
        ({"api": {"State": "restarting"}}, Level.FAIL, "api is restarting"),
        ({"api": {"State": "paused"}}, Level.FAIL, "api is paused"),
        ({"caddy": {"State": "created"}}, Level.FAIL, "caddy is created"),
        ({"api": {"Health": "unhealthy"}}, Level.FAIL, "api is running but unhealthy"),
        ({"api": {"Health": "", "Status": "Up 2 minutes (unhealthy)"}}, Level.FAIL, "unhealthy"),
        ({"api": {"Health": "starting"}}, Level.WARN, "api is still starting"),
        ({"api": {"Health": "", "Status": "Up 2 minutes (health: starting)"}}, Level.WARN, "still starting"),
        ({"bootstrap": {"ExitCode": 3, "Status": "Exited (3) 1 hour ago"}}, Level.FAIL, "The one-shot bootstrap ended with code 3"),
        ({"bootstrap": {"State": "running"}}, Level.WARN, "still at work"),
        ({"worker": {"Status": "Up 4 seconds (healthy)"}}, Level.WARN, "worker was started again less than a minute ago"),
    ],
)
def test_what_is_not_as_it_should_be(tmp_path: Path, changes: dict[str, Any], level: Level, words: str) -> None:
    (line,) = lines_of(listed(**changes), tmp_path)
    assert (line.level, words in line.saw) == (level, True), line
    assert line.do


def test_all_started_again_together_is_a_restart_by_somebody(tmp_path: Path) -> None:
    entries = [entry | {"Status": "Up 4 seconds (healthy)"} if entry["State"] == "running" else entry for entry in listed()]
    assert [line.level for line in lines_of(entries, tmp_path)] == [Level.OK]


def test_an_old_compose_says_less(tmp_path: Path) -> None:
    entries = [{"Name": f"krc_{name}_1", "Service": name, "State": "exited (0)" if name in ONCE else "running"} for name in SERVICES]
    assert [line.level for line in lines_of(entries, tmp_path, array=True)] == [Level.OK]
    entries[1]["State"] = "exited (1)"
    (line,) = lines_of(entries, tmp_path, array=True)
    assert line.saw == "The one-shot bootstrap ended with code 1."
    assert "just bootstrap" in line.do


def test_servers_elsewhere_need_no_container(tmp_path: Path) -> None:
    entries = listed(postgres=None, redis=None)
    assert [line.level for line in lines_of(entries, tmp_path, hosts=("db.example", "cache.example"))] == [Level.OK]
    assert [line.level for line in lines_of(entries, tmp_path)] == [Level.FAIL, Level.FAIL]


def test_two_workers_are_both_looked_at(tmp_path: Path) -> None:
    second = container("worker", Name="krc-worker-2", State="exited", ExitCode=1)
    assert [line.saw for line in lines_of([*listed(), second], tmp_path)] == ["The service worker ended with code 1."]


@pytest.mark.parametrize("content", ["", "[]", "{", "words", "[1]", "3"])
def test_a_list_that_is_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "containers.json"
    path.write_text(content)
    (line,) = judge(Containers.read(path), "postgres", "redis")
    assert line.level is Level.FAIL
    assert line.do
    assert Containers.read(tmp_path / "gone").problem


async def test_the_servers_are_known_from_their_addresses(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("\n".join(json.dumps(entry) for entry in listed(postgres=None, redis=None)))
    settings = world.settings_for("postgresql://u:p@db.example/krc", "redis://:p@cache.example/0")
    for doubtful, levels in ((frozenset(), [Level.OK]), (frozenset({"DATABASE_URL", "REDIS_URL"}), [Level.FAIL, Level.FAIL])):
        case = case_of(settings, containers=Containers.read(tmp_path / "list"), doubtful=doubtful)
        assert [line.level for line in await processes(case)] == levels


def test_the_processes_of_a_laptop() -> None:
    whole = Stack(noted=True, supervisor=True, keeper=True, running=PROGRAMS)
    assert judge_stack(whole, ["DATABASE_URL"], inside=False).level is Level.OK
    without = Stack(noted=True, supervisor=True, keeper=False, running=("api", "scheduler", "caddy"))
    line = judge_stack(without, ["DATABASE_URL"], inside=False)
    assert (line.level, line.saw) == (Level.FAIL, "The stack is running, but worker, the keeper of the database are not.")
    assert judge_stack(without, [], inside=False).saw == "The stack is running, but worker is not."
    assert judge_stack(Stack(), ["DATABASE_URL"], inside=False).level is Level.FAIL
    assert judge_stack(Stack(), [], inside=False).level is Level.WARN
    assert judge_stack(Stack(noted=True), [], inside=False).level is Level.FAIL
    assert "no list of the containers" in judge_stack(Stack(), [], inside=True).saw
