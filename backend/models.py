"""Every table, imported once, for Alembic and for the test that compares models and database."""

from backend.accounts import models as accounts
from backend.audit import models as audit
from backend.checkins import models as checkins
from backend.clients import models as clients
from backend.db import Base
from backend.ggleap import models as ggleap
from backend.imports import models as imports
from backend.jobs import models as jobs
from backend.kiosks import models as kiosks
from backend.memberships import models as memberships
from backend.messages import models as messages
from backend.reports import models as reports
from backend.system import models as system
from backend.webhooks import models as webhooks

__all__ = [
    "accounts", "audit", "checkins", "clients", "ggleap", "imports", "jobs", "kiosks", "memberships", "messages", "metadata", "reports",
    "system", "webhooks",
]  # fmt: skip

metadata = Base.metadata
