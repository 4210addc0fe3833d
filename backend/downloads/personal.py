"""One person's data, as JSON for programs and as PDF for people; and the certificate of an erasure, in both forms."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import func, select

from backend import clock
from backend.accounts.permissions import Permission
from backend.clients.models import Client, Erasure
from backend.clients.personal_data import FORMAT, personal_data
from backend.clients.reading import as_read
from backend.db import AnyRow
from backend.downloads.access import AuditNote, Caller, Download, File
from backend.downloads.paper.press import print_out
from backend.downloads.words import Words
from backend.errors import NotFound
from backend.graphql import ids

# What the tables of the PDF show: the columns, with their shares of the page's width.
TABLES: Mapping[str, Mapping[str, float]] = {
    "contactMethods": {"kind": 0.12, "value": 0.34, "label": 0.16, "primary": 0.1, "verifiedAt": 0.14, "optedOutAt": 0.14},
    "consents": {"at": 0.2, "kind": 0.14, "granted": 0.1, "source": 0.36, "by": 0.2},
    "notes": {"createdAt": 0.18, "body": 0.5, "by": 0.18, "deletedAt": 0.14},
    "tags": {"name": 0.3, "description": 0.7},
    "memberships": {"tier": 0.24, "startsOn": 0.14, "endsOn": 0.14, "note": 0.28, "endReason": 0.2},
    "authorizations": {
        "uciNumber": 0.13, "authorizationNumber": 0.15, "serviceCoordinator": 0.2, "startsOn": 0.13, "endsOn": 0.13,
        "unitsPerMonth": 0.1, "unit": 0.08, "note": 0.08,
    },
    "visits": {"at": 0.18, "station": 0.16, "method": 0.1, "standing": 0.12, "by": 0.16, "checkedOutAt": 0.14, "voidReason": 0.14},
    "messages": {"createdAt": 0.2, "kind": 0.25, "period": 0.15, "status": 0.15, "why": 0.25},
    "gamingAccounts": {"account": 0.6, "linkedAt": 0.4},
    "imports": {"at": 0.25, "file": 0.6, "rows": 0.15},
    "adoptedRemarks": {"part": 0.4, "outcome": 0.25, "reason": 0.35},
    "possibleDuplicates": {"foundAt": 0.3, "reason": 0.4, "dismissedAt": 0.3},
    "merges": {"at": 0.25, "kept": 0.15, "merged": 0.15, "by": 0.25, "undoneAt": 0.2},
    "bulkChanges": {"at": 0.25, "kind": 0.3, "tag": 0.3, "changed": 0.15},
    "formerEvents": {"createdAt": 0.25, "event": 0.5, "status": 0.25},
    "history": {"at": 0.2, "by": 0.3, "action": 0.5},
}  # fmt: skip


async def data_json(caller: Caller) -> File:
    """Everything that is on file about one person."""
    number, found = await _found(caller)
    made = {"format": FORMAT, "version": 1, "madeAt": clock.now(), "centre": caller.settings.centre_name}
    content = {**made, "timeZone": caller.settings.centre_timezone, **found}
    return File(f"client-{number}-data.json", "application/json", orjson.dumps(content, option=orjson.OPT_INDENT_2), _note(number, "json"))


async def data_pdf(caller: Caller) -> File:
    """The same for people, in the language of ``?language``, else in the person's own."""
    number, found = await _found(caller)
    person = found["person"]
    words = Words(caller.query.get("language", person["language"]))
    zone = caller.settings.zone

    def shown(name: str, value: Any) -> str:
        return _shown(name, value, words, zone)

    sections: list[dict[str, Any]] = [{"heading": words("data.erased")}] if found["erasure"] else []
    sections += [
        {"heading": words("person" if place == 0 else "formerRecords"), "facts": _facts(record, words, shown)}
        for place, record in enumerate([person, *found["formerRecords"]])
    ]
    for name, widths in TABLES.items():
        rows = [[shown(column, item.get(column)) for column in widths] for item in found[name]]
        if rows:
            table = {"columns": [words(column) for column in widths], "widths": list(widths.values()), "rows": rows}
            sections.append({"heading": words(name), "table": table})
    sections.append({"heading": words("notIncluded"), "text": f"{words('notIncluded.backups')}\n{words('notIncluded.former')}"})
    name = f"{person['firstName']} {person['lastName']}".strip()
    title = words("data.title", name=name)
    subtitle = words("data.subtitle", centre=caller.settings.centre_name, day=clock.today(zone), zone=caller.settings.centre_timezone)
    drawn = await print_out(_document(caller, words, title, subtitle, sections))
    return File(f"client-{number}-data.pdf", "application/pdf", drawn, _note(number, "pdf"))


async def _found(caller: Caller) -> tuple[int, dict[str, Any]]:
    async with caller.database.reading() as reader:
        found = await personal_data(reader, ids.decode(caller.path["id"], "Client"))
    return found["person"]["number"], found


def _note(number: int, form: str) -> AuditNote:
    return AuditNote("client.data_downloaded", "client", number, number, {"form": form})


def _facts(record: Mapping[str, Any], words: Words, shown: Any) -> list[list[str]]:
    return [[words(name), shown(name, value)] for name, value in record.items() if value not in (None, "", False)]


def _shown(name: str, value: Any, words: Words, zone: ZoneInfo) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return words(str(value).lower())
    if name == "at" or name.endswith("At"):
        return datetime.fromisoformat(value).astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return as_read(value) or ""


def _document(caller: Caller, words: Words, title: str, subtitle: str, sections: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    centre = caller.settings.centre_name
    return {
        "kind": "document", "paper": "A4" if caller.query.get("paper") == "A4" else "LETTER", "language": words.language,
        "author": centre, "title": title, "subtitle": subtitle, "footer": centre, "page": words("page"), "sections": sections,
    }  # fmt: skip


async def _certificate(caller: Caller) -> AnyRow:
    """The erasure of the client, or of the one into whom they were merged; raises `NotFound` where there is no certificate."""
    number = ids.decode(caller.path["id"], "Client")
    kept = select(func.coalesce(Client.merged_into_id, Client.id)).where(Client.id == number).scalar_subquery()
    async with caller.database.reading() as reader:
        row = await reader.row(select(Erasure.client_id, Erasure.erased_at, Erasure.certificate).where(Erasure.client_id == kept))
    if row is None or row.certificate is None:
        raise NotFound("There is no certificate: this client was not erased, or by an older version.")
    return row


async def certificate_json(caller: Caller) -> File:
    """The certificate as it was written."""
    row = await _certificate(caller)
    note = AuditNote("erasure.certificate_downloaded", "client", row.client_id, row.client_id, {"form": "json"})
    content = orjson.dumps(row.certificate, option=orjson.OPT_INDENT_2)
    return File(f"erasure-{row.client_id}.json", "application/json", content, note)


async def certificate_pdf(caller: Caller) -> File:
    """The certificate for people, in the language of ``?language``."""
    row = await _certificate(caller)
    words = Words(caller.query.get("language", "en"))
    written = row.certificate
    at = row.erased_at.astimezone(caller.settings.zone).strftime("%Y-%m-%d %H:%M")
    facts = [
        [words("erasure.number"), str(row.client_id)], [words("erasure.at"), at],
        [words("erasure.reason"), words(written["reason"])], [words("erasure.pseudonym"), written["pseudonym"]],
    ]  # fmt: skip
    if written["formerClients"]:
        facts.append([words("erasure.former"), ", ".join(map(str, written["formerClients"]))])
    gone = [[words(name), str(count)] for name, count in written["erased"].items() if count]
    kept = [[words(part["what"]), str(part["count"]), words(part["why"])] for part in written["kept"] if part["count"]]
    two = {"columns": [words("erasure.thing"), words("erasure.count")], "widths": [0.6, 0.4]}
    three = {"columns": [words("erasure.thing"), words("erasure.count"), words("erasure.why")], "widths": [0.35, 0.15, 0.5]}
    sections: list[dict[str, Any]] = [
        {"heading": words("erasure.what"), "text": words("erasure.text", number=row.client_id), "facts": facts},
        {"heading": words("erasure.erased"), "table": {**two, "rows": gone}},
        {"heading": words("erasure.kept"), "table": {**three, "rows": kept}},
        {"heading": words("erasure.basis"), "text": written["basis"]},
        {"heading": words("erasure.backups"), "text": words("erasure.backups.text")},
    ]
    subtitle = words("erasure.subtitle", centre=caller.settings.centre_name, day=clock.today(caller.settings.zone))
    drawn = await print_out(_document(caller, words, words("erasure.title"), subtitle, sections))
    note = AuditNote("erasure.certificate_downloaded", "client", row.client_id, row.client_id, {"form": "pdf"})
    return File(f"erasure-{row.client_id}.pdf", "application/pdf", drawn, note)


PERSONAL = (
    Download("/api/v1/clients/{id}/data.json", Permission.CLIENTS_EXPORT, data_json),
    Download("/api/v1/clients/{id}/data.pdf", Permission.CLIENTS_EXPORT, data_pdf),
    Download("/api/v1/clients/{id}/erasure.json", Permission.CLIENTS_ERASE, certificate_json),
    Download("/api/v1/clients/{id}/erasure.pdf", Permission.CLIENTS_ERASE, certificate_pdf),
)
