"""Inputs of changes to clients: absent leaves, null or blank clears."""

import dataclasses
from collections.abc import Container
from datetime import date
from typing import Any

import strawberry
from strawberry import Maybe, Some

from backend.graphql.scalars import Language

KEY = "A UUID of yours for this intention: sent again with the same one, nothing is made twice."
VERSION = "The version that you read; an older one is refused with what changed."


def given(asked: object, *, leave: Container[str] = ()) -> dict[str, Any]:
    """What an input of `Maybe` fields names, by the names of its columns; enums become what the database keeps."""
    found: dict[str, Any] = {}
    for item in dataclasses.fields(asked):  # type: ignore[arg-type]  # every Strawberry input is a dataclass
        value = getattr(asked, item.name)
        if item.name not in leave and isinstance(value, Some):
            found[item.name] = value.value.value if isinstance(value.value, Language) else value.value
    return found


@strawberry.input(description="What to change about a client: an absent field stays, null or a blank text clears it.")
class UpdateClientInput:
    """A change."""

    id: strawberry.ID = strawberry.field(description="The client.")
    version: int = strawberry.field(description=VERSION)
    first_name: Maybe[str | None] = strawberry.field(description="Given name. One of the two names must stay.")
    last_name: Maybe[str | None] = strawberry.field(description="Family name.")
    preferred_name: Maybe[str | None] = strawberry.field(description="What they like to be called.")
    date_of_birth: Maybe[date | None] = strawberry.field(description="Date of birth, not in the future.")
    language: Maybe[Language | None] = strawberry.field(description="The language they prefer; it can't be cleared.")
    guardian_name: Maybe[str | None] = strawberry.field(description="Parent or guardian.")
    guardian_relation: Maybe[str | None] = strawberry.field(description="What the guardian is to them.")
    guardian_phone: Maybe[str | None] = strawberry.field(description="The guardian's phone.")
    service_coordinator: Maybe[str | None] = strawberry.field(description="Whom to call at the regional centre.")
    service_coordinator_phone: Maybe[str | None] = strawberry.field(description="The coordinator's phone.")
    service_coordinator_email: Maybe[str | None] = strawberry.field(description="The coordinator's email address.")
    member_code: Maybe[str | None] = strawberry.field(description="The code on their card; nobody else may have it.")
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


@strawberry.input(description="A client at the version that you read.")
class ClientVersionInput:
    """Which client."""

    id: strawberry.ID = strawberry.field(description="The client.")
    version: int = strawberry.field(description=VERSION)
