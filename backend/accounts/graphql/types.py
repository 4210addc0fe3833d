"""Types of accounts, their unions, and how refusals become members of them."""

from datetime import date, datetime
from typing import Annotated, Self

import strawberry
from strawberry.types.field import StrawberryField

from backend import errors, metrics
from backend.accounts import models, recovery_codes
from backend.accounts.graphql.sessions import Session, UserLink, links_of_users, sessions_of_users
from backend.accounts.models import Theme, UserRole
from backend.accounts.principal import Principal
from backend.errors import Unauthenticated
from backend.graphql import ids
from backend.graphql.context import Info
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
    languages: list[Language] = strawberry.field(description="The languages that are offered to choose from.")
    default_language: Language = strawberry.field(description="The language of new clients for whom none is given.")
    accent_light: str | None = strawberry.field(description="The accent colour in the light theme, as #rrggbb; null: the product's own.")
    accent_dark: str | None = strawberry.field(description="The accent colour in the dark theme, likewise.")
    logo_url: str | None = strawberry.field(description="Where the centre's logo is; null: there is none.")
    password_min_length: int = strawberry.field(description="The fewest characters that a new password may have.")
    password_max_length: int = strawberry.field(description="The most characters that a new password may have.")


@strawberry.type(description="A person who signs in.")
class User(Node):
    """A user, as they themselves and admins see it: nothing leads to somebody else's account but what needs users:read."""

    number: strawberry.Private[int]
    email: str = strawberry.field(description="Email address, in lower case; good for signing in.")
    username: str | None = strawberry.field(description="Short name in lower case, good for signing in; null when there is none.")
    display_name: str = strawberry.field(description="The name that others see.")
    role: UserRole = strawberry.field(description="What this user is.")
    theme: Theme = strawberry.field(description="The colours that this user prefers.")
    language: Language = strawberry.field(description="The language that this user prefers.")
    active: bool = strawberry.field(description="Whether this user may sign in.")
    must_change_password: bool = strawberry.field(description="Whether nothing else works for this user before changePassword.")
    temporary_until: datetime | None = strawberry.field(
        description="Until when the password signs in, where it is a temporary one; null for one of their own."
    )
    second_factor_since: datetime | None = strawberry.field(description="Since when a second factor is set up; null without one.")
    last_login_at: datetime | None = strawberry.field(description="When they signed in last; null if never.")
    created_at: datetime = strawberry.field(description="When the account was made.")
    version: int = strawberry.field(description="Grows with every change; updates give the one they read.")

    @strawberry.field(description="The sign-ins that go on, the last used first; the first hundred.")
    async def sessions(self, info: Info) -> list[Session]:
        """Loaded in one batch for all users asked for."""
        return await info.context.load(sessions_of_users, self.number) or []

    @strawberry.field(description="The newest one-time link, used or not; null when there is none, or it was withdrawn or is long over.")
    async def link(self, info: Info) -> UserLink | None:
        """Loaded in one batch for all users asked for."""
        found: UserLink | None = await info.context.load(links_of_users, self.number)
        return found

    @classmethod
    def of(cls, row: models.User) -> Self:
        """The user of a row."""
        return cls(
            id=strawberry.ID(ids.encode("User", row.id)),
            number=row.id,
            email=row.email,
            username=row.username,
            display_name=row.display_name,
            role=row.role,
            theme=row.theme,
            language=Language(row.language),
            active=row.active,
            must_change_password=row.must_change_password,
            temporary_until=row.temporary_until,
            second_factor_since=row.totp_confirmed_at,
            last_login_at=row.last_login_at,
            created_at=row.created_at,
            version=row.version,
        )


@strawberry.type(description="One's own second factor: an authenticator app, and recovery codes for when it is not at hand.")
class SecondFactor:
    """It is set up."""

    user_id: strawberry.Private[int]
    since: datetime = strawberry.field(description="When it was set up.")

    @strawberry.field(description="How many recovery codes were not used yet.")
    async def recovery_codes_left(self, info: Info) -> int:
        """Counted only when it is asked for."""
        return await recovery_codes.left(info.context.reader, self.user_id)


@strawberry.type(description="Whoever is signed in, and what they may do in this session.")
class Viewer:
    """The principal."""

    user: User = strawberry.field(description="The user who is signed in.")
    permissions: list[str] = strawberry.field(description='What this session may do, such as "clients:read", in alphabetical order.')
    must_change_password: bool = strawberry.field(description="Whether nothing else works before changePassword.")
    must_set_up_second_factor: bool = strawberry.field(
        description="Whether nothing else works before a second factor is set up, because the centre asks this role for one."
    )
    session_expires_at: datetime = strawberry.field(description="When the session ends if it is not used any more.")
    second_factor: SecondFactor | None = strawberry.field(description="One's own second factor; null while there is none.")

    @classmethod
    def of(cls, principal: Principal, row: models.User) -> Self:
        """The viewer of a session."""
        if principal.session_expires_at is None:
            raise Unauthenticated
        return cls(
            user=User.of(row),
            permissions=sorted(permission.value for permission in principal.permissions),
            must_change_password=principal.must_change_password,
            must_set_up_second_factor=principal.must_set_up_second_factor,
            session_expires_at=principal.session_expires_at,
            second_factor=SecondFactor(user_id=row.id, since=row.totp_confirmed_at) if row.totp_confirmed_at else None,
        )


@strawberry.type(description="You are signed in. The refresh token comes as a cookie that scripts can't read.")
class SessionStarted:
    """Fresh tokens."""

    access_token: str = strawberry.field(description="Send it as Authorization: Bearer. Keep it in memory only.")
    expires_at: datetime = strawberry.field(
        description="When the access token expires, in ten minutes at most; refreshSession gets a new one."
    )
    viewer: Viewer = strawberry.field(description="Whoever is signed in now.")


@strawberry.type(description="The password is right. Send a code of the second factor with completeLogin, from the same browser.")
class SecondFactorNeeded:
    """One step more."""

    challenge: str = strawberry.field(description="Send it with the code. It is good for nothing else.")
    ends_at: datetime = strawberry.field(description="When it is over, in five minutes; then the password is asked for again.")


@strawberry.type(description="Signing in, the current password, or a code of the second factor, was refused.")
class LoginRefused(Problem):
    """Code WRONG_CREDENTIALS, WRONG_CODE, CHALLENGE_OVER, SECOND_FACTOR_LOST or TOO_MANY_TRIES."""

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
    SessionStarted | SecondFactorNeeded | LoginRefused | ValidationProblem,
    strawberry.union("LoginResult", description="Signed in, one step before it, or why not."),
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
        metrics.login_refusals.add(exception.reason)
        return LoginRefused(code=exception.reason, message=exception.message, retry_after_seconds=exception.retry_after)


class SessionEndedHandler(strawberry.ExceptionHandler[errors.SessionEnded, SessionEnded]):
    """`errors.SessionEnded` → `SessionEnded`."""

    def handle(self, exception: errors.SessionEnded, *, field: StrawberryField, info: strawberry.Info) -> SessionEnded:  # noqa: ARG002
        """Say that it is over."""
        return SessionEnded(code=exception.reason, message=exception.message)


HANDLERS = (LoginRefusedHandler(), SessionEndedHandler())
