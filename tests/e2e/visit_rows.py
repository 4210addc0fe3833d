"""Visits, codes and tiers as the tests of check-ins need them, put into the database behind the product's back."""

from typing import Any

from sqlalchemy import text

from tests.e2e.people import Person
from tests.e2e.records import OPERATOR, Records

NAMED = "first_name = :first AND last_name = :last"


async def give_code(records: Records, person: Person, code: str) -> None:
    """The code on their card."""
    await run(records, f"UPDATE clients SET member_code = :code WHERE {NAMED}", person, code=code)


async def use_up(records: Records, person: Person) -> None:
    """A pass for one visit that was made yesterday; its tier keeps them out and says so in its own words."""
    await run(
        records,
        """
        WITH tier AS (
          INSERT INTO membership_tiers (name, code, visit_cap, policy, sentence_en, sentence_es)
          VALUES ('One visit', 'ONE-' || gen_random_uuid(), 1, 'BLOCK', 'Sell another pass.', 'Venda otro pase.') RETURNING id
        ), old AS (DELETE FROM authorizations a USING clients c WHERE c.id = a.client_id AND c.first_name = :first AND c.last_name = :last)
        INSERT INTO memberships (client_id, tier_id, starts_on, ends_on)
        SELECT c.id, t.id, current_date - 60, current_date + 60 FROM clients c, tier t WHERE first_name = :first AND last_name = :last
        """,
        person,
    )
    await visited(records, person, days_ago=1)


async def visited(records: Records, person: Person, *, days_ago: int) -> None:
    """A visit of another day, by nobody in particular."""
    await run(
        records,
        f"""
        INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy, checked_out_at)
        SELECT gen_random_uuid(), id, at, CAST(at AS date), 'STAFF', 'ACTIVE', 'REMIND', at + interval '1 hour'
        FROM clients, (SELECT now() - :days_ago * interval '1 day' AS at) v WHERE {NAMED}
        """,
        person,
        days_ago=days_ago,
    )


async def run(records: Records, statement: str, person: Person, **more: Any) -> None:
    """A statement with a person's names."""
    async with records.database.writing(OPERATOR) as uow:
        await uow.execute(text(statement), {"first": person.first, "last": person.last, **more})


async def checked_out(records: Records, person: Person) -> bool:
    """Whether their last visit has an end."""
    async with records.database.reading() as reader:
        return bool(
            await reader.scalar(
                text(
                    "SELECT v.checked_out_at IS NOT NULL FROM check_ins v JOIN clients c ON c.id = v.client_id "
                    "WHERE c.first_name = :first AND c.last_name = :last ORDER BY v.happened_at DESC LIMIT 1"
                ),
                {"first": person.first, "last": person.last},
            )
        )
