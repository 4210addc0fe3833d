"""Every filter and order of the table, held against a model in plain Python; paging while others write."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update

from backend.clients import queries
from backend.clients.models import Client, ClientTag, Consent, ConsentKind, ContactMethod, Tag
from backend.clients.queries import ClientCriteria, ClientOrder, Sorting
from backend.clients.queries import counts as counting
from backend.clients.queries import pages as paging
from backend.clients.standing import StandingStatus
from backend.db import Database, ReadSession
from backend.graphql.pagination import decode_cursor, encode_cursor
from backend.memberships.models import Authorization, Membership, MembershipTier
from tests.clients.test_standing import expected
from tests.world import OPERATOR

TODAY = date(2026, 11, 22)
ZONE = ZoneInfo("America/Los_Angeles")
COORDINATORS = ("P. Okafor", "Ana María", None)
KINDS = (ConsentKind.SMS, ConsentKind.PHOTO)


@dataclass
class Person:
    """A client as the model knows them."""

    name: str
    memberships: list[tuple[int, date, date]]
    authorizations: list[tuple[str | None, date, date]]
    tags: set[int]
    own_coordinator: str | None
    language: str
    visited: int | None
    consents: list[tuple[ConsentKind, bool]]
    archived: bool
    merged: bool
    to_fix: bool
    created: int
    number: int = 0
    standing: tuple[str, int | None] = ("NONE", None)
    ends_on: date | None = None
    tier: int | None = None
    known: dict[ConsentKind, bool] = field(default_factory=dict)


def at(days_ago: int) -> datetime:
    """Noon at the centre, so many days ago."""
    return datetime.combine(TODAY - timedelta(days_ago), time(12), ZONE).astimezone(UTC)


span = st.tuples(st.integers(-70, 60), st.integers(0, 80)).map(lambda p: (TODAY + timedelta(p[0]), TODAY + timedelta(p[0] + p[1])))
person = st.builds(
    Person,
    name=st.sampled_from(["Ana", "Åke", "Zoë", "bo", "Émile", "ana"]),
    memberships=st.lists(st.tuples(st.integers(0, 2), span).map(lambda p: (p[0], *p[1])), max_size=2),
    authorizations=st.lists(
        st.tuples(st.sampled_from(COORDINATORS), span).map(lambda p: (p[0], *p[1])), max_size=2, unique_by=lambda each: each[1]
    ),
    tags=st.sets(st.integers(0, 2)),
    own_coordinator=st.sampled_from(COORDINATORS),
    language=st.sampled_from(["en", "es"]),
    visited=st.one_of(st.none(), st.integers(0, 40)),
    consents=st.lists(st.tuples(st.sampled_from(KINDS), st.booleans()), max_size=4),
    archived=st.booleans().flatmap(lambda yes: st.just(yes) if not yes else st.booleans()),
    merged=st.integers(0, 9).map(lambda n: n == 0),
    to_fix=st.integers(0, 4).map(lambda n: n == 0),
    created=st.integers(0, 20),
)
criteria = st.fixed_dictionaries(
    {
        "standing": st.one_of(st.just(()), st.sets(st.sampled_from(list(StandingStatus)), min_size=1).map(tuple)),
        "tags": st.one_of(st.just(()), st.sets(st.integers(0, 2), max_size=2).map(tuple)),
        "any_tag": st.booleans(),
        "tiers": st.one_of(st.just(()), st.just(()), st.sets(st.integers(0, 2), min_size=1, max_size=2).map(tuple)),
        "coordinator": st.sampled_from([None, None, "P. Okafor", "Ana María", "Nobody"]),
        "language": st.sampled_from([None, None, "es"]),
        "within": st.one_of(st.none(), st.none(), st.integers(0, 30)),
        "not_for": st.one_of(st.none(), st.none(), st.integers(0, 30)),
        "never": st.integers(0, 4).map(lambda n: n == 0),
        "consents": st.one_of(st.just(()), st.tuples(st.tuples(st.sampled_from(KINDS), st.booleans()))),
        "archived": st.integers(0, 3).map(lambda n: n == 0),
        "to_fix": st.integers(0, 4).map(lambda n: n == 0),
        "new": st.one_of(st.none(), st.none(), st.integers(0, 20)),
    }
)


def fits(one: Person, asked: dict[str, Any]) -> bool:  # noqa: C901 (a model is plain rather than short)
    if one.merged or one.archived is not asked["archived"]:
        return False
    if asked["standing"] and one.standing[0] not in {str(each) for each in asked["standing"]}:
        return False
    wanted = set(asked["tags"])
    if wanted and not (wanted & one.tags if asked["any_tag"] else wanted <= one.tags):
        return False
    if asked["tiers"] and one.tier not in asked["tiers"]:
        return False
    if asked["coordinator"] and asked["coordinator"] not in {one.own_coordinator, *(each[0] for each in one.authorizations)}:
        return False
    if asked["language"] and one.language != asked["language"]:
        return False
    if asked["within"] is not None and (one.visited is None or one.visited > asked["within"]):
        return False
    if asked["not_for"] is not None and (one.visited is None or one.visited <= asked["not_for"]):
        return False
    if asked["never"] and one.visited is not None:
        return False
    if any(one.known.get(kind, False) is not granted for kind, granted in asked["consents"]):
        return False
    if asked["to_fix"] and not one.to_fix:
        return False
    return asked["new"] is None or one.created <= asked["new"]


def begins(days_ago: int | None) -> datetime | None:
    return None if days_ago is None else datetime.combine(TODAY - timedelta(days_ago), time(), ZONE)


async def put(database: Database, people: Sequence[Person]) -> tuple[list[int], list[int]]:
    """Put the people on file in place of those before; returns the numbers of the tags and of the tiers.

    Who was merged was merged into the first, who therefore was not.
    """
    people[0].merged = False
    async with database.writing(OPERATOR) as uow:
        await uow.execute(update(Client).values(merged_into_id=None))
        await uow.execute(delete(Client))
        await uow.execute(delete(Tag))
        await uow.execute(delete(MembershipTier).where(~MembershipTier.is_default))
        tags = [Tag(name=f"Tag {n}", colour="teal") for n in range(3)]
        tiers = [MembershipTier(name=f"Tier {n}", code=f"t{n}") for n in range(3)]
        uow.add(*tags, *tiers)
        await uow.flush()
        for one in people:
            archived = at(0) if one.archived or one.merged else None
            row = Client(
                first_name=one.name, last_name="Same", service_coordinator=one.own_coordinator, language=one.language,
                last_check_in_at=None if one.visited is None else at(one.visited), archived_at=archived, created_at=at(one.created),
                merged_into_id=people[0].number if one.merged else None,
            )  # fmt: skip
            uow.add(row)
            await uow.flush()
            one.number = row.id
            uow.add(*(Membership(client_id=row.id, tier_id=tiers[n].id, starts_on=a, ends_on=b) for n, a, b in one.memberships))
            uow.add(
                *(
                    Authorization(client_id=row.id, uci_number="7", service_coordinator=who, starts_on=a, ends_on=b)
                    for who, a, b in one.authorizations
                )
            )
            if one.tags:
                await uow.execute(insert(ClientTag), [{"client_id": row.id, "tag_id": tags[n].id} for n in one.tags])
            if one.to_fix:
                uow.add(ContactMethod(client_id=row.id, kind="PHONE", value="555 12", needs_fixing=True))
            for n, (kind, granted) in enumerate(one.consents):
                uow.add(Consent(client_id=row.id, kind=kind, granted=granted, happened_at=at(50 - n), source="test"))
                one.known[kind] = granted
    async with database.reading() as reader:
        found = await queries.clients_by_id(reader, [one.number for one in people], TODAY)
    for one in people:
        row_ = found[one.number]
        one.standing = expected([(a, b) for _, a, b in [*one.memberships, *one.authorizations]], TODAY)
        assert row_.status == one.standing[0]
        one.ends_on = row_.ends_on
        named = [n for n in range(3) if row_.tier_name == f"Tier {n}"]
        one.tier = named[0] if named else None
    return [tag.id for tag in tags], [tier.id for tier in tiers]


def in_order(people: list[Person], order: ClientOrder, descending: bool) -> list[int]:
    """Numbers in the order, with those who have no value last."""
    fold = {"Ana": "ana", "Åke": "ake", "Zoë": "zoe", "bo": "bo", "Émile": "emile", "ana": "ana"}

    def value(one: Person) -> Any:
        if order is ClientOrder.NAME:
            return fold[one.name]
        if order is ClientOrder.LAST_CHECK_IN:
            return None if one.visited is None else at(one.visited)
        return one.ends_on if order is ClientOrder.STANDING_END else 0

    have = sorted((p for p in people if value(p) is not None), key=lambda p: (value(p), p.number), reverse=descending)
    lack = sorted((p for p in people if value(p) is None), key=lambda p: p.number, reverse=descending)
    return [p.number for p in [*have, *lack]]


@pytest.fixture(params=["whole", "in stretches"])
def stretches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once as it is, once with stretches so short that a walk along an order ends within a handful of people."""
    if request.param == "in stretches":
        monkeypatch.setattr(paging, "STRETCH", 3)
        monkeypatch.setattr(paging, "LAST_DAYS", 3)
        monkeypatch.setattr(counting, "STRETCH", 3)


EVERYBODY = {
    "standing": (), "tags": (), "any_tag": False, "tiers": (), "coordinator": None, "language": None, "within": None, "not_for": None,
    "never": False, "consents": (), "archived": False, "to_fix": False, "new": None,
}  # fmt: skip


@pytest.mark.usefixtures("stretches")
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(
    people=st.lists(person, min_size=1, max_size=12),
    asked=st.lists(criteria, min_size=3, max_size=6),
    size=st.integers(1, 5),
    data=st.data(),
)
async def test_any_filter_in_any_order_agrees_with_the_model(
    seeded: Database, people: list[Person], asked: list[dict[str, Any]], size: int, data: st.DataObject
) -> None:
    tags, tiers = await put(seeded, people)
    async with seeded.reading() as reader:
        for one in [EVERYBODY, *asked]:
            wanted = ClientCriteria(
                standing=one["standing"], tag_ids=tuple(tags[n] for n in one["tags"]), any_tag=one["any_tag"] and bool(one["tags"]),
                tier_ids=tuple(tiers[n] for n in one["tiers"]), coordinator=one["coordinator"], language=one["language"],
                visited_from=begins(one["within"]), visited_before=begins(one["not_for"]), never_visited=one["never"],
                consents=one["consents"], archived=one["archived"], contact_to_fix=one["to_fix"], created_from=begins(one["new"]),
            )  # fmt: skip
            order, descending = data.draw(st.sampled_from(list(ClientOrder))), data.draw(st.booleans())
            whole = in_order([each for each in people if fits(each, one)], order, descending)
            assert await every_page(reader, wanted, order, descending, size) == whole, (one, order, descending)
            assert await queries.count_of_clients(reader, wanted, day=TODAY) == (len(whole), True)
            assert (await queries.count_of_clients(reader, wanted, day=TODAY, most=1))[1] is (len(whole) <= 1)
            listed = await reader.rows(queries.ids_in_order(wanted, Sorting.by(order, descending=descending), TODAY))
            assert [row.id for row in listed] == whole


async def every_page(reader: ReadSession, wanted: ClientCriteria, order: ClientOrder, descending: bool, size: int) -> list[int]:
    """The numbers, page after page; the cursor goes over JSON as it does for the API."""
    found: list[int] = []
    after: list[Any] | None = None
    kind = Sorting.by(order, descending=descending).name
    while True:
        page = await queries.page_of_clients(reader, wanted, order, day=TODAY, first=size, after=after, descending=descending)
        found += [row.id for row in page.rows]
        if not page.more:
            return found
        assert len(page.rows) == size
        after = decode_cursor(encode_cursor(kind, *page.keys[-1]), kind, *queries.KEY_TYPES[order])
