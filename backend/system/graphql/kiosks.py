"""What the centre chose for all its kiosks, over GraphQL."""

import asyncio
from typing import Annotated, Any

import strawberry
from strawberry import Maybe

from backend.accounts.permissions import Permission
from backend.graphql.context import Info
from backend.graphql.fields import mutation
from backend.graphql.settling import given_to
from backend.system import centre, exit_pin
from backend.system.graphql.centre import CentreSettings, CentreSettingsResult, CentreSettingsSaved


@strawberry.input(description="What to change for all kiosks; what is left out stays as it is.")
class ChangeKioskSettingsInput:
    """A change."""

    version: int = strawberry.field(description="The version of the centre's settings that was read.")
    sound: bool | None = strawberry.field(default=None, description="Whether kiosks make sounds.")
    walk_in: bool | None = strawberry.field(default=None, description="Whether first-time visitors may tell who they are.")
    exit_pin: Maybe[str | None] = strawberry.field(description="The staff's PIN to leave a kiosk's page, 4 to 8 digits; null: none.")


@strawberry.type
class KioskSettingsMutation:
    """Root field."""

    @mutation(Permission.SETTINGS_WRITE, description="Change what holds for all kiosks, all of it or nothing.")
    async def change_kiosk_settings(
        self, info: Info, input: Annotated[ChangeKioskSettingsInput, strawberry.argument(description="What to change.")]
    ) -> CentreSettingsResult:
        """One transaction."""
        given = {"kiosk_sound": input.sound, "kiosk_walk_in": input.walk_in}
        chosen: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        if input.exit_pin is not None:
            typed = input.exit_pin.value
            chosen["kiosk_exit_pin"] = await asyncio.to_thread(exit_pin.make, typed) if typed else None
        async with info.context.unit_of_work() as uow:
            saved = await centre.change(uow, version=input.version, **chosen)
        return CentreSettingsSaved(settings=CentreSettings.of(saved, given_to(info.context)))
