"""What bootstrap can do with a database. Each action leaves a state that the table of rules knows, so a kill does no harm."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Migrate:
    """Upgrade to the newest revision."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Write the revision that the schema equals into ``alembic_version``."""

    revision: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Move everything in ``public``, or ``only`` these tables, to a new schema ``attic_<time>``; nothing of it has rows."""

    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveToLegacy:
    """Move everything in ``public``, which is the predecessor's, to the schema ``legacy``. ``shape``: which of its two."""

    shape: str


@dataclass(frozen=True, slots=True)
class MendIndexes:
    """Build ``broken`` indexes again, and drop ``surplus`` ones that a build which failed left behind."""

    broken: tuple[str, ...]
    surplus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adopt:
    """Copy the predecessor's rows from ``legacy``."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The schema is as it should be."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Change nothing: what was seen, in a sentence, and what a person can do, in order.

    ``unless_anew``: ``--begin-anew`` puts what was remembered about the installation aside, and the table is asked again.
    """

    saw: str
    plan: tuple[str, ...]
    unless_anew: bool = False


Action = Migrate | Stamp | SetAside | MoveToLegacy | MendIndexes | Adopt | Nothing | Refuse


class Refused(Exception):  # noqa: N818 (a decision, not a defect)
    """An action found something that no look could tell beforehand; it has changed nothing."""

    def __init__(self, refuse: Refuse) -> None:
        super().__init__(refuse.saw)
        self.refuse = refuse
