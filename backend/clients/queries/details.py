"""What a client's page shows beside the row: notes and consents, in batches; and the tags."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from backend.accounts.models import User
from backend.clients.models import Client, ClientNote, ClientTag, Consent, Tag
from backend.db import AnyRow, ReadSession, among


async def notes_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The notes of these clients that were not deleted, the newest first, with the names of author and last editor."""
    author, editor = aliased(User), aliased(User)
    return await reader.rows(
        select(
            ClientNote.client_id,
            ClientNote.id,
            ClientNote.body,
            ClientNote.pinned,
            ClientNote.created_at,
            author.display_name.label("author_name"),
            ClientNote.version,
            ClientNote.edited_at,
            editor.display_name.label("editor_name"),
        )
        .outerjoin(author, author.id == ClientNote.author_id)
        .outerjoin(editor, editor.id == ClientNote.edited_by)
        .where(among(ClientNote.client_id, client_ids), ClientNote.deleted_at.is_(None))
        .order_by(ClientNote.created_at.desc(), ClientNote.id.desc())
    )


async def consents_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """The consent history of these clients, the newest first."""
    return await reader.rows(
        select(Consent.client_id, Consent.id, Consent.kind, Consent.granted, Consent.happened_at, Consent.source, User.display_name)
        .outerjoin(User, User.id == Consent.user_id)
        .where(among(Consent.client_id, client_ids))
        .order_by(Consent.happened_at.desc(), Consent.id.desc())
    )


async def tags_by_id(reader: ReadSession, tag_ids: Iterable[int] | None = None) -> Sequence[AnyRow]:
    """These tags, or all of them, by name: id, name, colour, description, version."""
    statement = select(Tag.id, Tag.name, Tag.colour, Tag.description, Tag.version).order_by(func.lower(Tag.name), Tag.id)
    return await reader.rows(statement if tag_ids is None else statement.where(among(Tag.id, tag_ids)))


async def tag_counts(reader: ReadSession, tag_ids: Iterable[int]) -> dict[int, int]:
    """How many clients who are not archived carry each of these tags; a tag that nobody carries is left out."""
    carried = (
        select(ClientTag.tag_id, func.count().label("many"))
        .join(Client, Client.id == ClientTag.client_id)
        .where(among(ClientTag.tag_id, tag_ids), Client.archived_at.is_(None))
        .group_by(ClientTag.tag_id)
    )
    return {row.tag_id: row.many for row in await reader.rows(carried)}
