"""Root fields of the installation: translate, delegate."""

from typing import Annotated

import strawberry

from backend.accounts.permissions import Permission
from backend.graphql.context import Info
from backend.graphql.fields import mutation, query
from backend.system import service
from backend.system.graphql.types import (
    BackUpNowResult,
    BackupRequested,
    Installation,
    MessagesResumed,
    ResumeMessagesInput,
    ResumeMessagesResult,
    System,
)


@strawberry.type
class SystemQuery:
    """Root fields."""

    @query(Permission.SYSTEM_READ, description="The installation itself: health, backups, what came over from the predecessor.")
    async def system(self) -> System:
        """No statement of its own."""
        return System()


@strawberry.type
class SystemMutation:
    """Root fields."""

    @mutation(Permission.SYSTEM_WRITE, description="Send messages to clients again, after a restore has paused them.")
    async def resume_messages(
        self, info: Info, input: Annotated[ResumeMessagesInput, strawberry.argument(description="Which pause.")]
    ) -> ResumeMessagesResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            return MessagesResumed(installation=Installation.of(await service.resume_messages(uow, paused_at=input.paused_at)))

    @mutation(Permission.SYSTEM_WRITE, description="Make a backup now. It is made by the scheduler and proven like every other.")
    async def back_up_now(self, info: Info) -> BackUpNowResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            asked = await service.back_up_now(uow)
        return BackupRequested(requested_at=asked.at, already_requested=asked.already)
