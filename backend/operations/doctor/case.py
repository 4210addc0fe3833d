"""What there is to look at: the settings as far as they are right, the stack of this machine, the containers.

Built without starting or changing anything, and without raising: the doctor is called when things are broken.
"""

import asyncio
import enum
import os
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from dotenv import dotenv_values
from sqlalchemy.exc import ArgumentError

from backend.config import FROM_FILE, Settings, SettingsError
from backend.db import Database
from backend.operations.doctor.containers import Containers
from backend.operations.doctor.entrance import Door
from backend.operations.doctor.stack import Stack
from backend.operations.stack.given import PROVIDED, is_given
from backend.operations.stack.keeper import URLS

STATEMENT_MS = 2500
# Our image says which version it is; there the servers are never the embedded ones.
IMAGE_MARK = "KRC_VERSION"
_Result = TypeVar("_Result")


class Need(enum.StrEnum):
    """What must be there before some things can be looked at; the value completes “because …”."""

    DATABASE = "the database can't be reached"
    TABLES = "its tables are not there or not the newest"
    REDIS = "Redis can't be reached"
    DOOR = "the pages are not served"
    API = "the API is not ready"
    KEY = "SECRET_KEY is not known"


@dataclass
class Case:
    """One examination.

    ``given`` are the variables of the environment and of .env, ``from_env_file`` the names that .env brings. ``doubtful`` names those
    that are wrong or missing: ``settings`` hold a stand-in for them. ``logs`` is a file of all services' logs.
    """

    settings: Settings
    given: Mapping[str, str] = field(repr=False)
    from_env_file: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()
    stack: Stack = field(default_factory=Stack)
    containers: Containers | None = None
    logs: Path | None = None
    inside: bool = False
    met: set[Need] = field(default_factory=set)
    decided: dict[Need, asyncio.Event] = field(default_factory=dict, repr=False)
    door: Door | None = None
    _database: Database | None = None

    @property
    def embedded(self) -> list[str]:
        """The variables of the servers that the stack of this machine brings itself."""
        return [name for name in URLS if not is_given(name, self.given)]

    @property
    def database(self) -> Database:
        """The database, with a few connections of the doctor's own. Raises ValueError where DATABASE_URL is no address."""
        if self._database is None:
            try:
                self._database = Database.of(self.settings, name="krc-doctor", pool_size=4, statement_timeout_ms=STATEMENT_MS)
            except (ArgumentError, ValueError):
                raise ValueError("not an address") from None
        return self._database

    async def has(self, need: Need) -> bool:
        """Whether the need is met, once that is known."""
        if need in self.decided:
            await self.decided[need].wait()
        return need in self.met

    async def close(self) -> None:
        """Close the connections."""
        if self._database is not None:
            await self._database.close()


def look_around(containers: Containers | None = None, logs: Path | None = None) -> Case:
    """The case of this machine, in this folder, with this environment."""
    given, from_env_file, problems = _given()
    values: dict[str, Any] = {name.lower(): value for name, value in PROVIDED.items() if not is_given(name, given)}
    if problems:
        values["_env_file"] = None
    settings, more, doubtful = _settings(values)
    stack = Stack.look(settings.data_dir.absolute())
    found, unknown = _provided(settings, stack, given)
    doubtful |= unknown
    case = Case(settings.model_copy(update=found), given, from_env_file, (*problems, *more), frozenset(doubtful), stack, containers, logs)
    case.inside = IMAGE_MARK in os.environ and not case.embedded
    if "SECRET_KEY" not in doubtful:
        case.met.add(Need.KEY)
    return case


def _given() -> tuple[dict[str, str], tuple[str, ...], list[str]]:
    try:
        file = {name: value for name, value in dotenv_values(".env").items() if value}
        problems = []
    except (OSError, UnicodeDecodeError) as error:
        file, problems = {}, [f".env: can't be read ({type(error).__name__})"]
    own = {name: value for name, value in os.environ.items() if value}
    return file | own, tuple(sorted(name for name in file if name not in own)), problems


def _settings(values: dict[str, Any]) -> tuple[Settings, list[str], set[str]]:
    """The settings with stand-ins for what is wrong, what is wrong, and the variables that it concerns."""
    try:
        return Settings.load(**values), [], set()
    except SettingsError as wrong:
        names = {found[1] for problem in wrong.problems if (found := re.match(r"([A-Z_]+?)(?:_FILE)?(?=[: ])", problem))}
        stand_ins = {name.lower(): PROVIDED.get(name, Settings.model_fields[name.lower()].default) for name in names}
        return Settings.load(**values | stand_ins), wrong.problems, names


def _provided(settings: Settings, stack: Stack, given: Mapping[str, str]) -> tuple[dict[str, Any], set[str]]:
    """What the stack of this machine adds to the settings, and what it should add but doesn't because it isn't running."""
    found: dict[str, Any] = {}
    unknown = set()
    for name in URLS:
        if not is_given(name, given):
            if name in stack.urls:
                found[name.lower()] = stack.urls[name]
            else:
                unknown.add(name)
    if not is_given("SECRET_KEY", given):
        try:
            key = (settings.data_dir.absolute() / "secrets" / "secret-key").read_text(encoding="utf-8").strip()
            found["secret_key"] = type(settings.secret_key)(key)
        except (OSError, UnicodeDecodeError):
            unknown.add("SECRET_KEY")
    return found, unknown


def source_of(case: Case, name: str) -> str:
    """Where a setting comes from, in a word or two; "" when nobody set it."""
    if name in case.given:
        return ".env" if name in case.from_env_file else "the environment"
    if name in FROM_FILE and f"{name}_FILE" in case.given:
        return "a file"
    return ""


async def in_thread(work: Callable[[], _Result]) -> _Result:
    """Run something that blocks. On a thread that ends with the process: a disk that hangs must not keep the doctor."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[_Result] = loop.create_future()

    def settle(result: _Result | None, error: BaseException | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(result)  # type: ignore[arg-type]  # without an error there is a result

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as raised:  # noqa: BLE001 (it is raised again where it is awaited)
            error = raised
        try:
            loop.call_soon_threadsafe(settle, result, error)
        except RuntimeError:
            return  # nobody waits any more

    threading.Thread(target=run, daemon=True).start()
    return await answer
