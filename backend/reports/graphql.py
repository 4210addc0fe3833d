"""The dashboard over GraphQL. Each of its fields is one statement, and one that is not selected costs nothing."""

from datetime import date, datetime, timedelta
from typing import Annotated

import strawberry

from backend import clock
from backend.accounts.permissions import Permission
from backend.clients.graphql import Client, clients_by_id
from backend.errors import FieldError, ValidationFailed
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.fields import Guard, query
from backend.graphql.relay import Node
from backend.reports import queries
from backend.reports.spans import Moment, Span, spans, this_month, this_week

MOST_LISTED = 20
First = Annotated[int, strawberry.argument(description="How many to list, at most 20.")]


@strawberry.type(description="Visits of some days up to now, and of the same days before up to the same time of day.")
class VisitsCompared:
    """Two figures and the days that they are about."""

    visits: int = strawberry.field(description="How many there were. Voided ones don't count.")
    before: int = strawberry.field(description="How many there were up to this time of day in the days before.")
    first_day: date = strawberry.field(description="The first of the days.")
    before_first_day: date = strawberry.field(description="The first of the days before.")
    before_last_day: date = strawberry.field(description="The last of the days before: the one that counts up to this time of day.")

    @classmethod
    def of(cls, figures: queries.Compared, span: Span) -> "VisitsCompared":
        """From a row and its span."""
        return cls(
            visits=figures.visits,
            before=figures.before,
            first_day=span.present.first,
            before_first_day=span.before.first,
            before_last_day=span.before.last,
        )


@strawberry.type(description="Visits so far: today, this week and this month.")
class VisitFigures:
    """Three comparisons."""

    today: VisitsCompared = strawberry.field(description="Today, beside yesterday.")
    week: VisitsCompared = strawberry.field(description="From Monday, beside last week to the same weekday.")
    month: VisitsCompared = strawberry.field(
        description="From the first, beside last month to the same day, or to its end where it is shorter."
    )


@strawberry.type(description="Visits of one hour of one weekday, all such hours together.")
class HourOfWeek:
    """A cell."""

    weekday: int = strawberry.field(description="1 for Monday to 7 for Sunday.")
    hour: int = strawberry.field(description="0 to 23, by the clock at the centre.")
    visits: int = strawberry.field(description="How many there were.")


@strawberry.type(description="Visits of the last twelve weeks by weekday and hour.")
class VisitHeatMap:
    """Closed days only, so that it doesn't change during the day."""

    first_day: date = strawberry.field(description="Twelve weeks ago, or the day of the first visit where that is later.")
    last_day: date = strawberry.field(description="Yesterday.")
    hours: list[HourOfWeek] = strawberry.field(description="Those with visits, by weekday and hour.")


@strawberry.type(description="Visits at one station.")
class StationFigures:
    """A line."""

    station_id: strawberry.ID | None = strawberry.field(description="Where; null for the visits without a station.")
    name: str | None = strawberry.field(description="The station's name.")
    today: int = strawberry.field(description="Visits today.")
    week: int = strawberry.field(description="Visits since Monday.")
    month: int = strawberry.field(description="Visits since the first of the month.")


@strawberry.type(description="A count of clients that stops at 500.")
class CappedCount:
    """A number that says whether it is the whole truth."""

    count: int = strawberry.field(description="How many, at most 500.")
    is_exact: bool = strawberry.field(description="False: there are more.")

    @classmethod
    def of(cls, number: int) -> "CappedCount":
        """From a count that may be one too many."""
        return cls(count=min(number, queries.COUNTED), is_exact=number <= queries.COUNTED)


@strawberry.type(description="Who came since the days began: for the first time, or again. Archived clients don't count.")
class NewAndReturning:
    """Two counts of clients, not of visits."""

    new: CappedCount = strawberry.field(description="Clients whose first visit it was.")
    returning: CappedCount = strawberry.field(description="Clients who had been here before.")


@strawberry.type(description="Who came today, this week and this month.")
class PeopleFigures:
    """Three spans."""

    today: NewAndReturning = strawberry.field(description="Today.")
    week: NewAndReturning = strawberry.field(description="Since Monday.")
    month: NewAndReturning = strawberry.field(description="Since the first of the month.")


@strawberry.type(description="How many clients there are of a kind, and the first few of them.")
class ClientsOfInterest:
    """A list that leads to the table of clients."""

    numbers: strawberry.Private[list[int]]
    total: CappedCount = strawberry.field(description="How many there are.")

    @classmethod
    def of(cls, found: queries.Counted) -> "ClientsOfInterest":
        """From a count."""
        return cls(numbers=list(found.first_ones), total=CappedCount(count=found.total, is_exact=found.exact))

    @strawberry.field(description="The first few.", extensions=[Guard(Permission.CLIENTS_READ)])
    async def clients(self, info: Info) -> list[Client]:
        """One statement for each list; as a batch of all lists it would hang on their timing how many there are."""
        found = await clients_by_id(info.context.reader, info.context, self.numbers) if self.numbers else {}
        return [found[number] for number in self.numbers if number in found]


@strawberry.type(description="A remark, with the client it is about.")
class RecentNote(Node):
    """A note."""

    client_number: strawberry.Private[int]
    body: str = strawberry.field(description="Plain text.")
    pinned: bool = strawberry.field(description="Whether it shows as an alert at check-in.")
    created_at: datetime = strawberry.field(description="When it was written.")
    author_name: str | None = strawberry.field(description="Who wrote it.")

    @strawberry.field(description="Whom it is about.")
    async def client(self, info: Info) -> Client:
        """Loaded in one batch for all notes."""
        found: Client = await info.context.load(clients_by_id, self.client_number)
        return found


@strawberry.type(description="The centre at a glance, as of one moment. Each field is read only when it is asked for.")
class Dashboard:
    """All tiles look from the same moment."""

    moment: strawberry.Private[Moment]
    as_of: datetime = strawberry.field(description="The moment up to which all of it counts.")

    @strawberry.field(description="Visits so far, compared with the time before.")
    async def visits(self, info: Info) -> VisitFigures:
        """One statement."""
        three = spans(self.moment)
        today, week, month = await queries.compared(info.context.reader, three, self.moment)
        return VisitFigures(
            today=VisitsCompared.of(today, three[0]), week=VisitsCompared.of(week, three[1]), month=VisitsCompared.of(month, three[2])
        )

    @strawberry.field(description="When people come: visits by weekday and hour.")
    async def heat_map(self, info: Info) -> VisitHeatMap:
        """One statement."""
        found = await queries.heat_map(info.context.reader, self.moment.today)
        hours = [HourOfWeek(weekday=weekday, hour=hour, visits=visits) for (weekday, hour), visits in found.visits.items()]
        return VisitHeatMap(first_day=found.days.first, last_day=found.days.last, hours=hours)

    @strawberry.field(description="Where people come: each station in use, and others that had visits.")
    async def by_station(self, info: Info) -> list[StationFigures]:
        """One statement."""
        week, month = this_week(self.moment).present, this_month(self.moment).present
        return [_station(row) for row in await queries.by_station(info.context.reader, week, month)]

    @strawberry.field(description="Who comes: how many for the first time, and how many again.")
    async def people(self, info: Info) -> PeopleFigures:
        """One statement."""
        begins = [self.moment.begin(span.present.first) for span in spans(self.moment)]
        today, week, month = [
            NewAndReturning(new=CappedCount.of(found.new), returning=CappedCount.of(found.returning))
            for found in await queries.new_and_returning(info.context.reader, begins)
        ]
        return PeopleFigures(today=today, week=week, month=month)

    @strawberry.field(description="Clients who were here before, but not in the last 30 days; those who left last come first.")
    async def inactive(self, info: Info, first: First = 5) -> ClientsOfInterest:
        """One statement."""
        before = self.moment.begin(self.moment.today - timedelta(days=queries.INACTIVE_DAYS))
        return ClientsOfInterest.of(await queries.inactive(info.context.reader, before, first=_few(first)))

    @strawberry.field(description="Clients whose standing is EXPIRING; those with the least time left come first.")
    async def expiring(self, info: Info, first: First = 5) -> ClientsOfInterest:
        """One statement."""
        return ClientsOfInterest.of(await queries.expiring(info.context.reader, self.moment.today, first=_few(first)))

    @strawberry.field(description="Clients whose standing is EXPIRED; those whose time ran out last come first.")
    async def expired(self, info: Info, first: First = 5) -> ClientsOfInterest:
        """One statement."""
        return ClientsOfInterest.of(await queries.expired(info.context.reader, self.moment.today, first=_few(first)))

    @strawberry.field(description="The newest notes.", extensions=[Guard(Permission.CLIENTS_READ)])
    async def recent_notes(self, info: Info, first: First = 5) -> list[RecentNote]:
        """One statement."""
        return [
            RecentNote(
                id=ids.encode("Note", row.id),
                client_number=row.client_id,
                body=row.body,
                pinned=row.pinned,
                created_at=row.created_at,
                author_name=row.author,
            )
            for row in await queries.recent_notes(info.context.reader, first=_few(first))
        ]


def _few(first: int) -> int:
    if not 0 <= first <= MOST_LISTED:
        raise ValidationFailed(FieldError(("first",), "OUT_OF_RANGE", f"Ask for 0 to {MOST_LISTED} at once."))
    return first


def _station(row: queries.StationVisits) -> StationFigures:
    station_id = None if row.station_id is None else ids.encode("Station", row.station_id)
    return StationFigures(station_id=station_id, name=row.name, today=row.today, week=row.week, month=row.month)


@strawberry.type
class ReportQuery:
    """Root fields."""

    @query(Permission.DASHBOARD_READ, description="The centre at a glance.")
    async def dashboard(self, info: Info) -> Dashboard:
        """No statement of its own."""
        moment = Moment(clock.now(), info.context.settings.zone)
        return Dashboard(moment=moment, as_of=moment.now)
