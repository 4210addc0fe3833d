"""Which clients: the conditions of the table, and how each becomes SQL that an index answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, exists, select, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import LateralFromClause

from backend.audit.models import AuditEntry
from backend.clients.models import Client, ClientTag, Consent, ConsentKind, ContactMethod
from backend.clients.queries.periods import AUTHORIZATIONS, MEMBERSHIPS, one_of, plain, preconditions
from backend.clients.search import Search, text_matches
from backend.clients.standing import StandingStatus
from backend.db import among


@dataclass(frozen=True, slots=True)
class ClientCriteria:
    """Which clients: all conditions hold together; an empty one does not count. Merged clients are never among them.

    ``visited_from`` is the earliest and ``visited_before`` the first instant too late for the last visit; with either, nobody who
    never came is found. ``changed_from``: the audit log has something of them from this instant on. ``consents`` are kinds with
    whether the newest word on it is a yes. ``ids``: out of these alone.
    """

    search: Search | None = None
    standing: Sequence[StandingStatus] = ()
    tag_ids: Sequence[int] = ()
    any_tag: bool = False
    tier_ids: Sequence[int] = ()
    coordinator: str | None = None
    language: str | None = None
    visited_from: datetime | None = None
    visited_before: datetime | None = None
    never_visited: bool = False
    consents: Sequence[tuple[ConsentKind, bool]] = ()
    archived: bool = False
    contact_to_fix: bool = False
    created_from: datetime | None = None
    first_visit_from: datetime | None = None
    changed_from: datetime | None = None
    ids: Sequence[int] | None = None

    @property
    def is_wide(self) -> bool:
        """Whether nearly everybody on file is meant, so that a walk along any order finds a page at once."""
        return replace(self, search=None) == ClientCriteria()

    @property
    def asks_standing(self) -> bool:
        """Whether a statement has to join ``standing_on`` for its conditions."""
        return bool(self.standing or self.tier_ids)


def conditions(
    client: Any, criteria: ClientCriteria, standing: LateralFromClause, day: date, *, walking: bool = False
) -> list[ColumnElement[bool]]:
    """All conditions on ``client``, which is `Client` or an alias of it; ``standing`` must be joined where `asks_standing`.

    The search is among them as what a client must match, without a cap. ``walking``: see `one_of`.
    """
    held = [client.archived_at.is_not(None) & client.merged_into_id.is_(None) if criteria.archived else client.archived_at.is_(None)]
    if criteria.ids is not None:
        held.append(among(client.id, criteria.ids))
    if criteria.search is not None:
        held.append(text_matches(client.id, criteria.search))
    if criteria.language is not None:
        held.append(client.language == criteria.language)
    held += _visits(client, criteria)
    held += [one_of(client.id, each, walking=walking) for each in _sets(criteria)]
    held += [~exists(select(1).where(*_given(client.id, kind))) for kind, granted in criteria.consents if not granted]
    if criteria.tier_ids:
        held.append(standing.c.tier_id.in_(_numbers(criteria.tier_ids)))
    if criteria.standing:
        held += preconditions(client.id, criteria.standing, day, walking=walking)
        held.append(standing.c.status.in_(sorted(set(criteria.standing))))
    return held


def _numbers(numbers: Sequence[int]) -> list[Any]:
    return [plain(number, BigInteger) for number in sorted(set(numbers))]


def _visits(client: Any, criteria: ClientCriteria) -> list[ColumnElement[bool]]:
    last, held = client.last_check_in_at, []
    if criteria.visited_from is not None:
        held.append(last >= criteria.visited_from)
    if criteria.visited_before is not None:
        held.append(last < criteria.visited_before)
    if criteria.never_visited:
        held.append(last.is_(None))
    if criteria.first_visit_from is not None:
        held.append(client.first_check_in_at >= criteria.first_visit_from)
    if criteria.created_from is not None:
        held.append(client.created_at >= criteria.created_from)
    return held


def _sets(criteria: ClientCriteria) -> Iterator[Any]:
    """The sets, as SELECTs of ``client_id``, in all of which a client must be."""
    tags = _numbers(criteria.tag_ids)
    if criteria.any_tag and tags:
        yield select(ClientTag.client_id).where(ClientTag.tag_id.in_(tags))
    elif not criteria.any_tag:
        yield from (select(ClientTag.client_id).where(ClientTag.tag_id == tag) for tag in tags)
    if criteria.contact_to_fix:
        yield select(ContactMethod.client_id).where(ContactMethod.needs_fixing)
    for kind, granted in criteria.consents:
        if granted:
            word = aliased(Consent)
            yield select(word.client_id).where(*_given(word.client_id, kind, word))
    if criteria.coordinator is not None:
        own = select(Client.id.label("client_id")).where(Client.service_coordinator == criteria.coordinator)
        paid = select(AUTHORIZATIONS.c.client_id).where(AUTHORIZATIONS.c.service_coordinator == criteria.coordinator)
        yield union_all(own, paid)
    if criteria.changed_from is not None:
        yield select(AuditEntry.client_id).where(AuditEntry.client_id.is_not(None), AuditEntry.happened_at >= criteria.changed_from)
    if criteria.tier_ids:
        yield select(MEMBERSHIPS.c.client_id).where(MEMBERSHIPS.c.tier_id.in_(_numbers(criteria.tier_ids)))


def _given(client_id: Any, kind: ConsentKind, word: Any = None) -> list[ColumnElement[bool]]:
    """That the newest word of a client on this is a yes. Two words of one instant are impossible."""
    word, later = word or aliased(Consent), aliased(Consent)
    taken_back = exists(select(1).where(later.client_id == word.client_id, later.kind == word.kind, later.happened_at > word.happened_at))
    return [word.client_id == client_id, word.kind == kind, word.granted, ~taken_back]
