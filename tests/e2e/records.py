"""What the tests ask of the database, and do to it behind the product's back."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import bindparam, text

from backend.accounts.models import UserRole
from backend.accounts.service import create_user
from backend.db import Actor, ActorKind, Database
from tests.e2e.people import Person

OPERATOR = Actor(ActorKind.OPERATOR, label="browser tests")
PAUSE = 0.05


@dataclass(frozen=True)
class SignIn:
    """A user that a test signs in as."""

    email: str
    username: str
    name: str
    password: str


class Records:
    """The database of the running stack."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.users = 0

    async def make_user(self, *, role: UserRole = UserRole.STAFF, must_change_password: bool = False) -> SignIn:
        """A user of the test's own, so that theme, language and sessions are nobody else's."""
        self.users += 1
        username = f"desk{self.users}"
        sign_in = SignIn(f"{username}@e2e.example", username, f"Desk Person {self.users}", secrets.token_urlsafe(12))
        async with self.database.writing(OPERATOR) as uow:
            await create_user(
                uow,
                email=sign_in.email,
                username=sign_in.username,
                display_name=sign_in.name,
                role=role,
                password=sign_in.password,
                must_change_password=must_change_password,
            )
        return sign_in

    async def id_of(self, person: Person) -> int:
        """The number of their row."""
        async with self.database.reading() as reader:
            return int(
                await reader.scalar(
                    text("SELECT id FROM clients WHERE first_name = :first AND last_name = :last"),
                    {"first": person.first, "last": person.last},
                )
                or 0
            )

    async def visits_of(self, person: Person, *, voided: bool = False) -> int:
        """How many visits they have that count, or that were voided."""
        async with self.database.reading() as reader:
            return int(
                await reader.scalar(
                    text(
                        "SELECT count(*) FROM check_ins v JOIN clients c ON c.id = v.client_id "
                        "WHERE c.first_name = :first AND c.last_name = :last AND (v.voided_at IS NOT NULL) = :voided"
                    ),
                    {"first": person.first, "last": person.last, "voided": voided},
                )
                or 0
            )

    async def let_speak(self, language: str, *users: SignIn) -> None:
        """Choose en or es for users, as they could in their menu."""
        for user in users:
            await self._change("UPDATE users SET language = :chosen WHERE username = :name", chosen=language, name=user.username)

    async def end_sessions(self, user: SignIn) -> None:
        """What an admin or a password change elsewhere does."""
        await self._change(
            "UPDATE sessions SET ended_at = now(), ended_because = 'a test' FROM users u "
            "WHERE u.id = user_id AND u.username = :username AND ended_at IS NULL",
            username=user.username,
        )

    @asynccontextmanager
    async def archived(self, person: Person) -> AsyncIterator[None]:
        """Hide a client behind the back of a page that shows them, and bring them back afterwards."""
        name = {"first": person.first, "last": person.last}
        await self._change("UPDATE clients SET archived_at = now() WHERE first_name = :first AND last_name = :last", **name)
        yield
        await self._change("UPDATE clients SET archived_at = NULL WHERE first_name = :first AND last_name = :last", **name)

    async def pin_note(self, person: Person, body: str) -> None:
        """Add an alert to a client."""
        await self._change(
            "INSERT INTO client_notes (client_id, body, pinned) SELECT id, :body, true FROM clients "
            "WHERE first_name = :first AND last_name = :last",
            first=person.first,
            last=person.last,
            body=body,
        )

    async def let_need_fixing(self, person: Person, phone: str) -> None:
        """Put a phone in the place of theirs as an old system may have had it: not one that can be called."""
        await self._change(
            "UPDATE contact_methods SET value = :phone, needs_fixing = true FROM clients c "
            "WHERE c.id = client_id AND kind = 'PHONE' AND c.first_name = :first AND c.last_name = :last",
            first=person.first,
            last=person.last,
            phone=phone,
        )

    async def called(self, last: str) -> int:
        """How many clients in use have this family name."""
        async with self.database.reading() as reader:
            of_name = text("SELECT count(*) FROM clients WHERE last_name = :last AND archived_at IS NULL")
            return int(await reader.scalar(of_name, {"last": last}) or 0)

    async def run_out(self) -> int:
        """How many clients of the file are in use, whose last day under an authorization or a membership has gone by."""
        async with self.database.reading() as reader:
            counted = text(
                "SELECT count(*) FROM clients c WHERE archived_at IS NULL "
                "AND EXISTS (SELECT FROM contact_methods m WHERE m.client_id = c.id AND m.value LIKE 'visitor%') "
                "AND (SELECT max(p.ends_on) < current_date FROM (SELECT client_id, ends_on FROM authorizations "
                "UNION ALL SELECT client_id, ends_on FROM memberships) p WHERE p.client_id = c.id)"
            )
            return int(await reader.scalar(counted) or 0)

    async def put_away(self, last: str) -> None:
        """Archive clients whom a test has made, so that the others meet those of the file alone."""
        await self._change("UPDATE clients SET archived_at = now() WHERE last_name = :last", last=last)

    async def _change(self, statement: str, **values: str) -> None:
        async with self.database.writing(OPERATOR) as uow:
            await uow.execute(text(statement).bindparams(*(bindparam(name, value) for name, value in values.items())))


async def eventually(condition: Callable[[], Awaitable[object]], seconds: float = 15.0) -> None:
    """Wait until the condition holds; for what no page shows."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(PAUSE)
