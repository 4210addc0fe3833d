"""Tables of the people on file and of what is known about them."""

from backend.clients.models.about import ClientNote, ClientTag, Consent, ConsentKind, Tag
from backend.clients.models.changes import (
    BulkChange,
    BulkChangeItem,
    BulkKind,
    BulkState,
    ClientMerge,
    Erasure,
    PossibleDuplicate,
    SavedView,
)
from backend.clients.models.people import Client, ClientSearch, ContactKind, ContactMethod

__all__ = [
    "BulkChange", "BulkChangeItem", "BulkKind", "BulkState", "Client", "ClientMerge", "ClientNote", "ClientSearch", "ClientTag", "Consent",
    "ConsentKind", "ContactKind", "ContactMethod", "Erasure", "PossibleDuplicate", "SavedView", "Tag",
]  # fmt: skip
