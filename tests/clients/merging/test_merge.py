"""Merging clients: what moves, what stays, whose value wins, who may, and what cannot be."""

import pytest
from sqlalchemy import text

from backend.clients.merge.parts import BY_TABLE, STAYING
from backend.clients.merge.service import Asked, merge, preview
from backend.db import Database
from backend.errors import Conflict, Failure, NotFound, ValidationFailed
from backend.models import metadata
from tests.clients.merging.twins import merge_them, twins, values
from tests.clients.people import add_client
from tests.statements import StatementCounter
from tests.world import OPERATOR


def test_every_table_that_refers_to_clients_is_thought_of() -> None:
    refers = {table.name for table in metadata.tables.values() for key in table.foreign_keys if key.column.table.name == "clients"}
    assert refers <= BY_TABLE.keys() | STAYING
    assert refers - BY_TABLE.keys() == STAYING


async def test_everything_moves_but_what_the_kept_client_has(database: Database) -> None:
    kept, gone = await twins(database)
    await merge_them(database, kept, gone)
    contacts = "SELECT kind::text, value, is_primary FROM contact_methods WHERE client_id = :id ORDER BY id"
    assert await values(database, contacts, id=kept) == [
        ("PHONE", "+16615550101", True),
        ("PHONE", "+16615550102", False),
        ("EMAIL", "nita@example.test", True),
    ]
    assert await values(database, contacts, id=gone) == [("PHONE", "+16615550101", False)]
    assert await values(database, "SELECT kind::text, granted FROM consents WHERE client_id = :id ORDER BY id", id=kept) == [
        ("SMS", True),
        ("SMS", False),
        ("PHOTO", True),
    ]
    assert await values(database, "SELECT body FROM client_notes WHERE client_id = :id ORDER BY id", id=kept) == [
        "kept note",
        "gone note",
        "deleted note",
    ]
    tags = "SELECT name FROM client_tags JOIN tags ON tags.id = tag_id WHERE client_id = :id ORDER BY 1"
    assert (await values(database, tags, id=kept), await values(database, tags, id=gone)) == (["Friday", "Minor"], ["Friday"])
    held = "SELECT starts_on::text FROM memberships WHERE client_id = :id ORDER BY 1"
    assert (await values(database, held, id=kept), await values(database, held, id=gone)) == (["2026-01-01", "2026-11-10"], ["2026-01-01"])
    purchases = "SELECT authorization_number, units_per_month FROM authorizations WHERE client_id = :id ORDER BY 1"
    assert await values(database, purchases, id=kept) == [("A-1", 20), ("A-2", 25)]
    assert await values(database, purchases, id=gone) == [("A-1", 25)]
    messages = "SELECT kind FROM messages WHERE client_id = :id ORDER BY 1"
    assert (await values(database, messages, id=kept), await values(database, messages, id=gone)) == (["expiring", "welcome"], ["welcome"])
    for table in ("check_ins", "ggleap_links", "imported_rows", "adoption_remarks", "client_notes"):
        assert await values(database, f"SELECT count(*) FROM {table} WHERE client_id = :id", id=gone) == [0], table
    assert await values(database, "SELECT part, target_id FROM adopted_rows ORDER BY 1") == [("clients", kept), ("tags", gone)]


async def test_the_former_client_is_archived_and_says_into_whom(database: Database) -> None:
    kept, gone = await twins(database)
    await merge_them(database, kept, gone)
    former = "SELECT merged_into_id, archived_at IS NOT NULL, first_name, member_code, first_check_in_at, last_check_in_at FROM clients"
    assert await values(database, f"{former} WHERE id = :id", id=gone) == [(kept, True, "Anita", "BBBB-2", None, None)]


async def test_first_and_last_visit_are_those_of_both_without_voided_ones(database: Database) -> None:
    kept, gone = await twins(database)
    await merge_them(database, kept, gone)
    seen = "SELECT to_char(first_check_in_at, 'MM-DD'), to_char(last_check_in_at, 'MM-DD') FROM clients WHERE id = :id"
    assert await values(database, seen, id=kept) == [("10-01", "11-20")]


async def test_empty_fields_are_filled_and_the_kept_ones_win(database: Database) -> None:
    kept, gone = await twins(database)
    await merge_them(database, kept, gone)
    columns = "first_name, preferred_name, date_of_birth::text, language, no_sound, guardian_name, service_coordinator, member_code"
    assert await values(database, f"SELECT {columns} FROM clients WHERE id = :id", id=kept) == [
        ("Ana", "Nita", "2010-04-05", "en", True, "Rosa Álvarez", "Carla", "AAAA-1")
    ]


async def test_a_choice_decides(database: Database) -> None:
    kept, gone = await twins(database)
    await merge_them(database, kept, gone, first_name=gone, preferred_name=kept, language=gone, no_sound=kept)
    columns = "first_name, preferred_name, language, no_sound"
    assert await values(database, f"SELECT {columns} FROM clients WHERE id = :id", id=kept) == [("Anita", None, "es", False)]


async def test_codes_are_swapped_so_that_both_cards_find_the_right_person(database: Database) -> None:
    kept, gone = await twins(database)
    await merge_them(database, kept, gone, member_code=gone)
    codes = "SELECT member_code, merged_into_id FROM clients WHERE id = ANY (ARRAY[CAST(:a AS bigint), CAST(:b AS bigint)]) ORDER BY id"
    assert await values(database, codes, a=kept, b=gone) == [("BBBB-2", None), ("AAAA-1", kept)]


async def test_the_search_finds_the_kept_client_by_what_moved(database: Database) -> None:
    kept, gone = await twins(database)
    await merge_them(database, kept, gone)
    (document,) = await values(database, "SELECT document FROM client_search WHERE client_id = :id", id=kept)
    assert "+16615550102" in document
    assert "nita@example.test" in document
    assert "a-2" in document


async def test_pairs_with_others_now_suspect_the_kept_client(database: Database) -> None:
    kept, gone = await twins(database)
    other = gone + 1
    await merge_them(database, kept, gone)
    assert await values(database, "SELECT client_id, other_id, reason FROM possible_duplicates") == [(kept, other, "same_email")]


async def test_three_become_one_and_what_two_of_them_share_comes_once(database: Database) -> None:
    kept = await add_client(database, phone="+16615550101")
    one = await add_client(database, "Anna", email="ana@example.test")
    two = await add_client(database, "Anne", email="ana@example.test", member_code="CCCC-3")
    await merge_them(database, kept, one, two)
    assert await values(database, "SELECT client_id, is_primary FROM contact_methods WHERE kind = 'EMAIL' ORDER BY 1") == [
        (kept, True),
        (two, True),
    ]
    assert await values(database, "SELECT member_code FROM clients ORDER BY id") == ["CCCC-3", None, None]
    assert await values(database, "SELECT kept_id, merged_id FROM client_merges ORDER BY id") == [(kept, one), (kept, two)]


async def test_those_merged_before_follow(database: Database) -> None:
    first, second, third = [await add_client(database, name) for name in ("Ana", "Anna", "Anne")]
    await merge_them(database, second, first)
    await merge_them(database, third, second)
    assert await values(database, "SELECT merged_into_id FROM clients ORDER BY id") == [third, third, None]


async def test_the_audit_log_says_it_for_both(database: Database) -> None:
    kept, gone = await twins(database)
    await merge_them(database, kept, gone, first_name=gone)
    entries = await values(
        database, "SELECT action, client_id, actor_label, before, after FROM audit_log WHERE action LIKE 'client.merge%' ORDER BY client_id"
    )
    (action, client, by, before, after), (other_action, other, _, _, into) = entries
    assert (action, client, by) == ("client.merged", kept, "Sam")
    assert before["first_name"] == "Ana"
    assert after["first_name"] == {"of": gone}, "the value is the other one's, and is not kept here"
    assert (after["merged"], after["moved"]["check_ins"]) == ([gone], 3)
    assert (other_action, other, into) == ("client.merged_away", gone, {"into": kept})


async def test_the_preview_says_what_would_happen_and_changes_nothing(database: Database, statements: StatementCounter) -> None:
    kept, gone = await twins(database)
    statements.clear()
    async with database.reading() as reader:
        shown = await preview(reader, (kept, gone), {"first_name": gone})
        assert statements.count == 2
    winners = {field.column: field.winner for field in shown.fields}
    assert winners == {
        "first_name": gone, "last_name": kept, "preferred_name": gone, "date_of_birth": kept, "language": kept, "no_sound": gone,
        "guardian_name": kept, "service_coordinator": gone, "member_code": kept,
    }  # fmt: skip
    stays = {table: [item.name for item in items if item.moves is False] for table, items in shown.items.items()}
    assert {table: names for table, names in stays.items() if names} == {
        "contact_methods": ["+16615550101"], "client_tags": ["Friday"], "memberships": ["yearly".title()], "authorizations": ["A-1"],
        "messages": [None],
    }  # fmt: skip
    (purchase,) = [item for item in shown.items["authorizations"] if item.moves is False]
    assert purchase.differs, "the same purchase with other units"
    assert not any(item.differs for item in shown.items["memberships"])
    assert await values(database, "SELECT count(*) FROM clients WHERE merged_into_id IS NOT NULL") == [0]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE clients SET version = version + 1 WHERE id = :gone", "STALE_VERSION"),
        ("UPDATE clients SET version = version + 1 WHERE id = :kept", "STALE_VERSION"),
        ("UPDATE clients SET archived_at = now() WHERE id = :kept", "ARCHIVED"),
        ("UPDATE clients SET archived_at = now(), merged_into_id = :other WHERE id = :gone", "MERGED"),
        ("UPDATE clients SET archived_at = now(), merged_into_id = :gone WHERE id = :kept", "MERGED"),
        ("INSERT INTO erasures (client_id, reason, actor_label) VALUES (:gone, 'x', 'x')", "ERASED"),
        ("INSERT INTO erasures (client_id, reason, actor_label) VALUES (:kept, 'x', 'x')", "ERASED"),
    ],
)
async def test_what_changed_meanwhile_is_refused_whole(database: Database, change: str, code: str) -> None:
    kept, gone = await twins(database)
    async with database.writing(OPERATOR) as uow:
        for name, value in (("kept", kept), ("gone", gone), ("other", gone + 1)):
            change = change.replace(f":{name}", str(value))
        await uow.execute(text(change))
    with pytest.raises(Conflict) as caught:
        async with database.writing(OPERATOR) as uow:
            await merge(uow, Asked((kept, 1), ((gone, 1),)))
    assert caught.value.reason == code
    assert await values(database, "SELECT count(*) FROM client_merges") == [0]


async def test_nonsense_is_refused(database: Database) -> None:
    kept, gone = await twins(database)

    async def refusal(asked: Asked) -> Failure:
        with pytest.raises(Failure) as caught:
            async with database.writing(OPERATOR) as uow:
                await merge(uow, asked)
        return caught.value

    def codes(failure: Failure) -> list[tuple[tuple[str, ...], str]]:
        assert isinstance(failure, ValidationFailed)
        return [(item.path, item.code) for item in failure.fields]

    assert codes(await refusal(Asked((kept, 1), ()))) == [(("merged",), "REQUIRED")]
    assert codes(await refusal(Asked((kept, 1), ((kept, 1),)))) == [(("merged",), "SAME_CLIENT")]
    assert codes(await refusal(Asked((kept, 1), tuple((number, 1) for number in range(100, 110))))) == [(("merged",), "TOO_MANY")]
    assert codes(await refusal(Asked((kept, 1), ((gone, 1),), {"first_name": 4711}))) == [(("choices", "firstName"), "NOT_ONE_OF_THEM")]
    assert codes(await refusal(Asked((kept, 1), ((gone, 1),), {"archived_at": gone}))) == [(("choices", "archived"), "NOT_ONE_OF_THEM")]
    assert isinstance(await refusal(Asked((kept, 1), ((4711, 1),))), NotFound)


async def test_a_choice_may_not_leave_anybody_without_a_name(database: Database) -> None:
    one = await add_client(database, "Ana", "")
    two = await add_client(database, "", "Álvarez")
    with pytest.raises(ValidationFailed):
        await merge_them(database, one, two, first_name=two, last_name=one)
    await merge_them(database, one, two)
    assert await values(database, "SELECT first_name, last_name FROM clients WHERE merged_into_id IS NULL") == [("Ana", "Álvarez")]
