"""Taking a merge back: everything is as it was, but for what happened since, which stays with the kept client."""

import pytest
from sqlalchemy import text

from backend.clients.merge.jobs import forget
from backend.clients.merge.undo import undo
from backend.db import Database
from backend.errors import Conflict, NotFound
from tests.clients.merging.twins import STAFF, everything, merge_them, run, twins, values
from tests.clients.people import add_client
from tests.world import OPERATOR


async def undone(database: Database, merge_id: int) -> int:
    async with database.writing(STAFF) as uow:
        return await undo(uow, merge_id)


async def change(database: Database, script: str, **numbers: object) -> None:
    async with database.writing(OPERATOR) as uow:
        await run(uow, script, **numbers)


async def test_everything_is_as_it_was(database: Database) -> None:
    kept, gone = await twins(database)
    before = await everything(database)
    merge_id = await merge_them(database, kept, gone, first_name=gone, member_code=gone)
    assert await everything(database) != before
    assert await undone(database, merge_id) == kept
    after = await everything(database)
    assert {table: rows for table, rows in after.items() if rows != before[table]} == {}


async def test_three_who_became_one_are_three_again(database: Database) -> None:
    kept, one = await twins(database)
    two = await add_client(database, "Anne", email="nita@example.test", member_code="CCCC-3", date_of_birth=None)
    three = await add_client(database, "Annie", phone="+16615550102")
    before = await everything(database)
    merge_id = await merge_them(database, kept, one, two, three, member_code=two, first_name=three)
    await undone(database, merge_id)
    after = await everything(database)
    assert {table: rows for table, rows in after.items() if rows != before[table]} == {}
    assert await values(database, "SELECT count(*) FROM client_merges WHERE undone_at IS NULL OR details IS NOT NULL") == [0]


async def test_one_who_was_archived_before_is_so_again(database: Database) -> None:
    kept, gone = await twins(database)
    await change(database, "UPDATE clients SET archived_at = '2026-03-04Z' WHERE id = :id", id=gone)
    await undone(database, await merge_them(database, kept, gone))
    assert await values(database, "SELECT archived_at::text FROM clients WHERE id = :id", id=gone) == ["2026-03-04 00:00:00+00"]


async def test_what_came_since_stays_with_the_kept_client(database: Database) -> None:
    kept, gone = await twins(database)
    merge_id = await merge_them(database, kept, gone)
    await change(
        database,
        """
INSERT INTO check_ins (request_id, client_id, happened_at, local_day, method, standing_status, policy)
  VALUES (gen_random_uuid(), :id, '2026-11-22 20:00Z', '2026-11-22', 'STAFF', 'ACTIVE', 'REMIND');
INSERT INTO client_notes (client_id, body) VALUES (:id, 'written since');
INSERT INTO contact_methods (client_id, kind, value) VALUES (:id, 'DISCORD', 'since');
UPDATE clients SET preferred_name = 'Annie', service_coordinator = NULL WHERE id = :id
""",
        id=kept,
    )
    await undone(database, merge_id)
    days = "SELECT local_day::text FROM check_ins WHERE client_id = :id ORDER BY 1"
    assert await values(database, days, id=kept) == ["2026-11-01", "2026-11-22"]
    assert await values(database, days, id=gone) == ["2026-10-01", "2026-11-20", "2026-11-21"]
    seen = "SELECT to_char(first_check_in_at, 'MM-DD'), to_char(last_check_in_at, 'MM-DD') FROM clients WHERE id = :id"
    assert await values(database, seen, id=kept) == [("11-01", "11-22")]
    assert await values(database, seen, id=gone) == [("10-01", "11-20")]
    assert await values(database, "SELECT body FROM client_notes WHERE client_id = :id ORDER BY id", id=kept) == [
        "kept note",
        "written since",
    ]
    assert await values(database, "SELECT value FROM contact_methods WHERE client_id = :id AND kind = 'DISCORD'", id=kept) == ["since"]
    # What somebody has written since is theirs; what nobody has touched is as it was.
    columns = "preferred_name, service_coordinator, no_sound"
    assert await values(database, f"SELECT {columns} FROM clients WHERE id = :id", id=kept) == [("Annie", None, False)]
    assert await values(database, f"SELECT {columns} FROM clients WHERE id = :id", id=gone) == [("Nita", "Carla", True)]


async def test_what_was_removed_or_changed_since_is_no_hindrance(database: Database) -> None:
    kept, gone = await twins(database)
    merge_id = await merge_them(database, kept, gone)
    await change(
        database,
        """
DELETE FROM client_tags WHERE client_id = :id;
DELETE FROM contact_methods WHERE client_id = :id AND kind = 'EMAIL';
UPDATE contact_methods SET is_primary = false WHERE client_id = :id;
UPDATE contact_methods SET is_primary = true WHERE client_id = :id AND value = '+16615550102';
DELETE FROM contact_methods WHERE client_id = :id AND value = '+16615550101';
UPDATE contact_methods SET value = '+16615550101' WHERE client_id = :id
""",
        id=kept,
    )
    await undone(database, merge_id)
    phones = "SELECT client_id, value, is_primary FROM contact_methods ORDER BY client_id"
    # The number that was corrected to one which the former client has stays where it was corrected.
    assert await values(database, phones) == [(kept, "+16615550101", True), (gone, "+16615550101", False)]
    tags = "SELECT name FROM client_tags JOIN tags ON tags.id = tag_id WHERE client_id = :id"
    assert await values(database, tags, id=gone) == ["Friday"]


async def test_a_code_that_was_given_out_since_stays(database: Database) -> None:
    kept, gone = await twins(database)
    merge_id = await merge_them(database, kept, gone, member_code=gone)
    await change(database, "UPDATE clients SET member_code = 'NEW-9' WHERE id = :id", id=kept)
    await undone(database, merge_id)
    assert await values(database, "SELECT member_code FROM clients ORDER BY id LIMIT 2") == ["NEW-9", "BBBB-2"]


async def test_merges_are_undone_in_any_order(database: Database) -> None:
    kept = await add_client(database, "Ana", preferred_name="A")
    one = await add_client(database, "Ana", preferred_name="B", phone="+16615550102")
    two = await add_client(database, "Ana", preferred_name="C", phone="+16615550103")
    before = await everything(database)
    first = await merge_them(database, kept, one, preferred_name=one)
    second = await merge_them(database, kept, two, preferred_name=two)
    await undone(database, first)
    assert await values(database, "SELECT preferred_name FROM clients ORDER BY id") == ["C", "B", "C"]
    await undone(database, second)
    assert await everything(database) == before


async def test_one_who_was_merged_on_comes_back_step_by_step(database: Database) -> None:
    first, second, third = [await add_client(database, name, phone=f"+1661555010{i}") for i, name in enumerate(("Ana", "Anna", "Anne"))]
    before = await everything(database)
    one = await merge_them(database, second, first)
    two = await merge_them(database, third, second)
    with pytest.raises(Conflict) as caught:
        await undone(database, one)
    assert caught.value.reason == "MERGED"
    await undone(database, two)
    assert await values(database, "SELECT merged_into_id FROM clients ORDER BY id") == [second, None, None]
    await undone(database, one)
    assert await everything(database) == before


@pytest.mark.parametrize(
    ("happened", "code"),
    [
        ("UPDATE client_merges SET undone_at = now()", "UNDONE"),
        ("UPDATE client_merges SET merged_at = now() - interval '30 days 1 minute'", "MERGE_TOO_OLD"),
        ("UPDATE client_merges SET details = NULL", "MERGE_TOO_OLD"),
        ("INSERT INTO erasures (client_id, reason, actor_label) VALUES (:kept, 'x', 'x')", "ERASED"),
        ("INSERT INTO erasures (client_id, reason, actor_label) VALUES (:gone, 'x', 'x')", "ERASED"),
    ],
)
async def test_when_it_is_too_late_nothing_happens(database: Database, happened: str, code: str) -> None:
    kept, gone = await twins(database)
    merge_id = await merge_them(database, kept, gone)
    await change(database, happened, kept=kept, gone=gone)
    with pytest.raises(Conflict) as caught:
        await undone(database, merge_id)
    assert caught.value.reason == code
    assert await values(database, "SELECT merged_into_id FROM clients WHERE id = :id", id=gone) == [kept]


async def test_on_the_thirtieth_day_it_still_works(database: Database) -> None:
    merge_id = await merge_them(database, *await twins(database))
    await change(database, "UPDATE client_merges SET merged_at = now() - interval '29 days 23 hours'")
    await undone(database, merge_id)


async def test_an_unknown_merge_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        await undone(database, 4711)


async def test_the_job_forgets_what_nobody_may_undo_any_more(database: Database) -> None:
    kept, gone = await twins(database)
    old = await merge_them(database, kept, gone)
    await change(database, "UPDATE client_merges SET merged_at = now() - interval '31 days'")
    new = await merge_them(database, kept, await add_client(database, "Anna"))
    for _ in range(2):
        async with database.writing(OPERATOR) as uow:
            await forget(uow, {})
    assert await values(database, "SELECT id, details IS NULL, merged_id FROM client_merges ORDER BY id") == [
        (old, True, gone),
        (new, False, gone + 2),
    ]


async def test_the_audit_log_says_that_it_was_undone(database: Database) -> None:
    kept, gone = await twins(database)
    await undone(database, await merge_them(database, kept, gone, first_name=gone))
    entries = "SELECT client_id, actor_label, before->'first_name', after->>'first_name' FROM audit_log"
    assert await values(database, f"{entries} WHERE action = 'client.merge_undone' ORDER BY client_id") == [
        (kept, "Sam", {"of": gone}, "Ana"),
        (gone, "Sam", None, None),
    ]
    async with database.reading() as reader:
        assert await reader.scalar(text("SELECT undone_by FROM client_merges")) == "Sam"
