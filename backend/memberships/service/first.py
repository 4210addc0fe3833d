"""Somebody's first authorization, put on file together with them: a UCI number belongs to an authorization and stands nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.checking import Checker
from backend.db import UnitOfWork
from backend.errors import ValidationFailed
from backend.memberships.service.authorizations import cleaned, insert
from backend.memberships.service.holdings import check_days

_PATH = "authorization"


@dataclass(frozen=True, slots=True)
class FirstAuthorization:
    """What a form gave, as it was typed: columns that a form may fill, among them ``uci_number``, ``starts_on`` and ``ends_on``."""

    given: Mapping[str, Any]

    def clean(self, check: Checker, today: date) -> Mapping[str, Any]:
        """Its columns in form; what is wrong is noted under ``authorization``."""
        own = Checker()
        clean = {"service_code": None, "service_subcode": None, "authorization_number": None, **cleaned(own, self.given)}
        own.required("startsOn", clean["starts_on"], "Give the first day of the authorization.")
        own.required("endsOn", clean["ends_on"], "Give the last day of the authorization.")
        check_days(own, clean["starts_on"], clean["ends_on"], today)
        try:
            own.done()
        except ValidationFailed as wrong:
            for field in wrong.fields:
                check.problem(".".join((_PATH, *field.path)), field.code, field.message)
        return clean

    async def write(self, uow: UnitOfWork, client_id: int, columns: Mapping[str, Any]) -> None:
        """Put it on file."""
        await insert(uow, "authorization.added", client_id, columns, allow_overlap=False)
