"""Whatever may stand in ``Authorization: Bearer``: a session's access token, an API key or a kiosk's token."""

from backend.accounts import key_access, key_format, kiosk_access, sessions
from backend.accounts.principal import Principal
from backend.config import Settings
from backend.db import ActorKind, Database


async def authenticate(database: Database, settings: Settings, credential: str) -> Principal:
    """The principal of a credential; raises `Unauthenticated`, or `Unavailable` when the database is away."""
    if key_format.is_meant(credential):
        return await key_access.authenticate(database, credential)
    if kiosk_access.is_meant(credential):
        return await kiosk_access.authenticate(database, credential)
    return await sessions.authenticate(database, settings, credential)


async def look_again(database: Database, principal: Principal) -> Principal:
    """The same principal as it is now (five seconds old at most), for what outlives one request, such as a socket.

    Raises `Unauthenticated` when its session or its key has ended, or the kiosk was revoked.
    """
    if principal.kind is ActorKind.API_KEY and principal.api_key_id is not None:
        return await key_access.current(database, principal.api_key_id)
    if principal.kiosk_id is not None:
        return await kiosk_access.current(database, principal.kiosk_id)
    if principal.session_id is not None:
        return await sessions.current(database, principal.session_id)
    return principal
