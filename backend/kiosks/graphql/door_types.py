"""What goes between a kiosk and the server. An answer about somebody holds what is here and nothing else."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from backend.clients.standing import StandingStatus
from backend.graphql.errors import NotAllowed, ValidationProblem
from backend.graphql.scalars import Language
from backend.kiosks.models import KioskOutcome

strawberry.enum(KioskOutcome, description="What came of a press.")


@strawberry.type(description="What a kiosk checks the staff's PIN against: PBKDF2 with HMAC-SHA-256.")
class KioskExitPin:
    """A salted hash."""

    salt: str = strawberry.field(description="In base64.")
    iterations: int = strawberry.field(description="How many rounds.")
    hash: str = strawberry.field(description="32 bytes, in base64.")


@strawberry.type(description="What a kiosk needs to know of itself and of the centre.")
class KioskState:
    """Its settings."""

    name: str = strawberry.field(description="Its name.")
    station: str | None = strawberry.field(description="Where it stands.")
    centre_name: str = strawberry.field(description="The centre's name.")
    languages: list[Language] = strawberry.field(description="The languages to offer.")
    default_language: Language = strawberry.field(description="The language that it begins with.")
    sound: bool = strawberry.field(description="Whether kiosks make sounds.")
    walk_in: bool = strawberry.field(description="Whether first-time visitors may tell who they are.")
    accent_light: str | None = strawberry.field(description="The accent colour in the light theme; null: the product's own.")
    accent_dark: str | None = strawberry.field(description="The accent colour in the dark theme, likewise.")
    logo: str | None = strawberry.field(description="Where the centre's logo is; null: there is none.")
    exit_pin: KioskExitPin | None = strawberry.field(description="The staff's PIN to leave the page; null: none is set.")
    exit_code_hash: str = strawberry.field(description="SHA-256, in hex, of the text of the staff's QR code to leave the page.")
    now: datetime = strawberry.field(description="The server's clock.")
    app_version: str = strawberry.field(description="The server's version; a page of another one should be loaded again.")
    waiting: int = strawberry.field(description="How many presses wait for staff.")


@strawberry.input(description="How a kiosk is.")
class ReportKioskInput:
    """A sign of life."""

    app_version: str = strawberry.field(description="The version of its page.")
    queued: int = strawberry.field(description="How many presses wait on it.")
    persisted: bool = strawberry.field(description="Whether its browser promised to keep them.")


ReportKioskResult = Annotated[
    KioskState | ValidationProblem, strawberry.union("ReportKioskResult", description="What the kiosk needs to know, or what is wrong.")
]


@strawberry.input(description="What somebody typed or held up: one of both.")
class LookUpInput:
    """A credential."""

    phone: str | None = strawberry.field(default=None, description="A whole phone number.")
    code: str | None = strawberry.field(default=None, description="The code on a member's card.")


@strawberry.type(description="How somebody wants a kiosk to be.")
class KioskComfort:
    """Comfort."""

    language: Language = strawberry.field(description="The language to answer them in.")
    large_text: bool = strawberry.field(description="Show large text.")
    no_sound: bool = strawberry.field(description="Make no sound.")
    no_motion: bool = strawberry.field(description="Move nothing.")


@strawberry.type(description="Somebody who may be the one at the kiosk.")
class KioskPerson:
    """As little as tells a family apart."""

    handle: str = strawberry.field(description="What stands for them on this kiosk, and on no other.")
    first_name: str = strawberry.field(description="What they are called.")
    initial: str = strawberry.field(description="The first letter of their last name.")
    colour: str | None = strawberry.field(description="The colour that they chose.")
    picture: str | None = strawberry.field(description="The picture that they chose, by its name.")
    standing: StandingStatus = strawberry.field(description="Today's standing.")
    comfort: KioskComfort = strawberry.field(description="How they want the kiosk to be.")


@strawberry.type(description="Whom it may be. Nobody: unknown, not for a kiosk, or too many; all the same: they see the desk.")
class LookedUp:
    """At most six."""

    people: list[KioskPerson] = strawberry.field(description="At most six, by name.")
    wait_seconds: int = strawberry.field(description="More than 0: too many look-ups, nothing was looked up, ask again after this time.")


LookUpResult = Annotated[
    LookedUp | ValidationProblem, strawberry.union("LookUpResult", description="Whom it may be, or that it can be nobody's.")
]


@strawberry.input(description="One press: who (one of handle, phone and code) and when, by the device's clocks.")
class KioskPressInput:
    """A wish to be checked in."""

    request_id: UUID = strawberry.field(description="Made by the device before anything was shown; sent again, it gets the first answer.")
    sequence: int = strawberry.field(description="Counts the presses of the device.")
    handle: str | None = strawberry.field(default=None, description="Who, as a look-up or the roster named them.")
    phone: str | None = strawberry.field(default=None, description="What was typed, where nobody could be looked up.")
    code: str | None = strawberry.field(default=None, description="What was held up, likewise.")
    occurred_at: datetime = strawberry.field(description="When, by the device's clock.")
    monotonic_ms: float = strawberry.field(description="When, by its steady counter.")
    session: UUID = strawberry.field(description="In which run of the page that counter counts.")
    clock_offset_ms: float | None = strawberry.field(
        default=None, description="How far the server's clock was ahead of the device's, as known at the press."
    )
    offline: bool = strawberry.field(description="Whether the device decided by itself what to show.")


@strawberry.input(description="1 to 50 presses, and what the device's clocks say while it sends them.")
class CheckInBatchInput:
    """A batch, in any order."""

    presses: list[KioskPressInput] = strawberry.field(description="1 to 50.")
    sent_at: datetime = strawberry.field(description="Now, by the device's clock.")
    session: UUID = strawberry.field(description="The present run of the page.")
    monotonic_ms: float = strawberry.field(description="Now, by its steady counter.")


@strawberry.type(description="What came of one press.")
class KioskAnswer:
    """An answer."""

    request_id: UUID = strawberry.field(description="Of which press.")
    outcome: KioskOutcome = strawberry.field(description="With anything but TRY_AGAIN the device may forget the press.")
    sentence: str = strawberry.field(description="What to say, in the client's language.")


@strawberry.type(description="An answer for each press, in their order.")
class CheckInBatchAnswered:
    """Answers."""

    answers: list[KioskAnswer] = strawberry.field(description="One for each press, in their order.")
    now: datetime = strawberry.field(description="The server's clock.")


CheckInBatchResult = Annotated[
    CheckInBatchAnswered | ValidationProblem,
    strawberry.union("CheckInBatchResult", description="An answer for each press, or what is wrong with the batch."),
]


@strawberry.input(description="What a first-time visitor tells.")
class WalkInInput:
    """A visitor."""

    request_id: UUID = strawberry.field(description="Made by the device; sent again, nobody waits twice.")
    first_name: str = strawberry.field(description="Their first name.")
    last_name: str = strawberry.field(description="Their last name.")
    phone: str | None = strawberry.field(default=None, description="A phone.")
    email: str | None = strawberry.field(default=None, description="An email address.")
    language: Language = strawberry.field(description="The language that they chose at the kiosk.")


@strawberry.type(description="Staff know that somebody waits.")
class WalkInTaken:
    """Taken."""

    sentence: str = strawberry.field(description="What to say.")


WalkInResult = Annotated[
    WalkInTaken | ValidationProblem | NotAllowed,
    strawberry.union("WalkInResult", description="Taken, what is wrong, or that the centre takes nobody so."),
]


@strawberry.type(description="A page of what a kiosk needs to decide without a network: keyed hashes, no names.")
class KioskRoster:
    """A page of lines."""

    key: str = strawberry.field(description="The key of the hashes, 32 bytes in base64; another one for each kiosk.")
    entries: list[str] = strawberry.field(
        description="`HASH HANDLE STARTS ENDS POLICY COLOUR PICTURE FLAGS`, a line for each credential and person; docs/kiosk.md says more."
    )
    next: str | None = strawberry.field(description="Give it as `after` for the next page; null: this was the last one.")
    made_at: datetime = strawberry.field(description="The server's clock.")


@strawberry.type(description="What a screen in the lobby shows.")
class Lobby:
    """Who is here, by the names that they agreed to have shown."""

    centre_name: str = strawberry.field(description="The centre's name.")
    here: int = strawberry.field(description="How many people are here.")
    tags: list[str] = strawberry.field(description="The gamer tags of those who agreed, the latest first, at most 60.")
    opens_at: datetime | None = strawberry.field(description="When the centre opens today, or opened; null: it stays closed.")
    closes_at: datetime | None = strawberry.field(description="When it closes then.")
    now: datetime = strawberry.field(description="The server's clock.")
    accent_light: str | None = strawberry.field(description="The accent colour in the light theme; null: the product's own.")
    accent_dark: str | None = strawberry.field(description="The accent colour in the dark theme, likewise.")
    logo: str | None = strawberry.field(description="Where the centre's logo is; null: there is none.")
    languages: list[Language] = strawberry.field(description="The languages to show.")
    default_language: Language = strawberry.field(description="The first of them.")
    time_zone: str = strawberry.field(description="IANA name of the centre's zone.")
