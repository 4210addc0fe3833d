"""Ending sessions by choice, over GraphQL."""

from typing import Annotated

import strawberry

from backend.accounts import own_sessions
from backend.accounts.graphql.user_changes import SessionsEnded
from backend.accounts.permissions import Permission
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.errors import NotFound
from backend.graphql.fields import mutation


@strawberry.input(description="A session.")
class EndSessionInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="The session, one's own; an admin may end anybody's.")


EndSessionResult = Annotated[SessionsEnded | NotFound, strawberry.union("EndSessionResult", description="Done, or why not.")]


@strawberry.type
class OwnSessionMutation:
    """Root fields."""

    @mutation(Permission.VIEWER_UPDATE, description="End one session, on open sockets within 5 s. One that has ended already stays so.")
    async def end_session(
        self, info: Info, input: Annotated[EndSessionInput, strawberry.argument(description="Which session.")]
    ) -> EndSessionResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            ended = await own_sessions.end_one(uow, info.context.signed_in, ids.decode(input.id, "Session"))
        return SessionsEnded(ended=int(ended))

    @mutation(Permission.VIEWER_UPDATE, description="End all of one's own sessions but this one.")
    async def end_other_sessions(self, info: Info) -> SessionsEnded:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            return SessionsEnded(ended=await own_sessions.end_others(uow, info.context.signed_in))
