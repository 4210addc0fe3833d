"""Which entries are wanted, as the API and the export take it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import strawberry

from backend.db import ActorKind
from backend.errors import FieldError, ValidationFailed
from backend.graphql import ids
from backend.trail.queries import AuditCriteria

MOST_ACTIONS = 20
_ACTION = re.compile(r"[a-z_]{1,40}(\.[a-z_]{0,40})?")
_SUBJECT = re.compile(r"[a-z_]{1,40}")
_REQUEST = re.compile(r"[!-~]{1,64}")


@strawberry.input(description="Which entries; all conditions hold together. Days are the centre's.")
class AuditFilter:
    """Conditions."""

    actor_kind: ActorKind | None = strawberry.field(default=None, description="By this kind of principal.")
    user_id: strawberry.ID | None = strawberry.field(default=None, description="By this user.")
    api_key_id: strawberry.ID | None = strawberry.field(default=None, description="By this API key.")
    actions: list[str] | None = strawberry.field(
        default=None, description="Actions that begin with one of these, such as `session.` or `client.merged`; at most 20."
    )
    subject_type: str | None = strawberry.field(default=None, description="About things of this kind, such as membership.")
    subject_id: strawberry.ID | None = strawberry.field(default=None, description="About this one thing; needs `subjectType`.")
    client_id: strawberry.ID | None = strawberry.field(default=None, description="About this client or anything of theirs.")
    from_: date | None = strawberry.field(default=None, name="from", description="The first day.")
    to: date | None = strawberry.field(default=None, description="The last day, included.")
    request_id: str | None = strawberry.field(default=None, description="Made by this request.")


def kind_of(subject_type: str) -> str:
    """The name in ids of things of this kind: MembershipTier of membership_tier."""
    return "".join(part.capitalize() for part in subject_type.split("_"))


def criteria_of(wanted: AuditFilter, zone: ZoneInfo) -> AuditCriteria:
    """The conditions with numbers for ids and instants for days; raises `ValidationFailed`, `NotFound`."""
    problems = list(_problems(wanted))
    if problems:
        raise ValidationFailed(*problems)
    kind, actor = wanted.actor_kind, None
    if wanted.user_id:
        kind, actor = ActorKind.USER, ids.decode(wanted.user_id, "User")
    elif wanted.api_key_id:
        kind, actor = ActorKind.API_KEY, ids.decode(wanted.api_key_id, "ApiKey")
    beyond = wanted.to + timedelta(days=1) if wanted.to is not None and wanted.to < date.max else None
    return AuditCriteria(
        actor_kind=kind,
        actor_id=actor,
        actions=tuple(wanted.actions or ()),
        subject_type=wanted.subject_type,
        subject_id=ids.decode(wanted.subject_id, kind_of(wanted.subject_type)) if wanted.subject_id and wanted.subject_type else None,
        client_id=ids.decode(wanted.client_id, "Client") if wanted.client_id else None,
        since=_midnight(wanted.from_, zone) if wanted.from_ else None,
        before=_midnight(beyond, zone) if beyond else None,
        request_id=wanted.request_id,
    )


def _problems(wanted: AuditFilter) -> Iterator[FieldError]:
    if sum(bool(each) for each in (wanted.actor_kind, wanted.user_id, wanted.api_key_id)) > 1:
        yield FieldError(("filter", "actorKind"), "TOO_MANY", "Give one of actorKind, userId and apiKeyId.")
    if len(wanted.actions or ()) > MOST_ACTIONS or not all(_ACTION.fullmatch(each) for each in wanted.actions or ()):
        said = f"Give at most {MOST_ACTIONS} beginnings of actions, in small letters, such as session. or client.merged."
        yield FieldError(("filter", "actions"), "INVALID", said)
    if wanted.subject_type is not None and not _SUBJECT.fullmatch(wanted.subject_type):
        yield FieldError(("filter", "subjectType"), "INVALID", "This is no kind of thing.")
    if wanted.subject_id and not wanted.subject_type:
        yield FieldError(("filter", "subjectType"), "REQUIRED", "Say as well what kind of thing it is.")
    if wanted.request_id is not None and not _REQUEST.fullmatch(wanted.request_id):
        yield FieldError(("filter", "requestId"), "INVALID", "A request id has 1 to 64 letters and digits.")
    if wanted.from_ is not None and wanted.to is not None and wanted.to < wanted.from_:
        yield FieldError(("filter", "to"), "BEFORE_FROM", "The last day must not be before the first.")


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # The first and the last days of all have no midnight in every zone; nothing happened then.
    near = min(max(day, date(1900, 1, 1)), date(9000, 1, 1))
    return datetime.combine(near, time(0), zone).astimezone(UTC)
