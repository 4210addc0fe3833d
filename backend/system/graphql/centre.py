"""What the centre chose for itself, over GraphQL: its name and clock, opening hours, languages, looks, and how long things are kept."""

from datetime import time
from typing import Annotated, Any

import strawberry
from strawberry import Maybe

from backend.accounts.models import UserRole
from backend.accounts.permissions import Permission
from backend.config import Settings
from backend.errors import FieldError, ValidationFailed
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, NotAllowed, ValidationProblem
from backend.graphql.fields import mutation, query
from backend.graphql.scalars import Language
from backend.graphql.settling import given_to
from backend.system import centre, choices, present
from backend.system.hours import Hours


@strawberry.type(description="When the centre is open on one weekday, by its own clock, as HH:MM.")
class OpeningHours:
    """One day."""

    opens: str = strawberry.field(description="Opening time.")
    closes: str = strawberry.field(description="Closing time. Earlier than `opens`: on the next day.")


@strawberry.type(description="What the centre chose for itself.")
class CentreSettings:
    """Everything that can be chosen."""

    name: str = strawberry.field(description="The centre's name; until one is chosen, the operator's setting.")
    time_zone: str = strawberry.field(description="IANA name of the zone that decides what today is; likewise.")
    opening_hours: list[OpeningHours | None] = strawberry.field(description="Seven weekdays from Monday; null is a closed day.")
    check_out_at_closing: bool = strawberry.field(description="Whether visits without a check-out end at closing time.")
    currency: str = strawberry.field(description="The currency of prices, such as USD.")
    currencies: list[str] = strawberry.field(description="The currencies to choose from.")
    repeat_window_minutes: int = strawberry.field(description="A second check-in within this time is the first one again.")
    languages: list[Language] = strawberry.field(description="The languages that are offered to choose from.")
    default_language: Language = strawberry.field(description="The language of new clients for whom none is given.")
    accent_light: str | None = strawberry.field(description="The accent colour in the light theme, as #rrggbb; null: the product's own.")
    accent_dark: str | None = strawberry.field(description="The accent colour in the dark theme, likewise.")
    logo_url: str | None = strawberry.field(description="Where the logo is, changed with every new one; null: there is none.")
    sign_in_days: int = strawberry.field(description="How many days a sign-in is kept after its end.")
    device_days: int = strawberry.field(description="How many days without a sign-in a known device is kept.")
    second_factor_roles: list[UserRole] = strawberry.field(description="The roles whose users must have a second factor.")
    kiosk_sound: bool = strawberry.field(description="Whether kiosks make sounds.")
    kiosk_walk_in: bool = strawberry.field(description="Whether first-time visitors may tell a kiosk who they are.")
    kiosk_exit_pin_set: bool = strawberry.field(description="Whether there is a PIN to leave a kiosk's page.")
    version: int = strawberry.field(description="Grows with every change; a change gives the one it read.")

    @classmethod
    def of(cls, chosen: centre.CentreSettings, given: Settings) -> "CentreSettings":
        """From the choice, on top of what the environment gives."""
        settings = present.overlaid(given, chosen)
        return cls(
            name=settings.centre_name,
            time_zone=settings.centre_timezone,
            opening_hours=[
                OpeningHours(opens=day.opens.isoformat("minutes"), closes=day.closes.isoformat("minutes")) if day else None
                for day in chosen.opening_hours
            ],
            check_out_at_closing=chosen.check_out_at_closing,
            currency=chosen.currency,
            currencies=list(choices.CURRENCIES),
            repeat_window_minutes=settings.repeat_window_minutes,
            languages=[Language(language) for language in chosen.languages],
            default_language=Language(chosen.default_language),
            accent_light=chosen.accent_light,
            accent_dark=chosen.accent_dark,
            logo_url=chosen.logo_address,
            sign_in_days=chosen.sign_in_days,
            device_days=chosen.device_days,
            second_factor_roles=list(chosen.second_factor_roles),
            kiosk_sound=chosen.kiosk_sound,
            kiosk_walk_in=chosen.kiosk_walk_in,
            kiosk_exit_pin_set=chosen.kiosk_exit_pin is not None,
            version=chosen.version,
        )


@strawberry.input(description="The hours of one weekday, as HH:MM by the centre's clock.")
class OpeningHoursInput:
    """One day."""

    opens: str = strawberry.field(description="Opening time.")
    closes: str = strawberry.field(description="Closing time. Earlier than `opens`: on the next day.")


@strawberry.input(description="What to change; what is left out stays as it is.")
class ChangeCentreSettingsInput:
    """A change."""

    version: int = strawberry.field(description="The version that was read.")
    opening_hours: list[OpeningHoursInput | None] | None = strawberry.field(
        default=None, description="Seven weekdays from Monday; null is a closed day."
    )
    check_out_at_closing: bool | None = strawberry.field(default=None, description="Whether visits end at closing time by themselves.")
    currency: str | None = strawberry.field(default=None, description="The currency of prices.")
    name: str | None = strawberry.field(default=None, description="The centre's name, at most 120 characters.")
    time_zone: str | None = strawberry.field(
        default=None, description="IANA name of the zone. Days of visits that were recorded stay as they are."
    )
    repeat_window_minutes: int | None = strawberry.field(
        default=None, description="Minutes within which a second check-in is the first one again, 0 to 1440."
    )
    languages: list[Language] | None = strawberry.field(default=None, description="The languages to offer, at least one.")
    default_language: Language | None = strawberry.field(default=None, description="The language of new clients; one that is offered.")
    accent_light: Maybe[str | None] = strawberry.field(
        description="The accent colour in the light theme, as #rrggbb with a contrast of 4.5:1; null: the product's own."
    )
    accent_dark: Maybe[str | None] = strawberry.field(description="The accent colour in the dark theme, likewise.")
    sign_in_days: int | None = strawberry.field(default=None, description="How many days to keep a sign-in after its end, 30 to 400.")
    device_days: int | None = strawberry.field(default=None, description="How many days to keep a known device, 30 to 400.")
    second_factor_roles: list[UserRole] | None = strawberry.field(
        default=None, description="The roles whose users must have a second factor."
    )


@strawberry.type(description="The settings as they are now.")
class CentreSettingsSaved:
    """Saved."""

    settings: CentreSettings = strawberry.field(description="The settings.")


CentreSettingsResult = Annotated[
    CentreSettingsSaved | ValidationProblem | Conflict | NotAllowed,
    strawberry.union("CentreSettingsResult", description="What came of it."),
]


@strawberry.type
class CentreQuery:
    """Root fields."""

    @query(Permission.SETTINGS_READ, description="What the centre chose for itself.")
    async def centre_settings(self, info: Info) -> CentreSettings:
        """One statement."""
        return CentreSettings.of(await centre.read(info.context.reader), given_to(info.context))


@strawberry.type
class CentreMutation:
    """Root fields."""

    @mutation(Permission.SETTINGS_WRITE, description="Change what the centre chose for itself, all of it or nothing.")
    async def change_centre_settings(
        self, info: Info, input: Annotated[ChangeCentreSettingsInput, strawberry.argument(description="What to change.")]
    ) -> CentreSettingsResult:
        """One transaction."""
        chosen = _chosen(input)
        async with info.context.unit_of_work() as uow:
            given = given_to(info.context)
            saved = await centre.change(uow, version=input.version, given_zone=given.centre_timezone, **chosen)
        return CentreSettingsSaved(settings=CentreSettings.of(saved, given))


_AS_GIVEN = ("check_out_at_closing", "currency", "name", "time_zone", "repeat_window_minutes", "sign_in_days", "device_days")


def _chosen(given: ChangeCentreSettingsInput) -> dict[str, Any]:
    chosen: dict[str, Any] = {name: value for name in _AS_GIVEN if (value := getattr(given, name)) is not None}
    if given.opening_hours is not None:
        chosen["opening_hours"] = _week(given.opening_hours)
    if given.languages is not None:
        chosen["languages"] = tuple(language.value for language in given.languages)
    if given.default_language is not None:
        chosen["default_language"] = given.default_language.value
    if given.second_factor_roles is not None:
        chosen["second_factor_roles"] = tuple(given.second_factor_roles)
    for name, colour in (("accent_light", given.accent_light), ("accent_dark", given.accent_dark)):
        if colour is not None:
            chosen[name] = colour.value.strip().lower() if colour.value else None
    return chosen


def _week(given: list[OpeningHoursInput | None]) -> tuple[Hours | None, ...]:
    problems: list[FieldError] = []
    week: list[Hours | None] = []
    for number, day in enumerate(given):
        try:
            week.append(Hours(_time(day.opens), _time(day.closes)) if day else None)
        except ValueError:
            problems.append(FieldError(("openingHours", str(number)), "NOT_A_TIME", "Write both times as HH:MM, such as 09:30."))
    if problems:
        raise ValidationFailed(*problems)
    return tuple(week)


def _time(written: str) -> time:
    """A time of day without seconds; raises `ValueError`."""
    hour, minute = written.strip().split(":")
    return time(int(hour), int(minute))
