"""What became of the predecessor's rows: counted by part, with a reason for each row or value that was not simply copied."""

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

REASONS = {
    "bad_date": "The date can't be right (before 1900, after 2199, or a birthday in the future), so it was left out.",
    "bad_email": "The account has no email address, so one was made up for it; sign in with the username, or set an address.",
    "bad_time": "The time is not a time that a calendar has, so the row was left out.",
    "bad_username": "The username has blanks, an @ or too many characters; this person signs in by email.",
    "blank": "There is nothing in it.",
    "changed_since": "The row was changed at the source after it had been copied; the copy here was left as it is.",
    "client_gone": "The client of this row is not here (any more).",
    "code_taken": "Another client has the same member code and keeps it.",
    "cut": "The value was too long and was cut; the whole of it lies in the schema legacy.",
    "date_limited": "The date is before 1900 or after 2199 and was set to that limit.",
    "ends_before_start": "It ends before it starts.",
    "in_parts": "The note has more than 10,000 characters and was split into numbered notes.",
    "moved": "Another record of this client has the very same instant, so the time was moved by a millionth of a second.",
    "needs_fixing": "It is not a phone number or email address that works; it was kept as it was written, marked for correction.",
    "no_name": "The client has no name and is kept as “?”.",
    "no_place": "There is no place for this value here.",
    "no_plan": "The membership names no plan and was put on the tier “Unknown”.",
    "no_space": "The name has too many characters and was shortened.",
    "not_a_code": "The member code is not a text or a number.",
    "one_date": "The authorization has only one of its two dates.",
    "other_number": "A number of another system, under a name that means nothing here.",
    "reset_link": "A link to reset a password is not carried over; make a new one.",
    "same_account": "The gaming account is linked already.",
    "same_code": "The same member code twice for one client.",
    "same_consent": "The same consent at the same instant twice.",
    "same_email": "Another account has the same email address in another spelling.",
    "same_group": "There is such a group already.",
    "same_plan": "The same plan in another spelling, or a tier that was there.",
    "same_station": "The same station in another spelling, or one that was there.",
    "same_tag": "The same tag in another spelling, or one that was there.",
    "same_value": "The client has the same phone, email or handle already.",
    "second_code": "The client has another member code already.",
    "second_factor": "The second factor can't be carried over; it has to be set up again.",
    "too_long": "The value is longer than anything that works.",
    "uci_without_dates": "A UCI number without dates can't be an authorization; it was kept as a note on the client.",
    "unknown_colour": "The colour is none, so the tag is grey.",
    "unknown_column": "Nothing is known about this column. It stays in the schema legacy.",
    "unknown_hash": "The password is kept in a way that is unknown here; this person needs a new password.",
    "unknown_kind": "Nothing here is of this kind.",
    "unknown_language": "The language is neither English nor Spanish; English was taken.",
    "unknown_method": "How the visit came in is unknown; it counts as imported.",
    "unknown_role": "The role is unknown; the account became a staff account.",
    "unknown_table": "Nothing is known about this table. Its rows stay at the source.",
    "username_taken": "Another account has the same username; this person signs in by email.",
}
"""What the codes in `adoption_remarks.reason` mean, as sentences; the SPA has them in its languages."""
OUTCOMES = {"joined": "joined", "aside": "kept aside", "changed": "changed"}
_HEADINGS = ("part", "read", "copied", "joined", "already", "aside")


@dataclass(frozen=True, slots=True)
class Line:
    """The count of one part: ``read`` is the sum of the other four."""

    part: str
    read: int
    copied: int = 0
    joined: int = 0
    already: int = 0
    aside: int = 0


@dataclass(frozen=True, slots=True)
class Remarks:
    """How many rows or values of a part have this outcome for this reason."""

    part: str
    outcome: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """One adoption. ``adoption_id`` is None when nothing was new, and then nothing was written."""

    shape: str
    origin: str
    adoption_id: int | None
    lines: Sequence[Line] = field(default_factory=list)
    remarks: Sequence[Remarks] = field(default_factory=list)
    duplicates: int = 0
    seconds: float = 0.0

    @property
    def is_new(self) -> bool:
        """Whether anything was written."""
        return self.adoption_id is not None

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON values; each reason with its sentence."""
        return {
            "adoption": self.adoption_id,
            "shape": self.shape,
            "origin": self.origin,
            "seconds": round(self.seconds, 1),
            "lines": [asdict(line) for line in self.lines],
            "remarks": [asdict(remark) | {"sentence": REASONS.get(remark.reason, "")} for remark in self.remarks],
            "possible_duplicates": self.duplicates,
        }

    def text(self) -> str:
        """The table for a terminal, then the reasons with their counts."""
        rows = [_HEADINGS, *(tuple(f"{value:,}" if isinstance(value, int) else value for value in _values(line)) for line in self.lines)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
        shown = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows]
        shown += ["", "Not simply copied:"] if self.remarks else []
        for remark in self.remarks:
            shown.append(f"  {remark.part}: {remark.count:,} {OUTCOMES[remark.outcome]}. {REASONS.get(remark.reason, remark.reason)}")
        if self.duplicates:
            shown += ["", f"Pairs of clients who may be the same person: {self.duplicates:,}. Look at them in the settings."]
        if not self.is_new:
            shown += ["", "Nothing was new, so nothing was changed."]
        return "\n".join(shown)

    def write(self, folder: Path, at: datetime) -> list[Path]:
        """Write it as ``adoption-<time>.json`` and ``.txt``, for nobody else's eyes; returns the two paths. Raises `OSError`."""
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"adoption-{at:%Y-%m-%dT%H%M%SZ}"
        contents = {".json": orjson.dumps(self.as_json(), option=orjson.OPT_INDENT_2) + b"\n", ".txt": self.text().encode() + b"\n"}
        written = []
        for suffix, content in contents.items():
            path = folder / (stem + suffix)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
            written.append(path)
        return written


def _values(line: Line) -> tuple[str | int, ...]:
    return (line.part, line.read, line.copied, line.joined, line.already, line.aside)
