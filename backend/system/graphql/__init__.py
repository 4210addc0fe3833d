"""The installation over GraphQL, for admins: health, backups, what came over from the predecessor, the pause of messages."""

from backend.system.graphql.centre import CentreMutation, CentreQuery
from backend.system.graphql.kiosks import KioskSettingsMutation
from backend.system.graphql.roots import SystemMutation, SystemQuery

__all__ = ["CentreMutation", "CentreQuery", "KioskSettingsMutation", "SystemMutation", "SystemQuery"]
