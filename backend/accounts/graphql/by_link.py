"""Coming in by a one-time link, over GraphQL."""

from typing import Annotated

import strawberry

from backend.accounts import by_link
from backend.accounts.graphql.answers import browser_of, entered
from backend.accounts.graphql.types import LoginRefused, SecondFactorNeeded, SessionStarted
from backend.graphql.context import Info
from backend.graphql.errors import ValidationProblem
from backend.graphql.fields import PUBLIC, mutation

_TOKEN = "What stands behind the # of the link."  # noqa: S105 (a description, not a token)


@strawberry.input(description="A one-time link.")
class OpenSignInLinkInput:
    """A link."""

    token: str = strawberry.field(description=_TOKEN)


@strawberry.input(description="A one-time link, and the password that it sets.")
class SetPasswordByLinkInput:
    """A link and a password."""

    token: str = strawberry.field(description=_TOKEN)
    new_password: str = strawberry.field(description="The password as it shall be: 8 to 128 characters, none that others guess first.")


@strawberry.type(description="The link counts. Whoever has it sees whose it is, so that the password can be checked against their names.")
class SignInLinkOpened:
    """Whose link it is."""

    email: str = strawberry.field(description="Their email address.")
    username: str | None = strawberry.field(description="Their username, if they have one.")
    display_name: str = strawberry.field(description="Their name.")


OpenSignInLinkResult = Annotated[
    SignInLinkOpened | LoginRefused, strawberry.union("OpenSignInLinkResult", description="Whose link it is, or that it does not count.")
]
SetPasswordByLinkResult = Annotated[
    SessionStarted | SecondFactorNeeded | LoginRefused | ValidationProblem,
    strawberry.union("SetPasswordByLinkResult", description="The password is set and they are signed in, one step before it, or why not."),
]


@strawberry.type
class LinkMutation:
    """Root fields."""

    @mutation(PUBLIC, description="Whose one-time link this is; it stays unused. Refused with LINK_NOT_VALID whatever is wrong with it.")
    async def open_sign_in_link(
        self, info: Info, input: Annotated[OpenSignInLinkInput, strawberry.argument(description="The link.")]
    ) -> OpenSignInLinkResult:
        """See `backend.accounts.by_link`."""
        context = info.context
        user = await by_link.opened(context.database, context.settings, input.token, browser_of(context))
        return SignInLinkOpened(email=user.email, username=user.username, display_name=user.display_name)

    @mutation(PUBLIC, description="Set a password with a one-time link and sign in. All sessions under the old password end.")
    async def set_password_by_link(
        self, info: Info, input: Annotated[SetPasswordByLinkInput, strawberry.argument(description="The link and the password.")]
    ) -> SetPasswordByLinkResult:
        """See `backend.accounts.by_link`."""
        context = info.context
        result = await by_link.set_password(context.database, context.settings, input.token, input.new_password, browser_of(context))
        return entered(context, result)
