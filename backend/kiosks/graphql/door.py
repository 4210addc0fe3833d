"""Root fields for devices: translate, delegate."""

import asyncio
import base64
import time
from datetime import UTC, datetime, timedelta
from typing import Annotated

import strawberry
from sqlalchemy import select

from backend import clock, log
from backend.accounts.models import Kiosk
from backend.accounts.permissions import Permission
from backend.checking import Checker
from backend.checkins.models import Station
from backend.clients.standing import StandingStatus
from backend.errors import FieldError, NotAllowed, Unavailable, ValidationFailed
from backend.graphql.context import Context, Info
from backend.graphql.fields import mutation, query
from backend.graphql.pagination import decode_cursor, encode_cursor
from backend.graphql.scalars import Language
from backend.kiosks import arriving, handles, lobby, moments, pace, people, queries, reporting, roster
from backend.kiosks.graphql.door_types import (
    CheckInBatchAnswered,
    CheckInBatchInput,
    CheckInBatchResult,
    KioskAnswer,
    KioskComfort,
    KioskExitPin,
    KioskPerson,
    KioskPressInput,
    KioskRoster,
    KioskState,
    Lobby,
    LookedUp,
    LookUpInput,
    LookUpResult,
    ReportKioskInput,
    ReportKioskResult,
    WalkInInput,
    WalkInResult,
    WalkInTaken,
)
from backend.kiosks.models import KioskOutcome
from backend.system import exit_pin
from backend.system.version import product_version
from backend.values import NAME_LENGTH

logger = log.get(__name__)

MOST = 50
EVENLY = 0.04
"""Seconds that a look-up takes at least, so that its time doesn't tell how much was found."""
ENOUGH = 3.0
"""Seconds after which the rest of a batch is told to come again, before the request takes too long."""
PROMPT = timedelta(seconds=30)
"""Who pressed longer ago does not stand there any more."""
_ROSTER = "KIOSK_ROSTER"
_AGE = timedelta(days=3650)


def _kiosk(context: Context) -> int:
    number = context.signed_in.kiosk_id
    if number is None:
        raise NotAllowed
    return number


async def _door(context: Context) -> arriving.Door:
    number = _kiosk(context)
    station = await context.reader.scalar(select(Kiosk.station_id).where(Kiosk.id == number))
    return arriving.Door(number, station, context.settings, context.chosen)


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)


@strawberry.type
class DoorQuery:
    """Root fields."""

    @query(Permission.KIOSK_USE, description="What a kiosk needs to decide without a network, a page at a time; good for 72 hours.")
    async def kiosk_roster(
        self, info: Info, after: Annotated[str | None, strawberry.argument(description="`next` of the page before.")] = None
    ) -> KioskRoster:
        """One statement."""
        context = info.context
        number = _kiosk(context)
        last = decode_cursor(after, _ROSTER, int)[0] if after else 0
        page = await roster.page(context.reader, context.settings, number, day=context.today(), after=last)
        return KioskRoster(
            key=base64.b64encode(roster.key_of(context.settings, number)).decode(),
            entries=page.entries,
            next=encode_cursor(_ROSTER, page.next) if page.next is not None else None,
            made_at=clock.now(),
        )

    @query(Permission.LOBBY_READ, description="What a screen in the lobby shows.")
    async def lobby(self, info: Info) -> Lobby:
        """One statement."""
        context, chosen = info.context, info.context.chosen
        here = await lobby.look(context.reader, chosen.opening_hours, context.settings.zone)
        return Lobby(
            centre_name=context.settings.centre_name,
            here=here.count,
            tags=list(here.tags),
            opens_at=here.opens_at,
            closes_at=here.closes_at,
            now=clock.now(),
            accent_light=chosen.accent_light,
            accent_dark=chosen.accent_dark,
            logo=chosen.logo_address,
            languages=[Language(language) for language in chosen.languages],
            default_language=Language(chosen.default_language),
            time_zone=context.settings.centre_timezone,
        )


@strawberry.type
class DoorMutation:
    """Root fields."""

    @mutation(Permission.KIOSK_REPORT, description="Tell that the device is there and how it is; answers what it needs to know.")
    async def report_kiosk(
        self, info: Info, input: Annotated[ReportKioskInput, strawberry.argument(description="How it is.")]
    ) -> ReportKioskResult:
        """Two statements, mostly without writing."""
        context = info.context
        number = _kiosk(context)
        async with context.unit_of_work(one_statement=True) as uow:
            await reporting.note(uow, number, app_version=input.app_version, queued=input.queued, persisted=input.persisted)
        return await _state(context, number)

    @mutation(
        Permission.KIOSK_USE, description="Whom a whole phone number or code belongs to, as far as a kiosk may know. Each one counts."
    )
    async def look_up(
        self, info: Info, input: Annotated[LookUpInput, strawberry.argument(description="What was typed or held up.")]
    ) -> LookUpResult:
        """One small transaction that counts, two statements."""
        begun = time.monotonic()
        context = info.context
        number = _kiosk(context)
        typed = _typed(input.phone, input.code)
        async with context.unit_of_work() as uow:
            taken = await pace.take(uow, number)
            if taken.hurried:
                uow.announce(queries.TOPIC, 0)
        if taken.away:
            return LookedUp(people=[], wait_seconds=taken.away)
        await asyncio.sleep(taken.here)
        rows = await people.look_up(context.reader, typed, context.today())
        await asyncio.sleep(max(0.0, EVENLY + taken.here - (time.monotonic() - begun)))
        found = [
            KioskPerson(
                handle=handles.make(context.settings, number, row.id),
                first_name=row.first_name,
                initial=row.initial,
                colour=row.kiosk_colour,
                picture=row.kiosk_picture,
                standing=StandingStatus(row.status),
                comfort=KioskComfort(
                    language=Language(row.language), large_text=row.large_text, no_sound=row.no_sound, no_motion=row.no_motion
                ),
            )
            for row in rows
        ]
        return LookedUp(people=found, wait_seconds=0)

    @mutation(Permission.KIOSK_USE, description="Check in for 1 to 50 presses, now or from days ago, in any order and any number of times.")
    async def check_in_batch(
        self, info: Info, input: Annotated[CheckInBatchInput, strawberry.argument(description="The presses.")]
    ) -> CheckInBatchResult:
        """A transaction for each press, so that one that fails takes no other with it."""
        begun = time.monotonic()
        context = info.context
        presses = _presses(input)
        door = await _door(context)
        answers: list[KioskAnswer] = []
        for press in presses:
            if time.monotonic() - begun > ENOUGH:
                answers.append(_later(press))
                continue
            try:
                async with context.unit_of_work() as uow:
                    answer = await arriving.arrive(uow, door, press)
            except Unavailable:
                answers.append(_later(press))
            except Exception as defect:  # noqa: BLE001 (one press that we can't take must not hold up those behind it)
                logger.warning("press not taken", kind=type(defect).__name__, request=str(press.request_id))
                answers.append(_later(press))
            else:
                answers.append(KioskAnswer(request_id=answer.request_id, outcome=answer.outcome, sentence=answer.sentence))
        return CheckInBatchAnswered(answers=answers, now=clock.now())

    @mutation(Permission.KIOSK_USE, description="Tell, as a first-time visitor, who waits at the desk. Only where the centre allows it.")
    async def walk_in(self, info: Info, input: Annotated[WalkInInput, strawberry.argument(description="Who.")]) -> WalkInResult:
        """One transaction."""
        context = info.context
        if not context.chosen.kiosk_walk_in:
            raise NotAllowed("The centre takes first-time visitors at the desk.")
        check = Checker()
        visitor = {
            "first_name": check.line("firstName", input.first_name, NAME_LENGTH),
            "last_name": check.line("lastName", input.last_name, NAME_LENGTH) or "",
            "phone": check.phone("phone", input.phone),
            "email": check.email("email", input.email),
            "language": input.language.value,
        }
        check.required("firstName", visitor["first_name"], "Tell us your first name.")
        check.done()
        door = await _door(context)
        async with context.unit_of_work() as uow:
            sentence = await arriving.take_visitor(uow, door, input.request_id, visitor, input.language.value)
        return WalkInTaken(sentence=sentence)


async def _state(context: Context, number: int) -> KioskState:
    row = await context.reader.row(
        select(Kiosk.name, Station.name.label("station")).outerjoin(Station, Station.id == Kiosk.station_id).where(Kiosk.id == number)
    )
    chosen = context.chosen
    pin = chosen.kiosk_exit_pin
    return KioskState(
        name=row.name if row else "",
        station=row.station if row else None,
        centre_name=context.settings.centre_name,
        languages=[Language(language) for language in chosen.languages],
        default_language=Language(chosen.default_language),
        sound=chosen.kiosk_sound,
        walk_in=chosen.kiosk_walk_in,
        accent_light=chosen.accent_light,
        accent_dark=chosen.accent_dark,
        logo=chosen.logo_address,
        exit_pin=KioskExitPin(salt=pin.salt, iterations=pin.iterations, hash=pin.hash) if pin else None,
        exit_code_hash=exit_pin.code_hash(context.settings, pin),
        now=clock.now(),
        app_version=product_version(),
        waiting=await queries.count_of_inbox(context.reader),
    )


def _typed(phone: str | None, code: str | None) -> people.Typed:
    """What was typed; raises `ValidationFailed` where it is neither a phone nor a code."""
    typed = people.read(phone, code)
    if (phone is None) == (code is None):
        raise ValidationFailed(FieldError(("phone",), "ONE_OF", "Give a phone or a code."))
    if not typed.readable:
        raise ValidationFailed(FieldError(("phone" if code is None else "code",), "UNREADABLE", "This is no whole phone number or code."))
    return typed


def _presses(given: CheckInBatchInput) -> list[arriving.Press]:
    """The presses with the server's time; raises `ValidationFailed` for none, too many, or what names nobody or two."""
    if not 1 <= len(given.presses) <= MOST:
        raise ValidationFailed(FieldError(("presses",), "OUT_OF_RANGE", f"Send 1 to {MOST} presses."))
    for place, press in enumerate(given.presses):
        if [press.handle, press.phone, press.code].count(None) != 2:
            raise ValidationFailed(FieldError(("presses", str(place)), "ONE_OF", "Give a handle, a phone or a code."))
    now = clock.now()
    sending = moments.Told(_aware(given.sent_at), given.monotonic_ms, str(given.session))
    return [_press(press, sending, now) for press in given.presses]


def _press(given: KioskPressInput, sending: moments.Told, now: datetime) -> arriving.Press:
    told = moments.Told(_aware(given.occurred_at), given.monotonic_ms, str(given.session), given.clock_offset_ms)
    try:
        at = moments.moment(told, sending, now)
    except OverflowError:
        at = datetime.max.replace(tzinfo=UTC)
    # A clock of another age is for a person to decide, and its time one that every zone has.
    at = min(max(at, now - _AGE), now + _AGE)
    typed = people.read(given.phone, given.code) if given.handle is None else people.Typed()
    # What comes late was answered by the device, whatever it hoped for when it was pressed.
    offline = given.offline or now - at > PROMPT
    return arriving.Press(given.request_id, max(0, given.sequence), given.handle, typed, at, offline)


def _later(press: arriving.Press) -> KioskAnswer:
    return KioskAnswer(request_id=press.request_id, outcome=KioskOutcome.TRY_AGAIN, sentence="")
