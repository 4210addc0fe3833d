"""Background work on sign-ins."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from sqlalchemy import text

from backend.db import UnitOfWork
from backend.jobs.registry import handler

# Limits look back two hours, so two days are ample. A refresh token matters until its session's end, and a replaced one for as long as
# a thief is likely to come back with it (afterwards it is refused like an unknown one). Sessions and devices go by what the centre
# chose; see `backend.system.retention`.
OLD_COUNTERS = text("DELETE FROM login_counters WHERE hour < now() - interval '2 days'")
# The page of a key shows one day; what an integration did last quarter is worth a question.
OLD_USES = text("DELETE FROM api_key_uses WHERE hour < now() - interval '90 days'")
OLD_TOKENS = text(
    """
    DELETE FROM refresh_tokens USING sessions
    WHERE sessions.id = refresh_tokens.session_id
      AND least(sessions.ended_at, sessions.expires_at, refresh_tokens.used_at) < now() - interval '30 days'
    """
)
OLD_LINKS = text("DELETE FROM sign_in_links WHERE expires_at < now() - interval '30 days'")
OLD_PAIRINGS = text("DELETE FROM kiosk_pairings WHERE expires_at < now() - interval '1 day'")


@handler("accounts.clean_up", daily_at=time(4, 20))
async def clean_up(uow: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """Delete what no sign-in can need any more, every night."""
    await uow.execute(OLD_COUNTERS)
    await uow.execute(OLD_TOKENS)
    await uow.execute(OLD_USES)
    await uow.execute(OLD_LINKS)
    await uow.execute(OLD_PAIRINGS)
