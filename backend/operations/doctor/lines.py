"""What the doctor says: one line for each thing that it looked at."""

import enum
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

Number = int | float | str | None
Numbers: TypeAlias = dict[str, Any]
"""What the numbers of a line are gathered in; the values are of the type `Number`."""


class Level(enum.StrEnum):
    """How it is: as it should be, to be looked after, broken."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Line:
    """``saw`` is one sentence, ``do`` says what to do where that is needed; ``numbers`` are for machines. No personal data in any."""

    name: str
    level: Level
    saw: str
    do: str = ""
    numbers: dict[str, Number] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The line as a JSON object."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing to look at, as docs/operating.md lists it: when it warns, when it fails and what to do then, in general.

    Its methods make its lines; ``do`` replaces the general advice by a better one.
    """

    name: str
    looks: str
    warns: str
    fails: str
    do: str

    def good(self, saw: str, **numbers: Number) -> Line:
        """It is as it should be."""
        return Line(self.name, Level.OK, saw, "", numbers)

    def doubtful(self, saw: str, do: str = "", **numbers: Number) -> Line:
        """It works, but somebody has to look after it."""
        return Line(self.name, Level.WARN, saw, do or self.do, numbers)

    def bad(self, saw: str, do: str = "", **numbers: Number) -> Line:
        """It does not work."""
        return Line(self.name, Level.FAIL, saw, do or self.do, numbers)


def span(seconds: float) -> str:
    """A length of time as people say it: ``40 s``, ``12 min``, ``5 h``, ``3 days``."""
    seconds = abs(seconds)
    for unit, size, least in (("days", 86400, 2 * 86400), ("h", 3600, 2 * 3600), ("min", 60, 120)):
        if seconds >= least:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"


def size(count: float) -> str:
    """A number of bytes as people say it, in powers of ten."""
    for unit, factor in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= factor:
            return f"{count / factor:.1f} {unit}" if count < 10 * factor else f"{count / factor:.0f} {unit}"
    return f"{count:.0f} bytes"


def listed(names: list[str], most: int = 5) -> str:
    """A few names and how many more there are."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 warning``, ``2 warnings``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
