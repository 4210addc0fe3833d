"""What a centre gathers around its people: tiers, memberships, tags, notes, consents."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, text

from backend.clients.models import ClientNote, ClientTag, Consent, ConsentKind, Tag
from backend.db import UnitOfWork
from backend.memberships.models import Authorization, CheckInPolicy, Membership, MembershipTier

TIERS = (
    {"name": "Monthly unlimited", "code": "monthly", "period_months": 1, "visit_cap": None, "policy": CheckInPolicy.REMIND},
    {"name": "Ten visits", "code": "ten-visits", "period_months": 3, "visit_cap": 10, "policy": CheckInPolicy.REMIND},
    {"name": "Annual", "code": "annual", "period_months": 12, "visit_cap": None, "policy": CheckInPolicy.ALLOW},
    {"name": "Student", "code": "student", "period_months": 6, "visit_cap": None, "policy": CheckInPolicy.ASK_STAFF},
    {"name": "Trial week", "code": "trial", "period_months": 1, "visit_cap": 3, "policy": CheckInPolicy.BLOCK},
)
DAYS = {"monthly": 30, "ten-visits": 91, "annual": 364, "student": 182, "trial": 6}
TAGS = (
    ("Tournament", "violet"), ("Quiet room", "teal"), ("Own headset", "slate"), ("Volunteer", "green"), ("New this month", "blue"),
    ("Photo: ask first", "amber"),
)  # fmt: skip
ALERTS = (
    "Severe peanut allergy: check snacks before handing them out.",
    "Picked up by the aunt only; ask for ID.",
    "Headphones stay on: loud noises are hard today and every day.",
    "Has to leave by 17:30 for the van.",
    "Guardian asked for a call after each visit.",
)
NOTES = (
    "Prefers the station by the window.",
    "Finished the beginners' tournament, very proud.",
    "Brought a friend who may sign up next week.",
    "Asked about the Saturday workshop.",
    "Left a water bottle; it is at the desk.",
    "Plays calmer games in the last half hour.",
    "New phone number, checked with the guardian.",
    "Helps others with the controllers.",
)


async def furnish(uow: UnitOfWork, client_ids: list[int], staff_id: int, now: datetime, today: date, chance: random.Random) -> None:
    """Add all of it in this transaction."""
    await _details(uow, client_ids, now, chance)
    await _memberships(uow, client_ids, today, chance)
    tags = list(await uow.scalars(insert(Tag).values([{"name": name, "colour": colour} for name, colour in TAGS]).returning(Tag.id)))
    worn = [{"client_id": client, "tag_id": tag} for client in client_ids for tag in chance.sample(tags, chance.choice((0, 0, 0, 1, 1, 2)))]
    await _insert(uow, ClientTag, worn)
    await _insert(uow, ClientNote, _notes(client_ids, staff_id, now, chance))
    await _insert(uow, Consent, _consents(client_ids, staff_id, now, chance))


async def _insert(uow: UnitOfWork, table: Any, rows: list[dict[str, Any]]) -> None:
    await uow.execute(insert(table), rows)


async def _details(uow: UnitOfWork, client_ids: list[int], now: datetime, chance: random.Random) -> None:
    update = text(
        """
        UPDATE clients c SET member_code = d.code, language = d.language, created_at = d.created_at, archived_at = d.archived_at
        FROM unnest(CAST(:ids AS bigint[]), CAST(:codes AS text[]), CAST(:languages AS text[]), CAST(:made AS timestamptz[]),
                    CAST(:archived AS timestamptz[])) AS d (id, code, language, created_at, archived_at)
        WHERE c.id = d.id
        """
    )
    archived = set(chance.sample(client_ids, 5))
    await uow.execute(
        update,
        {
            "ids": client_ids,
            "codes": [f"KRC{4100 + place * 7}" if chance.random() < 0.7 else None for place in range(len(client_ids))],
            "languages": chance.choices(("en", "es"), (80, 20), k=len(client_ids)),
            "made": [now - timedelta(days=chance.randint(65, 900), minutes=chance.randint(0, 600)) for _ in client_ids],
            "archived": [now - timedelta(days=chance.randint(5, 60)) if client in archived else None for client in client_ids],
        },
    )


async def _memberships(uow: UnitOfWork, client_ids: list[int], today: date, chance: random.Random) -> None:
    tiers = {
        row.code: row.id
        for row in await uow.rows(insert(MembershipTier).values(list(TIERS)).returning(MembershipTier.id, MembershipTier.code))
    }
    funded = set(await uow.scalars(select(Authorization.client_id)))
    rows = []
    for client in client_ids:
        if client not in funded or chance.random() < 0.06:
            for code, start, end in _periods(today, chance):
                rows.append({"client_id": client, "tier_id": tiers[code], "starts_on": start, "ends_on": end})
    await _insert(uow, Membership, rows)


def _periods(today: date, chance: random.Random) -> list[tuple[str, date, date]]:
    kind = chance.choices(("active", "renewed", "expiring", "pending", "expired", "none"), (36, 12, 17, 6, 18, 11))[0]
    code = chance.choices(("monthly", "ten-visits", "annual", "student", "trial"), (30, 22, 26, 16, 6))[0]
    length = timedelta(days=DAYS[code])
    if kind == "none":
        return []
    if kind == "pending":
        start = today + timedelta(days=chance.randint(1, 20))
        return [(code, start, start + length)]
    if kind == "active":
        code = chance.choice(("annual", "student"))
        length, left = timedelta(days=DAYS[code]), chance.randint(31, DAYS[code] - 60)
    else:
        left = chance.randint(-90, -1) if kind == "expired" else chance.randint(0, min(29, DAYS[code]))
    end = today + timedelta(days=left)
    period = (code, end - length, end)
    # A renewal in advance begins the day after.
    return [period, (code, end + timedelta(days=1), end + timedelta(days=1) + length)] if kind == "renewed" else [period]


def _notes(client_ids: list[int], staff_id: int, now: datetime, chance: random.Random) -> list[dict[str, Any]]:
    def note(client: int, body: str, *, pinned: bool) -> dict[str, Any]:
        at = now - timedelta(days=chance.randint(0, 120), minutes=chance.randint(5, 600))
        return {"client_id": client, "body": body, "pinned": pinned, "author_id": staff_id, "created_at": at}

    alerts = [note(client, chance.choice(ALERTS), pinned=True) for client in chance.sample(client_ids, 16)]
    return alerts + [note(client, chance.choice(NOTES), pinned=False) for client in chance.choices(client_ids, k=140)]


def _consents(client_ids: list[int], staff_id: int, now: datetime, chance: random.Random) -> list[dict[str, Any]]:
    rows = []
    for client in client_ids:
        for kind, share in (
            (ConsentKind.WAIVER, 0.95),
            (ConsentKind.TERMS, 0.9),
            (ConsentKind.SMS, 0.6),
            (ConsentKind.EMAIL, 0.5),
            (ConsentKind.PHOTO, 0.4),
        ):
            if chance.random() < share:
                at = now - timedelta(days=chance.randint(30, 400), minutes=chance.randint(0, 600))
                rows.append(
                    {"client_id": client, "kind": kind, "granted": True, "happened_at": at, "source": "paper form", "user_id": staff_id}
                )
                if chance.random() < 0.05:
                    rows.append({**rows[-1], "granted": False, "happened_at": at + timedelta(days=20), "source": "said at the desk"})
    return rows
