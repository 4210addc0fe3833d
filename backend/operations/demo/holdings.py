"""What the demo's people hold: memberships that were renewed, lapsed or bought again, and authorizations of the regional centre."""

import random
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from backend.db import UnitOfWork
from backend.memberships.models import Authorization, AuthorizationUnit, CapWindow, CheckInPolicy, Membership, MembershipTier
from backend.operations.demo.people import COORDINATORS, Person, uci_of

TIERS: tuple[dict[str, Any], ...] = (
    {"name": "Monthly unlimited", "code": "monthly", "period_months": 1, "price_cents": 8900, "colour": "blue",
     "description": "As often as you like, month by month."},
    {"name": "Ten visits", "code": "ten-visits", "period_months": 3, "visit_cap": 10, "price_cents": 12000, "colour": "teal",
     "description": "Ten visits within three months."},
    {"name": "Weekend pass", "code": "weekend", "period_months": 6, "visit_cap": 8, "cap_window": CapWindow.MONTH, "price_cents": 24900,
     "colour": "orange", "description": "Up to eight visits each month, for half a year."},
    {"name": "Annual", "code": "annual", "period_months": 12, "price_cents": 79000, "colour": "green", "policy": CheckInPolicy.ALLOW,
     "description": "Everything, for a year."},
    {"name": "Student", "code": "student", "period_months": 6, "price_cents": 29900, "colour": "violet", "policy": CheckInPolicy.ASK_STAFF,
     "sentence_en": "Ask to see the student card before you renew.", "sentence_es": "Pida la credencial de estudiante antes de renovar."},
    {"name": "Trial week", "code": "trial", "period_days": 7, "visit_cap": 3, "price_cents": 0, "colour": "pink",
     "policy": CheckInPolicy.BLOCK, "description": "Three visits to look around."},
)  # fmt: skip
CHOSEN = {"monthly": 18, "ten-visits": 20, "weekend": 16, "annual": 27, "student": 19}
NOBODY = 0.07
SERVICES = (("525", None), ("055", "DP"), ("104", None))


async def furnish(uow: UnitOfWork, people: Sequence[Person], ids: Sequence[int], today: date, chance: random.Random) -> None:
    """Add the tiers, and what each person holds and held."""
    columns: dict[str, Any] = {"period_months": None, "period_days": None, "visit_cap": None, "cap_window": CapWindow.MEMBERSHIP}
    columns |= {"policy": CheckInPolicy.REMIND, "description": None, "sentence_en": None, "sentence_es": None}
    rows = [{**columns, **tier} for tier in TIERS]
    made = await uow.rows(insert(MembershipTier).values(rows).returning(MembershipTier.id, MembershipTier.code))
    tiers = {row.code: row.id for row in made}
    memberships: list[dict[str, Any]] = []
    authorizations: list[dict[str, Any]] = []
    for person, client_id in zip(people, ids, strict=True):
        if person.funded:
            authorizations += [{"client_id": client_id, **row} for row in _authorizations(person, today, chance)]
        if not person.funded or chance.random() < 0.06:
            held = _memberships(person, today, chance)
            memberships += [{"client_id": client_id, "tier_id": tiers[code], **row} for code, row in held]
    await uow.execute(insert(Membership), memberships)
    await uow.execute(insert(Authorization), authorizations)


def last_day(code: str, start: date) -> date:
    """The last day of a membership that starts then."""
    tier = next(tier for tier in TIERS if tier["code"] == code)
    if "period_days" in tier:
        return start + timedelta(days=tier["period_days"] - 1)
    month = start.month - 1 + tier["period_months"]
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1])) - timedelta(days=1)


def _memberships(person: Person, today: date, chance: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """What somebody bought, the trial week that some begin with included."""
    if chance.random() < NOBODY:
        return
    code = chance.choices(list(CHOSEN), list(CHOSEN.values()))[0]
    start = person.joined
    if (today - start).days < 20 and chance.random() < 0.6:
        yield code, _period(code, today + timedelta(days=chance.randint(1, 12)))  # bought for later
        return
    if chance.random() < 0.25:
        yield "trial", _period("trial", start)
        if chance.random() < 0.15:
            return  # still makes up their mind
        start = last_day("trial", start) + timedelta(days=1 + chance.choice((0, 0, 3, 9)))
    yield from _renewals(person, code, start, today, chance)


def _renewals(person: Person, code: str, start: date, today: date, chance: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """One after the other until they stop, now and then with weeks between; the present one is renewed in advance sometimes."""
    ends = person.left or today
    if chance.random() < 0.3:
        ends -= timedelta(days=chance.randint(5, 75))  # comes on without having renewed
    while start <= ends:
        row = _period(code, start)
        if row["ends_on"] < today and chance.random() < 0.03:
            row["ends_on"] = max(start, row["ends_on"] - timedelta(days=20))
            row["end_reason"] = chance.choice(("Moved away", "Paid back", "Changed to another tier"))
        yield code, row
        start = row["ends_on"] + timedelta(days=1)
        if chance.random() < 0.12:
            start += timedelta(days=chance.randint(4, 50))
        if chance.random() < 0.08:
            code = chance.choice(list(CHOSEN))
    if 0 < (start - today).days < 25 and person.left is None and chance.random() < 0.3:
        yield code, _period(code, start)


def _period(code: str, start: date) -> dict[str, Any]:
    return {"starts_on": start, "ends_on": last_day(code, start), "end_reason": None}


def _authorizations(person: Person, today: date, chance: random.Random) -> Iterator[dict[str, Any]]:
    """A year each from the first of a month; most are renewed in time, some wait for paper, a few come late."""
    unit = chance.choices((AuthorizationUnit.VISIT, AuthorizationUnit.DAY, AuthorizationUnit.HOUR), (60, 28, 12))[0]
    units = chance.randint(18, 44) if unit is AuthorizationUnit.HOUR else chance.randint(6, 23)
    service, subcode = chance.choice(SERVICES)
    start = person.joined.replace(day=1)
    # Not all at the first of a month, or all would end together.
    if chance.random() < 0.5:
        start += timedelta(days=chance.randint(1, 25))
    if (today - person.joined).days < 30 and chance.random() < 0.4:
        start = today + timedelta(days=chance.randint(2, 25))  # the first one begins soon
    number = 0
    while number == 0 or start <= (person.left or today):
        number += 1
        end = start + timedelta(days=364)
        yield {
            "uci_number": uci_of(person),
            "authorization_number": f"{26_000_000 + person.number * 31 + number}",
            "vendor_number": "PL1734",
            "service_code": service,
            "service_subcode": subcode,
            "service_coordinator": person.coordinator,
            "service_coordinator_phone": coordinator_phone(person.coordinator),
            "starts_on": start,
            "ends_on": end,
            "units_per_month": units,
            "unit": unit,
            "note": "Extended by phone; the paper follows." if chance.random() < 0.05 else None,
        }
        start = end + timedelta(days=1)
        if chance.random() < 0.14:
            start += timedelta(days=chance.randint(8, 70))


def coordinator_phone(coordinator: str) -> str | None:
    """A coordinator's number at the regional centre, in E.164."""
    return f"+1916555010{COORDINATORS.index(coordinator)}" if coordinator in COORDINATORS else None
