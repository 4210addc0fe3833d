"""The conditions of the clients' table as the API takes them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import strawberry

import backend.clients.graphql.types  # noqa: F401 (it tells Strawberry of the enums that are used here)
from backend.clients import search
from backend.clients.models import ConsentKind
from backend.clients.queries import ClientCriteria
from backend.clients.standing import StandingStatus
from backend.errors import FieldError, ValidationFailed
from backend.graphql import ids
from backend.graphql.scalars import Language

MOST_CHOICES = 20
MOST_DAYS = 36_500
MOST_CHOSEN = 1000


@strawberry.input(description="A kind of consent and what the newest word on it is.")
class ConsentCondition:
    """One condition."""

    kind: ConsentKind = strawberry.field(description="What it is about.")
    granted: bool = strawberry.field(description="True: given and not withdrawn. False: withdrawn, or never asked.")


@strawberry.input(description="Which clients; all conditions hold together. Those who were merged into another are never among them.")
class ClientFilter:
    """Conditions."""

    standing: list[StandingStatus] | None = strawberry.field(default=None, description="One of these standings today.")
    tag_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="All of these tags, or any of them: see `anyTag`.")
    any_tag: bool = strawberry.field(default=False, description="True: one of the tags is enough.")
    tier_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Their standing is by a membership on one of these tiers."
    )
    coordinator: str | None = strawberry.field(
        default=None, description="Exactly this service coordinator, on the client's own page or on one of their authorizations."
    )
    language: Language | None = strawberry.field(default=None, description="They prefer this language.")
    visited_within_days: int | None = strawberry.field(
        default=None, description="The last visit was at most so many days ago, by the centre's days: 0 is today."
    )
    not_visited_for_days: int | None = strawberry.field(
        default=None, description="The last visit was more than so many days ago. Who never came is not among them: see `neverVisited`."
    )
    never_visited: bool = strawberry.field(default=False, description="True: only those who never came.")
    consents: list[ConsentCondition] | None = strawberry.field(default=None, description="What they agreed to, or did not.")
    archived: bool = strawberry.field(default=False, description="True: archived ones alone. False: without them.")
    contact_to_fix: bool = strawberry.field(default=False, description="True: only those with a contact method that needs fixing.")
    new_since: date | None = strawberry.field(default=None, description="Put on file on this day or later.")
    first_visit_since: date | None = strawberry.field(default=None, description="Came for the first time on this day or later.")
    changed_since: datetime | None = strawberry.field(
        default=None,
        description="Anything of them was changed at this instant or later: they themselves, their contacts, notes, memberships, visits.",
    )


class _Reader:
    """Collects what is wrong with a filter."""

    def __init__(self, today: date, zone: ZoneInfo) -> None:
        self.today, self.zone = today, zone
        self.problems: list[FieldError] = []

    def problem(self, field: str, code: str, message: str) -> None:
        self.problems.append(FieldError(("filter", field), code, message))

    def begins(self, day: date) -> datetime:
        """The first instant of one of the centre's days."""
        return datetime.combine(day, time(), self.zone)

    def days_ago(self, field: str, days: int | None) -> date | None:
        if days is None:
            return None
        if 0 <= days <= MOST_DAYS:
            return self.today - timedelta(days=days)
        self.problem(field, "OUT_OF_RANGE", f"Give 0 to {MOST_DAYS} days.")
        return None

    def since(self, field: str, day: date | None) -> datetime | None:
        if day is None:
            return None
        if day.year >= 1900:
            return self.begins(day)
        self.problem(field, "TOO_LONG_AGO", "Give a day after 1900.")
        return None

    def instant(self, field: str, moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        if moment.tzinfo is None:
            self.problem(field, "NO_ZONE", "Say the time zone too, such as 2026-11-23T08:00:00Z.")
        elif moment.year < 1900:
            self.problem(field, "TOO_LONG_AGO", "Give an instant after 1900.")
        else:
            return moment
        return None

    def few(self, field: str, chosen: Sequence[Any] | None) -> Sequence[Any]:
        if chosen is not None and len(chosen) > MOST_CHOICES:
            self.problem(field, "TOO_MANY", f"Ask for at most {MOST_CHOICES} at once.")
            return ()
        return chosen or ()

    def name(self, field: str, name: str | None) -> str | None:
        if name is None or not name.strip():
            return None
        if len(name) <= 200 and name.isprintable():
            return name
        self.problem(field, "TOO_LONG", "A name has at most 200 printable characters.")
        return None


def criteria_of(
    text: str | None, asked: ClientFilter | None, *, today: date, zone: ZoneInfo, chosen: Sequence[str] | None = None
) -> ClientCriteria:
    """What was asked for, as `ClientCriteria`; ``chosen`` are ids of clients out of whom alone. Raises `ValidationFailed`, `NotFound`."""
    wanted = asked or ClientFilter()
    read = _Reader(today, zone)
    if chosen is not None and len(chosen) > MOST_CHOSEN:
        read.problems.append(FieldError(("clientIds",), "TOO_MANY", f"Choose at most {MOST_CHOSEN} at once, or use a filter."))
    within = read.days_ago("visitedWithinDays", wanted.visited_within_days)
    before = read.days_ago("notVisitedForDays", wanted.not_visited_for_days)
    criteria = ClientCriteria(
        search=search.parse(text) if text else None,
        standing=tuple(sorted(set(wanted.standing or ()))),
        tag_ids=tuple(ids.decode(each, "Tag") for each in read.few("tagIds", wanted.tag_ids)),
        any_tag=wanted.any_tag and bool(wanted.tag_ids),
        tier_ids=tuple(ids.decode(each, "MembershipTier") for each in read.few("tierIds", wanted.tier_ids)),
        coordinator=read.name("coordinator", wanted.coordinator),
        language=wanted.language.value if wanted.language else None,
        visited_from=read.begins(within) if within else None,
        visited_before=read.begins(before) if before else None,
        never_visited=wanted.never_visited,
        consents=tuple((each.kind, each.granted) for each in read.few("consents", wanted.consents)),
        archived=wanted.archived,
        contact_to_fix=wanted.contact_to_fix,
        created_from=read.since("newSince", wanted.new_since),
        first_visit_from=read.since("firstVisitSince", wanted.first_visit_since),
        changed_from=read.instant("changedSince", wanted.changed_since),
        ids=None if chosen is None else tuple(sorted({ids.decode(each, "Client") for each in chosen[: MOST_CHOSEN + 1]})),
    )
    if read.problems:
        raise ValidationFailed(*read.problems)
    return criteria
