"""Root fields of accounts: translate, delegate, set cookies."""

from typing import Annotated

import strawberry

from backend import clock
from backend.accounts import login as signing_in
from backend.accounts import passwords, queries, service, sessions
from backend.accounts.graphql.answers import COOKIE_PATH, DEVICE_COOKIE, REFRESH_COOKIE, answer, entered
from backend.accounts.graphql.types import (
    Centre,
    ChangePasswordInput,
    ChangePasswordResult,
    LoginInput,
    LoginResult,
    LogoutDone,
    RefreshResult,
    UpdateProfileInput,
    UpdateProfileResult,
    User,
    Viewer,
)
from backend.accounts.password_change import change_password
from backend.accounts.permissions import Permission
from backend.accounts.refresh import refresh
from backend.errors import FieldError, Unauthenticated, ValidationFailed
from backend.graphql.context import Info
from backend.graphql.fields import PUBLIC, mutation, query
from backend.graphql.scalars import Language


@strawberry.type
class AccountQuery:
    """Who I am and where."""

    @query(Permission.VIEWER_READ, description="Whoever is signed in. Also answers while a password change is forced.")
    async def viewer(self, info: Info) -> Viewer:
        """The principal with its user."""
        principal = info.context.signed_in
        row = await queries.user(info.context.reader, principal.user_id) if principal.user_id is not None else None
        if row is None:
            raise Unauthenticated
        return Viewer.of(principal, row)

    @query(PUBLIC, description="What anybody may know about this centre; needs no session.")
    async def centre(self, info: Info) -> Centre:
        """No statement: what the centre chose is remembered."""
        settings, chosen = info.context.settings, info.context.chosen
        return Centre(
            name=settings.centre_name,
            time_zone=settings.centre_timezone,
            today=clock.today(settings.zone),
            languages=[Language(language) for language in chosen.languages],
            default_language=Language(chosen.default_language),
            accent_light=chosen.accent_light,
            accent_dark=chosen.accent_dark,
            logo_url=chosen.logo_address,
            password_min_length=passwords.MIN_LENGTH,
            password_max_length=passwords.MAX_LENGTH,
        )


@strawberry.type
class AccountMutation:
    """Sessions, and one's own password and profile."""

    @mutation(PUBLIC, description="Sign in with email or username. Sets the refresh cookie, or asks for the second factor.")
    async def login(self, info: Info, input: Annotated[LoginInput, strawberry.argument(description="What was typed.")]) -> LoginResult:
        """See `backend.accounts.login`."""
        context = info.context
        attempt = signing_in.Attempt(
            identifier=input.identifier,
            password=input.password,
            device_token=context.cookies.get(DEVICE_COOKIE),
            address=context.address,
            user_agent=context.user_agent,
            request_id=context.request_id,
        )
        return entered(context, await signing_in.login(context.database, context.settings, attempt))

    @mutation(PUBLIC, description="Get a new access token for the session of the refresh cookie, and a new cookie.")
    async def refresh_session(self, info: Info) -> RefreshResult:
        """See `backend.accounts.refresh`. A cookie that is refused stays: another tab may have got a good one meanwhile."""
        context = info.context
        token = context.cookies.get(REFRESH_COOKIE)
        return answer(context, await refresh(context.database, context.settings, token, request_id=context.request_id))

    @mutation(Permission.VIEWER_UPDATE, description="End this session at once, here and on open sockets, and clear the refresh cookie.")
    async def logout(self, info: Info) -> LogoutDone:
        """End the session."""
        context = info.context
        if context.signed_in.session_id is not None:
            async with context.unit_of_work() as uow:
                await sessions.end(uow, context.signed_in.session_id, because="LOGOUT")
        context.clear_cookie(REFRESH_COOKIE, path=COOKIE_PATH)
        return LogoutDone(ok=True)

    @mutation(
        Permission.VIEWER_UPDATE,
        description="Change one's own password. All other sessions of this user end; this one goes on with new tokens.",
    )
    async def change_password(
        self,
        info: Info,
        input: Annotated[ChangePasswordInput, strawberry.argument(description="The old and the new password.")],
    ) -> ChangePasswordResult:
        """See `backend.accounts.password_change`."""
        context = info.context
        result = await change_password(
            context.database,
            context.settings,
            context.signed_in,
            current_password=input.current_password,
            new_password=input.new_password,
            device_token=context.cookies.get(DEVICE_COOKIE),
            request_id=context.request_id,
        )
        return answer(context, result)

    @mutation(Permission.VIEWER_UPDATE, description="Change one's own preferences.")
    async def update_profile(
        self,
        info: Info,
        input: Annotated[UpdateProfileInput, strawberry.argument(description="What to change.")],
    ) -> UpdateProfileResult:
        """Only what is given."""
        context = info.context
        if context.signed_in.user_id is None:
            raise Unauthenticated
        given = {"theme": input.theme, "language": input.language}
        problems = [FieldError((name,), "REQUIRED", "This can't be empty.") for name, value in given.items() if value is None]
        if problems:
            raise ValidationFailed(*problems)
        async with context.unit_of_work() as uow:
            user = await service.update_profile(
                uow,
                context.signed_in.user_id,
                theme=input.theme or None,
                language=input.language.value if input.language else None,
            )
        return User.of(user)
