"""Reading what was merged, in batches."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from backend.clients.models import Client, ClientMerge
from backend.db import AnyRow, ReadSession, among


async def merges_of(reader: ReadSession, client_ids: Iterable[int]) -> Sequence[AnyRow]:
    """Who was merged into these clients, the latest first, undone ones included; ``reversible``: the way back is still known."""
    return await reader.rows(
        select(
            ClientMerge.id,
            ClientMerge.kept_id,
            ClientMerge.merged_id,
            ClientMerge.merged_at,
            ClientMerge.actor_label,
            ClientMerge.undone_at,
            ClientMerge.undone_by,
            ClientMerge.details.is_not(None).label("reversible"),
        )
        .where(among(ClientMerge.kept_id, client_ids))
        .order_by(ClientMerge.merged_at.desc(), ClientMerge.id.desc())
    )


async def merged_into(reader: ReadSession, client_ids: Iterable[int]) -> dict[int, int]:
    """Into whom each of these clients was merged; those who are clients of their own are left out."""
    rows = await reader.rows(
        select(Client.id, Client.merged_into_id).where(among(Client.id, client_ids), Client.merged_into_id.is_not(None))
    )
    return {row.id: row.merged_into_id for row in rows}
