"""What was noted last."""

from collections.abc import Sequence

from sqlalchemy import select

from backend.accounts.models import User
from backend.clients.models import Client, ClientNote
from backend.db import AnyRow, ReadSession


async def recent_notes(reader: ReadSession, *, first: int) -> Sequence[AnyRow]:
    """The newest notes of clients who are not archived: id, client_id, body, pinned, created_at, author (None: unknown)."""
    return await reader.rows(
        select(
            ClientNote.id,
            ClientNote.client_id,
            ClientNote.body,
            ClientNote.pinned,
            ClientNote.created_at,
            User.display_name.label("author"),
        )
        .join(Client, Client.id == ClientNote.client_id)
        .outerjoin(User, User.id == ClientNote.author_id)
        .where(ClientNote.deleted_at.is_(None), Client.archived_at.is_(None))
        .order_by(ClientNote.created_at.desc(), ClientNote.id.desc())
        .limit(first)
    )
