"""One-time links: with one, a user sets a password of their own, once, within a day.

Only the SHA-256 of a link's token is kept. The token stands in the address behind a ``#``, which browsers send to no server, so it is in
no log. A user has one link at most: a new one takes the place of the last.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from backend import clock
from backend.accounts import service, tokens
from backend.accounts.models import SignInLink, User
from backend.audit import service as audit
from backend.config import Settings
from backend.db import ActorKind, UnitOfWork

LIFETIME = timedelta(hours=24)
_PAGE = "/welcome"


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """A link as it is shown, this once."""

    token: str
    expires_at: datetime

    @property
    def path(self) -> str:
        """The link below the address of the centre."""
        return f"{_PAGE}#{self.token}"

    def url(self, settings: Settings) -> str:
        """The whole link, as far as the server knows how browsers reach it."""
        return f"{settings.origin}{self.path}"


async def make(uow: UnitOfWork, user: User) -> OneTimeLink:
    """A new link for a user whose row is locked; what was waiting is worthless."""
    now = clock.now()
    withdrawn = await service.drop_links(uow, user.id)
    link = OneTimeLink(tokens.new_opaque(), now + LIFETIME)
    made_by = uow.actor.id if uow.actor.kind is ActorKind.USER else None
    uow.add(SignInLink(token_hash=tokens.digest(link.token), user_id=user.id, made_by=made_by, created_at=now, expires_at=link.expires_at))
    await uow.flush()
    after = {"expires_at": link.expires_at.isoformat()} | ({"withdrawn": withdrawn} if withdrawn else {})
    audit.record(uow, "link.made", "user", user.id, after=after)
    return link


async def withdraw(uow: UnitOfWork, user_id: int) -> bool:
    """Make a user's waiting link worthless; whether there was one."""
    if not await service.drop_links(uow, user_id):
        return False
    audit.record(uow, "link.withdrawn", "user", user_id)
    return True


async def good(uow: UnitOfWork, token: str, now: datetime) -> tuple[User | None, bool]:
    """Whose link this is, if anybody's, and whether it counts. One statement in every case, so nothing tells the cases apart."""
    hashed = tokens.digest(token) if tokens.is_opaque(token) else b""
    owned = select(SignInLink, User).join(User, User.id == SignInLink.user_id).where(SignInLink.token_hash == hashed)
    row = await uow.row(owned.execution_options(populate_existing=True))
    if row is None:
        return None, False
    link, user = row.SignInLink, row.User
    return user, user.active and link.used_at is None and now < link.expires_at


async def use(uow: UnitOfWork, token: str, now: datetime) -> None:
    """Note that a link was used, which must count; any other that waits is worthless. The user's row is locked."""
    link: SignInLink = (await uow.execute(select(SignInLink).where(SignInLink.token_hash == tokens.digest(token)))).scalar_one()
    link.used_at = now
    await uow.flush()
    await service.drop_links(uow, link.user_id)
