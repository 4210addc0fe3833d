"""Contact methods and consents: what changes them over GraphQL."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import Maybe

from backend.accounts.permissions import Permission
from backend.clients.graphql.answers import (
    AddContactMethodResult,
    ClientSaved,
    RecordConsentResult,
    RemoveContactMethodResult,
    RestoreContactMethodResult,
    UpdateContactMethodResult,
)
from backend.clients.graphql.inputs import KEY, VERSION, given
from backend.clients.models import ConsentKind, ContactKind
from backend.clients.service import consents, contacts, contacts_back
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import mutation

_KIND = "ContactMethod"


@strawberry.input(description="A way to reach a client.")
class AddContactMethodInput:
    """A new one."""

    client_id: strawberry.ID = strawberry.field(description="Whose.")
    kind: ContactKind = strawberry.field(description="What it is.")
    value: str | None = strawberry.field(description="A phone (without a country code it is North American), an email address, a handle.")
    label: str | None = strawberry.field(description="Whose or which one it is: mother, work.", default=None)
    primary: bool | None = strawberry.field(
        description="Whether to use this one first among its kind; absent: where it is the first.", default=None
    )
    idempotency_key: UUID | None = strawberry.field(description=KEY, default=None)


@strawberry.input(description="What to change about a contact method: an absent field stays, null or a blank label clears it.")
class UpdateContactMethodInput:
    """A change."""

    id: strawberry.ID = strawberry.field(description="Which one.")
    version: int = strawberry.field(description=VERSION)
    value: Maybe[str | None] = strawberry.field(description="Another value; it is no longer verified then. It can't be cleared.")
    label: Maybe[str | None] = strawberry.field(description="Whose or which one it is.")
    primary: Maybe[bool | None] = strawberry.field(description="Whether to use this one first; another one of its kind steps down.")
    verified: Maybe[bool | None] = strawberry.field(description="Whether somebody proved that it is theirs.")
    opted_out: Maybe[bool | None] = strawberry.field(description="Whether nothing may be sent to it.")


@strawberry.input(description="A contact method at the version that you read.")
class RemoveContactMethodInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="Which one.")
    version: int = strawberry.field(description=VERSION)


@strawberry.input(description="A contact method that was removed a moment ago, at the version at which it was removed.")
class RestoreContactMethodInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="The id that it had.")
    version: int = strawberry.field(description="`changedVersion` of the removal.")
    idempotency_key: UUID | None = strawberry.field(description=KEY, default=None)


@strawberry.input(description="A line for a client's consent history.")
class RecordConsentInput:
    """Given or withdrawn."""

    client_id: strawberry.ID = strawberry.field(description="Whose.")
    kind: ConsentKind = strawberry.field(description="What it is about.")
    granted: bool = strawberry.field(description="True: given. False: withdrawn.")
    source: str | None = strawberry.field(description="Where: a form, the desk, a call.")
    happened_at: datetime | None = strawberry.field(description="When, with its time zone; absent: now.", default=None)
    idempotency_key: UUID | None = strawberry.field(description=KEY, default=None)


@strawberry.type
class ContactMutation:
    """Root fields."""

    @mutation(Permission.CLIENTS_WRITE, description="Add a phone, an email or a Discord handle to a client.")
    async def add_contact_method(
        self, info: Info, input: Annotated[AddContactMethodInput, strawberry.argument(description="What to add.")]
    ) -> AddContactMethodResult:
        """One transaction."""
        asked = contacts.NewContactMethod(
            client_id=ids.decode(input.client_id, "Client"), kind=input.kind, value=input.value, label=input.label, primary=input.primary
        )
        async with info.context.unit_of_work() as uow:
            number = await contacts.add(uow, asked, key=input.idempotency_key)
        return ClientSaved.of(asked.client_id, 1, kind=_KIND, number=number)

    @mutation(Permission.CLIENTS_WRITE, description="Change a contact method; the fields that are given and no others.")
    async def update_contact_method(
        self, info: Info, input: Annotated[UpdateContactMethodInput, strawberry.argument(description="What to change.")]
    ) -> UpdateContactMethodResult:
        """One transaction."""
        number = ids.decode(input.id, _KIND)
        async with info.context.unit_of_work() as uow:
            client_id, version = await contacts.change(uow, number, input.version, given(input))
        return ClientSaved.of(client_id, version, kind=_KIND, number=number)

    @mutation(Permission.CLIENTS_WRITE, description="Remove a contact method. Another one of its kind becomes the primary one if this was.")
    async def remove_contact_method(
        self, info: Info, input: Annotated[RemoveContactMethodInput, strawberry.argument(description="Which one.")]
    ) -> RemoveContactMethodResult:
        """One transaction."""
        number = ids.decode(input.id, _KIND)
        async with info.context.unit_of_work() as uow:
            client_id = await contacts.remove(uow, number, input.version)
        return ClientSaved.of(client_id, input.version, kind=_KIND, number=number)

    @mutation(
        Permission.CLIENTS_WRITE,
        description="Put a contact method back that was removed a moment ago: with its label, its proof, and that it is opted out.",
    )
    async def restore_contact_method(
        self, info: Info, input: Annotated[RestoreContactMethodInput, strawberry.argument(description="Which one.")]
    ) -> RestoreContactMethodResult:
        """One transaction."""
        number = ids.decode(input.id, _KIND)
        within = timedelta(minutes=info.context.settings.undo_window_minutes)
        async with info.context.unit_of_work() as uow:
            client_id, version = await contacts_back.restore(uow, number, input.version, within=within, key=input.idempotency_key)
        return ClientSaved.of(client_id, version, kind=_KIND, number=number)

    @mutation(Permission.CLIENTS_WRITE, description="Note that a client gave or took back a consent. Lines are never changed.")
    async def record_consent(
        self, info: Info, input: Annotated[RecordConsentInput, strawberry.argument(description="What was said.")]
    ) -> RecordConsentResult:
        """One transaction."""
        asked = consents.NewConsent(
            client_id=ids.decode(input.client_id, "Client"),
            kind=input.kind,
            granted=input.granted,
            source=input.source,
            happened_at=input.happened_at,
        )
        async with info.context.unit_of_work() as uow:
            number = await consents.record(uow, asked, key=input.idempotency_key)
        return ClientSaved.of(asked.client_id, kind="Consent", number=number)
