"""Nothing personal and no secret in a log, in Redis, in an error or in a failed job: marked values go in, and are searched for."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import redis
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from backend.accounts import service as accounts
from backend.accounts.models import UserRole
from backend.db import Database
from backend.graphql import ids
from backend.graphql.documents import LOGIN
from tests import world
from tests.clients.people import add_client
from tests.faults.support import CHECK_IN, ApiProcess, Desk, python
from tests.jobs.support import add, until, value
from tests.server import PROTOCOLS

pytestmark = pytest.mark.faults

PASSWORD = "Kanarienvogel-7731-Passwort"
PERSON = {
    "first": "Zorvathiel",
    "last": "Quibblemont",
    "guardian": "Ygrainetta Quibblemont",
    "phone": "+15055550187",
    "digits": "5055550187",
    "email": "zorvathiel.owl@hidden.example",
    "birthday": "1987-03-29",
    "note": "allergic to marzipanello",
    "user": "brindlewick",
}
# Functions and triggers that fail the way a defect would: with somebody's data in the text.
BREAK_SEARCH = """CREATE OR REPLACE FUNCTION krc_fold(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
  BEGIN RAISE EXCEPTION 'can not fold %', value USING DETAIL = 'Key (value)=(' || value || ')'; END $$"""
BREAK = """CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'broken for %', (SELECT row_to_json(c)::text || (SELECT string_agg(value, ',') FROM contact_methods)
                                   FROM clients c WHERE c.id = NEW.client_id) USING DETAIL = 'Key (email)=(zorvathiel.owl@hidden.example)';
  END $$;
  CREATE TRIGGER broken BEFORE INSERT ON check_ins FOR EACH ROW EXECUTE FUNCTION broken();
  CREATE TRIGGER broken BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION broken()"""
SEARCH = "query ($text: String) { clients(search: $text) { edges { node { id } } } }"


@dataclass
class Secrets:
    """The values to look for, and the errors that were answered with what had been sent."""

    tokens: list[str] = field(default_factory=list)
    exchanges: list[tuple[str, str]] = field(default_factory=list)

    @property
    def all(self) -> list[str]:
        return [*PERSON.values(), PASSWORD, *self.tokens]

    def in_text(self, text: str) -> list[str]:
        lowered = text.lower()
        return [secret for secret in self.all if secret.lower() in lowered]


@pytest.fixture
async def url() -> AsyncIterator[str]:
    made = await world.create("seeded")
    yield made
    await world.drop(made)


async def ask(desk: Desk, secrets: Secrets, body: dict[str, Any] | bytes, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"Content-Type": "application/json", "Accept": "application/graphql-response+json", **headers}
    if desk.token:
        sent.setdefault("Authorization", f"Bearer {desk.token}")
    answer = await desk.http.post("/graphql", content=content, headers=sent)
    if b'"errors"' in answer.content:
        secrets.exchanges.append((content.decode("utf-8", "replace"), answer.text))
    return answer


def codes(answer: httpx.Response) -> list[str]:
    return [error["extensions"]["code"] for error in answer.json().get("errors", [])]


async def fill(url: str) -> int:
    database = Database.of(world.settings_for(url))
    async with database.writing(world.OPERATOR) as uow:
        await accounts.create_user(
            uow, email=f"{PERSON['user']}@hidden.example", username=PERSON["user"], display_name="Somebody",
            role=UserRole.ADMIN, password=PASSWORD, must_change_password=False,
        )  # fmt: skip
    client = await add_client(
        database, PERSON["first"], PERSON["last"], phone=PERSON["phone"], email=PERSON["email"], guardian_name=PERSON["guardian"]
    )
    await database.close()
    connection = await asyncpg.connect(url)
    await connection.execute("INSERT INTO client_notes (client_id, body, pinned) VALUES ($1, $2, true)", client, PERSON["note"])
    await connection.execute(f"UPDATE clients SET date_of_birth = '{PERSON['birthday']}' WHERE id = {client}")
    await connection.close()
    return client


async def refused_requests(desk: Desk, secrets: Secrets) -> None:
    """Wrong credentials, wrong documents, wrong values: all with something in them that must not be kept."""
    for identifier, password in ((PERSON["email"], PASSWORD), (PERSON["user"], PASSWORD + "x"), (PERSON["user"], "\0" + PASSWORD)):
        await ask(desk, secrets, {"query": LOGIN, "variables": {"input": {"identifier": identifier, "password": password}}})
    for broken in ({"identifier": PERSON["user"], "password": {"a": PASSWORD}}, {"password": PASSWORD}, PASSWORD, [PASSWORD]):
        await ask(desk, secrets, {"query": LOGIN, "variables": {"input": broken}})
    person, secret = PERSON["first"], PASSWORD
    for document in (
        f'{{ clients(search: "{person}" }}',
        f'{{ clients(search: "{person}") {{ {person} }} }}',
        f'mutation {{ login(input: {{identifier: "{person}", password: 1}}) {{ __typename }} }}',
        f'{{ {person}Field(password: "{secret}") }}',
        f'{{ clients(first: 1000, search: "{person}") {{ edges {{ node {{ id }} }} }} }}',
        f'{{ clients(after: "{person}") {{ edges {{ node {{ id }} }} }} }}',
    ):
        await ask(desk, secrets, {"query": document})
    await ask(desk, secrets, f'{{"query": "{person} {secret}'.encode())
    await ask(desk, secrets, {"query": "{ centre { name } }", "variables": {"x": secret * 4000}})
    await ask(desk, secrets, {"documentId": f"sha256:{person}"})
    for header in (f"Bearer {secret}", f"Basic {secret}", f"Bearer {desk.token[:-3]}abc"):
        await ask(desk, secrets, {"query": "{ viewer { user { id } } }"}, Authorization=header)
    await ask(desk, secrets, {"query": "{ centre { name } }"}, Origin=f"https://{person.lower()}.example")
    await desk.http.get("/graphql", params={"query": person, "token": secret})


async def listen(port: int, token: str, first: dict[str, Any]) -> str:
    """What a socket says until it closes or says nothing for a while."""
    said = ""
    async with connect(f"ws://127.0.0.1:{port}/graphql", subprotocols=PROTOCOLS) as socket:
        await socket.send(json.dumps({"type": "connection_init", "payload": {"accessToken": token}}))
        await socket.send(json.dumps(first))
        try:
            while True:
                said += str(await asyncio.wait_for(socket.recv(), 1))
        except (TimeoutError, ConnectionClosed) as end:
            said += str(end)
    return said


def everything_in(redis_url: str) -> str:
    with redis.Redis.from_url(redis_url) as client:
        return repr([(key, client.dump(key), client.type(key)) for key in client.scan_iter(count=1000)])


async def all_rows(url: str, tables: str) -> str:
    connection = await asyncpg.connect(url)
    names = [row[0] for row in await connection.fetch("SELECT relname FROM pg_class WHERE relname = ANY($1)", tables.split())]
    found = [row[0] for name in names for row in await connection.fetch(f"SELECT to_jsonb(t)::text FROM {name} t")]
    await connection.close()
    return "\n".join(found)


async def test_nothing_personal_and_no_secret_is_left_anywhere(url: str, redis_url: str, tmp_path: Path) -> None:
    client = await fill(url)
    secrets, said = Secrets(), ""
    own = {"DATABASE_URL": url, "REDIS_URL": redis_url, "SECRET_KEY": world.SECRET, "LOG_LEVEL": "DEBUG"}
    logs = [tmp_path / "worker.log", tmp_path / "scheduler.log"]
    database = Database.of(world.settings_for(url))
    with (
        ApiProcess(tmp_path, url, redis_url, LOG_LEVEL="DEBUG") as api,
        python("backend.jobs.worker", logs[0], **own),
        python("backend.jobs.scheduler", logs[1], **own),
    ):
        async with Desk(api.port) as desk:
            assert (await desk.login(PERSON["user"], PASSWORD))["__typename"] == "SessionStarted"
            secrets.tokens = [desk.token, *(cookie.value or "" for cookie in desk.http.cookies.jar)]
            assert len(secrets.tokens) == 3
            await refused_requests(desk, secrets)
            found = await ask(desk, secrets, {"query": SEARCH, "variables": {"text": PERSON["digits"]}})
            assert len(found.json()["data"]["clients"]["edges"]) == 1
            connection = await asyncpg.connect(url)
            await connection.execute(BREAK)
            check_in = {"requestId": "6f1ed002-ab59-4f0e-8f6a-1d1d7a3e4f01", "clientId": ids.encode("Client", client)}
            assert codes(await ask(desk, secrets, {"query": CHECK_IN, "variables": {"input": check_in}})) == ["INTERNAL"]
            row = await add(database, "client.created", client_id=client)
            await connection.execute(BREAK_SEARCH)
            for text in (PERSON["first"], PERSON["digits"], PERSON["email"]):
                assert codes(await ask(desk, secrets, {"query": SEARCH, "variables": {"text": text}})) == ["INTERNAL"]
            await connection.close()
            feed = {"id": "1", "type": "subscribe", "payload": {"query": "subscription { checkInAdded { id } }"}}
            odd = {"id": "1", "type": "subscribe", "payload": {"query": PERSON["first"] + " { ", "variables": PASSWORD}}
            for token, message in ((PASSWORD, feed), (desk.token, odd), (desk.token, {"type": PERSON["first"]})):
                said += await listen(api.port, token, message)

        async def failed() -> bool:
            return bool(await value(database, "SELECT attempts > 0 FROM outbox WHERE id = :id", id=row))

        await until(failed, "the job to fail")

        async def told() -> bool:
            return "job.failed" in logs[0].read_text()

        await until(told, "the worker to say so")
        in_redis = await asyncio.to_thread(everything_in, redis_url)
    await database.close()

    assert "Zorv" not in said.replace("Unknown message type: Zorvathiel", "")
    assert len(secrets.exchanges) > 15
    for sent, answered in secrets.exchanges:
        assert [secret for secret in secrets.in_text(answered) if secret.lower() not in sent.lower()] == [], answered
        assert "Traceback" not in answered
    for log in (api.log, *logs):
        text = log.read_text()
        assert secrets.in_text(text) == [], log
    assert "defect" in api.log.read_text()
    assert secrets.in_text(in_redis) == []
    assert secrets.in_text(await all_rows(url, "outbox login_counters schedules")) == []
    kept = await all_rows(url, "users sessions refresh_tokens known_devices outbox audit_log login_counters")
    assert [secret for secret in (PASSWORD, *secrets.tokens) if secret in kept] == []
