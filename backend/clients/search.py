"""How a typed or scanned text finds clients.

Every word must appear somewhere in a client's search document (names, member code, contact methods, UCI), in any order,
whatever the case and accents. A word of three or more characters may stand anywhere, so a phone's last digits work; a
shorter one must begin a word. Both forms use the trigram index.
"""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, String, and_, case, exists, false, func, literal, or_, select, union, union_all
from sqlalchemy.sql.selectable import CTE

from backend.clients.models import Client, ClientSearch, ContactMethod
from backend.db import AnySelect

MOST_WORDS = 8
MOST_CANDIDATES = 500
MOST_FIRST = 50
LAST_CHARACTER = "\U0010ffff"
_PHONE = re.compile(r"\+?[\d\s().\-/]{3,}")


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked for: the whole text and its words. Control characters are gone, spaces are single.

    Words without a letter or digit are left out: the index knows nothing of them. Without any word nobody is found.
    """

    text: str
    words: tuple[str, ...]
    as_typed: str | None = None
    """Set where the text was read as a phone: a member code may look like one, such as 12-345."""

    @property
    def as_phone(self) -> tuple[str, ...]:
        """The text as contact methods write a whole phone, with its country or without; empty where it can't be one."""
        if not (self.text.isascii() and self.text.isdigit() and 10 <= len(self.text) <= 15):
            return ()
        return (f"+{self.text}", f"+1{self.text}") if len(self.text) == 10 else (f"+{self.text}",)


def parse(text: str) -> Search | None:
    """Read what somebody typed; None when nothing is left to look for.

    Something that is all digits and a phone's punctuation is one word: ``(661) 555-1002`` finds ``+16615551002``.
    """
    # Printable text alone: NUL can't be sent to PostgreSQL, and direction marks are invisible to whoever typed them.
    clean = " ".join("".join(char if char.isprintable() else " " for char in text).split())[:200]
    if not clean:
        return None
    if _PHONE.fullmatch(clean):
        digits = re.sub(r"\D", "", clean)
        return Search(digits, (digits,), as_typed=clean if clean != digits else None) if digits else None
    words = [word for word in clean.split(" ") if any(char.isalnum() for char in word)]
    return Search(clean, tuple(words[:MOST_WORDS]))


def _once(value: ColumnElement[str]) -> ColumnElement[str]:
    """A value that PostgreSQL works out once for the statement and not again for each row, as it does under a generic plan."""
    return select(value).scalar_subquery()


def _folded(text: str) -> ColumnElement[str]:
    return func.krc_fold(literal(text, String), type_=String)


def _pattern(word: str) -> ColumnElement[str]:
    # Folded before it is escaped: folding makes a plain % of a full-width one.
    folded = func.regexp_replace(_folded(word), r"([\\%_])", r"\\\1", "g", type_=String)
    return _once(literal("%" if len(word) >= 3 else "% ", String) + folded + literal("%", String))


def _found(word: str) -> ColumnElement[bool]:
    return ClientSearch.document.like(_pattern(word), escape="\\")


def _fits(search: Search) -> ColumnElement[bool]:
    fits = and_(*(_found(word) for word in search.words)) if search.words else false()
    return or_(fits, _found(search.as_typed)) if search.as_typed else fits


def text_matches(client_id: Any, search: Search) -> ColumnElement[bool]:
    """Whether a client is found, as a condition among others: nobody is left out, however many there are."""
    found: ColumnElement[bool] = client_id.in_(select(ClientSearch.client_id).where(_fits(search)))
    return found


def candidates(search: Search, *, few: bool = False) -> CTE:
    """Ids of clients that match: at most 500 and one, which tells that there are others, and those whom the text fits best.

    The 500 are any of them, so who has this code or contact, and whose name begins like this, is fetched by itself: whoever types a
    whole name finds that person on top, however many others have these letters somewhere. ``few``: a short page is asked for and
    nothing after it. Where it is full of names that begin like this, the others are not looked for; nor where somebody has the phone
    that was typed whole, but for contacts that are kept as they were written: no search is as slow as that for ten digits anywhere.
    """
    best = [_begins_with(column, search).cte(f"by_{column.key}") for column in (Client.sort_name, Client.sort_given)]
    found = select(ClientSearch.client_id).where(_fits(search)).limit(MOST_CANDIDATES + 1)
    if few:
        beginning = [select(func.count()).select_from(each).scalar_subquery() for each in best]
        found = found.where(beginning[0] + beginning[1] < MOST_FIRST)
    known = [_exactly(search).subquery("exactly")]
    if few and search.as_phone:
        held = select(ContactMethod.id).join(Client, Client.id == ContactMethod.client_id)
        found = found.where(~exists(held.where(_written(*search.as_phone), Client.archived_at.is_(None))))
        known.append(_as_it_was_written(search).subquery("as_it_was_written"))
    parts = [found.subquery("found"), *best, *known]
    return union(*(select(part.c.client_id) for part in parts)).cte("candidates").prefix_with("MATERIALIZED")


def _begins_with(column: Any, search: Search) -> AnySelect:
    """The first clients, by this name, of those whose name begins with the text. A range, which even a generic plan finds in the index."""
    low = _once(_folded(search.text))
    high = _once(_folded(search.text) + literal(LAST_CHARACTER, String))
    reached = select(Client.id.label("client_id")).where(column >= low, column < high, Client.archived_at.is_(None))
    return reached.order_by(column, Client.id).limit(MOST_FIRST)


def _exactly(search: Search) -> CompoundSelect[*tuple[Any, ...]]:
    """Who has this code, with or without its hyphens, or this contact. Each text that was typed is folded once."""
    typed = literal(search.as_typed or search.text, String)
    code = select(Client.id.label("client_id")).where(func.krc_code(Client.member_code) == _once(func.krc_code(typed)))
    contact = select(ContactMethod.client_id).where(_written(search.text, *search.as_phone)).limit(MOST_FIRST)
    return union_all(code.limit(MOST_FIRST).subquery("of_code").select(), contact.subquery("of_contact").select())


def _as_it_was_written(search: Search) -> AnySelect:
    """Whose phone could not be brought into form, but has these digits among others."""
    digits = func.regexp_replace(ContactMethod.value, r"\D", "", "g", type_=String)
    these = literal(f"%{search.text[-10:]}%", String)
    return select(ContactMethod.client_id).where(ContactMethod.needs_fixing, digits.like(these)).limit(MOST_FIRST)


def _written(*values: str) -> ColumnElement[bool]:
    return or_(*(ContactMethod.value == _once(func.lower(literal(value, String))) for value in values))


def rank(search: Search) -> ColumnElement[int]:
    """0: exactly this name, code or contact; 1: a name that begins like this; 2: the rest."""
    folded = _once(_folded(search.text))
    typed = [func.lower(literal(search.as_typed, String))] if search.as_typed else []
    # Asked once, and not again for each of the 500.
    contacts = [select(ContactMethod.client_id).where(ContactMethod.value == func.lower(literal(search.text, String)))]
    if len(search.text) == 10 and search.text.isdigit():
        # A whole phone without its country: there are few candidates then.
        same = select(ContactMethod.client_id).where(
            ContactMethod.client_id == Client.id, func.right(ContactMethod.value, 10) == search.text
        )
        contacts.append(same)
    exact = or_(
        Client.sort_name == folded,
        Client.sort_given == folded,
        func.lower(Client.member_code).in_([folded, *typed]),
        *(Client.id.in_(each) for each in contacts),
    )
    begins = or_(func.starts_with(Client.sort_name, folded), func.starts_with(Client.sort_given, folded))
    return case((exact, 0), (begins, 1), else_=2)
