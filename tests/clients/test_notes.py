"""Notes: writing, editing, pinning, deleting, bringing back; a deleted one shows nowhere."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.client import Api
from tests.clients.writing import ask, audited, new_client, problems, save, seen

TIMELINE = """query ($id: ID!) { client(id: $id) { timeline { edges { node { action changes { path before after } } } } } }"""


async def write(api: Api, client: dict[str, Any], body: str = "Likes racing", **given: Any) -> dict[str, Any]:
    """The note; the newest."""
    saved: dict[str, Any] = (await save(api, "addNote", clientId=client["id"], body=body, **given))["notes"][0]
    return saved


async def test_written_edited_and_by_whom(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    note = await write(api, client, "  Two\r\nlines  \n")
    assert (note["body"], note["authorName"], note["editedAt"], note["version"]) == ("Two\nlines", "Staff", None, 1)
    answer = await ask(api, "addNote", clientId=client["id"], body="To be taken back")
    assert (await ask(api, "deleteNote", id=answer["changedId"], version=answer["changedVersion"]))["changedVersion"] == 2
    await api.login("admin")
    (note,) = (await save(api, "updateNote", id=note["id"], version=1, body="One line"))["notes"]
    assert (note["body"], note["authorName"], note["editedByName"], note["version"]) == ("One line", "Staff", "Admin", 2)
    assert note["editedAt"]
    assert (await audited(api.database, subject="note"))[-1] == ("note.updated", {"body": "Two\nlines"}, {"body": "One line"})


async def test_pinned_it_is_an_alert_and_pinning_is_no_edit(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    note = await write(api, client)
    now = await save(api, "updateNote", id=note["id"], version=1, pinned=True)
    assert [alert["body"] for alert in now["alerts"]] == ["Likes racing"]
    assert now["notes"][0]["editedAt"] is None
    now = await save(api, "updateNote", id=note["id"], version=2, pinned=None)
    assert now["alerts"] == []
    assert (await write(api, client, "Allergic to nuts", pinned=True))["pinned"]
    assert [alert["body"] for alert in (await seen(api, client["id"]))["alerts"]] == ["Allergic to nuts"]
    await write(api, client, "Leaves at five", pinned=True)
    assert [alert["body"] for alert in (await seen(api, client["id"]))["alerts"]] == ["Leaves at five", "Allergic to nuts"]


async def test_what_is_the_same_is_no_change(api: Api) -> None:
    await api.login("staff")
    note = await write(api, await new_client(api))
    (now,) = (await save(api, "updateNote", id=note["id"], version=1, body=" Likes racing ", pinned=False))["notes"]
    assert (now["version"], now["editedAt"]) == (1, None)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (None, "REQUIRED"),
        ("", "REQUIRED"),
        (" \n\t ", "REQUIRED"),
        ("\u200b", "ONLY_BLANKS"),
        ("a\0b", "BAD_CHARACTER"),
        ("x" * 10_001, "TOO_LONG"),
    ],
)
async def test_what_is_no_note(api: Api, body: str | None, code: str) -> None:
    await api.login("staff")
    client = await new_client(api)
    assert await problems(api, "addNote", clientId=client["id"], body=body) == [("body", code)]
    note = await write(api, client)
    assert await problems(api, "updateNote", id=note["id"], version=1, body=body) == [("body", code)]
    assert (await seen(api, client["id"]))["notes"] == [note]


async def test_the_longest_note(api: Api) -> None:
    await api.login("staff")
    assert len((await write(api, await new_client(api), "é" * 10_000))["body"]) == 10_000


async def test_a_deleted_note_shows_nowhere_and_comes_back(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    note = await write(api, client, "Secret remark", pinned=True)
    answer = await ask(api, "deleteNote", id=note["id"], version=1)
    assert (answer["client"]["notes"], answer["client"]["alerts"]) == ([], [])
    assert (answer["changedId"], answer["changedVersion"]) == (note["id"], 2)
    history = await api.execute(TIMELINE, {"id": client["id"]})
    assert "Secret" not in str(history)
    assert [edge["node"]["action"] for edge in history["client"]["timeline"]["edges"]][:2] == ["note.deleted", "note.added"]
    for name in ("updateNote", "deleteNote"):
        assert (await ask(api, name, id=note["id"], version=2))["code"] == "NOT_FOUND"
    assert (await ask(api, "restoreNote", id=note["id"], version=1))["code"] == "STALE_VERSION"
    back = await save(api, "restoreNote", id=answer["changedId"], version=answer["changedVersion"])
    assert [(found["body"], found["version"], found["editedAt"]) for found in back["notes"]] == [("Secret remark", 3, None)]
    assert [alert["body"] for alert in back["alerts"]] == ["Secret remark"]
    assert "Secret" in str(await api.execute(TIMELINE, {"id": client["id"]}))
    assert (await save(api, "restoreNote", id=note["id"], version=3))["notes"][0]["version"] == 3


async def test_an_old_version_hears_what_changed(api: Api) -> None:
    await api.login("staff")
    note = await write(api, await new_client(api))
    answers = await asyncio.gather(*(ask(api, "updateNote", id=note["id"], version=1, body=f"Edit {place}") for place in range(8)))
    saved = [answer for answer in answers if answer["__typename"] == "ClientSaved"]
    assert len(saved) == 1
    text = saved[0]["client"]["notes"][0]["body"]
    for loser in answers:
        if loser is not saved[0]:
            assert [(change["path"], change["value"], change["byName"]) for change in loser["changes"]] == [(["body"], text, "Staff")]


async def test_the_same_request_ten_times_writes_one_note(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    key = str(uuid4())
    answers = await asyncio.gather(*(ask(api, "addNote", clientId=client["id"], body="x", idempotencyKey=key) for _ in range(10)))
    assert len({answer["changedId"] for answer in answers}) == 1
    assert len((await seen(api, client["id"]))["notes"]) == 1
    assert (await ask(api, "addNote", clientId=client["id"], body="y", idempotencyKey=key))["code"] == "KEY_REUSED"


async def test_ids_of_other_things_are_no_notes(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    for wrong in (client["id"], "", "Tm90ZTo5OTk5OTk"):
        assert (await ask(api, "updateNote", id=wrong, version=1, body="x"))["code"] == "NOT_FOUND"
