"""What the centre chose for itself, in the database and not in the environment: an admin changes it in the settings page."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import JSON, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from backend import clock
from backend.accounts.models import UserRole
from backend.audit import service as audit
from backend.db import ReadSession, UnitOfWork
from backend.errors import Conflict, FieldError, ValidationFailed
from backend.jobs.models import Schedule
from backend.system.choices import KINDS, LANGUAGES, Sentences, named
from backend.system.exit_pin import ExitPin
from backend.system.hours import CLOSED, Hours
from backend.system.models import CentreSetting
from backend.system.zones import PastZone

LOGO = "/api/v1/logo"
ENDS_THE_DAY = frozenset({"opening_hours", "check_out_at_closing", "time_zone"})
"""What decides when a visit that nobody ended is over."""
# Rows can't be locked before there are any.
ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('centre_settings', 4218))")


@dataclass(frozen=True, slots=True)
class CentreSettings:
    """Everything that can be chosen. ``opening_hours`` has seven places from Monday; None is a closed day.

    None as ``name``, ``time_zone`` or ``repeat_window_minutes``: what the environment says holds; see `backend.system.present`.
    An accent colour of None is the product's own. ``logo`` is the SHA-256 of the file, in hex.
    """

    name: str | None = None
    time_zone: str | None = None
    past_zones: tuple[PastZone, ...] = ()
    opening_hours: tuple[Hours | None, ...] = field(default=(Hours(time(12), time(21)),) * 7)
    check_out_at_closing: bool = True
    currency: str = "USD"
    repeat_window_minutes: int | None = None
    policy_sentences: Sentences = field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES
    default_language: str = "en"
    accent_light: str | None = None
    accent_dark: str | None = None
    logo: str | None = None
    sign_in_days: int = 400
    device_days: int = 400
    second_factor_roles: tuple[UserRole, ...] = ()
    kiosk_sound: bool = True
    kiosk_walk_in: bool = False
    kiosk_exit_pin: ExitPin | None = None
    version: int = 0

    @property
    def logo_address(self) -> str | None:
        """Where the logo is. Another one has another address, so a browser may keep it for as long as it likes."""
        return f"{LOGO}?v={self.logo[:16]}" if self.logo else None


class Changes:
    """How often this process has changed the settings; what it remembers from before a change does not count any more."""

    def __init__(self) -> None:
        self.count = 0

    def one_more(self) -> None:
        """Note a change."""
        self.count += 1


CHANGES = Changes()


async def read(reader: ReadSession) -> CentreSettings:
    """The present choice. A value that this version can't read has its default."""
    rows = await reader.rows(select(CentreSetting.key, CentreSetting.value, CentreSetting.version))
    chosen: dict[str, Any] = {}
    for row in rows:
        kind = KINDS.get(row.key)
        if kind is None:
            continue
        try:
            value = None if row.value is None else kind.read(row.value)
            if not any(kind.check(value, row.key)):
                chosen[row.key] = value
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
    return CentreSettings(**chosen, version=sum(row.version for row in rows))


async def change(uow: UnitOfWork, *, version: int | None, given_zone: str | None = None, **chosen: Any) -> CentreSettings:
    """Change some of the settings, all or none; ``version`` is the one that was read, None: whichever it is.

    With a ``time_zone`` goes ``given_zone``, the one that the environment gives: it held until now where none was chosen before.

    Raises `Conflict` (``STALE_VERSION``) when somebody was faster, `ValidationFailed` for a value that makes no sense.
    """
    await uow.execute(ALONE)
    before = await read(uow)
    if version not in (None, before.version):
        raise Conflict("Somebody else changed the settings meanwhile.", code="STALE_VERSION", version=before.version)
    chosen = {name: KINDS[name].clean(value) for name, value in chosen.items()}
    problems = [problem for name, value in chosen.items() for problem in KINDS[name].check(value, named(name))]
    problems = problems or list(_problems_together(replace(before, **chosen)))
    if problems:
        raise ValidationFailed(*problems)
    if "time_zone" in chosen and chosen["time_zone"] != (former := before.time_zone or given_zone) and former is not None:
        chosen["past_zones"] = (*before.past_zones, PastZone(clock.now(), former))
    changed = {name: value for name, value in chosen.items() if value != getattr(before, name)}
    for name, value in changed.items():
        written = _write(name, value)
        kept = JSON.NULL if written is None else written
        new = insert(CentreSetting).values(key=name, value=kept)
        await uow.execute(
            new.on_conflict_do_update(
                index_elements=["key"], set_={"value": kept, "updated_at": clock.now(), "version": CentreSetting.version + 1}
            )
        )
        was, now = {name: _told(name, getattr(before, name))}, {name: _told(name, value)}
        audit.record(uow, "centre.changed", "centre", None, before=was, after=now)
    if changed.keys() & ENDS_THE_DAY:
        # What the new choice ends is ended at once, and the time of the next end is worked out anew.
        await uow.execute(update(Schedule).where(Schedule.topic == CLOSED).values(next_at=func.now()))
    if changed:
        uow.after_commit(CHANGES.one_more)
    return await read(uow)


async def checks_out_since(reader: ReadSession) -> datetime | None:
    """Since when visits are ended at closing time: None if they always were. Says nothing about whether they are now."""
    chosen = select(CentreSetting.updated_at).where(CentreSetting.key == "check_out_at_closing")
    since: datetime | None = await reader.scalar(chosen)
    return since


def _problems_together(after: CentreSettings) -> Iterator[FieldError]:
    if after.default_language not in after.languages:
        yield FieldError(("defaultLanguage",), "NOT_OFFERED", "Choose one of the languages that are offered.")


def _write(name: str, value: Any) -> Any:
    return None if value is None else KINDS[name].write(value)


def _told(name: str, value: Any) -> Any:
    """What the audit log says of a value."""
    return _write(name, value) if KINDS[name].open else None if value is None else "set"


_NAMES = {item.name for item in fields(CentreSettings)} - {"version"}
if KINDS.keys() != _NAMES:
    raise RuntimeError(f"settings without a kind, or kinds without a setting: {KINDS.keys() ^ _NAMES}")
