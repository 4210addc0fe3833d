"""Tags over GraphQL: all of them, what changes them, and putting them on clients."""

from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry
from strawberry import Maybe

from backend import errors
from backend.accounts.permissions import Permission
from backend.clients import queries
from backend.clients.graphql.about import Tag
from backend.clients.graphql.answers import ChangeClientTagsResult, ClientSaved
from backend.clients.graphql.inputs import KEY, VERSION, given
from backend.clients.service import tagging, tags
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, ValidationProblem
from backend.graphql.fields import mutation, query

_NAME = "The word on it, at most 60 characters; no other tag may have it."
_COLOUR = "slate, red, orange, amber, green, teal, blue, violet or pink."


@strawberry.input(description="A new tag.")
class CreateTagInput:
    """A tag to make."""

    name: str | None = strawberry.field(description=_NAME)
    colour: str | None = strawberry.field(description=_COLOUR + " Absent: slate.", default=None)
    description: str | None = strawberry.field(description="What it is for.", default=None)
    idempotency_key: UUID | None = strawberry.field(description=KEY, default=None)


@strawberry.input(description="What to change about a tag: an absent field stays, null or a blank description clears it.")
class UpdateTagInput:
    """A change."""

    id: strawberry.ID = strawberry.field(description="Which tag.")
    version: int = strawberry.field(description=VERSION)
    name: Maybe[str | None] = strawberry.field(description=_NAME)
    colour: Maybe[str | None] = strawberry.field(description=_COLOUR)
    description: Maybe[str | None] = strawberry.field(description="What it is for.")


@strawberry.input(description="Two tags to make one of.")
class JoinTagsInput:
    """Two tags."""

    id: strawberry.ID = strawberry.field(description="The one that goes; whoever carries it carries the other one afterwards.")
    into_id: strawberry.ID = strawberry.field(description="The one that stays.")


@strawberry.input(description="A tag at the version that you read.")
class DeleteTagInput:
    """Which tag."""

    id: strawberry.ID = strawberry.field(description="Which tag.")
    version: int = strawberry.field(description=VERSION)


@strawberry.input(description="Tags to put on a client and to take off.")
class ChangeClientTagsInput:
    """A change."""

    client_id: strawberry.ID = strawberry.field(description="Whose.")
    add: list[strawberry.ID] = strawberry.field(description="Tags to put on, at most 50.", default_factory=list)
    remove: list[strawberry.ID] = strawberry.field(description="Tags to take off, if they are on.", default_factory=list)


@strawberry.type(description="The tag is saved.")
class TagSaved:
    """A tag."""

    tag: Tag = strawberry.field(description="The tag as it is now.")


@strawberry.type(description="The tag is gone, from every client too.")
class TagRemoved:
    """Its id."""

    tag_id: strawberry.ID = strawberry.field(description="Which one it was.")


_Problem: TypeAlias = ValidationProblem | Conflict | NotFound | NotAllowed
_SAVED = "The tag as it is now, or why nothing was changed."
CreateTagResult = Annotated[TagSaved | _Problem, strawberry.union("CreateTagResult", description=_SAVED)]
UpdateTagResult = Annotated[TagSaved | _Problem, strawberry.union("UpdateTagResult", description=_SAVED)]
JoinTagsResult = Annotated[TagSaved | _Problem, strawberry.union("JoinTagsResult", description=_SAVED)]
DeleteTagResult = Annotated[TagRemoved | _Problem, strawberry.union("DeleteTagResult", description="Done, or why not.")]


async def _saved(info: Info, tag_id: int) -> TagSaved:
    for row in await queries.tags_by_id(info.context.reader, [tag_id]):
        return TagSaved(tag=Tag.of(*row))
    raise errors.NotFound("This tag was removed in the meantime.")


@strawberry.type
class TagQuery:
    """Root fields."""

    @query(Permission.CLIENTS_READ, description="All tags, by name.")
    async def tags(self, info: Info) -> list[Tag]:
        """One statement, one more for the counts."""
        return [Tag.of(*row) for row in await queries.tags_by_id(info.context.reader)]


@strawberry.type
class TagMutation:
    """Root fields."""

    @mutation(Permission.TAGS_WRITE, description="Make a tag.")
    async def create_tag(
        self, info: Info, input: Annotated[CreateTagInput, strawberry.argument(description="What to make.")]
    ) -> CreateTagResult:
        """One transaction."""
        asked = tags.NewTag(name=input.name, colour=input.colour, description=input.description)
        async with info.context.unit_of_work() as uow:
            tag_id = await tags.create(uow, asked, key=input.idempotency_key)
        return await _saved(info, tag_id)

    @mutation(Permission.TAGS_WRITE, description="Rename or recolour a tag, or say what it is for.")
    async def update_tag(
        self, info: Info, input: Annotated[UpdateTagInput, strawberry.argument(description="What to change.")]
    ) -> UpdateTagResult:
        """One transaction."""
        tag_id = ids.decode(input.id, "Tag")
        async with info.context.unit_of_work() as uow:
            await tags.change(uow, tag_id, input.version, given(input))
        return await _saved(info, tag_id)

    @mutation(Permission.TAGS_WRITE, description="Make one tag of two: whoever carries the first carries the second afterwards.")
    async def join_tags(self, info: Info, input: Annotated[JoinTagsInput, strawberry.argument(description="Which two.")]) -> JoinTagsResult:
        """One transaction."""
        tag_id, into_id = ids.decode(input.id, "Tag"), ids.decode(input.into_id, "Tag")
        async with info.context.unit_of_work() as uow:
            await tags.join(uow, tag_id, into_id)
        return await _saved(info, into_id)

    @mutation(Permission.TAGS_WRITE, description="Remove a tag, from every client too.")
    async def delete_tag(
        self, info: Info, input: Annotated[DeleteTagInput, strawberry.argument(description="Which tag.")]
    ) -> DeleteTagResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            await tags.remove(uow, ids.decode(input.id, "Tag"), input.version)
        return TagRemoved(tag_id=input.id)

    @mutation(Permission.CLIENTS_WRITE, description="Put tags on a client and take some off.")
    async def change_client_tags(
        self, info: Info, input: Annotated[ChangeClientTagsInput, strawberry.argument(description="Which tags.")]
    ) -> ChangeClientTagsResult:
        """One transaction."""
        client_id = ids.decode(input.client_id, "Client")
        add, remove = ([ids.decode(tag_id, "Tag") for tag_id in given_ids] for given_ids in (input.add, input.remove))
        async with info.context.unit_of_work() as uow:
            await tagging.change(uow, client_id, add=add, remove=remove)
        return ClientSaved.of(client_id)
