"""Reading the JSON that asks for a download: every wrong field is named at once, as the API does it."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, TypeVar

from backend.clients.graphql.filters import ClientFilter, ConsentCondition
from backend.clients.models import ConsentKind
from backend.clients.standing import StandingStatus
from backend.errors import FieldError, ValidationFailed
from backend.graphql.scalars import Language

_Choice = TypeVar("_Choice", bound=enum.Enum)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


class Asked:
    """A JSON object; `done` raises `ValidationFailed` with all that is wrong. What is absent or null reads as None."""

    def __init__(self, body: Mapping[str, Any], path: tuple[str, ...] = (), problems: list[FieldError] | None = None) -> None:
        self._body, self._path = body, path
        self._problems: list[FieldError] = [] if problems is None else problems

    def done(self) -> None:
        """Raise what was found wrong."""
        if self._problems:
            raise ValidationFailed(*self._problems)

    def _wrong(self, name: str, said: str) -> None:
        self._problems.append(FieldError((*self._path, name), "WRONG_TYPE", said))

    def only(self, known: Iterable[str]) -> None:
        """Note names that nobody knows: a condition that was misspelt would otherwise let everybody through."""
        for name in sorted(set(self._body) - set(known)):
            self._problems.append(FieldError((*self._path, str(name)), "UNKNOWN", "There is no field of this name."))

    def _of(self, name: str, kind: type, said: str) -> Any:
        value = self._body.get(name)
        if value is None or (isinstance(value, kind) and not (kind is int and isinstance(value, bool))):
            return value
        self._wrong(name, said)
        return None

    def text(self, name: str) -> str | None:
        """A string."""
        found: str | None = self._of(name, str, "This must be a string.")
        return found

    def number(self, name: str) -> int | None:
        """A whole number."""
        found: int | None = self._of(name, int, "This must be a whole number.")
        return found

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        found: bool | None = self._of(name, bool, "This must be true or false.")
        return default if found is None else found

    def day(self, name: str) -> date | None:
        """A day such as 2026-11-23."""
        given = self.text(name)
        try:
            return date.fromisoformat(given) if given is not None else None
        except ValueError:
            self._wrong(name, "This must be a day such as 2026-11-23.")
            return None

    def instant(self, name: str) -> datetime | None:
        """An instant such as 2026-11-23T08:00:00Z."""
        given = self.text(name)
        try:
            return datetime.fromisoformat(given) if given is not None else None
        except ValueError:
            self._wrong(name, "This must be an instant such as 2026-11-23T08:00:00Z.")
            return None

    def texts(self, name: str) -> list[str] | None:
        """A list of strings."""
        found: list[Any] | None = self._of(name, list, "This must be a list.")
        if found is not None and not all(isinstance(each, str) for each in found):
            self._wrong(name, "This must be a list of strings.")
            return None
        return found

    def choice(self, name: str, known: Iterable[Any]) -> Any:
        """One of the known values, or of the members of an enum by their names."""
        given = self.text(name)
        if given is None:
            return None
        members = {each.name if isinstance(each, enum.Enum) else each: each for each in known}
        if given not in members:
            self._problems.append(FieldError((*self._path, name), "UNKNOWN", f"This must be one of {', '.join(map(str, members))}."))
        return members.get(given)

    def choices(self, name: str, known: Iterable[str]) -> list[str]:
        """Some of the known values, each once."""
        given, allowed = self.texts(name) or [], set(known)
        if set(given) - allowed:
            self._problems.append(FieldError((*self._path, name), "UNKNOWN", f"These must be some of {', '.join(sorted(allowed))}."))
        return [each for each in dict.fromkeys(given) if each in allowed]

    def members(self, name: str, kind: type[_Choice]) -> list[_Choice] | None:
        """Some members of an enum, by their names."""
        given = self.texts(name)
        if given is None:
            return None
        return [kind[each] for each in self.choices(name, [one.name for one in kind]) if each in given]

    def part(self, name: str, known: Iterable[str]) -> "Asked":
        """An object within this one; what is wrong in it is noted here."""
        given = self._of(name, dict, "This must be an object.")
        part = Asked(given or {}, (*self._path, name), self._problems)
        part.only(known)
        return part

    def client_filter(self, name: str) -> ClientFilter | None:
        """The conditions of the clients' table, named as in the API."""
        given = self._of(name, dict, "This must be an object.")
        if given is None:
            return None
        part = Asked(given, (*self._path, name), self._problems)
        part.only(_camel(field.name) for field in fields(ClientFilter))
        return ClientFilter(
            standing=part.members("standing", StandingStatus),
            tag_ids=part.texts("tagIds"),  # type: ignore[arg-type]  # an ID is a string
            any_tag=part.flag("anyTag"),
            tier_ids=part.texts("tierIds"),  # type: ignore[arg-type]  # likewise
            coordinator=part.text("coordinator"),
            language=part.choice("language", Language),
            visited_within_days=part.number("visitedWithinDays"),
            not_visited_for_days=part.number("notVisitedForDays"),
            never_visited=part.flag("neverVisited"),
            consents=part.consents("consents"),
            archived=part.flag("archived"),
            contact_to_fix=part.flag("contactToFix"),
            new_since=part.day("newSince"),
            first_visit_since=part.day("firstVisitSince"),
            changed_since=part.instant("changedSince"),
        )

    def consents(self, name: str) -> list[ConsentCondition] | None:
        """Conditions on consents."""
        given = self._of(name, list, "This must be a list.")
        if given is None:
            return None
        if not all(isinstance(each, dict) for each in given):
            self._wrong(name, "This must be a list of objects.")
            return None
        parts = [Asked(each, (*self._path, name), self._problems) for each in given]
        read = [(part.choice("kind", ConsentKind), part.flag("granted")) for part in parts]
        return [ConsentCondition(kind=kind, granted=granted) for kind, granted in read if kind is not None]
