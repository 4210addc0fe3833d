"""Changing clients through the API, as tests need it."""

from typing import Any

from sqlalchemy import select

from backend.audit.models import AuditEntry
from backend.db import Database
from backend.graphql import ids
from tests.client import Api

CLIENT = """id version firstName lastName displayName preferredName dateOfBirth language memberCode archived archivedAt
  guardianName guardianRelation guardianPhone serviceCoordinator serviceCoordinatorPhone serviceCoordinatorEmail
  comfort { largeText noSound noMotion } tags { id name colour description }
  contactMethods { id kind value display label primary verified verifiedAt optedOut optedOutAt needsFixing version }
  alerts { id body editedByName version } notes { id body pinned authorName editedAt editedByName version }
  consents { id kind granted at source byName } possibleDuplicates { reason other { displayName } }"""
_INPUTS = {
    "archiveClient": "ClientVersionInput",
    "restoreClient": "ClientVersionInput",
    "newMemberCode": "ClientVersionInput",
    "deleteNote": "NoteVersionInput",
    "restoreNote": "NoteVersionInput",
}
_PROBLEMS = """... on Problem { code message } ... on ValidationProblem { fields { path code message } }
  ... on Conflict { version changes { path value byName at } }"""


def document(name: str) -> str:
    """The mutation of this name."""
    kind = _INPUTS.get(name, f"{name[0].upper()}{name[1:]}Input")
    if name == "deleteTag":
        chosen = "... on TagRemoved { tagId }"
    elif name.endswith("Tag") or name == "joinTags":
        chosen = "... on TagSaved { tag { id name colour description version clientCount } }"
    else:
        chosen = f"... on ClientSaved {{ changedId changedVersion client {{ {CLIENT} }} }}"
    return f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename {chosen} {_PROBLEMS} }} }}"


async def ask(api: Api, name: str, /, **given: Any) -> dict[str, Any]:
    """The union's member."""
    member: dict[str, Any] = (await api.execute(document(name), {"input": given}))[name]
    return member


async def save(api: Api, name: str, /, **given: Any) -> dict[str, Any]:
    """The client or tag as it is afterwards; a problem fails the test."""
    member = await ask(api, name, **given)
    assert "code" not in member, member
    saved: dict[str, Any] = member["client"] if "client" in member else member["tag"]
    return saved


async def problems(api: Api, name: str, /, **given: Any) -> list[tuple[str, str]]:
    """Path and code of each wrong field; anything but a ValidationProblem fails the test."""
    member = await ask(api, name, **given)
    assert member["__typename"] == "ValidationProblem", member
    assert all(field["message"].endswith((".", ")")) for field in member["fields"])
    return [(".".join(field["path"]), field["code"]) for field in member["fields"]]


async def new_client(api: Api, **given: Any) -> dict[str, Any]:
    """Somebody on file."""
    return await save(api, "createClient", **{"firstName": "Ana", "lastName": "Alvarez", **given})


async def seen(api: Api, client_id: str) -> dict[str, Any]:
    """The client as the page shows them."""
    found: dict[str, Any] = (await api.execute(f"query ($id: ID!) {{ client(id: $id) {{ {CLIENT} }} }}", {"id": client_id}))["client"]
    return found


def number(identifier: str, kind: str = "Client") -> int:
    """The row's number of an id."""
    return ids.decode(identifier, kind)


async def audited(database: Database, *, subject: str | None = None) -> list[tuple[str, Any, Any]]:
    """Action, before and after of the entries about clients and what belongs to them, the oldest first."""
    about = ("client", "contact_method", "note", "consent", "tag") if subject is None else (subject,)
    async with database.reading() as reader:
        rows = await reader.rows(
            select(AuditEntry.action, AuditEntry.before, AuditEntry.after).where(AuditEntry.subject_type.in_(about)).order_by(AuditEntry.id)
        )
    return [(row.action, row.before, row.after) for row in rows]
