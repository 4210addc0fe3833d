"""What is known about a client, over GraphQL: contact methods, tags, notes, consents."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from backend.clients import queries, reading
from backend.clients.models import ConsentKind, ContactKind
from backend.db import AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.relay import Node

strawberry.enum(ContactKind, description="How somebody can be reached.")
strawberry.enum(ConsentKind, description="What somebody may agree to.")


@strawberry.type(description="A phone, an email or a Discord handle of a client.")
class ContactMethod(Node):
    """A way to reach somebody."""

    kind: ContactKind = strawberry.field(description="What it is.")
    value: str = strawberry.field(description="Phones in E.164, emails in lower case; as it was written where it needs fixing.")
    display: str = strawberry.field(description="The same, as people write it.")
    label: str | None = strawberry.field(description="Whose or which one it is: mother, work.")
    primary: bool = strawberry.field(description="Whether this one is to be used first among its kind.")
    verified: bool = strawberry.field(description="Whether somebody proved that it is theirs.")
    verified_at: datetime | None = strawberry.field(description="When it was proved.")
    opted_out: bool = strawberry.field(description="Whether nothing may be sent to it.")
    opted_out_at: datetime | None = strawberry.field(description="Since when nothing may be sent to it.")
    needs_fixing: bool = strawberry.field(
        description="Whether it came over as it was written and can't be used until somebody corrects it: a phone without an area code."
    )
    version: int = strawberry.field(description="Grows with every change; updates give the one they read.")


@strawberry.type(description="A coloured label on clients.")
class Tag(Node):
    """A label."""

    number: strawberry.Private[int]
    name: str = strawberry.field(description="The word on it.")
    colour: str = strawberry.field(description="slate, red, orange, amber, green, teal, blue, violet or pink.")
    description: str | None = strawberry.field(description="What it is for.")
    version: int = strawberry.field(description="Grows with every change; updates give the one they read.")

    @classmethod
    def of(cls, number: int, name: str, colour: str, description: str | None, version: int) -> "Tag":
        """From the columns of a tag."""
        return cls(id=ids.encode("Tag", number), number=number, name=name, colour=colour, description=description, version=version)

    @strawberry.field(description="How many clients carry it, archived ones not counted.")
    async def client_count(self, info: Info) -> int:
        """Counted in one statement for all tags asked for."""
        return await info.context.load(_counts, self.number) or 0


@strawberry.type(description="A remark by a staff user.")
class Note(Node):
    """A remark; pinned, it is an alert."""

    body: str = strawberry.field(description="Plain text.")
    pinned: bool = strawberry.field(description="Whether it shows as an alert at check-in.")
    created_at: datetime = strawberry.field(description="When it was written.")
    author_name: str | None = strawberry.field(description="Who wrote it.")
    edited_at: datetime | None = strawberry.field(description="When its text was changed last.")
    edited_by_name: str | None = strawberry.field(description="Who changed its text last.")
    version: int = strawberry.field(description="Grows with every change; updates give the one they read.")

    @classmethod
    def of(cls, row: AnyRow) -> "Note":
        """From a row of `queries.notes_of`."""
        return cls(
            id=ids.encode("Note", row.id),
            body=row.body,
            pinned=row.pinned,
            created_at=row.created_at,
            author_name=row.author_name,
            edited_at=row.edited_at,
            edited_by_name=row.editor_name,
            version=row.version,
        )

    @classmethod
    def of_json(cls, alert: list[Any]) -> "Note":
        """From an alert of `queries.client_select`."""
        number, body, created_at, author, version, edited_at, editor = alert
        return cls(
            id=ids.encode("Note", number),
            body=body,
            pinned=True,
            created_at=datetime.fromisoformat(created_at),
            author_name=author,
            edited_at=_instant(edited_at),
            edited_by_name=editor,
            version=version,
        )


@strawberry.type(description="One line of a client's consent history.")
class Consent(Node):
    """Given or withdrawn."""

    kind: ConsentKind = strawberry.field(description="What it is about.")
    granted: bool = strawberry.field(description="True: given. False: withdrawn.")
    at: datetime = strawberry.field(description="When.")
    source: str = strawberry.field(description="Where it was given: a form, the desk, an import.")
    by_name: str | None = strawberry.field(description="The user who recorded it.")


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def alerts(rows: Any) -> list[Note]:
    """From the JSON of `queries.client_select`: the newest first."""
    return [Note.of_json(row) for row in sorted(rows, key=lambda row: (row[2], row[0]), reverse=True)]


def contact_methods(rows: Any) -> list[ContactMethod]:
    """From the JSON of `queries.client_select`: by kind, primary ones first."""
    methods = [
        ContactMethod(
            id=ids.encode("ContactMethod", number),
            kind=ContactKind(kind),
            value=value,
            display=reading.phone(value) if kind == ContactKind.PHONE else value,
            label=label,
            primary=primary,
            verified=verified_at is not None,
            verified_at=_instant(verified_at),
            opted_out=opted_out_at is not None,
            opted_out_at=_instant(opted_out_at),
            needs_fixing=needs_fixing,
            version=version,
        )
        for number, kind, value, primary, verified_at, opted_out_at, needs_fixing, label, version in rows
    ]
    return sorted(methods, key=lambda method: (list(ContactKind).index(method.kind), not method.primary, method.value))


async def notes_of_clients(reader: ReadSession, _context: Context, client_ids: list[int]) -> Mapping[int, list[Note]]:
    """Batch: the notes of clients, the newest first."""
    found: dict[int, list[Note]] = defaultdict(list)
    for row in await queries.notes_of(reader, client_ids):
        found[row.client_id].append(Note.of(row))
    return found


async def consents_of_clients(reader: ReadSession, _context: Context, client_ids: list[int]) -> Mapping[int, list[Consent]]:
    """Batch: the consent history of clients, the newest first."""
    found: dict[int, list[Consent]] = defaultdict(list)
    for row in await queries.consents_of(reader, client_ids):
        found[row.client_id].append(
            Consent(
                id=ids.encode("Consent", row.id),
                kind=row.kind,
                granted=row.granted,
                at=row.happened_at,
                source=row.source,
                by_name=row.display_name,
            )
        )
    return found


async def _counts(reader: ReadSession, _context: Context, tag_ids: list[int]) -> Mapping[int, int]:
    return await queries.tag_counts(reader, tag_ids)
