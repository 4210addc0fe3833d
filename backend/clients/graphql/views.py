"""Saved views over GraphQL."""

from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from backend.accounts.models import UserRole
from backend.accounts.permissions import Permission
from backend.clients import views
from backend.db import AnyRow
from backend.errors import FieldError, ValidationFailed
from backend.graphql import ids
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, NotAllowed, NotFound, ValidationProblem
from backend.graphql.fields import mutation, query
from backend.graphql.relay import Node

_MOST = 40


@strawberry.type(description="One parameter of a page's address.")
class ViewParameter:
    """A name and a value."""

    name: str = strawberry.field(description="Its name.")
    value: str = strawberry.field(description="Its value.")


@strawberry.type(description="What a page shows, under a name.")
class SavedView(Node):
    """A view."""

    name: str = strawberry.field(description="Its name; one owner has it once on a page.")
    shared: bool = strawberry.field(description="Whether everybody sees it.")
    mine: bool = strawberry.field(description="Whether it is yours.")
    may_change: bool = strawberry.field(description="Whether you may rename, change or remove it.")
    owner_name: str = strawberry.field(description="Whose it is.")
    state: list[ViewParameter] = strawberry.field(description="The parameters of the page's address, by name.")
    version: int = strawberry.field(description="Grows with every change; updates give the one they read.")

    @classmethod
    def of(cls, row: AnyRow, info: Info) -> "SavedView":
        """From a row of `views.views_of`, as whoever asks sees it."""
        who = info.context.signed_in
        mine = row.owner_id == who.user_id
        return cls(
            id=ids.encode("SavedView", row.id),
            name=row.name,
            shared=row.shared,
            mine=mine,
            may_change=mine or who.role is UserRole.ADMIN,
            owner_name=row.owner_name,
            state=[ViewParameter(name=name, value=value) for name, value in sorted(row.state.items())],
            version=row.version,
        )


@strawberry.input(description="One parameter of a page's address.")
class ViewParameterInput:
    """A name and a value."""

    name: str = strawberry.field(description="One that the page has.")
    value: str = strawberry.field(description="Its value.")


@strawberry.input(description="A view to keep.")
class SaveViewInput:
    """A new view."""

    page: str = strawberry.field(description="`clients` or `check-ins`.")
    name: str = strawberry.field(description="A name that you have not used on this page, at most 80 characters.")
    state: list[ViewParameterInput] = strawberry.field(description="What the page shows.")
    shared: bool = strawberry.field(default=False, description="Whether everybody is to see it.")
    idempotency_key: UUID | None = strawberry.field(default=None, description="Made by you: the same key makes one view.")


@strawberry.input(description="What to change about a view; what is absent or null stays.")
class UpdateViewInput:
    """A change."""

    id: strawberry.ID = strawberry.field(description="Which view.")
    version: int = strawberry.field(description="The version that you read.")
    name: str | None = strawberry.field(default=None, description="Its new name.")
    shared: bool | None = strawberry.field(default=None, description="Whether everybody is to see it.")
    state: list[ViewParameterInput] | None = strawberry.field(default=None, description="What it is to show.")


@strawberry.input(description="A view at the version that you read.")
class DeleteViewInput:
    """Which view."""

    id: strawberry.ID = strawberry.field(description="Which view.")
    version: int = strawberry.field(description="The version that you read.")


@strawberry.type(description="The view is kept.")
class ViewSaved:
    """A view."""

    view: SavedView = strawberry.field(description="The view as it is now.")


@strawberry.type(description="The view is gone.")
class ViewRemoved:
    """Its id."""

    view_id: strawberry.ID = strawberry.field(description="Which one it was.")


_Problem: TypeAlias = ValidationProblem | Conflict | NotFound | NotAllowed
SaveViewResult = Annotated[ViewSaved | _Problem, strawberry.union("SaveViewResult", description="The view, or why it was not kept.")]
UpdateViewResult = Annotated[ViewSaved | _Problem, strawberry.union("UpdateViewResult", description="The view, or why it stays as it was.")]
DeleteViewResult = Annotated[ViewRemoved | _Problem, strawberry.union("DeleteViewResult", description="Done, or why not.")]


def _state(given: list[ViewParameterInput]) -> dict[str, str]:
    if len(given) > _MOST:
        raise ValidationFailed(FieldError(("state",), "TOO_MANY", f"A view has at most {_MOST} parameters."))
    return {each.name: each.value for each in given}


@strawberry.type
class ViewQuery:
    """Root fields."""

    @query(Permission.CLIENTS_READ, description="The saved views of a page: your own first, then those that others share.")
    async def saved_views(
        self, info: Info, page: Annotated[str, strawberry.argument(description="`clients` or `check-ins`.")]
    ) -> list[SavedView]:
        """One statement."""
        rows = await views.views_of(info.context.reader, page, info.context.signed_in.user_id)
        return [SavedView.of(row, info) for row in rows]


@strawberry.type
class ViewMutation:
    """Root fields."""

    @mutation(Permission.CLIENTS_READ, description="Keep what a page shows under a name.")
    async def save_view(self, info: Info, input: Annotated[SaveViewInput, strawberry.argument(description="The view.")]) -> SaveViewResult:
        """One transaction."""
        async with info.context.unit_of_work() as uow:
            number = await views.save(
                uow,
                user_id=info.context.signed_in.user_id,
                page=input.page,
                name=input.name,
                shared=input.shared,
                state=_state(input.state),
                key=input.idempotency_key,
            )
        return ViewSaved(view=SavedView.of(await views.view(info.context.reader, number), info))

    @mutation(Permission.CLIENTS_READ, description="Rename, share or change a view: its owner or an administrator may.")
    async def update_view(
        self, info: Info, input: Annotated[UpdateViewInput, strawberry.argument(description="What to change.")]
    ) -> UpdateViewResult:
        """One transaction."""
        number, who = ids.decode(input.id, "SavedView"), info.context.signed_in
        async with info.context.unit_of_work() as uow:
            await views.change(
                uow,
                number,
                input.version,
                user_id=who.user_id,
                is_admin=who.role is UserRole.ADMIN,
                name=input.name,
                shared=input.shared,
                state=None if input.state is None else _state(input.state),
            )
        return ViewSaved(view=SavedView.of(await views.view(info.context.reader, number), info))

    @mutation(Permission.CLIENTS_READ, description="Remove a view: its owner or an administrator may.")
    async def delete_view(
        self, info: Info, input: Annotated[DeleteViewInput, strawberry.argument(description="Which view.")]
    ) -> DeleteViewResult:
        """One transaction."""
        who = info.context.signed_in
        async with info.context.unit_of_work() as uow:
            number = ids.decode(input.id, "SavedView")
            await views.remove(uow, number, input.version, user_id=who.user_id, is_admin=who.role is UserRole.ADMIN)
        return ViewRemoved(view_id=input.id)
