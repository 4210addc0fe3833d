"""The rows of `tests.operations.predecessor`: invented people, the ordinary ones by number, the odd ones by what is odd."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import argon2
import bcrypt

Row = dict[str, Any]

PASSWORDS = {"admin@example.test": "Legacy-Admin-1!", "staff@example.test": "Legacy-Staff-1!", "owner@example.test": "Legacy-Owner-1!"}
ADMIN, STAFF, OWNER, GONE, SAME, ODD, LOST = (UUID(int=number) for number in range(1, 8))
START = datetime(2025, 6, 1, 18, tzinfo=UTC)
GIVEN = ("Ana", "Ben", "Chloe", "Diego", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jamal")
FAMILY = ("Alvarez", "Brown", "Castillo", "Dang", "Everett", "Flores", "Garcia", "Huang", "Ibarra", "Jones", "Khan")
FAR, LONG_NOTE = datetime(2262, 4, 11, tzinfo=UTC), "".join(f"Line {number:05} of a long note.\n" for number in range(480))
# The driver writes it as infinity.
ENDLESS = datetime.max.replace(tzinfo=UTC)
FIRST_ODD = 900


def client(number: int) -> UUID:
    """The id of a client: ordinary ones from 1 on, odd ones as in ``ODD_CLIENTS``."""
    return UUID(f"10000000-0000-4000-8000-{number:012}")


def of(table: str, number: int) -> UUID:
    """The id of a row of another table."""
    return UUID(f"{sum(table.encode()):08x}-0000-4000-8000-{number:012}")


@cache
def password_hash(password: str, kind: str) -> str:
    """A bcrypt hash with the prefix that ``kind`` names, or an argon2id one; weak ones, so that making them takes no time."""
    if kind == "argon2id":
        return argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(password)
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode().replace("$2b$", f"${kind}$", 1)


def _user(number: UUID, email: str, username: str | None, role: str, hashed: str, **more: Any) -> Row:
    plain = {"is_active": True, "dark_mode": False, "password_setup_required": False, "created_at": START + timedelta(days=number.int)}
    return {"id": number, "email": email, "username": username, "role": role, "password_hash": hashed} | plain | more


def users() -> Iterator[Row]:
    """Those of the README, somebody who left, one email in two spellings, an unknown role with an unknown hash, one without an email."""
    yield _user(ADMIN, "admin@example.test", "deskadmin", "admin", password_hash("Legacy-Admin-1!", "2b"), dark_mode=True)
    staff = password_hash("Legacy-Staff-1!", "2y")
    yield _user(STAFF, "staff@example.test", "deskstaff", "staff", staff, password_setup_required=True)
    yield _user(OWNER, "owner@example.test", None, "admin", password_hash("Legacy-Owner-1!", "argon2id"), mfa_secret="JBSWY3DPEHPK3PXP")
    yield _user(GONE, "gone@example.test", "leftus", "staff", staff, is_active=False)
    yield _user(SAME, "Staff@Example.TEST", "second.staff", "STAFF", "$2a$" + staff[4:], created_at=START + timedelta(days=90))
    yield _user(ODD, "odd@example.test", "Odd One", "manager", "pbkdf2:sha256:1000$salt$" + "0" * 64)
    yield _user(LOST, "lost", "DeskAdmin", "staff", "")


def _client(number: int, first: str, last: str, **more: Any) -> Row:
    plain = {"external_ids": "{}", "created_at": START + timedelta(hours=7 * (number % FIRST_ODD))}
    return {"id": client(number), "first_name": first, "last_name": last} | plain | more


def _ordinary(number: int) -> Row:
    phones = (None, "(661) 555-{:04}", "661-555-{:04}", "661555{:04}", "+1 661 555 {:04}", "555-{:04}")
    codes: tuple[dict[str, str], ...] = (
        {"code": f"KRC{number:04}"},
        {"member_id": f"M-{number}"},
        {"member_code": f"BEC{number:05}"},
        {},
        {},
    )
    pos = {
        "pos_number": f"{7_000_000 + number}", "parent_guardian_name": f"Guardian of {number}", "service_coordinator": "P. Okafor",
        "pos_start_date": date(2025, 7, 1) + timedelta(days=number % 60), "pos_end_date": date(2026, 6, 30),
    }  # fmt: skip
    phone = phones[number % 6]
    return _client(
        number,
        GIVEN[number % 10],
        FAMILY[number % 11],
        date_of_birth=date(1985, 1, 1) + timedelta(days=number * 97 % 10_000) if number % 7 else None,
        email=f"client{number}@example.test" if number % 5 else None,
        phone=phone.format(100 + number) if phone else None,
        notes=f"Prefers station {number}" if number % 9 == 0 else None,
        language=("Spanish", "English", None, "es")[number % 4],
        external_ids=json.dumps(codes[number % 5]),
        **(pos if number % 3 else {}),
    )


TWINS = {"first_name": "Chloe", "last_name": "Twin", "email": "Twin@example.test"}
# What is odd about each is what its tests ask for.
ODD_CLIENTS: dict[str, Row] = {
    "blanks": {"first_name": "  Zoë\t", "last_name": "O'Brien-\n Núñez "},
    "other script": {"first_name": "小林", "last_name": "さくら", "date_of_birth": date(2001, 2, 3), "phone": "+49 30 901820"},
    "nameless": {"first_name": " ", "last_name": "\u200b", "email": "nameless@example.test"},
    "longest": {"first_name": "F" * 100, "last_name": "L" * 100, "parent_guardian_name": "G" * 200, "email": "e" * 242 + "@example.test"},
    "born tomorrow": {"date_of_birth": date(2999, 1, 1)},
    "born long ago": {"date_of_birth": date(100, 1, 1), "language": "Klingon"},
    "empty strings": {"email": "", "phone": "  ", "notes": " \n", "language": "", "parent_guardian_name": "", "pos_number": ""},
    "twin": {**TWINS, "phone": "661-555-0199", "external_ids": '{"code": "TWICE"}'},
    "other twin": {**TWINS, "email": "TWIN@example.test", "phone": "(661) 555-0199", "external_ids": '{"member_id": "TWICE"}'},
    "sister": {"first_name": "Diana", "last_name": "Twin", "phone": "6615550199"},
    "no mail": {"email": "not an address", "phone": "ask mother"},
    "code null": {"external_ids": '{"code": null, "member_id": "", "member_code": " N-1 "}'},
    "code number": {"external_ids": '{"code": 4711, "member_id": "4711", "member_code": "4712", "other": "x"}'},
    "code nested": {"external_ids": '{"code": {"value": "N-2"}, "list": ["a"]}'},
    "code long": {"external_ids": json.dumps({"code": "9" * 300})},
    "code a list": {"external_ids": '["N-3"]'},
    "spanish": {"language": "Español (México)"},
    "uci alone": {"pos_number": "7900001"},
    "dates alone": {"pos_start_date": date(2025, 7, 1), "pos_end_date": date(2026, 6, 30)},
    "one date": {"pos_number": "7900002", "pos_start_date": date(2025, 7, 1)},
    "backwards": {"pos_number": "7900003", "pos_start_date": date(2025, 7, 1), "pos_end_date": date(2025, 6, 30)},
    "for ever": {"pos_number": "7900004", "pos_start_date": date(1, 1, 1), "pos_end_date": date(9999, 12, 31)},
    "long note": {"notes": LONG_NOTE, "created_at": datetime(1970, 1, 1, tzinfo=UTC)},
}
NUMBER_OF = {name: FIRST_ODD + place for place, name in enumerate(ODD_CLIENTS, 1)}


def odd(name: str) -> UUID:
    """The id of the client of that name in ``ODD_CLIENTS``."""
    return client(NUMBER_OF[name])


def clients(ordinary: int) -> Iterator[Row]:
    """The ordinary ones, then the odd ones."""
    yield from (_ordinary(number) for number in range(1, ordinary + 1))
    for name, more in ODD_CLIENTS.items():
        number = NUMBER_OF[name]
        yield _client(number, f"Odd{number}", name.title()) | more


def tags() -> Iterator[Row]:
    """One word in three spellings, colours as hex, word and nonsense, a blank name, one that is too long."""
    for number, (name, color, description) in enumerate(
        (("VIP", "#ec194d", None), ("vip", "red", "Same word"), (" Vip ", "blue", "Again"), ("Tournament", "#1d4ed8", None),
         ("Quiet", "#abc", "d" * 600), ("Odd", "??", None), (" ", None, None), ("t" * 100, None, None)), 1,
    ):  # fmt: skip
        yield {"id": of("tags", number), "name": name, "color": color, "description": description, "created_at": START}


def client_tags(ordinary: int) -> Iterator[Row]:
    """Each ordinary client has two tags, some of them the same word."""
    for number in range(1, ordinary + 1):
        for tag in {1 + number % 3, 1 + number % 7}:
            yield {"client_id": client(number), "tag_id": of("tags", tag)}


def _listed(table: str, rows: list[Row], created: datetime = START) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield {"id": of(table, number), "created_at": created + timedelta(minutes=number)} | row


def contact_methods(ordinary: int) -> Iterator[Row]:
    """One for each ordinary client, some equal to the client's own; unknown kinds, what can't be right, a handle in two spellings."""
    kinds = (("sms", "661.555.{:04}"), ("email", "other{}@example.test"), ("discord", "player#{}"), ("Phone", "(661) 555-{:04}"))
    rows = []
    for number in range(1, ordinary + 1):
        kind, value = kinds[number % 4]
        written = value.format(100 + number) if kind == "Phone" else value.format(number)
        rows.append({"client_id": client(number), "type": kind, "value": written, "verified": number % 2 == 0})
    strange = (
        ("fax", "661-555-0100"), ("mobile", "+49 30 901820"), ("mobile", "00000"), ("email", "A@B"), ("email", "  "), ("email", "x" * 255),
        ("email", "Dup@Example.test"), ("email", "dup@example.test"), ("discord", "One"), ("discord", "one"),
        ("phone", "661-555-0177 ext. 5"), ("discord", "d" * 255),
    )  # fmt: skip
    rows += [{"client_id": odd("spanish"), "type": kind, "value": value, "verified": True} for kind, value in strange]
    rows.append({"client_id": odd("twin"), "type": "mobile", "value": "+16615550199", "verified": True})
    yield from _listed("contact_methods", rows)


def consents(ordinary: int) -> Iterator[Row]:
    """Two for each ordinary client; of one client an unknown kind, the same instant thrice, one at the end of time."""
    kinds = ("sms", "email", "photo", "tos", "waiver")
    rows: list[Row] = [
        {"client_id": client(1 + number % ordinary), "kind": kinds[number % 5], "granted": number % 4 != 0, "source": "paper",
         "granted_at": START + timedelta(hours=number) if number % 4 else None}
        for number in range(2 * ordinary)
    ]  # fmt: skip
    at, after = START + timedelta(days=400), timedelta(microseconds=1)
    for kind, granted, source, when in (
        ("horoscope", True, None, at), ("SMS", True, "paper", at), ("sms", True, "paper", at), ("sms", False, "paper", at),
        ("sms", False, "form", at), ("sms", True, "desk", at + after), ("photo", True, "  ", FAR), ("waiver", True, None, ENDLESS),
    ):  # fmt: skip
        rows.append({"client_id": odd("twin"), "kind": kind, "granted": granted, "source": source, "granted_at": when})
    yield from _listed("consents", rows)


def memberships(ordinary: int) -> Iterator[Row]:
    """One for each ordinary client, plans in many spellings; three for one client, two of them overlapping; impossible dates."""
    plans = ("unlimited", "10_hours", "20 hours", "day-pass", "Unlimited ", "KRC", "10-Hours", "STANDARD")
    rows: list[Row] = [
        {"client_id": client(number), "plan_code": plans[number % 8], "starts_on": date(2025, 1, 1), "ends_on": date(2026, 1, 1)}
        for number in range(1, ordinary + 1)
    ]
    for plan, starts, ends, note in (
        ("unlimited", date(2025, 1, 1), date(2025, 12, 31), "first"), ("unlimited", date(2025, 12, 1), date(2026, 12, 31), "overlaps"),
        ("unlimited", date(2027, 1, 1), date(2027, 12, 31), " "), ("student", date(2025, 9, 1), date(2025, 8, 1), "backwards"),
        (" ", date(2024, 1, 1), date(2024, 2, 1), None), ("lifetime", date(1, 1, 1), date.max, None),
        ("p" * 50, date(2024, 1, 1), date(2024, 2, 1), None), ("p" * 49 + "q", date(2024, 1, 1), date(2024, 2, 1), None),
    ):  # fmt: skip
        rows.append({"client_id": odd("twin"), "plan_code": plan, "starts_on": starts, "ends_on": ends, "notes": note})
    yield from _listed("memberships", rows)


def check_ins(ordinary: int) -> Iterator[Row]:
    """Three for each ordinary client; four a second apart over midnight of the centre; one in 1970, in 2262 and at no time at all."""
    places = ("Front Desk", "Kiosk", None, "Station 7", " station  7 ")
    rows: list[Row] = [
        {"client_id": client(1 + number % ordinary), "method": "STAFF" if number % 6 else "KIOSK", "station": places[number % 5],
         "happened_at": START + timedelta(minutes=37 * number), "notes": "with guest" if number % 50 == 0 else None}
        for number in range(3 * ordinary)
    ]  # fmt: skip
    midnight = datetime(2025, 11, 1, 6, 59, 58, tzinfo=UTC)
    times = (*(midnight + timedelta(seconds=number) for number in range(4)), datetime(1970, 1, 1, tzinfo=UTC), FAR)
    plain: Row = {"client_id": odd("blanks"), "method": "STAFF", "station": "S" * 100, "notes": "  "}
    rows += [plain | {"happened_at": when} for when in times]
    rows.append(plain | {"station": " ", "happened_at": ENDLESS, "notes": "at no time"})
    yield from _listed("check_ins", rows)


def client_notes(ordinary: int) -> Iterator[Row]:
    """One for each ordinary client, by everybody in turn; a long one, a blank one."""
    authors = (ADMIN, STAFF, OWNER, GONE, SAME)
    rows: list[Row] = [
        {"client_id": client(number), "user_id": authors[number % 5], "note": f'Note {number}\nsecond line, "quoted", =1+1'}
        for number in range(1, ordinary + 1)
    ]
    rows += [{"client_id": odd("long note"), "user_id": ODD, "note": note} for note in (LONG_NOTE, " \n\t ", "é" * 10_000)]
    yield from _listed("client_notes", rows)


def password_reset_tokens() -> Iterator[Row]:
    """One open, one used."""
    for number in (1, 2):
        plain = {"token": f"token{number}", "token_type": "reset", "expires_at": datetime(2026, 1, 1), "created_by": ADMIN}  # noqa: DTZ001
        yield {"id": of("password_reset_tokens", number), "user_id": STAFF} | plain


def webhooks_out() -> Iterator[Row]:
    """Failed, queued and sent."""
    for number, status in enumerate(("FAILED", "QUEUED", "SENT"), 1):
        more = {"status": status, "attempt_count": 3, "last_error": "HTTP 500", "zap_run_id": f"zap-{number}", "created_at": START}
        yield {"id": of("webhooks_out", number), "event": "membership.expiring_30d", "payload": f'{{"n": {number}}}'} | more


def ggleap_links(ordinary: int) -> Iterator[Row]:
    """A few, two of them for one account."""
    accounts = [f"gg-{number}" for number in range(1, min(ordinary, 10) + 1)] + ["gg-1", " "]
    rows: list[Row] = [{"client_id": client(1 + number % ordinary), "ggleap_user_id": account} for number, account in enumerate(accounts)]
    yield from _listed("ggleap_links", rows)


def ggleap_groups() -> Iterator[Row]:
    """Both."""
    rows: list[Row] = [
        {"map_key": "ACTIVE", "ggleap_group_id": "g-active", "group_name": "Unlimited"},
        {"map_key": "EXPIRED", "ggleap_group_id": "g-expired", "group_name": None},
    ]
    yield from _listed("ggleap_groups", rows)


def audit_log() -> Iterator[Row]:
    """By a user about a client, by nobody about nothing known, and one with a password's hash in it."""
    for number, (actor, entity, entity_id, diff) in enumerate(
        ((ADMIN, "client", str(client(1)), '{"phone": ["1", "2"]}'), (None, "job", "nightly", None), (SAME, "e" * 50, "x" * 100, "[1, 2]"),
         (ADMIN, "user", str(STAFF), '{"password_hash": "$2b$10$secret", "role": "staff"}')), 1,
    ):  # fmt: skip
        yield {"id": of("audit_log", number), "actor_user_id": actor, "action": "a" * 50 if number == 3 else "update", "entity": entity,
               "entity_id": entity_id, "diff": diff, "metadata": '{"ip": "192.0.2.1"}', "at": START + timedelta(days=number)}  # fmt: skip


def rows(table: str, ordinary: int) -> Iterator[Row]:
    """Every row of a table."""
    counted = {
        "clients": clients, "client_tags": client_tags, "contact_methods": contact_methods, "consents": consents, "check_ins": check_ins,
        "memberships": memberships, "client_notes": client_notes, "ggleap_links": ggleap_links,
    }  # fmt: skip
    if table in counted:
        return counted[table](ordinary)
    fixed = (users, tags, password_reset_tokens, webhooks_out, ggleap_groups, audit_log)
    return next(function for function in fixed if function.__name__ == table)()
