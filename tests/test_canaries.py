"""Through every way in which somebody's data come in, and out again, they stay out of logs, figures, Redis, errors and dead work.

Marked values go in by the API, a file, a search, a download and an erasure; work fails with them in its hands; then everything that is
kept for operators is searched. `tests.faults.test_canaries` does the same for requests that are refused.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from backend.db import Database
from backend.graphql import ids
from tests import world
from tests.faults.support import ApiProcess, Desk, python
from tests.faults.test_canaries import all_rows, everything_in
from tests.imports.files import HEADINGS, write
from tests.jobs.support import add, until, value
from tests.operations.stack_support import clean_environment

pytestmark = pytest.mark.faults

NEW = {
    "firstName": "Zephyrantha", "lastName": "Quorlimund", "preferredName": "Zephkin", "dateOfBirth": "1991-07-23",
    "phone": "+15055550142", "email": "zephyrantha.q@hidden.example", "guardianName": "Yolandria Quorlimund",
    "guardianPhone": "+15055550143",
    "serviceCoordinator": "Brixton Vandermole", "serviceCoordinatorPhone": "+15055550144",
    "serviceCoordinatorEmail": "vandermole@hidden.example", "note": "afraid of glockenspiels",
    "authorization": {"uciNumber": "7987654", "startsOn": "2026-01-01", "endsOn": "2027-12-31", "authorizationNumber": "AUTHZX991"},
}  # fmt: skip
IMPORTED = [
    "Wilhelmorina",
    "Tapioquet",
    "wilhelmorina.t@hidden.example",
    "(505) 555-0155",
    "1984-11-02",
    "Ottoline Tapioquet",
    "",
    "",
    "",
    "",
]
NOTE, GUESS, CARD = "collects xylorimbas", "Kontrabass-4410-Guess", "9F4KZ7QX"
CANARIES = [
    "zephyrantha", "quorlimund", "zephkin", "1991-07-23", "5055550142", "5055550143", "5055550144", "yolandria", "vandermole",
    "glockenspiel", "7987654", "authzx991", "wilhelmorina", "tapioquet", "5055550155", "1984-11-02", "ottoline", "xylorimba",
    GUESS.lower(), world.PASSWORDS["admin"],
]  # fmt: skip

CREATE = """mutation ($input: CreateClientInput!) { createClient(input: $input) { __typename
  ... on ClientSaved { client { id version } } ... on ValidationProblem { fields { path message } } } }"""
UPDATE = """mutation ($input: UpdateClientInput!) { updateClient(input: $input) { __typename } }"""
ADD_NOTE = """mutation ($input: AddNoteInput!) { addNote(input: $input) { __typename } }"""
ADD_CONTACT = """mutation ($input: AddContactMethodInput!) { addContactMethod(input: $input) { __typename } }"""
SAVE_VIEW = """mutation ($input: SaveViewInput!) { saveView(input: $input) { __typename } }"""
CHANGE = """mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename } }"""
LOGIN = """mutation ($input: LoginInput!) { login(input: $input) { __typename } }"""
ERASE = """mutation ($input: EraseClientInput!) { eraseClient(input: $input) { __typename } }"""
SIMILAR = """query ($input: SimilarClientsInput!) { similarClients(input: $input) { reasons client { id displayName } } }"""
SEARCH = """query ($text: String!) { clients(search: $text) { edges { node { id displayName contactMethods { value } } } } }"""
BY_CODE = """query ($code: String!) { clientByCode(code: $code) { state } }"""


def in_text(text: str, more: list[str]) -> list[str]:
    lowered = text.lower()
    return [canary for canary in (*CANARIES, *more) if canary.lower() in lowered]


@pytest.fixture
async def url() -> AsyncIterator[str]:
    made = await world.create("seeded")
    yield made
    await world.drop(made)


async def write_everything(desk: Desk) -> str:
    """Every mutation that takes somebody's data, the wrong ones too; returns the client's id."""
    made = (await desk.ask(CREATE, {"input": NEW}))["createClient"]
    assert made["__typename"] == "ClientSaved", made
    client = str(made["client"]["id"])
    again = await desk.ask(CREATE, {"input": {**NEW, "memberCode": CARD, "dateOfBirth": "1991-07-23", "idempotencyKey": str(uuid4())}})
    assert again["createClient"]["__typename"] in {"ClientSaved", "Conflict", "ValidationProblem"}
    wrong = {"firstName": NEW["firstName"], "lastName": "", "phone": "5055550142x", "email": "zephyrantha.q@", "guardianPhone": "(505) 555"}
    assert (await desk.ask(CREATE, {"input": wrong}))["createClient"]["__typename"] == "ValidationProblem"
    stale = {"id": client, "version": 99, "firstName": "Zephyrantha"}
    assert (await desk.ask(UPDATE, {"input": stale}))["updateClient"]["__typename"] in {"Conflict", "ValidationProblem"}
    assert (await desk.ask(ADD_NOTE, {"input": {"clientId": client, "body": NOTE, "pinned": True}}))["addNote"][
        "__typename"
    ] == "ClientSaved"
    contact = {"clientId": client, "kind": "EMAIL", "value": "zephkin@hidden.example", "label": "Yolandria"}
    assert (await desk.ask(ADD_CONTACT, {"input": contact}))["addContactMethod"]["__typename"] == "ClientSaved"
    view = {"name": "Quorlimund", "page": "clients", "state": [{"name": "search", "value": "Zephyrantha"}]}
    await desk.raw(SAVE_VIEW, {"input": view})
    for identifier, password in (("Zephyrantha.q@hidden.example", GUESS), ("admin", GUESS), (GUESS, "wrong")):
        await desk.ask(LOGIN, {"input": {"identifier": identifier, "password": password}})
    await desk.ask(CHANGE, {"input": {"currentPassword": GUESS, "newPassword": GUESS}})
    for words in ("Zephyrantha Quorlimund", "5055550142", "zephyrantha.q@hidden.example", "7987654"):
        assert (await desk.ask(SEARCH, {"text": words}))["clients"]["edges"], words
    await desk.raw(SIMILAR, {"input": {"firstName": "Zephyrantha", "lastName": "Quorlimund", "phone": "5055550142"}})
    await desk.raw(BY_CODE, {"code": "Zephyrantha"})
    return client


async def take_everything_out(desk: Desk, client: str) -> None:
    sent = {"Authorization": f"Bearer {desk.token}"}
    whole = await desk.http.post("/api/v1/exports/clients.csv", json={"search": "Quorlimund"}, headers=sent)
    assert whole.status_code == 200, whole.text
    own = await desk.http.get(f"/api/v1/clients/{client}/data.json", headers=sent)
    assert "Zephyrantha" in own.text
    await desk.http.post("/api/v1/exports/clients.csv", json={"search": ["Zephyrantha"]}, headers=sent)
    await desk.http.get("/api/v1/clients/Zephyrantha/data.json", params={"token": GUESS}, headers=sent)


def import_file(folder: Path, url: str, redis_url: str, rows: list[list[str]]) -> subprocess.CompletedProcess[str]:
    own = clean_environment(DATABASE_URL=url, REDIS_URL=redis_url, SECRET_KEY=world.SECRET, LOG_LEVEL="DEBUG")
    command = [sys.executable, "-m", "backend.cli", "import", str(write(folder / "people.csv", rows, headings=HEADINGS))]
    return subprocess.run(command, env=own, cwd=folder, capture_output=True, text=True, timeout=60)


async def test_what_comes_in_is_found_where_it_belongs_and_nowhere_else(url: str, redis_url: str, tmp_path: Path) -> None:
    own = {"DATABASE_URL": url, "REDIS_URL": redis_url, "SECRET_KEY": world.SECRET, "LOG_LEVEL": "DEBUG"}
    logs = [tmp_path / "worker.log", tmp_path / "scheduler.log"]
    database = Database.of(world.settings_for(url))
    with (
        ApiProcess(tmp_path, url, redis_url, LOG_LEVEL="DEBUG") as api,
        python("backend.jobs.worker", logs[0], **own),
        python("backend.jobs.scheduler", logs[1], **own),
    ):
        async with Desk(api.port) as desk:
            await desk.login()
            secrets = [desk.token, *(cookie.value or "" for cookie in desk.http.cookies.jar)]
            client = await write_everything(desk)
            await take_everything_out(desk, client)
            good = await asyncio.to_thread(import_file, tmp_path, url, redis_url, [IMPORTED])
            assert good.returncode == 0, good.stdout + good.stderr
            bad = await asyncio.to_thread(import_file, tmp_path, url, redis_url, [[*IMPORTED[:4], "31.31.1984", *IMPORTED[5:]]])
            assert bad.returncode == 1
            number = ids.decode(client, "Client")
            # Work that fails with somebody's data in its hands, for good.
            connection = await asyncpg.connect(url)
            await connection.execute(BROKEN)
            failing = await add(database, "client.created", client_id=number)
            await until(lambda: has_failed(database, failing), "the job to fail")
            await connection.execute("UPDATE outbox SET dead_at = now() WHERE id = $1", failing)
            dead = await connection.fetchval("SELECT to_jsonb(o)::text FROM outbox o WHERE id = $1", failing)
            await connection.execute("DROP TRIGGER broken ON messages")
            await connection.close()
            # While somebody is on file their data are there: what is searched is what is meant.
            assert in_text(await all_rows(url, "clients contact_methods client_notes"), [])
            erased = {"id": client, "name": "Zephyrantha Quorlimund", "reason": "OWN_REQUEST"}
            answer = await desk.ask(ERASE, {"input": erased})
            figures = await desk.http.get("/metrics")
        await asyncio.sleep(1)
        in_redis = await asyncio.to_thread(everything_in, redis_url)
    await database.close()

    assert answer["eraseClient"]["__typename"] == "ClientErased", answer
    for log in (api.log, *logs):
        assert in_text(log.read_text(), secrets) == [], log
    assert "job.failed" in logs[0].read_text()
    assert "krc_requests_total" in figures.text
    assert in_text(figures.text, secrets) == []
    assert in_text(in_redis, secrets) == []
    assert in_text(str(dead), secrets) == []
    assert in_text(await all_rows(url, "outbox login_counters schedules idempotency_keys backups"), secrets) == []
    assert "database system is ready" in server_log()
    assert in_text(server_log(), secrets) == []
    # Passwords and tokens are nowhere in the database, whatever table.
    kept = await all_rows(url, " ".join(await tables(url)))
    assert [secret for secret in (*secrets, GUESS, world.PASSWORDS["admin"]) if secret.lower() in kept.lower()] == []


BROKEN = """CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'broken for %', (SELECT row_to_json(c)::text FROM clients c WHERE c.id = NEW.client_id)
    USING DETAIL = 'Key (email)=(zephyrantha.q@hidden.example)'; END $$;
  CREATE TRIGGER broken BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION broken()"""


async def has_failed(database: Database, row: int) -> bool:
    return bool(await value(database, "SELECT attempts > 0 FROM outbox WHERE id = :id", id=row))


async def tables(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    found = await connection.fetch("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
    await connection.close()
    return [str(row[0]) for row in found]


def server_log() -> str:
    """What the embedded PostgreSQL wrote, but for what the test itself had it raise."""
    said = "".join(path.read_text(errors="replace") for path in Path(os.environ["KRC_TEST_FOLDER"]).rglob("postgres*.log"))
    return "\n".join(line for line in said.splitlines() if not re.search(r"broken for|Key \(email\)", line))


def test_the_search_finds_what_it_should() -> None:
    text = json.dumps({"x": "Miss ZEPHYRANTHA called"})
    assert in_text(text, []) == ["zephyrantha"]
    assert in_text("a token", ["token"]) == ["token"]
