"""Kiosks as staff see them: types, inputs and what mutations answer."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import Maybe

from backend import clock
from backend.accounts.graphql import LoginRefused
from backend.accounts.models import KioskKind
from backend.checkins.graphql.types import Station
from backend.checkins.queries import StationRow
from backend.db import AnyRow, ReadSession
from backend.graphql import ids
from backend.graphql.context import Context
from backend.graphql.errors import Conflict, NotAllowed, NotFound, ValidationProblem
from backend.graphql.relay import Node
from backend.kiosks import queries

strawberry.enum(KioskKind, description="What a paired device is for.")

ONLINE = timedelta(seconds=60)
"""A device that has told of itself within this time is online; it does each few seconds."""


@strawberry.type(description="A paired device.")
class Kiosk(Node):
    """A kiosk."""

    name: str = strawberry.field(description="Its name.")
    kind: KioskKind = strawberry.field(description="What it is for.")
    station: Station | None = strawberry.field(description="Where its visits happen.")
    online: bool = strawberry.field(description="Whether it has told of itself within the last minute.")
    last_seen_at: datetime | None = strawberry.field(description="When it last told of itself.")
    app_version: str | None = strawberry.field(description="The version of the product that its page has.")
    queued: int = strawberry.field(description="How many visits wait on the device, as it told last.")
    persisted: bool | None = strawberry.field(description="Whether its browser promised to keep what waits; null: not known.")
    paired_at: datetime = strawberry.field(description="When it was approved.")
    paired_by: str | None = strawberry.field(description="Who approved it; null when that user is gone.")
    revoked_at: datetime | None = strawberry.field(description="When it was revoked.")
    look_ups_today: int = strawberry.field(description="How often it looked somebody up on the centre's present day.")
    slowed_today: int = strawberry.field(description="How many of these had to wait, because there were more than thirty a minute.")
    version: int = strawberry.field(description="Grows with every change; a change gives the one it read.")

    @classmethod
    def of(cls, row: AnyRow) -> "Kiosk":
        """From a row of `queries`."""
        station = StationRow(row.station_id, row.station_name or "", row.station_retired) if row.station_id else None
        seen = row.last_seen_at
        return cls(
            id=ids.encode("Kiosk", row.id),
            name=row.name,
            kind=KioskKind(row.kind),
            station=Station.of(station) if station else None,
            online=row.revoked_at is None and seen is not None and clock.now() - seen < ONLINE,
            last_seen_at=seen,
            app_version=row.app_version,
            queued=row.queued,
            persisted=row.persisted,
            paired_at=row.paired_at,
            paired_by=row.paired_by_name,
            revoked_at=row.revoked_at,
            look_ups_today=row.asked,
            slowed_today=row.slowed,
            version=row.version,
        )


async def kiosks_by_id(reader: ReadSession, context: Context, numbers: list[int]) -> Mapping[int, Kiosk]:
    """A batch of kiosks."""
    rows = await queries.kiosks(reader, since=queries.midnight(context.settings.zone), only=numbers)
    return {row.id: Kiosk.of(row) for row in rows}


@strawberry.input(description="A device that wants to be paired.")
class AskToPairInput:
    """What it is for."""

    kind: KioskKind = strawberry.field(description="What it is for.")


@strawberry.type(description="A code to show and a token to keep. The token counts as soon as an administrator has typed the code.")
class PairingAsked:
    """The device's half of a pairing."""

    code: str = strawberry.field(description="Eight signs, to be shown.")
    token: str = strawberry.field(description="What the device sends as `Authorization: Bearer`, kept to itself.")
    expires_in_seconds: int = strawberry.field(description="How long the code counts.")


AskToPairResult = Annotated[
    PairingAsked | LoginRefused, strawberry.union("AskToPairResult", description="A code, or that there were too many tries.")
]


@strawberry.input(description="Pair the device that shows a code.")
class ApproveKioskInput:
    """What is on its screen, and what to call it."""

    code: str = strawberry.field(description="The eight signs; blanks, hyphens and case don't matter.")
    name: str = strawberry.field(description="Its name, at most 80 characters; no other kiosk may have it.")
    station_id: strawberry.ID | None = strawberry.field(default=None, description="Where its visits happen.")
    idempotency_key: UUID | None = strawberry.field(
        default=None, description="A UUID of your own: sent again, the same kiosk is answered and none is paired twice."
    )


@strawberry.input(description="A change of a kiosk.")
class UpdateKioskInput:
    """What is left out stays."""

    id: strawberry.ID = strawberry.field(description="Which kiosk.")
    version: int = strawberry.field(description="The version that was read.")
    name: Maybe[str | None] = strawberry.field(description="Another name.")
    station_id: Maybe[strawberry.ID | None] = strawberry.field(description="Another station; null: none.")


@strawberry.input(description="A kiosk to cut off.")
class RevokeKioskInput:
    """Which."""

    id: strawberry.ID = strawberry.field(description="Which kiosk.")


@strawberry.type(description="The kiosk as it is now.")
class KioskSaved:
    """Saved."""

    kiosk: Kiosk = strawberry.field(description="The kiosk.")


ApproveKioskResult = Annotated[
    KioskSaved | ValidationProblem | NotFound | Conflict | NotAllowed,
    strawberry.union("ApproveKioskResult", description="The paired kiosk, or what is wrong."),
]
UpdateKioskResult = Annotated[
    KioskSaved | ValidationProblem | NotFound | Conflict | NotAllowed,
    strawberry.union("UpdateKioskResult", description="The kiosk, or what is wrong."),
]
RevokeKioskResult = Annotated[
    KioskSaved | NotFound | NotAllowed, strawberry.union("RevokeKioskResult", description="The kiosk, which is cut off now.")
]
