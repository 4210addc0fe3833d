"""Users as admins see and change them."""

from typing import Annotated

import strawberry

from backend.accounts import own_sessions, queries, users
from backend.accounts.graphql.types import User
from backend.accounts.graphql.user_changes import (
    AccessGiven,
    ActivateUserResult,
    CreateUserInput,
    CreateUserResult,
    DeactivateUserResult,
    DeleteUserResult,
    EndUserSessionsResult,
    LinkWithdrawn,
    NewSignInLinkResult,
    ResetPasswordInput,
    ResetPasswordResult,
    SessionsEnded,
    UpdateUserInput,
    UpdateUserResult,
    UserDeleted,
    UserFilter,
    UserIdInput,
    UserSaved,
    UserVersionInput,
    WithdrawSignInLinkResult,
    given,
)
from backend.accounts.permissions import Permission
from backend.errors import NotFound
from backend.graphql import ids
from backend.graphql.context import Context, Info
from backend.graphql.fields import mutation, query
from backend.graphql.pagination import PageInfo, decode_cursor, encode_cursor, page_info, page_size
from backend.graphql.scalars import Language

_KIND = "USERS"
_Version = Annotated[UserVersionInput, strawberry.argument(description="Which user, at which version.")]


@strawberry.type(description="A user and the cursor to go on after it.")
class UserEdge:
    """One place in the list."""

    cursor: str = strawberry.field(description="Give it as `after`.")
    node: User = strawberry.field(description="The user.")


@strawberry.type(description="A page of users, by the name that others see.")
class UserConnection:
    """A keyset page."""

    criteria: strawberry.Private[queries.UserCriteria]
    edges: list[UserEdge] = strawberry.field(description="The users of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")

    @strawberry.field(description="How many there are in all.")
    async def total_count(self, info: Info) -> int:
        """Counted only when it is asked for."""
        return await queries.count_of_users(info.context.reader, self.criteria)


async def _user(context: Context, number: int) -> User:
    row = await queries.user(context.reader, number)
    if row is None:
        raise NotFound("There is no such user. The account may have been deleted.")
    return User.of(row)


async def _given(context: Context, access: users.Access) -> AccessGiven:
    return AccessGiven.of(await _user(context, access.user_id), access, context.settings)


async def _set_active(info: Info, which: UserVersionInput, *, active: bool) -> UserSaved:
    number = ids.decode(which.id, "User")
    async with info.context.unit_of_work() as uow:
        await users.set_active(uow, number, which.version, active=active)
    return UserSaved(user=await _user(info.context, number))


@strawberry.type
class UserQuery:
    """Root fields."""

    @query(Permission.USERS_READ, description="Everybody who signs in, by the name that others see; a page at a time.")
    async def users(
        self,
        info: Info,
        text: Annotated[
            str | None, strawberry.argument(name="search", description="A part of a name, a username or an email address.")
        ] = None,
        filter: Annotated[UserFilter | None, strawberry.argument(description="Conditions.")] = None,
        first: Annotated[int, strawberry.argument(description="How many, at most 100.")] = 50,
        after: Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")] = None,
    ) -> UserConnection:
        """One statement for the page, one for the count, one each for sessions and links."""
        criteria = queries.UserCriteria(search=text, active=filter.active if filter else None, role=filter.role if filter else None)
        place = decode_cursor(after, _KIND, str, int) if after else None
        rows, more = await queries.page_of_users(
            info.context.reader, criteria, first=page_size(first), after=(place[0], place[1]) if place else None
        )
        cursors = [encode_cursor(_KIND, row.sort, row.User.id) for row in rows]
        edges = [UserEdge(cursor=cursor, node=User.of(row.User)) for cursor, row in zip(cursors, rows, strict=True)]
        return UserConnection(criteria=criteria, edges=edges, page_info=page_info(cursors, more=more, after=after))

    @query(Permission.USERS_READ, description="One user, active or not; null when there is none with this id.")
    async def user(self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The user's id.")]) -> User | None:
        """By id."""
        try:
            return await _user(info.context, ids.decode(id, "User"))
        except NotFound:
            return None


@strawberry.type
class UserMutation:
    """Root fields."""

    @mutation(Permission.USERS_WRITE, description="Let somebody sign in: makes their account, and a password or link that is shown once.")
    async def create_user(
        self, info: Info, input: Annotated[CreateUserInput, strawberry.argument(description="Who, and how they get in.")]
    ) -> CreateUserResult:
        """One transaction."""
        new = users.NewUser(
            email=input.email,
            username=input.username,
            display_name=input.display_name,
            role=input.role,
            language=(input.language or Language.EN).value,
        )
        async with info.context.unit_of_work() as uow:
            access = await users.create(uow, new, input.how, key=input.idempotency_key)
        return await _given(info.context, access)

    @mutation(Permission.USERS_WRITE, description="Change a user: the fields that are given and no others. A new role counts within 5 s.")
    async def update_user(
        self, info: Info, input: Annotated[UpdateUserInput, strawberry.argument(description="What to change.")]
    ) -> UpdateUserResult:
        """One transaction."""
        number = ids.decode(input.id, "User")
        async with info.context.unit_of_work() as uow:
            await users.update(uow, number, input.version, given(input))
        return UserSaved(user=await _user(info.context, number))

    @mutation(Permission.USERS_WRITE, description="Let a user in no longer; all their sessions end within 5 s, on open sockets too.")
    async def deactivate_user(self, info: Info, input: _Version) -> DeactivateUserResult:
        """One transaction."""
        return await _set_active(info, input, active=False)

    @mutation(Permission.USERS_WRITE, description="Let a deactivated user in again, with the password as it was.")
    async def activate_user(self, info: Info, input: _Version) -> ActivateUserResult:
        """One transaction."""
        return await _set_active(info, input, active=True)

    @mutation(
        Permission.USERS_WRITE,
        description="Make a user's password worthless, end all their sessions, and give them a temporary password or a link, shown once.",
    )
    async def reset_password(
        self, info: Info, input: Annotated[ResetPasswordInput, strawberry.argument(description="Whose, and how they get in.")]
    ) -> ResetPasswordResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            access = await users.reset_password(uow, ids.decode(input.id, "User"), input.how)
        return await _given(info.context, access)

    @mutation(
        Permission.USERS_WRITE,
        description="Make a one-time link, shown once, in place of any other. Password and sessions stay until it is used.",
    )
    async def new_sign_in_link(
        self, info: Info, input: Annotated[UserIdInput, strawberry.argument(description="For whom.")]
    ) -> NewSignInLinkResult:
        """One transaction."""
        number = ids.decode(input.id, "User")
        async with info.context.unit_of_work() as uow:
            link = await users.new_link(uow, number)
        return await _given(info.context, users.Access(number, link=link))

    @mutation(Permission.USERS_WRITE, description="Make the waiting link of a user worthless.")
    async def withdraw_sign_in_link(
        self, info: Info, input: Annotated[UserIdInput, strawberry.argument(description="Whose.")]
    ) -> WithdrawSignInLinkResult:
        """One transaction."""
        number = ids.decode(input.id, "User")
        async with info.context.unit_of_work() as uow:
            withdrawn = await users.withdraw_link(uow, number)
        return LinkWithdrawn(user=await _user(info.context, number), withdrawn=withdrawn)

    @mutation(Permission.USERS_WRITE, description="Delete an account that nothing refers to: of somebody who never signed in.")
    async def delete_user(self, info: Info, input: _Version) -> DeleteUserResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            await users.remove(uow, ids.decode(input.id, "User"), input.version)
        return UserDeleted(user_id=input.id)

    @mutation(Permission.USERS_WRITE, description="End all sessions of a user; of oneself all but this one.")
    async def end_user_sessions(
        self, info: Info, input: Annotated[UserIdInput, strawberry.argument(description="Whose.")]
    ) -> EndUserSessionsResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            ended = await own_sessions.end_all_of(uow, info.context.signed_in, ids.decode(input.id, "User"))
        return SessionsEnded(ended=ended)
