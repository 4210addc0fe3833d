"""The centre's logo: one small PNG in the database. Its SHA-256 is among the settings, so that knowing of it costs no statement."""

import hashlib

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from backend import clock
from backend.db import AnyRow, ReadSession, UnitOfWork
from backend.system import centre
from backend.system.models import CentreFile

KEY = "logo"
MEDIA_TYPE = "image/png"
MOST_BYTES = 200 * 1024
"""How large the kept file may be."""


async def read(reader: ReadSession) -> AnyRow | None:
    """``content``, ``media_type`` and ``sha256``; None when there is none."""
    return await reader.row(select(CentreFile.content, CentreFile.media_type, CentreFile.sha256).where(CentreFile.key == KEY))


async def put(uow: UnitOfWork, content: bytes | None) -> centre.CentreSettings:
    """Keep this PNG as the logo, or none. The last of two at once holds: a file has no parts that could be mixed."""
    digest = hashlib.sha256(content) if content is not None else None
    chosen = await centre.change(uow, version=None, logo=digest.hexdigest() if digest else None)
    if content is None or digest is None:
        await uow.execute(delete(CentreFile).where(CentreFile.key == KEY))
        return chosen
    values = {"media_type": MEDIA_TYPE, "content": content, "sha256": digest.digest(), "updated_at": clock.now()}
    kept = insert(CentreFile).values(key=KEY, **values).on_conflict_do_update(index_elements=["key"], set_=values)
    await uow.execute(kept)
    return chosen
