"""Reading clients: one statement for a page, whatever the page shows."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, func, literal, select, true, tuple_
from sqlalchemy.sql.selectable import LateralFromClause

from backend.accounts.models import User
from backend.clients.models import Client, ClientNote, ClientTag, Consent, ContactMethod, Tag
from backend.clients.search import MOST_CANDIDATES, Search, candidates, rank
from backend.clients.standing import StandingStatus, standing_on
from backend.db import AnyRow, AnySelect, ReadSession, among

COUNTED = 1000


class ClientOrder(enum.StrEnum):
    """How a list of clients may be sorted."""

    NAME = "NAME"
    LAST_CHECK_IN = "LAST_CHECK_IN"
    CREATED = "CREATED"


@dataclass(frozen=True, slots=True)
class ClientCriteria:
    """Which clients: all conditions hold together; an empty one does not count."""

    search: Search | None = None
    standing: Sequence[StandingStatus] = ()
    tag_ids: Sequence[int] = ()
    archived: bool = False
    contact_to_fix: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page, each with the sort values that its cursor carries."""

    rows: Sequence[AnyRow]
    keys: list[list[Any]] = field(default_factory=list)
    more: bool = False


def client_select(standing: LateralFromClause) -> AnySelect:
    """Everything that a row on the screen needs; contact methods, tags and alerts come as JSON arrays."""
    contacts = (
        select(
            func.json_agg(
                func.json_build_array(
                    ContactMethod.id,
                    ContactMethod.kind,
                    ContactMethod.value,
                    ContactMethod.is_primary,
                    ContactMethod.verified_at.is_not(None),
                    ContactMethod.opted_out_at.is_not(None),
                    ContactMethod.needs_fixing,
                )
            )
        )
        .where(ContactMethod.client_id == Client.id)
        .scalar_subquery()
    )
    tags = (
        select(func.json_agg(func.json_build_array(Tag.id, Tag.name, Tag.colour)))
        .join(ClientTag, ClientTag.tag_id == Tag.id)
        .where(ClientTag.client_id == Client.id)
        .scalar_subquery()
    )
    alerts = (
        select(func.json_agg(func.json_build_array(ClientNote.id, ClientNote.body, ClientNote.created_at, User.display_name)))
        .outerjoin(User, User.id == ClientNote.author_id)
        .where(ClientNote.client_id == Client.id, ClientNote.pinned)
        .scalar_subquery()
    )
    return select(
        Client.id,
        Client.first_name,
        Client.last_name,
        Client.preferred_name,
        Client.date_of_birth,
        Client.guardian_name,
        Client.service_coordinator,
        Client.member_code,
        Client.language,
        Client.archived_at.is_not(None).label("archived"),
        Client.created_at,
        Client.version,
        Client.last_check_in_at,
        Client.sort_name,
        standing.c.status,
        standing.c.source,
        standing.c.starts_on,
        standing.c.ends_on,
        standing.c.days_left,
        standing.c.tier_name,
        contacts.label("contact_methods"),
        tags.label("tags"),
        alerts.label("alerts"),
    ).select_from(Client.__table__.join(standing, true()))


async def clients_by_id(reader: ReadSession, ids: Iterable[int], day: date) -> dict[int, AnyRow]:
    """The rows of these clients, archived ones included; unknown ids are left out."""
    statement = client_select(standing_on(Client.id, day)).where(among(Client.id, ids))
    return {row.id: row for row in await reader.rows(statement)}


def _matching(statement: AnySelect, criteria: ClientCriteria, standing: LateralFromClause) -> AnySelect:
    """The statement, for the clients that fulfil the criteria; it must join ``standing`` where that is asked for."""
    statement = statement.where(Client.archived_at.is_not(None) if criteria.archived else Client.archived_at.is_(None))
    if criteria.search is not None:
        statement = statement.where(Client.id.in_(select(candidates(criteria.search).c.client_id)))
    if criteria.tag_ids:
        wanted = set(criteria.tag_ids)
        carriers = select(ClientTag.client_id).where(among(ClientTag.tag_id, wanted)).group_by(ClientTag.client_id)
        statement = statement.where(Client.id.in_(carriers.having(func.count() == len(wanted))))
    if criteria.contact_to_fix:
        statement = statement.where(Client.id.in_(select(ContactMethod.client_id).where(ContactMethod.needs_fixing)))
    if criteria.standing:
        statement = statement.where(standing.c.status.in_(set(criteria.standing)))
    return statement


async def page_of_clients(
    reader: ReadSession, criteria: ClientCriteria, order: ClientOrder, *, day: date, first: int, after: Sequence[Any] | None
) -> Page:
    """One page, by keyset: ``after`` holds the sort values of the row before it, as `Page.keys` gave them."""
    standing = standing_on(Client.id, day)
    if criteria.search is not None:
        return await _page_of_search(reader, criteria, criteria.search, standing, first=first, after=after)
    statement = _matching(client_select(standing), criteria, standing)
    sort, condition = _sorted(order, after)
    if condition is not None:
        statement = statement.where(condition)
    rows = list(await reader.rows(statement.order_by(*sort).limit(first + 1)))
    if order is ClientOrder.LAST_CHECK_IN and after and after[0] is not None and len(rows) <= first:
        # Those who never came stand at the end. Asked for in the same condition, every page would read the list from its start.
        never = _matching(client_select(standing), criteria, standing).where(Client.last_check_in_at.is_(None))
        rows += await reader.rows(never.order_by(Client.id.desc()).limit(first + 1 - len(rows)))
    shown = rows[:first]
    return Page(shown, [_key(row, order) for row in shown], more=len(rows) > first)


async def _page_of_search(
    reader: ReadSession, criteria: ClientCriteria, search: Search, standing: LateralFromClause, *, first: int, after: Sequence[Any] | None
) -> Page:
    """The best of the candidates, ranked and cut before anything else is read of them: there may be 500 for a page of 20."""
    ranked = rank(search).label("rank")
    ids = select(Client.id, ranked)
    best = _matching(ids.join(standing, true()) if criteria.standing else ids, criteria, standing)
    if after:
        last_rank, *last = after
        best = best.where(tuple_(ranked, Client.sort_name, Client.id) > tuple_(literal(last_rank, BigInteger), *last))
    cut = best.order_by(ranked, Client.sort_name, Client.id).limit(first + 1).subquery("best")
    statement = client_select(standing).add_columns(cut.c.rank).where(Client.id == cut.c.id)
    rows = await reader.rows(statement.order_by(cut.c.rank, Client.sort_name, Client.id))
    shown = rows[:first]
    return Page(shown, [[row.rank, row.sort_name, row.id] for row in shown], more=len(rows) > first)


def _sorted(order: ClientOrder, after: Sequence[Any] | None) -> tuple[list[Any], ColumnElement[bool] | None]:
    if order is ClientOrder.NAME:
        return [Client.sort_name, Client.id], tuple_(Client.sort_name, Client.id) > tuple_(*after) if after else None
    if order is ClientOrder.CREATED:
        return [Client.id.desc()], Client.id < after[0] if after else None
    condition: ColumnElement[bool] | None = None
    if after:
        moment, last_id = after
        if moment is None:
            condition = and_(Client.last_check_in_at.is_(None), Client.id < last_id)
        else:
            condition = tuple_(Client.last_check_in_at, Client.id) < tuple_(moment, last_id)
    return [Client.last_check_in_at.desc().nulls_last(), Client.id.desc()], condition


def _key(row: AnyRow, order: ClientOrder) -> list[Any]:
    if order is ClientOrder.NAME:
        return [row.sort_name, row.id]
    if order is ClientOrder.CREATED:
        return [row.id]
    return [row.last_check_in_at.isoformat() if row.last_check_in_at else None, row.id]


KEY_TYPES: dict[ClientOrder, tuple[type | tuple[type, ...], ...]] = {
    ClientOrder.NAME: (str, int),
    ClientOrder.CREATED: (int,),
    ClientOrder.LAST_CHECK_IN: ((datetime, type(None)), int),
}
RANKED_KEY_TYPES = (int, str, int)


async def count_of_clients(reader: ReadSession, criteria: ClientCriteria, *, day: date) -> tuple[int, bool]:
    """How many there are, and whether that is all of them: counting stops at 1,000 (at 500 in a search)."""
    most = COUNTED if criteria.search is None else MOST_CANDIDATES
    standing = standing_on(Client.id, day)
    ids = select(Client.id).join(standing, true()) if criteria.standing else select(Client.id)
    found = await reader.scalar(select(func.count()).select_from(_matching(ids, criteria, standing).limit(most + 1).subquery()))
    return min(found, most), found <= most


async def notes_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The notes of these clients, the newest first."""
    return await reader.rows(
        select(ClientNote.client_id, ClientNote.id, ClientNote.body, ClientNote.pinned, ClientNote.created_at, User.display_name)
        .outerjoin(User, User.id == ClientNote.author_id)
        .where(among(ClientNote.client_id, client_ids))
        .order_by(ClientNote.created_at.desc(), ClientNote.id.desc())
    )


async def consents_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The consent history of these clients, the newest first."""
    return await reader.rows(
        select(Consent.client_id, Consent.kind, Consent.granted, Consent.happened_at, Consent.source, User.display_name)
        .outerjoin(User, User.id == Consent.user_id)
        .where(among(Consent.client_id, client_ids))
        .order_by(Consent.happened_at.desc(), Consent.id.desc())
    )
