"""What may be done, as one vocabulary, and which role may do what.

Every root field of the API names one of these. A session whose password has to be changed has `MUST_CHANGE_PASSWORD` alone, one
that has to set up a second factor first `MUST_SET_UP`.
"""

import enum
from collections.abc import Mapping
from types import MappingProxyType

from backend.accounts.models import KioskKind, UserRole


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
    API_KEYS_READ = "api-keys:read"
    API_KEYS_WRITE = "api-keys:write"
    USERS_READ = "users:read"
    USERS_WRITE = "users:write"
    AUDIT_READ = "audit:read"
    SYSTEM_READ = "system:read"
    SYSTEM_WRITE = "system:write"
    KIOSKS_READ = "kiosks:read"
    KIOSKS_WRITE = "kiosks:write"
    KIOSK_REPORT = "kiosk:report"
    KIOSK_USE = "kiosk:use"
    LOBBY_READ = "lobby:read"


MUST_CHANGE_PASSWORD: frozenset[Permission] = frozenset({Permission.VIEWER_READ, Permission.VIEWER_UPDATE})
MUST_SET_UP: frozenset[Permission] = MUST_CHANGE_PASSWORD

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
    Permission.KIOSKS_READ,
}

# What a paired device may do, and nobody else: a person has no station to stand at.
PERMISSIONS_OF_KIOSK: Mapping[KioskKind, frozenset[Permission]] = MappingProxyType(
    {
        KioskKind.CHECK_IN: frozenset({Permission.KIOSK_REPORT, Permission.KIOSK_USE}),
        KioskKind.LOBBY: frozenset({Permission.KIOSK_REPORT, Permission.LOBBY_READ}),
    }
)
_OF_DEVICES = frozenset[Permission]().union(*PERMISSIONS_OF_KIOSK.values())

PERMISSIONS_OF: Mapping[UserRole, frozenset[Permission]] = MappingProxyType(
    {UserRole.ADMIN: frozenset(Permission) - _OF_DEVICES, UserRole.STAFF: frozenset(_STAFF)}
)

# What an API key may be given, by name: a permission that is new is for people until somebody decides otherwise. Running the centre
# itself (users, keys, settings, the installation, the audit log) and a file's import, which wants eyes on its report, are not for keys.
KEY_SCOPES: frozenset[Permission] = frozenset(
    {
        Permission.CLIENTS_READ,
        Permission.CLIENTS_WRITE,
        Permission.CLIENTS_ARCHIVE,
        Permission.CLIENTS_MERGE,
        Permission.CLIENTS_ERASE,
        Permission.CLIENTS_EXPORT,
        Permission.TAGS_WRITE,
        Permission.CHECK_INS_READ,
        Permission.CHECK_INS_WRITE,
        Permission.CHECK_INS_VOID,
        Permission.CHECK_INS_OVERRIDE,
        Permission.STATIONS_READ,
        Permission.STATIONS_WRITE,
        Permission.MEMBERSHIPS_READ,
        Permission.MEMBERSHIPS_WRITE,
        Permission.TIERS_WRITE,
        Permission.DASHBOARD_READ,
        Permission.SETTINGS_READ,
    }
)


def permissions_of(role: UserRole, *, must_change_password: bool, must_set_up_second_factor: bool) -> frozenset[Permission]:
    """What a user of this role may do now."""
    if must_change_password:
        return MUST_CHANGE_PASSWORD
    return MUST_SET_UP if must_set_up_second_factor else PERMISSIONS_OF[role]
