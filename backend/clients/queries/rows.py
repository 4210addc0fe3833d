"""What a row on the screen needs of a client, in one statement."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select, true
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import LateralFromClause

from backend.accounts.models import User
from backend.clients.models import Client, ClientNote, ClientTag, ContactMethod, Tag
from backend.clients.standing import standing_on
from backend.db import AnyRow, AnySelect, ReadSession, among


def client_select(standing: LateralFromClause) -> AnySelect:
    """Everything that a row on the screen needs; contact methods, tags and alerts come as JSON arrays."""
    author, editor = aliased(User), aliased(User)
    contacts = (
        select(
            func.json_agg(
                func.json_build_array(
                    ContactMethod.id,
                    ContactMethod.kind,
                    ContactMethod.value,
                    ContactMethod.is_primary,
                    ContactMethod.verified_at,
                    ContactMethod.opted_out_at,
                    ContactMethod.needs_fixing,
                    ContactMethod.label,
                    ContactMethod.version,
                )
            )
        )
        .where(ContactMethod.client_id == Client.id)
        .scalar_subquery()
    )
    tags = (
        select(func.json_agg(func.json_build_array(Tag.id, Tag.name, Tag.colour, Tag.description, Tag.version)))
        .join(ClientTag, ClientTag.tag_id == Tag.id)
        .where(ClientTag.client_id == Client.id)
        .scalar_subquery()
    )
    alerts = (
        select(
            func.json_agg(
                func.json_build_array(
                    ClientNote.id,
                    ClientNote.body,
                    ClientNote.created_at,
                    author.display_name,
                    ClientNote.version,
                    ClientNote.edited_at,
                    editor.display_name,
                )
            )
        )
        .outerjoin(author, author.id == ClientNote.author_id)
        .outerjoin(editor, editor.id == ClientNote.edited_by)
        .where(ClientNote.client_id == Client.id, ClientNote.pinned, ClientNote.deleted_at.is_(None))
        .scalar_subquery()
    )
    return select(
        Client.id,
        Client.first_name,
        Client.last_name,
        Client.preferred_name,
        Client.date_of_birth,
        Client.guardian_name,
        Client.guardian_relation,
        Client.guardian_phone,
        Client.service_coordinator,
        Client.service_coordinator_phone,
        Client.service_coordinator_email,
        Client.member_code,
        Client.language,
        Client.large_text,
        Client.no_sound,
        Client.no_motion,
        Client.kiosk_colour,
        Client.kiosk_picture,
        Client.gamer_tag,
        Client.archived_at,
        Client.merged_into_id,
        Client.created_at,
        Client.version,
        Client.last_check_in_at,
        Client.sort_name,
        standing.c.status,
        standing.c.source,
        standing.c.starts_on,
        standing.c.ends_on,
        standing.c.days_left,
        standing.c.tier_name,
        contacts.label("contact_methods"),
        tags.label("tags"),
        alerts.label("alerts"),
    ).select_from(Client.__table__.join(standing, true()))


async def clients_by_id(reader: ReadSession, ids: Iterable[int], day: date) -> dict[int, AnyRow]:
    """The rows of these clients, archived ones included; unknown ids are left out."""
    statement = client_select(standing_on(Client.id, day)).where(among(Client.id, ids))
    return {row.id: row for row in await reader.rows(statement)}
