"""Clients for tests."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from backend.clients.models import Client, ContactKind, ContactMethod
from backend.db import Database
from backend.memberships.models import Authorization, Membership, MembershipTier
from tests.world import OPERATOR


async def add_client(
    database: Database,
    first_name: str = "Ana",
    last_name: str = "Alvarez",
    *,
    phone: str | None = None,
    email: str | None = None,
    memberships: Sequence[tuple[date, date]] = (),
    authorizations: Sequence[tuple[date, date]] = (),
    **columns: object,
) -> int:
    """Add one and return its number; periods are first and last day."""
    async with database.writing(OPERATOR) as uow:
        client = Client(first_name=first_name, last_name=last_name, **columns)
        uow.add(client)
        await uow.flush()
        if phone:
            uow.add(ContactMethod(client_id=client.id, kind=ContactKind.PHONE, value=phone, is_primary=True))
        if email:
            uow.add(ContactMethod(client_id=client.id, kind=ContactKind.EMAIL, value=email, is_primary=True))
        if memberships:
            tier_id = await uow.scalar(select(MembershipTier.id).where(MembershipTier.is_default))
            uow.add(*(Membership(client_id=client.id, tier_id=tier_id, starts_on=first, ends_on=last) for first, last in memberships))
        uow.add(
            *(
                Authorization(client_id=client.id, uci_number=f"71{client.id:05}", starts_on=first, ends_on=last)
                for first, last in authorizations
            )
        )
    return client.id


def around(today: date, before: int, after: int) -> tuple[date, date]:
    """A period from ``before`` days ago to ``after`` days ahead."""
    return today - timedelta(days=before), today + timedelta(days=after)
