"""The chain over the audit log: everything that it covers is hashed again, and compared with what backups have noted of it."""

from collections.abc import Sequence

from sqlalchemy import text

from backend.audit.verification import Finding, SealNote, Verdict, Wrong, verify
from backend.db import Database, ReadSession
from backend.operations.backup import BackupFailed, listing
from backend.operations.doctor.case import Case, in_thread
from backend.operations.doctor.lines import Line, Numbers, Topic, counted, span

# A million entries take a few seconds, on a small machine four times as long. What does not fit in is the oldest.
SECONDS = 45.0
STATEMENT_MS = 20_000
STANDSTILL = 1800

CHAIN = Topic(
    "audit",
    "whether every entry of the audit log is as it was sealed and none was added or removed, and whether the newest seals of the "
    "backups are still there",
    "nothing was sealed for half an hour although there is something to seal",
    "an entry or a seal was changed, added or removed; the first one is named",
    "Somebody could write to the database past the program: find out who holds its passwords. The newest backup from before shows what "
    "stood there.",
)

INSTALLATION = text("SELECT identity::text AS identity, restored_at FROM installation")
HORIZON = text("SELECT extract(epoch FROM now() - noted_at)::float8 AS seconds FROM audit_horizon")

_SAID = {
    Wrong.ENTRY_CHANGED: "Entry {number:,} of the audit log is not as it was recorded.",
    Wrong.ENTRY_REMOVED: "Entry {number:,} of the audit log is missing.",
    Wrong.ENTRY_ADDED: "Entry {number:,} was put into the audit log among sealed ones.",
    Wrong.SEAL_CHANGED: "Seal {number:,} over the audit log is not the one that was made.",
    Wrong.SEAL_REMOVED: "Seal {number:,} over the audit log is missing.",
}


async def chain(case: Case) -> Sequence[Line]:
    """Verify it on a connection of its own, whose statements may take longer than the doctor's others."""
    database = Database.of(case.settings, name="krc-doctor", pool_size=1, statement_timeout_ms=STATEMENT_MS)
    try:
        async with database.reading() as reader:
            noted = await _noted(case, reader)
            verdict = await verify(reader, seconds=SECONDS, noted=noted)
            standing = await reader.scalar(HORIZON)
    finally:
        await database.close()
    return [judge(verdict, standing, noted=len(noted))]


def judge(verdict: Verdict, standing: float | None, *, noted: int) -> Line:
    """The line. ``standing``: for how many seconds sealing has made no step; ``noted``: how many backups were compared."""
    numbers: Numbers = {
        "entries": verdict.entries, "checked": verdict.checked, "seals": verdict.seals, "waiting": verdict.waiting, "backups": noted,
    }  # fmt: skip
    if verdict.finding is not None:
        found = verdict.finding
        return CHAIN.bad(said(found), **numbers, wrong=found.wrong.value, number=found.number)
    if verdict.waiting and standing is not None and standing > STANDSTILL:
        say = f"{counted(verdict.waiting, 'entry', 'entries')} of the audit log wait to be sealed; the last step was {span(standing)} ago."
        return CHAIN.doubtful(say, "See that the worker runs, and that no transaction stays open for hours.", **numbers)
    if not verdict.complete:
        say = f"The newest {verdict.checked:,} of {verdict.entries:,} sealed entries of the audit log are as they were sealed."
        return CHAIN.good(f"{say} There was no time for the others; every night they are looked at.", **numbers)
    if not verdict.seals:
        return CHAIN.good("Nothing of the audit log is sealed yet.", **numbers)
    return CHAIN.good(f"{counted(verdict.entries, 'entry', 'entries')} of the audit log are as they were sealed.", **numbers)


def said(found: Finding) -> str:
    """The sentence about a finding."""
    if found.until is not None:
        return f"One of the entries {found.number:,} to {found.until:,} of the audit log is not as it was recorded."
    return _SAID[found.wrong].format(number=found.number)


async def _noted(case: Case, reader: ReadSession) -> list[SealNote]:
    """The seals that backups of this database have noted since it was last restored; before that it went another way."""
    installation = await reader.row(INSTALLATION)
    if installation is None:
        return []
    folder = case.settings.backup_folder.absolute()
    try:
        found = await in_thread(lambda: listing(folder))
    except BackupFailed:
        return []
    since = installation.restored_at
    ours = [one.manifest for one in found.backups if one.manifest.identity == installation.identity]
    return [
        SealNote(manifest.audit_seal.number, manifest.audit_seal.hash)
        for manifest in ours
        if manifest.audit_seal is not None and (since is None or manifest.made_at > since)
    ]
