"""What the centre chose for itself, in the database and not in the environment: an admin changes it in the settings page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, time
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from backend import clock
from backend.audit import service as audit
from backend.db import ReadSession, UnitOfWork
from backend.errors import Conflict, FieldError, ValidationFailed
from backend.jobs.models import Schedule
from backend.system.hours import CLOSED
from backend.system.models import CentreSetting

CURRENCIES = ("USD", "EUR", "GBP", "MXN", "CAD", "AUD", "CHF")


@dataclass(frozen=True, slots=True)
class Hours:
    """When the centre is open on one weekday. One that closes after midnight closes on the next day: ``closes`` is before ``opens``."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class CentreSettings:
    """Everything that can be chosen. ``opening_hours`` has seven places from Monday; None is a closed day."""

    opening_hours: tuple[Hours | None, ...] = field(default=(Hours(time(12), time(21)),) * 7)
    check_out_at_closing: bool = True
    currency: str = "USD"
    version: int = 0


async def read(reader: ReadSession) -> CentreSettings:
    """The present choice. A value that this version can't read has its default."""
    rows = await reader.rows(select(CentreSetting.key, CentreSetting.value, CentreSetting.version))
    known = {item.name for item in fields(CentreSettings)}
    chosen: dict[str, Any] = {}
    for row in rows:
        if row.key in known:
            try:
                chosen[row.key] = _read[row.key](row.value)
            except (KeyError, TypeError, ValueError):
                continue
    return CentreSettings(**chosen, version=sum(row.version for row in rows))


async def change(uow: UnitOfWork, *, version: int, **chosen: Any) -> CentreSettings:
    """Change some of the settings, all or none; ``version`` is the one that was read.

    Raises `Conflict` (``STALE_VERSION``) when somebody was faster, `ValidationFailed` for a value that makes no sense.
    """
    await uow.execute(select(CentreSetting.key).order_by(CentreSetting.key).with_for_update())
    before = await read(uow)
    if version != before.version:
        raise Conflict("Somebody else changed the settings meanwhile.", code="STALE_VERSION", version=before.version)
    problems = [problem for name, value in chosen.items() for problem in _problems(name, value)]
    if problems:
        raise ValidationFailed(*problems)
    for name, value in chosen.items():
        if value == getattr(before, name):
            continue
        written = _write(value)
        new = insert(CentreSetting).values(key=name, value=written)
        await uow.execute(
            new.on_conflict_do_update(
                index_elements=["key"], set_={"value": written, "updated_at": clock.now(), "version": CentreSetting.version + 1}
            )
        )
        audit.record(uow, "centre.changed", "centre", None, before={name: _write(getattr(before, name))}, after={name: written})
        # What the new choice ends is ended at once, and the time of the next end is worked out anew.
        await uow.execute(update(Schedule).where(Schedule.topic == CLOSED).values(next_at=func.now()))
    return await read(uow)


async def checks_out_since(reader: ReadSession) -> datetime | None:
    """Since when visits are ended at closing time: None if they always were. Says nothing about whether they are now."""
    chosen = select(CentreSetting.updated_at).where(CentreSetting.key == "check_out_at_closing")
    since: datetime | None = await reader.scalar(chosen)
    return since


def _problems(name: str, value: Any) -> Iterator[FieldError]:
    if name == "currency" and value not in CURRENCIES:
        yield FieldError(("currency",), "UNKNOWN_CURRENCY", f"Choose one of {', '.join(CURRENCIES)}.")
    if name == "opening_hours":
        yield from _problems_of_hours(value)


def _problems_of_hours(week: tuple[Hours | None, ...]) -> Iterator[FieldError]:
    if len(week) != 7:
        yield FieldError(("openingHours",), "NOT_A_WEEK", "Give the hours of seven weekdays, from Monday.")
        return
    for number, (hours, following) in enumerate(zip(week, (*week[1:], week[0]), strict=True)):
        if hours is None:
            continue
        path = ("openingHours", str(number))
        if hours.opens == hours.closes:
            yield FieldError(path, "NO_TIME_OPEN", "Opening and closing time must differ. Leave a closed day empty.")
        elif hours.closes < hours.opens and following is not None and following.opens < hours.closes:
            yield FieldError(path, "INTO_NEXT_DAY", "This closes after the next day has opened. Close earlier, or open later then.")


def _hours(value: Any) -> tuple[Hours | None, ...]:
    week = tuple(Hours(time.fromisoformat(day[0]), time.fromisoformat(day[1])) if day else None for day in value)
    if len(week) != 7:
        raise ValueError("a week has seven days")
    return week


def _write(value: Any) -> Any:
    if isinstance(value, tuple):
        return [[day.opens.isoformat("minutes"), day.closes.isoformat("minutes")] if day else None for day in value]
    return value


def _currency(value: Any) -> str:
    if value not in CURRENCIES:
        raise ValueError("unknown currency")
    return str(value)


_read: dict[str, Callable[[Any], Any]] = {"opening_hours": _hours, "check_out_at_closing": bool, "currency": _currency}
