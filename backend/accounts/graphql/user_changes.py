"""What admins give and get when they change accounts."""

import dataclasses
from datetime import datetime
from typing import Annotated, Any, Self, TypeAlias
from uuid import UUID

import strawberry
from strawberry import Maybe, Some
from strawberry.types.field import StrawberryField

from backend import errors
from backend.accounts import users
from backend.accounts.graphql.types import User
from backend.accounts.links import OneTimeLink
from backend.accounts.models import UserRole
from backend.accounts.traces import UserTrace
from backend.accounts.users import WayIn
from backend.config import Settings
from backend.graphql.errors import Conflict, NotAllowed, NotFound, Problem, ValidationProblem
from backend.graphql.scalars import Language

strawberry.enum(
    WayIn,
    description="How somebody gets in who has no password of their own yet. TEMPORARY_PASSWORD: one that counts for 24 hours and has to be "
    "changed. ONE_TIME_LINK: one that counts for 24 hours and once, to set a password.",
)
strawberry.enum(UserTrace, description="Something that names a user, so that the account can't be deleted.")

_VERSION = "The version that you read; an older one is refused with what changed."
_WHO = "The user."
_USERNAME = "Short name for signing in, without spaces and @; in any case. Null: none."


@strawberry.input(description="Which users; all conditions hold together.")
class UserFilter:
    """Conditions."""

    active: bool | None = strawberry.field(default=None, description="True: those who may sign in; false: the others.")
    role: UserRole | None = strawberry.field(default=None, description="Those of this role alone.")


@strawberry.input(description="Somebody who shall sign in.")
class CreateUserInput:
    """A new user."""

    email: str = strawberry.field(description="Email address, in any case; nobody else may have it.")
    username: str | None = strawberry.field(default=None, description=_USERNAME)
    display_name: str = strawberry.field(description="The name that others see, 1 to 120 characters.")
    role: UserRole = strawberry.field(description="What they are.")
    language: Language | None = strawberry.field(default=None, description="The language that they see first. Absent: English.")
    how: WayIn = strawberry.field(description="How they get in the first time.")
    idempotency_key: UUID | None = strawberry.field(
        default=None,
        description="A UUID of yours for this intention: sent again with the same one, nobody is made twice. Whoever has not come in yet "
        "gets a new password or link then, and the first one is worthless.",
    )


@strawberry.input(description="What to change about a user: an absent field stays. Only the username can be cleared with null.")
class UpdateUserInput:
    """A change."""

    id: strawberry.ID = strawberry.field(description=_WHO)
    version: int = strawberry.field(description=_VERSION)
    email: Maybe[str | None] = strawberry.field(description="Email address, in any case; nobody else may have it.")
    username: Maybe[str | None] = strawberry.field(description=_USERNAME)
    display_name: Maybe[str | None] = strawberry.field(description="The name that others see, 1 to 120 characters.")
    role: Maybe[UserRole | None] = strawberry.field(description="What they are. Nobody changes their own; one admin has to stay.")
    language: Maybe[Language | None] = strawberry.field(description="The language that they see.")


@strawberry.input(description="A user at the version that you read.")
class UserVersionInput:
    """Which user."""

    id: strawberry.ID = strawberry.field(description=_WHO)
    version: int = strawberry.field(description=_VERSION)


@strawberry.input(description="A user.")
class UserIdInput:
    """Which user."""

    id: strawberry.ID = strawberry.field(description=_WHO)


@strawberry.input(description="Whose password becomes worthless, and what they get instead.")
class ResetPasswordInput:
    """Which user, and how they get in."""

    id: strawberry.ID = strawberry.field(description=_WHO)
    how: WayIn = strawberry.field(description="How they get in now.")


@strawberry.type(description="A password that the server made up. It is shown this once and has to be changed after signing in.")
class TemporaryPassword:
    """A password to pass on."""

    password: str = strawberry.field(description="The password, in groups that can be read out.")
    counts_until: datetime = strawberry.field(description="Until when one can sign in with it.")


@strawberry.type(description="A link with which somebody sets a password of their own, once. It is shown this once.")
class OneTimeSignInLink:
    """A link to pass on."""

    path: str = strawberry.field(description="The link below the address at which this centre is reached.")
    url: str | None = strawberry.field(description="The whole link; null where the centre's address is not set on the server.")
    counts_until: datetime = strawberry.field(description="Until when it can be used.")

    @classmethod
    def of(cls, link: OneTimeLink, settings: Settings) -> Self:
        """A link as it is shown."""
        return cls(path=link.path, url=link.url(settings) if settings.public_url else None, counts_until=link.expires_at)


@strawberry.type(description="The user, and what lets them in. Both are null where an earlier answer showed it and it was used.")
class AccessGiven:
    """A user with a way in."""

    user: User = strawberry.field(description="The user as they are now.")
    temporary_password: TemporaryPassword | None = strawberry.field(description="What was asked for, if it was a password.")
    link: OneTimeSignInLink | None = strawberry.field(description="What was asked for, if it was a link.")

    @classmethod
    def of(cls, user: User, access: users.Access, settings: Settings) -> Self:
        """What a service answered."""
        password = None
        if access.password is not None and access.password_until is not None:
            password = TemporaryPassword(password=access.password, counts_until=access.password_until)
        link = OneTimeSignInLink.of(access.link, settings) if access.link is not None else None
        return cls(user=user, temporary_password=password, link=link)


@strawberry.type(description="The user is saved.")
class UserSaved:
    """A user."""

    user: User = strawberry.field(description="The user as they are now.")


@strawberry.type(description="There is no link any more with which this user could come in.")
class LinkWithdrawn:
    """A user without a link."""

    user: User = strawberry.field(description="The user as they are now.")
    withdrawn: bool = strawberry.field(description="Whether there was one.")


@strawberry.type(description="The account is gone.")
class UserDeleted:
    """Its id."""

    user_id: strawberry.ID = strawberry.field(description="Which one it was.")


@strawberry.type(description="These sessions have ended; on open sockets within 5 s.")
class SessionsEnded:
    """How many."""

    ended: int = strawberry.field(description="How many there were.")


@strawberry.type(description="The account can't be deleted, since something refers to it; it can be deactivated. Code USER_IN_USE.")
class UserInUse(Problem):
    """What refers to it."""

    traces: list[UserTrace] = strawberry.field(description="The kinds of things that name this user.")


_Problem: TypeAlias = ValidationProblem | Conflict | NotFound | NotAllowed
_SAVED = "The user as they are now, or why nothing was changed."


def _answer(name: str, description: str = _SAVED) -> Any:
    return strawberry.union(name, description=description)


_LETS_IN = "What lets them in, or why nothing was changed."
_DONE = "Done, or why not."
CreateUserResult = Annotated[AccessGiven | _Problem, _answer("CreateUserResult", _LETS_IN)]
ResetPasswordResult = Annotated[AccessGiven | _Problem, _answer("ResetPasswordResult", _LETS_IN)]
NewSignInLinkResult = Annotated[AccessGiven | _Problem, _answer("NewSignInLinkResult", _LETS_IN)]
UpdateUserResult = Annotated[UserSaved | _Problem, _answer("UpdateUserResult")]
ActivateUserResult = Annotated[UserSaved | _Problem, _answer("ActivateUserResult")]
DeactivateUserResult = Annotated[UserSaved | _Problem, _answer("DeactivateUserResult")]
WithdrawSignInLinkResult = Annotated[LinkWithdrawn | _Problem, _answer("WithdrawSignInLinkResult")]
DeleteUserResult = Annotated[UserDeleted | UserInUse | _Problem, _answer("DeleteUserResult", _DONE)]
EndUserSessionsResult = Annotated[SessionsEnded | _Problem, _answer("EndUserSessionsResult", _DONE)]


def given(asked: UpdateUserInput) -> dict[str, Any]:
    """What an input of `Maybe` fields names, by the names of its columns."""
    found: dict[str, Any] = {}
    for item in dataclasses.fields(asked):
        value = getattr(asked, item.name)
        if isinstance(value, Some):
            found[item.name] = value.value.value if isinstance(value.value, Language) else value.value
    return found


class UserInUseHandler(strawberry.ExceptionHandler[errors.UserInUse, UserInUse]):
    """`errors.UserInUse` → `UserInUse`."""

    def handle(self, exception: errors.UserInUse, *, field: StrawberryField, info: strawberry.Info) -> UserInUse:  # noqa: ARG002
        """Say what refers to the account."""
        return UserInUse(code=exception.reason, message=exception.message, traces=[UserTrace(kind) for kind in exception.traces])
