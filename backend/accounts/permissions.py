"""What may be done, as one vocabulary, and which role may do what.

Every root field of the API names one of these. A session whose password has to be changed has `MUST_CHANGE_PASSWORD` alone.
"""

import enum
from collections.abc import Mapping
from types import MappingProxyType

from backend.accounts.models import UserRole


class Permission(enum.StrEnum):
    """One thing that may be done, as ``resource:action``."""

    VIEWER_READ = "viewer:read"
    VIEWER_UPDATE = "viewer:update"
    CLIENTS_READ = "clients:read"
    CLIENTS_WRITE = "clients:write"
    CLIENTS_ARCHIVE = "clients:archive"
    CLIENTS_MERGE = "clients:merge"
    CLIENTS_ERASE = "clients:erase"
    CLIENTS_EXPORT = "clients:export"
    TAGS_WRITE = "tags:write"
    CHECK_INS_READ = "check-ins:read"
    CHECK_INS_WRITE = "check-ins:write"
    CHECK_INS_VOID = "check-ins:void"
    CHECK_INS_OVERRIDE = "check-ins:override"
    STATIONS_READ = "stations:read"
    STATIONS_WRITE = "stations:write"
    MEMBERSHIPS_READ = "memberships:read"
    MEMBERSHIPS_WRITE = "memberships:write"
    TIERS_WRITE = "tiers:write"
    DASHBOARD_READ = "dashboard:read"
    SETTINGS_READ = "settings:read"
    SETTINGS_WRITE = "settings:write"
    IMPORTS_WRITE = "imports:write"
    USERS_READ = "users:read"
    USERS_WRITE = "users:write"
    SYSTEM_READ = "system:read"
    SYSTEM_WRITE = "system:write"


MUST_CHANGE_PASSWORD: frozenset[Permission] = frozenset({Permission.VIEWER_READ, Permission.VIEWER_UPDATE})

_STAFF = MUST_CHANGE_PASSWORD | {
    Permission.CLIENTS_READ,
    Permission.CLIENTS_WRITE,
    Permission.TAGS_WRITE,
    Permission.CHECK_INS_READ,
    Permission.CHECK_INS_WRITE,
    Permission.CHECK_INS_VOID,
    Permission.CHECK_INS_OVERRIDE,
    Permission.STATIONS_READ,
    Permission.MEMBERSHIPS_READ,
    Permission.MEMBERSHIPS_WRITE,
    Permission.DASHBOARD_READ,
    Permission.SETTINGS_READ,
}

PERMISSIONS_OF: Mapping[UserRole, frozenset[Permission]] = MappingProxyType(
    {UserRole.ADMIN: frozenset(Permission), UserRole.STAFF: frozenset(_STAFF)}
)


def permissions_of(role: UserRole, *, must_change_password: bool) -> frozenset[Permission]:
    """What a user of this role may do now."""
    return MUST_CHANGE_PASSWORD if must_change_password else PERMISSIONS_OF[role]
