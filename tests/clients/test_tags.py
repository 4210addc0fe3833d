"""Tags: making, renaming, recolouring, joining, removing, and putting them on clients."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from backend.graphql import ids
from tests.client import Api
from tests.clients.writing import ask, audited, new_client, problems, save, seen
from tests.statements import StatementCounter

TAGS = "{ tags { id name colour description version clientCount } }"


async def tags(api: Api) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.execute(TAGS))["tags"]
    return found


async def carried(api: Api, client: dict[str, Any]) -> list[str]:
    return [tag["name"] for tag in (await seen(api, client["id"]))["tags"]]


async def test_made_changed_and_listed_by_name(api: Api) -> None:
    await api.login("staff")
    vip = await save(api, "createTag", name="  VIP  guest ", colour=" Violet ", description=" Comes often ")
    await save(api, "createTag", name="école")
    assert vip == {"id": vip["id"], "name": "VIP guest", "colour": "violet", "description": "Comes often", "version": 1, "clientCount": 0}
    now = await save(api, "updateTag", id=vip["id"], version=1, name="vip guest", description="")
    assert (now["name"], now["colour"], now["description"], now["version"]) == ("vip guest", "violet", None, 2)
    now = await save(api, "updateTag", id=vip["id"], version=2, colour=None)
    assert (now["colour"], now["version"]) == ("slate", 3)
    assert (await save(api, "updateTag", id=vip["id"], version=3, name="vip guest"))["version"] == 3
    assert [tag["name"] for tag in await tags(api)] == ["vip guest", "école"]
    assert [entry[0] for entry in await audited(api.database, subject="tag")] == [
        "tag.created",
        "tag.created",
        "tag.updated",
        "tag.updated",
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"name": None}, ("name", "REQUIRED")),
        ({"name": "  "}, ("name", "REQUIRED")),
        ({"name": "a\0"}, ("name", "BAD_CHARACTER")),
        ({"name": "\u200b"}, ("name", "ONLY_BLANKS")),
        ({"name": "x" * 61}, ("name", "TOO_LONG")),
        ({"name": "TAKEN"}, ("name", "TAKEN")),
        ({"name": "ÉTÉ"}, ("name", "TAKEN")),
        ({"colour": "beige"}, ("colour", "BAD_COLOUR")),
        ({"colour": "\0"}, ("colour", "BAD_COLOUR")),
        ({"description": "x" * 501}, ("description", "TOO_LONG")),
    ],
)
async def test_what_is_wrong(api: Api, given: dict[str, Any], expected: tuple[str, str]) -> None:
    await api.login("staff")
    for name in ("taken", "été"):
        await save(api, "createTag", name=name)
    assert await problems(api, "createTag", **{"name": "New", **given}) == [expected]
    other = await save(api, "createTag", name="Other")
    assert await problems(api, "updateTag", id=other["id"], version=1, **given) == [expected]
    assert len(await tags(api)) == 3


async def test_one_name_at_once_is_given_once(api: Api) -> None:
    await api.login("staff")
    answers = await asyncio.gather(*(ask(api, "createTag", name=name) for name in ("vip", "VIP", "Vip", "vIP")))
    assert sorted(answer["__typename"] for answer in answers) == ["TagSaved"] + 3 * ["ValidationProblem"]
    one, other = await save(api, "createTag", name="one"), await save(api, "createTag", name="other")
    both = [{"id": tag["id"], "version": 1, "name": "same"} for tag in (one, other)]
    renamed = await asyncio.gather(*(ask(api, "updateTag", **given) for given in both))
    assert sorted(answer["__typename"] for answer in renamed) == ["TagSaved", "ValidationProblem"]


async def test_the_same_request_makes_one_tag(api: Api) -> None:
    await api.login("staff")
    key = str(uuid4())
    answers = await asyncio.gather(*(save(api, "createTag", name="VIP", idempotencyKey=key) for _ in range(10)))
    assert len({answer["id"] for answer in answers}) == 1
    assert (await ask(api, "createTag", name="Other", idempotencyKey=key))["code"] == "KEY_REUSED"
    await ask(api, "deleteTag", id=answers[0]["id"], version=1)
    assert (await ask(api, "createTag", name="VIP", idempotencyKey=key))["code"] == "NOT_FOUND"


async def test_put_on_and_taken_off(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    vip, new, old = [await save(api, "createTag", name=name) for name in ("VIP", "New", "Old")]
    now = await save(api, "changeClientTags", clientId=client["id"], add=[vip["id"], old["id"], vip["id"]])
    assert [tag["name"] for tag in now["tags"]] == ["Old", "VIP"]
    now = await save(api, "changeClientTags", clientId=client["id"], add=[new["id"], vip["id"]], remove=[old["id"]])
    assert [tag["name"] for tag in now["tags"]] == ["New", "VIP"]
    assert now["version"] == 1
    entries = [entry for entry in await audited(api.database, subject="client") if entry[0] == "client.tags_changed"]
    assert entries == [
        ("client.tags_changed", {"tags": []}, {"tags": ["Old", "VIP"]}),
        ("client.tags_changed", {"tags": ["Old"]}, {"tags": ["New"]}),
    ]
    # So it is already: nothing to write down.
    await save(api, "changeClientTags", clientId=client["id"], add=[new["id"]], remove=[old["id"]])
    assert len(await audited(api.database, subject="client")) == 3


async def test_tags_that_can_not_be_put_on(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    vip = await save(api, "createTag", name="VIP")
    whole = {"clientId": client["id"]}
    assert await problems(api, "changeClientTags", **whole, add=[vip["id"]], remove=[vip["id"]]) == [("remove", "BOTH")]
    await ask(api, "deleteTag", id=vip["id"], version=1)
    assert await problems(api, "changeClientTags", **whole, add=[vip["id"]]) == [("add", "NO_SUCH_TAG")]
    # To take off what is gone is no problem.
    assert (await save(api, "changeClientTags", **whole, remove=[vip["id"]]))["tags"] == []
    assert (await ask(api, "changeClientTags", **whole, add=[client["id"]]))["code"] == "NOT_FOUND"
    many = [ids.encode("Tag", place) for place in range(1, 52)]
    assert await problems(api, "changeClientTags", **whole, add=many) == [("add", "TOO_MANY")]


async def test_twenty_at_once_put_the_same_on(api: Api) -> None:
    await api.login("staff")
    client = await new_client(api)
    made = [(await save(api, "createTag", name=f"Tag {place}"))["id"] for place in range(4)]
    answers = await asyncio.gather(*(ask(api, "changeClientTags", clientId=client["id"], add=made[place % 4 :]) for place in range(20)))
    assert {answer["__typename"] for answer in answers} == {"ClientSaved"}
    assert len(await carried(api, client)) == 4


async def test_two_become_one(api: Api) -> None:
    await api.login("staff")
    vip, old = await save(api, "createTag", name="VIP"), await save(api, "createTag", name="V.I.P.")
    ana, berta, zoe = [await new_client(api, firstName=name, tagIds=tags) for name, tags in
                       (("Ana", [vip["id"]]), ("Berta", [old["id"]]), ("Zoe", [vip["id"], old["id"]]))]  # fmt: skip
    joined = await save(api, "joinTags", id=old["id"], intoId=vip["id"])
    assert (joined["id"], joined["clientCount"]) == (vip["id"], 3)
    assert [await carried(api, client) for client in (ana, berta, zoe)] == [["VIP"], ["VIP"], ["VIP"]]
    assert [tag["name"] for tag in await tags(api)] == ["VIP"]
    changed = [entry for entry in await audited(api.database, subject="client") if entry[0] == "client.tags_changed"]
    assert changed == 2 * [("client.tags_changed", {"tags": ["V.I.P."]}, {"tags": ["VIP"]})]
    assert await problems(api, "joinTags", id=vip["id"], intoId=vip["id"]) == [("intoId", "SAME_TAG")]
    assert (await ask(api, "joinTags", id=old["id"], intoId=vip["id"]))["code"] == "NOT_FOUND"


async def test_the_same_two_joined_both_ways_at_once(api: Api) -> None:
    await api.login("staff")
    one, other = await save(api, "createTag", name="One"), await save(api, "createTag", name="Other")
    client = await new_client(api, tagIds=[one["id"], other["id"]])
    answers = await asyncio.gather(
        ask(api, "joinTags", id=one["id"], intoId=other["id"]), ask(api, "joinTags", id=other["id"], intoId=one["id"])
    )
    assert sorted(answer["__typename"] for answer in answers) == ["NotFound", "TagSaved"]
    assert len(await carried(api, client)) == 1


async def test_removed_from_everybody(api: Api) -> None:
    await api.login("staff")
    vip = await save(api, "createTag", name="VIP")
    client = await new_client(api, tagIds=[vip["id"]])
    await save(api, "updateTag", id=vip["id"], version=1, name="Very important")
    stale = await ask(api, "deleteTag", id=vip["id"], version=1)
    assert (stale["code"], stale["version"]) == ("STALE_VERSION", 2)
    assert [(change["path"], change["value"]) for change in stale["changes"]] == [(["name"], "Very important")]
    answer = await ask(api, "deleteTag", id=vip["id"], version=2)
    assert (answer["__typename"], answer["tagId"]) == ("TagRemoved", vip["id"])
    assert await carried(api, client) == []
    assert await tags(api) == []
    entries = await audited(api.database)
    assert entries[-2] == ("client.tags_changed", {"tags": ["Very important"]}, None)
    assert entries[-1][1]["clients"] == 1
    for name, given in (("deleteTag", {"version": 2}), ("updateTag", {"version": 2, "name": "x"})):
        assert (await ask(api, name, id=vip["id"], **given))["code"] == "NOT_FOUND"


async def test_counts_leave_out_the_archived(api: Api, statements: StatementCounter) -> None:
    await api.login("admin")
    made = [await save(api, "createTag", name=f"Tag {place}") for place in range(6)]
    ana = await new_client(api, tagIds=[made[0]["id"]])
    await new_client(api, firstName="Berta", tagIds=[made[0]["id"], made[1]["id"]])
    await save(api, "archiveClient", id=ana["id"], version=1)
    statements.clear()
    assert [tag["clientCount"] for tag in await tags(api)] == [1, 1, 0, 0, 0, 0]
    assert statements.count == 2, statements.texts
