"""Every address from which a file can be downloaded."""

from backend.downloads.access import Download
from backend.downloads.audit import AUDIT_CSV
from backend.downloads.cards import CARDS_PDF
from backend.downloads.exports import CLIENTS_CSV
from backend.downloads.personal import PERSONAL

DOWNLOADS: tuple[Download, ...] = (AUDIT_CSV, CARDS_PDF, CLIENTS_CSV, *PERSONAL)
