"""What the centre chose for itself, in the database and not in the environment: an admin changes it in the settings page."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import time
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from backend import clock
from backend.audit import service as audit
from backend.db import ReadSession, UnitOfWork
from backend.errors import Conflict, FieldError, ValidationFailed
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
    problems = [FieldError((name,), "INVALID", said) for name, value in chosen.items() if (said := _problem(name, value))]
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
    return await read(uow)


def _problem(name: str, value: Any) -> str | None:
    if name == "currency":
        return None if value in CURRENCIES else f"Choose one of {', '.join(CURRENCIES)}."
    if name == "opening_hours":
        if len(value) != 7:
            return "Give the hours of seven weekdays, from Monday."
        if any(hours is not None and hours.opens == hours.closes for hours in value):
            return "Opening and closing time of a day must differ. Leave a closed day empty."
    return None


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
