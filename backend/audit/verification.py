"""Verifying the chain over the audit log, from its newest seals to its oldest, a batch at a time.

Each batch is one statement that hashes everything again and answers with the first seal that does not fit. What is wrong below that
seal is then looked up by the marks that it keeps of its entries.
"""

import enum
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from backend.audit.chain import DIGEST, ENTRY_HASH, MARK_BYTES, SEAL_HASH, VALUES_FIT
from backend.db import AnyRow, ReadSession

BATCH = 20_000
"""Entries of one statement, or of its one seal."""
SEAL_WEIGHT = 10
"""What looking at a seal costs, in entries."""


class Wrong(enum.StrEnum):
    """What is wrong with an entry or with a seal."""

    ENTRY_CHANGED = "entry-changed"
    ENTRY_REMOVED = "entry-removed"
    ENTRY_ADDED = "entry-added"
    SEAL_CHANGED = "seal-changed"
    SEAL_REMOVED = "seal-removed"


@dataclass(frozen=True, slots=True)
class Finding:
    """``number`` is the entry's, or the seal's. ``until``: no single entry could be named, it is one from ``number`` to here."""

    wrong: Wrong
    number: int
    until: int | None = None


@dataclass(frozen=True, slots=True)
class SealNote:
    """A seal as something outside the log has noted it."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. ``finding`` is the first thing that is wrong, in the order of the log, of what was looked at.

    ``checked`` of ``entries`` were hashed again; fewer than all when the time was up. ``waiting`` entries are not sealed yet.
    """

    entries: int
    checked: int
    seals: int
    newest: SealNote | None
    sealed_at: datetime | None
    waiting: int
    finding: Finding | None

    @property
    def complete(self) -> bool:
        """Whether the whole chain was looked at."""
        return self.checked >= self.entries


BATCHES = text(
    """
    SELECT min(id) AS first, max(id) AS last, sum(entries)::bigint AS entries
    FROM (SELECT id, entries, div(sum(entries + CAST(:weight AS bigint)) OVER (ORDER BY id) - 1, CAST(:size AS numeric)) AS part
          FROM audit_seals) parts
    GROUP BY part ORDER BY part DESC
    """
)
# A seal fits when it is as it was made, follows the one before it without a gap, and its entries give its digest again.
BATCH_CHECK = text(
    f"""
    WITH linked AS (
      SELECT s.id, s.first_id, s.last_id, s.entries, s.digest, s.hash = {SEAL_HASH} AS whole,
             CASE WHEN s.id = 1 THEN s.first_id = 1 AND s.previous IS NULL
                  ELSE coalesce(lag(s.id) OVER w = s.id - 1 AND lag(s.last_id) OVER w = s.first_id - 1
                                AND lag(s.hash) OVER w = s.previous, false) END AS follows,
             coalesce(lag(s.id) OVER w = s.id - 1, s.id = 1) AS next_to
      FROM audit_seals s WHERE s.id BETWEEN CAST(:first AS bigint) - 1 AND CAST(:last AS bigint)
      WINDOW w AS (ORDER BY s.id)
    )
    SELECT l.id, l.first_id, l.last_id, l.whole, l.follows, l.next_to
    FROM linked l CROSS JOIN LATERAL (
      SELECT count(*) AS entries, {DIGEST} AS digest, coalesce(bool_and({VALUES_FIT}), true) AS fit
      FROM audit_log a WHERE a.id BETWEEN l.first_id AND l.last_id
    ) found
    WHERE l.id >= CAST(:first AS bigint)
      AND NOT (l.whole AND l.follows AND found.entries = l.entries AND found.digest = l.digest AND found.fit)
    ORDER BY l.id LIMIT 1
    """
)
MARKS = text("SELECT marks FROM audit_seals WHERE id = :id")
ENTRIES = text(
    f"""
    SELECT a.id, substr({ENTRY_HASH}, 1, {MARK_BYTES}) AS mark, {VALUES_FIT} AS fits
    FROM audit_log a WHERE a.id BETWEEN :first_id AND :last_id ORDER BY a.id
    """
)
NEWEST = text("SELECT id, last_id, encode(hash, 'hex') AS hash, sealed_at FROM audit_seals ORDER BY id DESC LIMIT 1")
# What no seal covers: the newest entries, of which there are few unless a large import has just ended, and any with a number from
# before the first, which the log never gives.
UNSEALED = text(
    f"""
    SELECT (SELECT min(id) FROM audit_log WHERE id < 1) AS before_all,
           (SELECT count(*) FROM audit_log WHERE id > :last_id) AS waiting,
           min(a.id) FILTER (WHERE NOT {VALUES_FIT}) AS changed
    FROM (SELECT * FROM audit_log WHERE id > :last_id ORDER BY id LIMIT :most) a
    """
)
BEFORE = text("SELECT coalesce(max(id), 0) FROM audit_seals WHERE id < :id")
HASH = text("SELECT encode(hash, 'hex') FROM audit_seals WHERE id = :id")


async def verify(reader: ReadSession, *, seconds: float | None = None, noted: Sequence[SealNote] = (), size: int = BATCH) -> Verdict:
    """Hash the log again, for at most about ``seconds``, and compare it with its seals and with those ``noted`` elsewhere."""
    ends_at = time.monotonic() + seconds if seconds is not None else None
    newest = await reader.row(NEWEST)
    batches = await reader.rows(BATCHES, {"weight": SEAL_WEIGHT, "size": size})
    tail = (await reader.execute(UNSEALED, {"last_id": newest.last_id if newest else 0, "most": size})).one()
    finding = Finding(Wrong.ENTRY_CHANGED, tail.changed) if tail.changed is not None else None
    finding = await _missing(reader, newest, noted) or finding
    checked = 0
    for batch in batches:
        bad = await reader.row(BATCH_CHECK, {"first": batch.first, "last": batch.last})
        if bad is not None:
            finding = await _name(reader, bad)
        checked += batch.entries
        if ends_at is not None and time.monotonic() > ends_at:
            break
    if tail.before_all is not None:
        finding = Finding(Wrong.ENTRY_ADDED, tail.before_all)
    return Verdict(
        entries=sum(batch.entries for batch in batches),
        checked=checked,
        seals=newest.id if newest else 0,
        newest=SealNote(newest.id, newest.hash) if newest else None,
        sealed_at=newest.sealed_at if newest else None,
        waiting=tail.waiting,
        finding=finding,
    )


async def _missing(reader: ReadSession, newest: AnyRow | None, noted: Sequence[SealNote]) -> Finding | None:
    """A seal that was noted elsewhere and is not there, or not as it was: the chain may have been cut off and gone on with anew."""
    for note in sorted(set(noted), key=lambda one: one.number):
        found = await reader.scalar(HASH, {"id": note.number})
        if found is None:
            there = newest.id if newest is not None else 0
            return Finding(Wrong.SEAL_REMOVED, min(there + 1, note.number))
        if found != note.hash:
            return Finding(Wrong.SEAL_CHANGED, note.number)
    return None


async def _name(reader: ReadSession, bad: AnyRow) -> Finding:
    """What is wrong with a seal that does not fit: the seal before it, itself, or one of its entries."""
    if not bad.next_to:
        return Finding(Wrong.SEAL_REMOVED, 1 + await reader.scalar(BEFORE, {"id": bad.id}))
    if not bad.whole or (bad.id == 1 and not bad.follows):
        return Finding(Wrong.SEAL_CHANGED, bad.id)
    if not bad.follows:
        # It is as it was made, so the one before it is not.
        return Finding(Wrong.SEAL_CHANGED, bad.id - 1)
    kept: bytes = await reader.scalar(MARKS, {"id": bad.id})
    width = 8 + MARK_BYTES
    marks = {int.from_bytes(kept[at : at + 8], signed=True): kept[at + 8 : at + width] for at in range(0, len(kept), width)}
    there = {row.id: row for row in await reader.rows(ENTRIES, {"first_id": bad.first_id, "last_id": bad.last_id})}
    for number in sorted(marks.keys() | there.keys()):
        if number not in there:
            return Finding(Wrong.ENTRY_REMOVED, number)
        if number not in marks:
            return Finding(Wrong.ENTRY_ADDED, number)
        if there[number].mark != marks[number] or not there[number].fits:
            return Finding(Wrong.ENTRY_CHANGED, number)
    return Finding(Wrong.ENTRY_CHANGED, bad.first_id, bad.last_id)
