"""Types of accounts, their unions, and how refusals become members of them."""

from datetime import date, datetime
from typing import Annotated, Self

import strawberry
from strawberry.types.field import StrawberryField

from backend import errors
from backend.accounts import models
from backend.accounts.models import Theme, UserRole
from backend.accounts.principal import Principal
from backend.errors import Unauthenticated
from backend.graphql import ids
from backend.graphql.errors import Problem, ValidationProblem
from backend.graphql.relay import Node
from backend.graphql.scalars import Language

strawberry.enum(UserRole, description="What a user is. ADMIN may do everything, STAFF works at the desk.")
strawberry.enum(Theme, description="The colours that a user prefers; SYSTEM follows the device.")


@strawberry.type(description="What anybody may know about this centre, before signing in.")
class Centre:
    """The centre."""

    name: str = strawberry.field(description="The centre's name.")
    time_zone: str = strawberry.field(description="IANA name of the time zone that decides what today is, such as America/Los_Angeles.")
    today: date = strawberry.field(description="The day it is at the centre.")
    password_min_length: int = strawberry.field(description="The fewest characters that a new password may have.")
    password_max_length: int = strawberry.field(description="The most characters that a new password may have.")


@strawberry.type(description="A person who signs in.")
class User(Node):
    """A user."""

    email: str = strawberry.field(description="Email address, in lower case; good for signing in.")
    username: str | None = strawberry.field(description="Short name in lower case, good for signing in; null when there is none.")
    display_name: str = strawberry.field(description="The name that others see.")
    role: UserRole = strawberry.field(description="What this user is.")
    theme: Theme = strawberry.field(description="The colours that this user prefers.")
    language: Language = strawberry.field(description="The language that this user prefers.")

    @classmethod
    def of(cls, row: models.User) -> Self:
        """The user of a row."""
        return cls(
            id=strawberry.ID(ids.encode("User", row.id)),
            email=row.email,
            username=row.username,
            display_name=row.display_name,
            role=row.role,
            theme=row.theme,
            language=Language(row.language),
        )


@strawberry.type(description="Whoever is signed in, and what they may do in this session.")
class Viewer:
    """The principal."""

    user: User = strawberry.field(description="The user who is signed in.")
    permissions: list[str] = strawberry.field(description='What this session may do, such as "clients:read", in alphabetical order.')
    must_change_password: bool = strawberry.field(description="Whether nothing else works before changePassword.")
    session_expires_at: datetime = strawberry.field(description="When the session ends if it is not used any more.")

    @classmethod
    def of(cls, principal: Principal, row: models.User) -> Self:
        """The viewer of a session."""
        if principal.session_expires_at is None:
            raise Unauthenticated
        return cls(
            user=User.of(row),
            permissions=sorted(permission.value for permission in principal.permissions),
            must_change_password=principal.must_change_password,
            session_expires_at=principal.session_expires_at,
        )


@strawberry.type(description="You are signed in. The refresh token comes as a cookie that scripts can't read.")
class SessionStarted:
    """Fresh tokens."""

    access_token: str = strawberry.field(description="Send it as Authorization: Bearer. Keep it in memory only.")
    expires_at: datetime = strawberry.field(
        description="When the access token expires, in ten minutes at most; refreshSession gets a new one."
    )
    viewer: Viewer = strawberry.field(description="Whoever is signed in now.")


@strawberry.type(description="Signing in, or the current password, was refused.")
class LoginRefused(Problem):
    """Code WRONG_CREDENTIALS or TOO_MANY_TRIES."""

    retry_after_seconds: int | None = strawberry.field(description="With TOO_MANY_TRIES: seconds until a try makes sense again.")


@strawberry.type(description="The session can't go on: please sign in again. Code SESSION_ENDED.")
class SessionEnded(Problem):
    """The refresh token does not count."""


@strawberry.type(description="The session has ended on this device.")
class LogoutDone:
    """Done."""

    ok: bool = strawberry.field(description="Always true.")


@strawberry.input(description="What somebody types to sign in.")
class LoginInput:
    """Credentials."""

    identifier: str = strawberry.field(description="Email address or username, in any case.")
    password: str = strawberry.field(description="The password.")


@strawberry.input(description="A change of one's own password.")
class ChangePasswordInput:
    """Old and new."""

    current_password: str = strawberry.field(description="The password as it is now.")
    new_password: str = strawberry.field(description="The password as it shall be: 8 to 128 characters, none that others guess first.")


@strawberry.input(description="What to change of one's own profile. What is absent stays as it is.")
class UpdateProfileInput:
    """Preferences."""

    theme: Theme | None = strawberry.field(default=strawberry.UNSET, description="The colours to use. Can't be null.")
    language: Language | None = strawberry.field(default=strawberry.UNSET, description="The language to use. Can't be null.")


LoginResult = Annotated[
    SessionStarted | LoginRefused | ValidationProblem, strawberry.union("LoginResult", description="Signed in, or why not.")
]
RefreshResult = Annotated[
    SessionStarted | SessionEnded, strawberry.union("RefreshResult", description="The session goes on, or has ended.")
]
ChangePasswordResult = Annotated[
    SessionStarted | ValidationProblem | LoginRefused,
    strawberry.union("ChangePasswordResult", description="The password was changed and the session goes on with a new token, or why not."),
]
UpdateProfileResult = Annotated[
    User | ValidationProblem, strawberry.union("UpdateProfileResult", description="The user as changed, or why not.")
]


class LoginRefusedHandler(strawberry.ExceptionHandler[errors.LoginRefused, LoginRefused]):
    """`errors.LoginRefused` → `LoginRefused`."""

    def handle(self, exception: errors.LoginRefused, *, field: StrawberryField, info: strawberry.Info) -> LoginRefused:  # noqa: ARG002
        """Say how long to wait."""
        return LoginRefused(code=exception.reason, message=exception.message, retry_after_seconds=exception.retry_after)


class SessionEndedHandler(strawberry.ExceptionHandler[errors.SessionEnded, SessionEnded]):
    """`errors.SessionEnded` → `SessionEnded`."""

    def handle(self, exception: errors.SessionEnded, *, field: StrawberryField, info: strawberry.Info) -> SessionEnded:  # noqa: ARG002
        """Say that it is over."""
        return SessionEnded(code=exception.reason, message=exception.message)


HANDLERS = (LoginRefusedHandler(), SessionEndedHandler())
