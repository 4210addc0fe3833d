"""Who stands behind a request."""

from dataclasses import dataclass
from datetime import datetime

from backend.accounts.models import UserRole
from backend.accounts.permissions import Permission
from backend.db import Actor, ActorKind


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in user or another holder of a credential, with what it may do.

    ``language`` is a code such as ``en``. ``user_id``, ``session_id``, ``role`` and ``session_expires_at`` are None where there is no user.
    ``kiosk_id`` is the device's, where a kiosk asks.
    ``api_key_id`` is the key that calls, at most ``calls_an_hour`` times; or the one through which a user looks, and then only reads.
    """

    kind: ActorKind
    user_id: int | None
    session_id: int | None
    display_name: str
    role: UserRole | None
    permissions: frozenset[Permission]
    language: str
    must_change_password: bool
    session_expires_at: datetime | None
    api_key_id: int | None = None
    calls_an_hour: int | None = None
    read_only: bool = False
    must_set_up_second_factor: bool = False
    kiosk_id: int | None = None

    def actor(self, request_id: str | None) -> Actor:
        """This principal as the actor of a transaction."""
        number = {ActorKind.API_KEY: self.api_key_id, ActorKind.KIOSK: self.kiosk_id}.get(self.kind, self.user_id)
        return Actor(kind=self.kind, id=number, label=self.display_name, request_id=request_id)

    def may(self, permission: Permission) -> bool:
        """Whether this principal has the permission."""
        return permission in self.permissions

    @property
    def may_run_any_document(self) -> bool:
        """Whether free-form documents and introspection are open to it; everyone else runs trusted documents only."""
        return self.role is UserRole.ADMIN or self.kind is ActorKind.API_KEY
