"""Putting somebody on file over GraphQL: here and not with the clients, since their first authorization may come along."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import Maybe

from backend.accounts.permissions import Permission
from backend.clients.graphql.answers import ClientSaved, CreateClientResult
from backend.clients.graphql.inputs import KEY, given
from backend.clients.service import people
from backend.errors import NotAllowed
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import mutation
from backend.graphql.scalars import Language
from backend.memberships.service import FirstAuthorization


@strawberry.input(description="The authorization with which somebody comes: its units are visits. Blank fields count as absent.")
class FirstAuthorizationInput:
    """A funded purchase of service, as much of it as the desk needs. The rest can be filled in later."""

    uci_number: str | None = strawberry.field(description="The client's number at the regional centre; needed, at most 50 characters.")
    starts_on: date | None = strawberry.field(description="First day; needed.")
    ends_on: date | None = strawberry.field(description="Last day, included; needed.")
    units_per_month: int | None = strawberry.field(description="Authorised visits a month, 1 to 10,000.", default=None)
    authorization_number: str | None = strawberry.field(description="Its number; at most 50 characters.", default=None)


@strawberry.input(description="Somebody to put on file. One of the two names is needed; blank fields count as absent.")
class CreateClientInput:
    """A new client."""

    first_name: Maybe[str | None] = strawberry.field(description="Given name.")
    last_name: Maybe[str | None] = strawberry.field(description="Family name.")
    preferred_name: Maybe[str | None] = strawberry.field(description="What they like to be called, where it is not the given name.")
    date_of_birth: Maybe[date | None] = strawberry.field(description="Date of birth, not in the future.")
    language: Maybe[Language | None] = strawberry.field(description="The language they prefer; absent: the centre's for new clients.")
    phone: str | None = strawberry.field(description="Their phone; without a country code it is North American.", default=None)
    email: str | None = strawberry.field(description="Their email address.", default=None)
    guardian_name: Maybe[str | None] = strawberry.field(description="Parent or guardian.")
    guardian_relation: Maybe[str | None] = strawberry.field(description="What the guardian is to them: mother, conservator.")
    guardian_phone: Maybe[str | None] = strawberry.field(description="The guardian's phone.")
    service_coordinator: Maybe[str | None] = strawberry.field(description="Whom to call at the regional centre.")
    service_coordinator_phone: Maybe[str | None] = strawberry.field(description="The coordinator's phone.")
    service_coordinator_email: Maybe[str | None] = strawberry.field(description="The coordinator's email address.")
    member_code: Maybe[str | None] = strawberry.field(description="The code on a card that they have already; absent: one is made.")
    large_text: Maybe[bool | None] = strawberry.field(description="Show large text at the kiosk.")
    no_sound: Maybe[bool | None] = strawberry.field(description="Make no sound at the kiosk.")
    no_motion: Maybe[bool | None] = strawberry.field(description="Move nothing at the kiosk.")
    kiosk_colour: Maybe[str | None] = strawberry.field(
        description="The colour of their own choosing at the kiosk: red, orange, amber, green, teal, blue, violet or pink."
    )
    kiosk_picture: Maybe[str | None] = strawberry.field(
        description="The picture of their own choosing: cat, dog, fox, owl, fish, turtle, rocket, star, moon, sun, tree, flower, ball,"
        " guitar, robot or dragon."
    )
    gamer_tag: Maybe[str | None] = strawberry.field(
        description="What others may see of them in the lobby, with their consent; at most 40 characters."
    )
    note: str | None = strawberry.field(description="A first note.", default=None)
    tag_ids: list[strawberry.ID] | None = strawberry.field(description="Tags to put on them, at most 50.", default=None)
    authorization: FirstAuthorizationInput | None = strawberry.field(
        description="Their first authorization, with their UCI number. Needs `memberships:write`.", default=None
    )
    idempotency_key: UUID | None = strawberry.field(description=KEY, default=None)


@strawberry.type
class TakingInMutation:
    """Root field."""

    @mutation(
        Permission.CLIENTS_WRITE,
        description="Put somebody on file. Those who may be the same person are noted as possible duplicates; nothing is refused for it.",
    )
    async def create_client(
        self, info: Info, input: Annotated[CreateClientInput, strawberry.argument(description="Who.")]
    ) -> CreateClientResult:
        """One transaction."""
        asked = people.NewClient(
            details={"language": info.context.chosen.default_language} | given(input),
            phone=input.phone,
            email=input.email,
            note=input.note,
            tag_ids=tuple(ids.decode(tag_id, "Tag") for tag_id in input.tag_ids or ()),
        )
        if input.authorization is not None and Permission.MEMBERSHIPS_WRITE not in info.context.signed_in.permissions:
            raise NotAllowed
        beside = FirstAuthorization(strawberry.asdict(input.authorization)) if input.authorization is not None else None
        today = info.context.today()
        async with info.context.unit_of_work() as uow:
            number = await people.create(uow, asked, today=today, key=input.idempotency_key, beside=beside)
        return ClientSaved.of(number, 1)
