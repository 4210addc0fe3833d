"""The second factor over GraphQL: the second step of signing in, one's own, and what an admin does about a lost phone."""

from typing import Annotated

import strawberry

from backend.accounts import queries, second_factor, sessions
from backend.accounts.complete_login import complete_login
from backend.accounts.graphql.answers import answer, browser_of
from backend.accounts.graphql.types import LoginRefused, SessionStarted, User, Viewer
from backend.accounts.permissions import Permission
from backend.errors import Unauthenticated
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, ValidationProblem
from backend.graphql.fields import PUBLIC, mutation

_CODE = "The six digits that the app shows now; each code counts once."
_RECOVERY = "One of the recovery codes instead, in any case, with the hyphen or without; each counts once."


@strawberry.input(description="The second step of signing in: the challenge, and either a code or a recovery code.")
class CompleteLoginInput:
    """A code for a challenge."""

    challenge: str = strawberry.field(description="What login gave; good for five minutes and five tries, in the same browser.")
    code: str | None = strawberry.field(default=None, description=_CODE)
    recovery_code: str | None = strawberry.field(default=None, description=_RECOVERY)


@strawberry.input(description="Whoever wants to set up a second factor shows that they know the password.")
class BeginSecondFactorInput:
    """The password."""

    current_password: str = strawberry.field(description="One's own password.")


@strawberry.input(description="The first code of the app.")
class ConfirmSecondFactorInput:
    """A code."""

    code: str = strawberry.field(description="The six digits that the app shows now.")


@strawberry.input(description="A code of the second factor, or a recovery code.")
class NewRecoveryCodesInput:
    """Either of them."""

    code: str | None = strawberry.field(default=None, description=_CODE)
    recovery_code: str | None = strawberry.field(default=None, description=_RECOVERY)


@strawberry.input(description="A code of the second factor, or a recovery code.")
class RemoveSecondFactorInput:
    """Either of them."""

    code: str | None = strawberry.field(default=None, description=_CODE)
    recovery_code: str | None = strawberry.field(default=None, description=_RECOVERY)


@strawberry.input(description="Whose second factor to take away.")
class ResetSecondFactorInput:
    """Which user."""

    id: strawberry.ID = strawberry.field(description="The user.")


@strawberry.type(description="What goes into the authenticator app. It is shown this once, and counts after confirmSecondFactor.")
class SecondFactorBegun:
    """A secret."""

    secret: str = strawberry.field(description="For typing: base 32, 32 characters.")
    uri: str = strawberry.field(description="For a QR code: otpauth://totp/… with the centre's name and the email address.")


@strawberry.type(description="Ten recovery codes, shown this once. Each signs in once in place of a code; those of before are worthless.")
class RecoveryCodes:
    """The codes."""

    codes: list[str] = strawberry.field(description="Such as k7m2p-x9rwd.")
    viewer: Viewer = strawberry.field(description="What the session may do now.")


@strawberry.type(description="The password alone is enough from now on.")
class SecondFactorRemoved:
    """Gone."""

    viewer: Viewer = strawberry.field(description="What the session may do now.")


@strawberry.type(description="The user signs in with the password alone until they set up another second factor.")
class SecondFactorReset:
    """Gone, with the sessions."""

    user: User = strawberry.field(description="The user as they are now.")
    ended: int = strawberry.field(description="How many sessions were ended.")


CompleteLoginResult = Annotated[
    SessionStarted | LoginRefused | ValidationProblem, strawberry.union("CompleteLoginResult", description="Signed in, or why not.")
]
BeginSecondFactorResult = Annotated[
    SecondFactorBegun | LoginRefused | Conflict, strawberry.union("BeginSecondFactorResult", description="The secret, or why not.")
]
_CODES = "The recovery codes, or why nothing was changed."
ConfirmSecondFactorResult = Annotated[
    RecoveryCodes | LoginRefused | Conflict | ValidationProblem, strawberry.union("ConfirmSecondFactorResult", description=_CODES)
]
NewRecoveryCodesResult = Annotated[
    RecoveryCodes | LoginRefused | Conflict | ValidationProblem, strawberry.union("NewRecoveryCodesResult", description=_CODES)
]
RemoveSecondFactorResult = Annotated[
    SecondFactorRemoved | LoginRefused | Conflict | ValidationProblem,
    strawberry.union("RemoveSecondFactorResult", description="Done, or why nothing was changed."),
]
ResetSecondFactorResult = Annotated[
    SecondFactorReset | Conflict | NotFound | NotAllowed,
    strawberry.union("ResetSecondFactorResult", description="Done, or why nothing was changed."),
]


@strawberry.type
class SecondFactorMutation:
    """Root fields."""

    @mutation(PUBLIC, description="The second step of signing in, after login answered SecondFactorNeeded. Sets the refresh cookie.")
    async def complete_login(
        self, info: Info, input: Annotated[CompleteLoginInput, strawberry.argument(description="The challenge and a code.")]
    ) -> CompleteLoginResult:
        """See `backend.accounts.complete_login`."""
        context = info.context
        result = await complete_login(
            context.database,
            context.settings,
            browser_of(context),
            text=input.challenge,
            code=input.code,
            recovery_code=input.recovery_code,
        )
        return answer(context, result)

    @mutation(Permission.VIEWER_UPDATE, description="Get a secret for an authenticator app. Nothing changes before confirmSecondFactor.")
    async def begin_second_factor(
        self, info: Info, input: Annotated[BeginSecondFactorInput, strawberry.argument(description="One's own password.")]
    ) -> BeginSecondFactorResult:
        """See `backend.accounts.second_factor`."""
        context = info.context
        begun = await second_factor.begin(
            context.database,
            context.settings,
            context.signed_in,
            issuer=context.settings.centre_name,
            current_password=input.current_password,
            request_id=context.request_id,
        )
        return SecondFactorBegun(secret=begun.secret, uri=begun.uri)

    @mutation(Permission.VIEWER_UPDATE, description="Turn on the second factor with a first code; gives the recovery codes.")
    async def confirm_second_factor(
        self, info: Info, input: Annotated[ConfirmSecondFactorInput, strawberry.argument(description="A code of the app.")]
    ) -> ConfirmSecondFactorResult:
        """See `backend.accounts.second_factor`."""
        context = info.context
        codes = await second_factor.confirm(
            context.database, context.settings, context.signed_in, code=input.code, request_id=context.request_id
        )
        return RecoveryCodes(codes=codes, viewer=await _viewer(context))

    @mutation(Permission.VIEWER_UPDATE, description="Get ten new recovery codes; those of before are worthless.")
    async def new_recovery_codes(
        self, info: Info, input: Annotated[NewRecoveryCodesInput, strawberry.argument(description="A code.")]
    ) -> NewRecoveryCodesResult:
        """See `backend.accounts.second_factor`."""
        context = info.context
        codes = await second_factor.renew_codes(
            context.database,
            context.settings,
            context.signed_in,
            code=input.code,
            recovery_code=input.recovery_code,
            request_id=context.request_id,
        )
        return RecoveryCodes(codes=codes, viewer=await _viewer(context))

    @mutation(Permission.VIEWER_UPDATE, description="Remove one's own second factor. Where it is asked for, it is set up anew next.")
    async def remove_second_factor(
        self, info: Info, input: Annotated[RemoveSecondFactorInput, strawberry.argument(description="A code.")]
    ) -> RemoveSecondFactorResult:
        """See `backend.accounts.second_factor`."""
        context = info.context
        await second_factor.remove(
            context.database,
            context.settings,
            context.signed_in,
            code=input.code,
            recovery_code=input.recovery_code,
            request_id=context.request_id,
        )
        return SecondFactorRemoved(viewer=await _viewer(context))

    @mutation(
        Permission.USERS_WRITE,
        description="Take away the second factor of somebody who lost it, and end all their sessions. Not one's own.",
    )
    async def reset_second_factor(
        self, info: Info, input: Annotated[ResetSecondFactorInput, strawberry.argument(description="Whose.")]
    ) -> ResetSecondFactorResult:
        """One transaction."""
        number = ids.decode(input.id, "User")
        async with info.context.unit_of_work() as uow:
            ended = await second_factor.reset(uow, number)
        row = await queries.user(info.context.reader, number)
        assert row is not None  # noqa: S101 (it was locked a moment ago)
        return SecondFactorReset(user=User.of(row), ended=ended)


async def _viewer(context: Context) -> Viewer:
    """Whoever asks, with what the session may do since the change."""
    session_id = context.signed_in.session_id
    if session_id is None:
        raise Unauthenticated
    await context.close()
    context.principal = await sessions.current(context.database, session_id)
    row = await queries.user(context.reader, context.principal.user_id or 0)
    if row is None:
        raise Unauthenticated
    return Viewer.of(context.principal, row)
