"""What was erased and what was kept, and why: counts, codes and numbers, nothing about the person."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

FORMAT = "krc-check-in/erasure-certificate"
KEPT = {"visits": "BILLING", "memberships": "BILLING", "authorizations": "BILLING", "auditEntries": "ACCOUNTABILITY"}
"""What is kept and why: ``BILLING`` by the law named in ``basis``, ``ACCOUNTABILITY`` to show who did what, without the values."""
BASIS = "California Code of Regulations, title 17, sections 50604 and 50612: records of paid services, five years from the final payment"


def certificate(
    numbers: Sequence[int], counts: Mapping[str, int], *, at: datetime, reason: str, emptied: int, legacy: int, scrubbed: int
) -> dict[str, Any]:
    """The certificate as JSON; the first of the numbers is the client's, the others are those of clients who were merged into them."""
    return {
        "format": FORMAT,
        "version": 1,
        "client": numbers[0],
        "formerClients": list(numbers[1:]),
        "pseudonym": f"Erased client {numbers[0]}",
        "erasedAt": at.isoformat(),
        "reason": reason,
        "erased": {
            "records": len(numbers),
            **{name: count for name, count in counts.items() if name not in KEPT},
            "auditValues": emptied,
            "savedSearches": scrubbed,
            "predecessorRows": legacy,
        },
        "kept": [{"what": name, "count": counts[name], "why": why} for name, why in KEPT.items()],
        "basis": BASIS,
        "backups": "Backups made before still hold the person until they are removed by age. Restoring one erases the person again.",
    }
