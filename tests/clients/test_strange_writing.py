"""Whatever is sent to a mutation on clients, it is saved or refused with a sentence; nothing is a defect of ours."""

import json
from typing import Any

import pytest

from backend.graphql.schema import schema
from tests.client import Api
from tests.clients.writing import ask, document, new_client, save, seen

STRANGE = [
    "\0",
    "a\0b",
    "\u202e\u200b",
    "\ufffe\uffff",
    "🎮" * 120,
    "e\u0301" * 190,
    "\U0001d400" * 199,
    "%_\\'\"; DROP TABLE clients; --",
    "{{7*7}} <script>alert(1)</script> =HYPERLINK(1)",
    "ﬃ İ ẞ ß ǅ \u0130",
    "x" * 50_000,
    "٠١٢٣٤٥٦٧٨٩",
    "+" * 300,
    "@" * 300,
    "9" * 300,
    "a" * 250 + "@b.test",
    "\r\n\t",
]
TEXTS = {
    "createClient": {
        "firstName", "lastName", "preferredName", "phone", "email", "guardianName", "guardianRelation", "guardianPhone",
        "serviceCoordinator", "serviceCoordinatorPhone", "serviceCoordinatorEmail", "memberCode", "note",
        "kioskColour", "kioskPicture", "gamerTag",
    },
    "updateClient": {
        "firstName", "lastName", "preferredName", "guardianName", "guardianRelation", "guardianPhone", "serviceCoordinator",
        "serviceCoordinatorPhone", "serviceCoordinatorEmail", "memberCode", "kioskColour", "kioskPicture", "gamerTag",
    },
    "addContactMethod": {"value", "label"},
    "updateContactMethod": {"value", "label"},
    "recordConsent": {"source"},
    "addNote": {"body"},
    "updateNote": {"body"},
    "createTag": {"name", "colour", "description"},
    "updateTag": {"name", "colour", "description"},
}  # fmt: skip
ANSWERS = {"ClientSaved", "TagSaved", "ValidationProblem"}


def test_every_text_of_every_input_is_tried() -> None:
    for name, fields in TEXTS.items():
        kind: Any = schema._schema.get_type(f"{name[0].upper()}{name[1:]}Input")
        assert {field for field, value in kind.fields.items() if "String" in str(value.type)} == fields


@pytest.mark.parametrize("name", sorted(TEXTS))
async def test_saved_or_refused(api: Api, name: str) -> None:
    await api.login("staff")
    client = await new_client(api, phone="6615551002", note="Note")
    tag = await save(api, "createTag", name="Tag")
    known: dict[str, dict[str, Any]] = {
        "createClient": {},
        "createTag": {},
        "updateTag": {"id": tag["id"]},
        "updateClient": {"id": client["id"]},
        "updateContactMethod": {"id": client["contactMethods"][0]["id"]},
        "updateNote": {"id": client["notes"][0]["id"]},
    }
    which = known.get(name, {"clientId": client["id"]})
    needed: dict[str, dict[str, Any]] = {
        "addContactMethod": {"kind": "DISCORD", "value": "x"},
        "recordConsent": {"kind": "SMS", "granted": True},
        "createTag": {"name": "x"},
    }
    version = 1
    for field in sorted(TEXTS[name]):
        for strange in STRANGE:
            given: dict[str, Any] = {**which, **needed.get(name, {}), field: strange}
            if name.startswith("update"):
                given["version"] = version
            answer = await ask(api, name, **given)
            assert answer["__typename"] in ANSWERS, (field, strange[:20], answer)
            if name.startswith("update") and answer["__typename"] != "ValidationProblem":
                version = answer.get("changedVersion") or answer["tag"]["version"]
    assert (await seen(api, client["id"]))["id"] == client["id"]


NEEDED: dict[str, dict[str, Any]] = {
    "addContactMethod": {"clientId": "x", "kind": "PHONE", "value": "x"},
    "addNote": {"clientId": "x", "body": "x"},
    "recordConsent": {"clientId": "x", "kind": "SMS", "granted": True},
}


@pytest.mark.parametrize("name", sorted(TEXTS))
async def test_lone_surrogates_and_wrong_types_are_bad_requests(api: Api, name: str) -> None:
    await api.login("staff")
    needed = NEEDED.get(name, {"id": "x", "version": 1} if name.startswith("update") else {})
    for field in sorted(TEXTS[name]):
        for wrong in ("5", "true", "[]", "{}", '"\\ud800"'):
            given = json.dumps({"query": document(name), "variables": {"input": {**needed, field: "HERE"}}})
            body = given.replace('"HERE"', wrong)
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {api.token}"}
            answer = (await api.http.post("/graphql", content=body, headers=headers)).json()
            assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_REQUEST"], (field, wrong, answer)
