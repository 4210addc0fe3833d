"""The doctor on people: an admin, a login, the desk after it, the live feed; against the real app behind a real port."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from backend.app import create_app
from backend.config import Settings
from backend.db import Database
from backend.graphql.documents import COMMITTED, TrustedDocuments
from backend.operations.doctor import people
from backend.operations.doctor.case import Case, Need
from backend.operations.doctor.entrance import Door
from backend.operations.doctor.lines import Level, Line
from tests.accounts.people import audited, count
from tests.jobs.support import change
from tests.operations.doctor_support import case_of, examined, said
from tests.server import serve

ALL = (Need.DATABASE, Need.TABLES, Need.DOOR, Need.API)


@pytest.fixture
async def address(settings: Settings, seeded: Database) -> AsyncIterator[str]:
    """The app with the documents of the real pages."""
    async with serve(create_app(settings, database=seeded, documents=TrustedDocuments.committed())) as served:
        yield served


def case_at(settings: Settings, address: str, **more: Any) -> Case:
    host, port = address.split(":")
    case = case_of(settings, *ALL, **more)
    case.door = Door(host, int(port))
    return case


async def alone(case: Case, *names: str) -> dict[str, Line]:
    """Only these checks, without those that provide their needs."""
    return await examined(case, *names)


async def test_all_is_well(settings: Settings, seeded: Database, address: str) -> None:
    found = await alone(case_at(settings, address), "admin", "login", "desk")
    assert {name: line.level for name, line in found.items()} == dict.fromkeys(("admin", "login", "desk", "live"), Level.OK)
    assert found["desk"].numbers["documents"] == len(people.DESK)
    # What it made for this has ended, can't be prolonged, and is on record.
    assert await count(seeded, "SELECT count(*) FROM sessions") == 1
    assert (
        await count(seeded, "SELECT count(*) FROM sessions WHERE ended_because = 'DOCTOR' AND expires_at < now() + interval '1 minute'")
        == 1
    )
    assert await count(seeded, "SELECT count(*) FROM refresh_tokens") == 0
    entries = [*await audited(seeded, "session.started"), *await audited(seeded, "session.ended")]
    assert [(entry.actor_label, entry.after and entry.after["because"]) for entry in entries] == [("doctor", "DOCTOR")] * 2
    for word in ("admin@example.test", "Admin", "staff"):
        assert word not in said(found)


def test_the_documents_of_the_desk_are_those_of_the_build() -> None:
    assert COMMITTED.exists()
    assert people._documents().keys() == people.DESK.keys()


async def test_nobody_is_an_admin(settings: Settings, seeded: Database, address: str) -> None:
    await change(seeded, "DELETE FROM users WHERE role = 'ADMIN'")
    found = await alone(case_at(settings, address), "admin", "desk")
    assert found["admin"].level is found["desk"].level is Level.FAIL
    assert "just user add EMAIL --admin" in found["admin"].do


async def test_every_admin_is_disabled(settings: Settings, seeded: Database, address: str) -> None:
    await change(seeded, "UPDATE users SET active = false WHERE role = 'ADMIN'")
    found = await alone(case_at(settings, address), "admin", "desk")
    assert (found["admin"].level, found["admin"].saw) == (Level.FAIL, "The only admin is disabled.")
    assert "just user enable WHO" in found["admin"].do
    assert found["desk"].level is Level.FAIL
    assert await count(seeded, "SELECT count(*) FROM sessions") == 0


async def test_the_only_admin_has_to_change_the_password(settings: Settings, seeded: Database, address: str) -> None:
    await change(seeded, "UPDATE users SET must_change_password = true WHERE role = 'ADMIN'")
    found = await alone(case_at(settings, address), "admin", "desk")
    assert [found[name].level for name in ("admin", "desk", "live")] == [Level.WARN, Level.WARN, Level.OK]


async def test_an_api_with_another_key(settings: Settings, address: str, seeded: Database) -> None:
    other = settings.model_copy(update={"secret_key": type(settings.secret_key)("another key of the tests " * 2)})
    found = await alone(case_at(other, address), "login", "desk")
    assert found["login"].level is Level.OK
    assert found["desk"].level is found["live"].level is Level.FAIL
    assert "UNAUTHENTICATED" in found["desk"].saw
    assert await count(seeded, "SELECT count(*) FROM sessions WHERE ended_at IS NULL") == 0


async def test_an_api_with_another_address(settings: Settings, address: str) -> None:
    found = await alone(case_at(settings.model_copy(update={"public_url": "http://nas.example:8080"}), address), "login", "desk")
    assert found["login"].level is found["desk"].level is found["live"].level is Level.FAIL
    assert "PUBLIC_URL" in found["login"].do
    assert "PUBLIC_URL" in found["desk"].do


async def test_an_api_without_the_pages_documents(settings: Settings, seeded: Database) -> None:
    async with serve(create_app(settings, database=seeded, documents=TrustedDocuments({}))) as address:
        found = await alone(case_at(settings, address), "login", "desk")
    assert found["login"].level is Level.OK
    assert "PERSISTED_QUERY_NOT_FOUND" in found["desk"].saw


async def test_somebody_guesses_passwords(settings: Settings, seeded: Database, address: str) -> None:
    await alone(case_at(settings, address), "login")
    await change(seeded, "UPDATE login_counters SET failures = 5000")
    line = (await alone(case_at(settings, address), "login"))["login"]
    assert line.level is Level.WARN
    assert "guesses passwords" in line.do


@pytest.mark.parametrize(
    "answer",
    [
        PlainTextResponse("<html>Somebody else</html>"),
        JSONResponse({"data": {"login": {"__typename": "SessionStarted"}}}),
        JSONResponse([]),
        JSONResponse({"errors": [{"message": "for Zorvathiel Quibblemont"}]}),
        JSONResponse({"data": None}),
    ],
)
async def test_something_else_answers(settings: Settings, seeded: Database, answer: Any) -> None:
    async def everything(_request: Any) -> Any:
        return answer

    async with serve(Starlette(routes=[Route("/graphql", everything, methods=["POST"])])) as address:
        found = await alone(case_at(settings, address), "login", "desk")
    assert found["login"].level is found["live"].level is Level.FAIL
    assert "Zorvathiel" not in said(found)
    assert "could not be looked at" not in said(found), "it was foreseen"


async def test_nobody_answers(settings: Settings, seeded: Database) -> None:
    found = await alone(case_at(settings, "127.0.0.1:1"), "login", "desk")
    assert found["login"].level is found["desk"].level is found["live"].level is Level.FAIL
    assert await count(seeded, "SELECT count(*) FROM sessions WHERE ended_at IS NULL") == 0
