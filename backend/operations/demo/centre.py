"""What a centre gathers around its people: who looks after them, codes, tags, notes, consents, and entries that were made twice."""

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text

from backend.clients.models import Client, ClientNote, ClientTag, Consent, ConsentKind, ContactKind, ContactMethod, PossibleDuplicate, Tag
from backend.clients.service.details import COLOURS, PICTURES
from backend.db import UnitOfWork
from backend.operations.demo.holdings import coordinator_phone
from backend.operations.demo.people import Person

TAGS = (
    ("Tournament", "violet", "Plays in the monthly tournament"),
    ("Quiet room", "teal", "Needs a calm place; book the quiet room"),
    ("Own headset", "slate", None),
    ("Volunteer", "green", "Helps at events"),
    ("Saturday group", "blue", "Social group, Saturdays at two"),
    ("Photo: ask first", "amber", None),
    ("Allergy", "red", "See the alert before handing out snacks"),
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
    "La mamá pregunta por los horarios de verano.",
    "Called the coordinator about the new authorization.",
)
RELATIONS = ("Mother", "Mother", "Mother", "Father", "Father", "Grandmother", "Aunt")
CONSENTS = (
    (ConsentKind.WAIVER, 0.95),
    (ConsentKind.TERMS, 0.9),
    (ConsentKind.SMS, 0.6),
    (ConsentKind.EMAIL, 0.5),
    (ConsentKind.PHOTO, 0.4),
    (ConsentKind.LOBBY, 0.5),
)
TAG_WORDS = ("NightOwl", "PixelFox", "TurboTurtle", "MoonDragon", "QuietStorm", "LuckyComet", "SideQuest", "BlueRobot")
_DETAILS = text(
    """
    UPDATE clients c
    SET member_code = d.code, language = d.language, created_at = d.created_at, archived_at = d.archived_at,
        guardian_relation = d.relation, guardian_phone = d.guardian_phone, service_coordinator_phone = d.coordinator_phone,
        service_coordinator_email = d.coordinator_email, large_text = d.large_text, no_sound = d.no_sound, no_motion = d.no_motion,
        kiosk_colour = d.colour, kiosk_picture = d.picture, gamer_tag = d.gamer_tag
    FROM unnest(CAST(:ids AS bigint[]), CAST(:codes AS text[]), CAST(:languages AS text[]), CAST(:made AS timestamptz[]),
                CAST(:archived AS timestamptz[]), CAST(:relations AS text[]), CAST(:guardian_phones AS text[]),
                CAST(:coordinator_phones AS text[]), CAST(:coordinator_emails AS text[]), CAST(:large_texts AS boolean[]),
                CAST(:no_sounds AS boolean[]), CAST(:no_motions AS boolean[]), CAST(:colours AS text[]), CAST(:pictures AS text[]),
                CAST(:gamer_tags AS text[]))
         AS d (id, code, language, created_at, archived_at, relation, guardian_phone, coordinator_phone, coordinator_email,
               large_text, no_sound, no_motion, colour, picture, gamer_tag)
    WHERE c.id = d.id
    """
)


async def furnish(
    uow: UnitOfWork, people: Sequence[Person], ids: Sequence[int], staff_id: int, zone: ZoneInfo, now: datetime, chance: random.Random
) -> None:
    """Add all of it in this transaction."""
    await _details(uow, people, ids, zone, now, chance)
    tags = [{"name": name, "colour": colour, "description": description} for name, colour, description in TAGS]
    tag_ids = list(await uow.scalars(insert(Tag).values(tags).returning(Tag.id)))
    worn = [{"client_id": client, "tag_id": tag} for client in ids for tag in chance.sample(tag_ids, chance.choice((0, 0, 0, 1, 1, 2)))]
    await uow.execute(insert(ClientTag), worn)
    await uow.execute(insert(ClientNote), _notes(people, ids, staff_id, zone, now, chance))
    await uow.execute(insert(Consent), _consents(people, ids, staff_id, zone, now, chance))
    await _entries_made_twice(uow, people, ids, now, chance)


def joined_at(person: Person, zone: ZoneInfo, now: datetime) -> datetime:
    """When they were put on file: late in the morning of the day they joined, before the first visit."""
    return min(datetime.combine(person.joined, time(10, person.number % 60), zone), now - timedelta(hours=6))


async def _details(
    uow: UnitOfWork, people: Sequence[Person], ids: Sequence[int], zone: ZoneInfo, now: datetime, chance: random.Random
) -> None:
    today = now.astimezone(zone).date()
    gone = [person.left is not None and (today - person.left).days > 200 and chance.random() < 0.3 for person in people]
    minors = [person.is_minor(today) for person in people]
    emails = [f"{person.coordinator.split()[1].lower()}@regional.example" if person.coordinator else None for person in people]
    await uow.execute(
        _DETAILS,
        {
            "ids": list(ids),
            "codes": [f"KRC{4100 + person.number * 7}" if chance.random() < 0.7 else None for person in people],
            "languages": [person.language for person in people],
            "made": [joined_at(person, zone, now) for person in people],
            "archived": [
                now - timedelta(days=20 + person.number % 90) if is_gone else None for person, is_gone in zip(people, gone, strict=True)
            ],
            "relations": [chance.choice(RELATIONS) if minor else None for minor in minors],
            "guardian_phones": [
                f"+1626555{100 + person.number % 100:04}" if minor and chance.random() < 0.8 else None
                for person, minor in zip(people, minors, strict=True)
            ],
            "coordinator_phones": [coordinator_phone(person.coordinator) for person in people],
            "coordinator_emails": emails,
            "large_texts": [chance.random() < 0.06 for _ in people],
            "no_sounds": [chance.random() < 0.09 for _ in people],
            "no_motions": [chance.random() < 0.05 for _ in people],
            "colours": [chance.choice(COLOURS) if chance.random() < 0.8 else None for _ in people],
            "pictures": [chance.choice(PICTURES) if chance.random() < 0.8 else None for _ in people],
            "gamer_tags": [f"{chance.choice(TAG_WORDS)}{person.number}" if chance.random() < 0.6 else None for person in people],
        },
    )


def _notes(
    people: Sequence[Person], ids: Sequence[int], staff_id: int, zone: ZoneInfo, now: datetime, chance: random.Random
) -> list[dict[str, Any]]:
    today = now.astimezone(zone).date()

    def note(place: int, body: str, *, pinned: bool) -> dict[str, Any]:
        # More of them lately; nobody is noted before they joined, and nothing at night.
        known = max(1, min(360, (today - people[place].joined).days))
        day = today - timedelta(days=int(known * chance.random() ** 2))
        at = datetime.combine(day, time(chance.randint(12, 20), chance.randrange(60)), zone)
        return {
            "client_id": ids[place],
            "body": body,
            "pinned": pinned,
            "author_id": staff_id,
            "created_at": at if at < now else at - timedelta(days=1),
        }

    here = [place for place, person in enumerate(people) if person.left is None]
    alerts = [note(place, chance.choice(ALERTS), pinned=True) for place in chance.sample(here, 22)]
    return alerts + [note(chance.choice(here), chance.choice(NOTES), pinned=False) for _ in range(260)]


def _consents(
    people: Sequence[Person], ids: Sequence[int], staff_id: int, zone: ZoneInfo, now: datetime, chance: random.Random
) -> list[dict[str, Any]]:
    rows = []
    for person, client in zip(people, ids, strict=True):
        at = joined_at(person, zone, now) + timedelta(minutes=20)
        for kind, share in CONSENTS:
            if chance.random() >= share:
                continue
            given = {"client_id": client, "kind": kind, "granted": True, "happened_at": at, "source": "paper form", "user_id": staff_id}
            rows.append(given)
            later = at + timedelta(days=20)
            if later < now and chance.random() < 0.05:
                rows.append({**given, "granted": False, "happened_at": later, "source": "said at the desk"})
    return rows


async def _entries_made_twice(uow: UnitOfWork, people: Sequence[Person], ids: Sequence[int], now: datetime, chance: random.Random) -> None:
    """A few were put on file a second time, in a hurry: for somebody to notice and merge."""
    for place in chance.sample([place for place, person in enumerate(people) if person.left is None and person.email], 5):
        person = people[place]
        again = Client(
            first_name=person.first, last_name=person.last, date_of_birth=person.born, created_at=now - timedelta(days=3 + place % 40)
        )
        uow.add(again)
        await uow.flush()
        phone = "+1" + "".join(filter(str.isdigit, person.phone))
        uow.add(
            ContactMethod(client_id=again.id, kind=ContactKind.PHONE, value=phone, is_primary=True),
            PossibleDuplicate(client_id=ids[place], other_id=again.id, reason="same_name_and_birthday"),
        )
