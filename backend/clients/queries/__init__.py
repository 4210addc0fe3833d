"""Reading clients: one statement for a page, whatever the page shows."""

from backend.clients.queries.counts import COUNTED, count_of_clients, ids_in_order, ids_matching
from backend.clients.queries.criteria import ClientCriteria, conditions
from backend.clients.queries.details import consents_of, notes_of, tag_counts, tags_by_id
from backend.clients.queries.orders import KEY_TYPES, ClientOrder, Sorting
from backend.clients.queries.pages import RANKED_KEY_TYPES, Page, page_of_clients
from backend.clients.queries.rows import client_select, clients_by_id

__all__ = [
    "COUNTED", "KEY_TYPES", "RANKED_KEY_TYPES", "ClientCriteria", "ClientOrder", "Page", "Sorting", "client_select", "clients_by_id",
    "conditions", "consents_of", "count_of_clients", "ids_in_order", "ids_matching", "notes_of", "page_of_clients", "tag_counts",
    "tags_by_id",
]  # fmt: skip
