"""Whether people can sign in and work: an admin exists, logging in works, the desk loads after it, the live feed opens.

Nobody's password is known here. So a wrong one is tried first, which must be refused; then a session of one minute is made for
an admin, without a refresh token, its access token is used through Caddy as a browser would, and it is ended at once.
"""

import json
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import select, text
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

from backend import clock
from backend.accounts import sessions, tokens
from backend.accounts.models import Session, User, UserRole
from backend.audit import service as audit
from backend.db import Actor, ActorKind
from backend.operations.doctor.case import Case, in_thread
from backend.operations.doctor.entrance import Door
from backend.operations.doctor.lines import Line, Numbers, Topic, counted, listed

DOCTOR = Actor(ActorKind.OPERATOR, label="doctor")
LIFETIME = timedelta(minutes=1)
SECONDS = 2.5
# What the desk and the list of clients send when they open, by the names of the documents that the build emits.
DESK: dict[str, dict[str, Any]] = {"CentreFacts": {}, "Stations": {}, "LiveFeed": {}, "ClientTable": {"first": 1, "orderBy": "NAME"}}
VIEWER = "query { viewer { user { role } } }"
CROSS_SITE = "CROSS_SITE"
STRANGER = "The API was started with another PUBLIC_URL than the one that is set now: start everything again with `just up`."

ADMIN = Topic(
    "admin",
    "whether an active admin exists",
    "every admin still has to change a password that was made for them",
    "there is none, or all are disabled",
    "Make one with `just user add EMAIL --admin`.",
)
LOGIN = Topic(
    "login",
    "whether logging in works, through Caddy: a wrong password is refused as it must be",
    "somebody was refused so often that nobody else is let try",
    "the answer is another one",
    "Look into the API's log (`just logs`), put that right, and start it again with `just up`.",
)
DESK_TOPIC = Topic(
    "desk",
    "whether the desk loads after a login: an admin's session runs the page's own documents through Caddy, then ends",
    "the only admin must change the password, or set up a second factor, first",
    "a document is refused or answers with an error",
    "Look into the API's log (`just logs`); after an upgrade, start API and Caddy again together.",
)
LIVE = Topic(
    "live",
    "whether the live feed opens (WebSocket, through Caddy)",
    "",
    "it does not",
    "Check that whatever stands between browsers and Caddy passes WebSockets on; look into the API's log (`just logs`).",
)

# A password is dear to check on purpose, and a NAS that has just started everything is slow.
LOGIN_SECONDS = 10.0

ADMINS = text(
    """
    SELECT count(*) AS every, count(*) FILTER (WHERE active) AS active,
           count(*) FILTER (WHERE active AND NOT must_change_password) AS ready
    FROM users WHERE role = 'ADMIN'
    """
)


async def admin(case: Case) -> Sequence[Line]:
    """Count them; nobody is named."""
    async with case.database.reading() as reader:
        row = await reader.row(ADMINS)
    assert row is not None  # noqa: S101 (an aggregate has a row)
    numbers: Numbers = {"admins": row.every, "active": row.active}
    if row.every == 0:
        return [ADMIN.bad("There is no admin, so nobody can look after users and settings.", **numbers)]
    if row.active == 0:
        say = f"All {counted(row.every, 'admin')} are disabled." if row.every > 1 else "The only admin is disabled."
        return [ADMIN.bad(say, "Let one in again: `just user enable WHO` (`just user list` shows them).", **numbers)]
    if row.ready == 0:
        do = "Sign in and change it; if it was lost, `just user reset-password WHO` makes another."
        return [ADMIN.doubtful("No admin has changed the password that was made for them yet.", do, **numbers)]
    return [ADMIN.good(f"{counted(row.active, 'admin')} may sign in.", **numbers)]


async def login(case: Case) -> Sequence[Line]:
    """Try to sign in as somebody who doesn't exist: what must be refused is refused by the same way that lets others in."""
    door = _door(case)
    given = {"identifier": f"doctor-{secrets.token_hex(6)}", "password": secrets.token_urlsafe(12)}
    body = {"documentId": await in_thread(_login_document), "variables": {"input": given}}
    async with door.client(case.settings.origin, seconds=LOGIN_SECONDS) as client:
        found = await _ask(client, door, body)
    if isinstance(found, str):
        return [LOGIN.bad(f"Logging in does not work: {found}.", STRANGER if CROSS_SITE in found else "")]
    member = found.get("login") or {}
    if member.get("__typename") != "LoginRefused":
        return [LOGIN.bad("Logging in answers as it never should.")]
    if member.get("code") == "TOO_MANY_TRIES":
        do = "Somebody guesses passwords: look at who is refused in the audit log. Devices that signed in before still get in."
        return [LOGIN.doubtful("So many passwords were wrong within the hour that new devices have to wait.", do)]
    return [LOGIN.good("Logging in works: a wrong password was refused.")]


async def desk(case: Case) -> Sequence[Line]:
    """Load the desk and open the live feed as an admin would after signing in."""
    door = _door(case)
    async with _session(case) as session:
        if session is None:
            return [DESK_TOPIC.bad("Nobody can sign in as an admin, so the desk can't be opened.", ADMIN.do)]
        async with door.client(case.settings.origin) as client:
            client.headers["Authorization"] = f"Bearer {session.token}"
            line = await (_viewer(client, door) if session.held_up else _desk(client, door))
        return [line, await _live(case, door, session.token)]


async def _desk(client: httpx.AsyncClient, door: Door) -> Line:
    known = await in_thread(_documents)
    missing = [name for name in DESK if name not in known]
    if missing:
        do = "Write it with `just schema`; in a container, take a complete image."
        return DESK_TOPIC.bad(f"This program lacks the page's documents ({listed(missing)}).", do)
    for name, variables in DESK.items():
        found = await _ask(client, door, {"documentId": known[name], "operationName": name, "variables": variables})
        if isinstance(found, str):
            return DESK_TOPIC.bad(f"The desk does not load after a login: {name} gets {found}.", STRANGER if CROSS_SITE in found else "")
    return DESK_TOPIC.good(f"The desk loads after a login: {counted(len(DESK), 'document')} answered.", documents=len(DESK))


async def _viewer(client: httpx.AsyncClient, door: Door) -> Line:
    found = await _ask(client, door, {"query": VIEWER})
    if isinstance(found, str):
        return DESK_TOPIC.bad(f"A session that was just made does not count: {found}.")
    say = "An admin's session counts; the desk itself can't be tried until a password is changed, or a second factor set up, that is due."
    return DESK_TOPIC.doubtful(say, "Sign in as an admin and do what is asked for.")


async def _live(case: Case, door: Door, token: str) -> Line:
    address = door.url.replace("http", "ws", 1) + "/graphql"
    tls: dict[str, Any] = {"ssl": door.context(), **({"server_hostname": door.name} if door.name else {})} if door.tls else {}
    protocols = [Subprotocol("graphql-transport-ws")]
    try:
        async with connect(
            address, subprotocols=protocols, origin=Origin(case.settings.origin), open_timeout=SECONDS, close_timeout=0.5, proxy=None, **tls
        ) as socket:
            await socket.send(json.dumps({"type": "connection_init", "payload": {"accessToken": token}}))
            said = json.loads(await socket.recv())
    except (OSError, TimeoutError, WebSocketException, ValueError) as error:
        return LIVE.bad(f"The live feed does not open ({type(error).__name__}).")
    if said.get("type") != "connection_ack":
        return LIVE.bad("The live feed opens, but does not take an admin's session.")
    return LIVE.good("The live feed opens.")


@dataclass(frozen=True, slots=True)
class _Made:
    """A session that was just made."""

    token: str
    held_up: bool


@asynccontextmanager
async def _session(case: Case) -> AsyncIterator[_Made | None]:
    """A session of an active admin for as long as this takes; None when there is no such admin."""
    held_up = User.must_change_password | User.must_set_up_second_factor
    wanted = select(User).where(User.active, User.role == UserRole.ADMIN).order_by(held_up, User.id).limit(1)
    async with case.database.writing(DOCTOR) as uow:
        user: User | None = await uow.scalar(wanted)
        if user is not None:
            now = clock.now()
            session = Session(user_id=user.id, user_agent="doctor", created_at=now, last_used_at=now, expires_at=now + LIFETIME)
            uow.add(session)
            await uow.flush()
            audit.record(uow, "session.started", "session", session.id, after={"user_id": user.id, "because": "DOCTOR"})
    if user is None:
        yield None
        return
    try:
        token, _ = tokens.issue(
            case.settings, user_id=user.id, session_id=session.id, version=user.version, session_expires_at=session.expires_at
        )
        yield _Made(token, user.must_change_password or user.must_set_up_second_factor)
    finally:
        async with case.database.writing(DOCTOR) as uow:
            await sessions.end(uow, session.id, because="DOCTOR")


async def _ask(client: httpx.AsyncClient, door: Door, body: dict[str, Any]) -> dict[str, Any] | str:
    """The data, or a phrase about what came instead: an error's code, never its text."""
    try:
        answer = await client.post("/graphql", json=body, extensions=door.extensions)
        said = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        return f"no answer that could be read ({type(error).__name__})"
    errors = said.get("errors") if isinstance(said, dict) else [{}]
    if errors:
        return "an error ({})".format((errors[0].get("extensions") or {}).get("code", answer.status_code))
    data: dict[str, Any] = said.get("data") or {}
    return data


def _login_document() -> str:
    # Half a second of imports, which would hold up everything else.
    from backend.graphql import documents

    return documents.document_id(documents.LOGIN)


def _documents() -> dict[str, str]:
    """The ids of the page's documents by the name of their operation."""
    from backend.graphql.documents import COMMITTED

    found: dict[str, str] = json.loads(COMMITTED.read_text(encoding="utf-8")) if COMMITTED.exists() else {}
    return {name: key for key, document in found.items() for name in DESK if f"query {name} " in document or f"query {name}(" in document}


def _door(case: Case) -> Door:
    assert case.door is not None  # noqa: S101 (these checks need Need.DOOR)
    return case.door
