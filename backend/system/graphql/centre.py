"""What the centre chose for itself, over GraphQL: opening hours, check-out at closing time, currency."""

from datetime import time
from typing import Annotated, Any

import strawberry

from backend.accounts.permissions import Permission
from backend.errors import FieldError, ValidationFailed
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, NotAllowed, ValidationProblem
from backend.graphql.fields import mutation, query
from backend.system import centre


@strawberry.type(description="When the centre is open on one weekday, by its own clock, as HH:MM.")
class OpeningHours:
    """One day."""

    opens: str = strawberry.field(description="Opening time.")
    closes: str = strawberry.field(description="Closing time. Earlier than `opens`: on the next day.")


@strawberry.type(description="What the centre chose for itself.")
class CentreSettings:
    """Everything that can be chosen."""

    opening_hours: list[OpeningHours | None] = strawberry.field(description="Seven weekdays from Monday; null is a closed day.")
    check_out_at_closing: bool = strawberry.field(description="Whether visits without a check-out end at closing time.")
    currency: str = strawberry.field(description="The currency of prices, such as USD.")
    currencies: list[str] = strawberry.field(description="The currencies to choose from.")
    version: int = strawberry.field(description="Grows with every change; a change gives the one it read.")

    @classmethod
    def of(cls, chosen: centre.CentreSettings) -> "CentreSettings":
        """From the plain ones."""
        return cls(
            opening_hours=[
                OpeningHours(opens=day.opens.isoformat("minutes"), closes=day.closes.isoformat("minutes")) if day else None
                for day in chosen.opening_hours
            ],
            check_out_at_closing=chosen.check_out_at_closing,
            currency=chosen.currency,
            currencies=list(centre.CURRENCIES),
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
        return CentreSettings.of(await centre.read(info.context.reader))


@strawberry.type
class CentreMutation:
    """Root fields."""

    @mutation(Permission.SETTINGS_WRITE, description="Change what the centre chose for itself, all of it or nothing.")
    async def change_centre_settings(
        self, info: Info, input: Annotated[ChangeCentreSettingsInput, strawberry.argument(description="What to change.")]
    ) -> CentreSettingsResult:
        """One transaction."""
        chosen: dict[str, Any] = {
            name: value
            for name, value in (("check_out_at_closing", input.check_out_at_closing), ("currency", input.currency))
            if value is not None
        }
        if input.opening_hours is not None:
            chosen["opening_hours"] = _week(input.opening_hours)
        async with info.context.unit_of_work() as uow:
            saved = await centre.change(uow, version=input.version, **chosen)
        return CentreSettingsSaved(settings=CentreSettings.of(saved))


def _week(given: list[OpeningHoursInput | None]) -> tuple[centre.Hours | None, ...]:
    problems: list[FieldError] = []
    week: list[centre.Hours | None] = []
    for number, day in enumerate(given):
        try:
            week.append(centre.Hours(_time(day.opens), _time(day.closes)) if day else None)
        except ValueError:
            problems.append(FieldError(("openingHours", str(number)), "NOT_A_TIME", "Write both times as HH:MM, such as 09:30."))
    if problems:
        raise ValidationFailed(*problems)
    return tuple(week)


def _time(written: str) -> time:
    """A time of day without seconds; raises `ValueError`."""
    hour, minute = written.strip().split(":")
    return time(int(hour), int(minute))
