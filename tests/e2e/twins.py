"""Two people on file who are one, for the tests of merging and erasing, and nobody afterwards: other tests count who is there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import text

from backend.graphql import ids
from tests.e2e.records import OPERATOR, Records

_CLIENT = """
INSERT INTO clients (first_name, last_name, preferred_name, date_of_birth, member_code, guardian_name)
VALUES (:first, :last, :preferred, CAST(:born AS date), :code, :guardian) RETURNING id
"""
_BOTH = """
INSERT INTO contact_methods (client_id, kind, value, is_primary)
  VALUES ({one}, 'PHONE', '{phone}', true), ({two}, 'PHONE', '{phone}', true), ({two}, 'EMAIL', 'twin{two}@example.test', true);
INSERT INTO client_notes (client_id, body) VALUES ({two}, 'Note of the second');
INSERT INTO memberships (client_id, tier_id, starts_on, ends_on)
  SELECT c, t.id, current_date - 30, current_date + 30 + c % 7 FROM membership_tiers t, (VALUES ({one}), ({two})) v (c) WHERE t.is_default;
INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy)
  SELECT gen_random_uuid(), {two}, now() - interval '2 days', current_date - 2, 'STAFF', 'ACTIVE', 'REMIND';
UPDATE clients SET first_check_in_at = now() - interval '2 days', last_check_in_at = now() - interval '2 days' WHERE id = {two};
INSERT INTO possible_duplicates (client_id, other_id, reason) VALUES ({one}, {two}, 'same_phone')
"""


@dataclass(frozen=True)
class Twins:
    """Their numbers and names: as the pages call them, and first and last name."""

    one: int
    two: int
    name: str = "Ottilie Vanterpool"
    other_name: str = "Tilly Vanterpoole"
    full_other_name: str = "Ottilia Vanterpoole"

    def path(self, number: int) -> str:
        """The address of a client's page."""
        return f"/clients/{quote(ids.encode('Client', number), safe='')}"


@asynccontextmanager
async def twins(records: Records) -> AsyncIterator[Twins]:
    """Make them, and hide them in the end."""
    async with records.database.writing(OPERATOR) as uow:
        first = {"first": "Ottilie", "last": "Vanterpool", "preferred": None, "born": None, "code": None, "guardian": "Maud Vanterpool"}
        second = {**first, "first": "Ottilia", "last": "Vanterpoole", "preferred": "Tilly", "guardian": "Maude V."}
        # asyncpg wants a day for a date; a cast of NULL is enough here.
        one = int(await uow.scalar(text(_CLIENT.replace(":born", "NULL")), first))
        two = int(await uow.scalar(text(_CLIENT.replace(":born", "'2009-05-06'").replace(":code", f"'TWIN-{one}'")), second))
        for statement in _BOTH.format(one=one, two=two, phone=f"+1661556{one:04}").split(";\n"):
            await uow.execute(text(statement))
    yield Twins(one, two)
    async with records.database.writing(OPERATOR) as uow:
        await uow.execute(
            text("UPDATE clients SET archived_at = coalesce(archived_at, now()) WHERE id IN (:one, :two)"), {"one": one, "two": two}
        )
        await uow.execute(text("DELETE FROM possible_duplicates WHERE :one IN (client_id, other_id)"), {"one": one})


async def value(records: Records, sql: str, **parameters: object) -> object:
    """One value of the database."""
    async with records.database.reading() as reader:
        return await reader.scalar(text(sql), parameters)
