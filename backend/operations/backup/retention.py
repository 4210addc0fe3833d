"""Which backups may go: of the nightly ones 7 days, 5 weeks and 12 months stay, of the others 10 or 90 days."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backend.operations.backup.folder import BackupFile, proof_path
from backend.operations.stack.files import sync_folder

NIGHTLY = "nightly"
DAYS, WEEKS, MONTHS = 7, 5, 12
OTHERS, OTHERS_AGE = 10, timedelta(days=90)
UNPROVEN_AGE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the decision needs to know of a backup. ``made_at`` is aware."""

    name: str
    made_at: datetime
    why: str
    proven: bool


def to_remove(backups: Collection[Kept], now: datetime, zone: ZoneInfo) -> set[str]:
    """The names of those that may go. The newest proven one is never among them.

    Of the proven nightly ones the newest of each of the last 7 days, 5 ISO weeks and 12 months that have any stays, by the clock of
    ``zone``; of the other proven ones the 10 newest and what is younger than 90 days. One that isn't proven goes after 14 days, once a
    newer one is proven.
    """
    proven = sorted((backup for backup in backups if backup.proven), key=lambda backup: (backup.made_at, backup.name), reverse=True)
    if not proven:
        return set()
    nightly = [backup for backup in proven if backup.why == NIGHTLY]
    others = [backup for backup in proven if backup.why != NIGHTLY]

    def day_of(backup: Kept) -> datetime:
        return backup.made_at.astimezone(zone)

    staying = {proven[0].name}
    # A clock that was wrong once must not make the one from the future the only one.
    staying |= {backup.name for backup in proven if backup.made_at > now} | {b.name for b in [x for x in proven if x.made_at <= now][:1]}
    staying |= _newest_of_each(nightly, lambda backup: day_of(backup).date(), DAYS)
    staying |= _newest_of_each(nightly, lambda backup: day_of(backup).isocalendar()[:2], WEEKS)
    staying |= _newest_of_each(nightly, lambda backup: (day_of(backup).year, day_of(backup).month), MONTHS)
    staying |= {backup.name for position, backup in enumerate(others) if position < OTHERS or now - backup.made_at < OTHERS_AGE}
    gone = {backup.name for backup in proven} - staying
    unproven = (backup for backup in backups if not backup.proven)
    return gone | {b.name for b in unproven if now - b.made_at > UNPROVEN_AGE and proven[0].made_at > b.made_at}


def _newest_of_each(backups: list[Kept], period: Callable[[Kept], Hashable], count: int) -> set[str]:
    newest: dict[Hashable, str] = {}
    for backup in backups:
        newest.setdefault(period(backup), backup.name)
    return set(list(newest.values())[:count])


def remove(backups: list[BackupFile], now: datetime, zone: ZoneInfo) -> list[str]:
    """Remove the files that may go, with what stands beside them; returns their names. Call it with the folder's lock held."""
    by_name = {backup.path.name: backup.path for backup in backups}
    kept = [Kept(backup.path.name, backup.manifest.made_at, backup.manifest.why, backup.proven) for backup in backups]
    gone = sorted(to_remove(kept, now, zone))
    for name in gone:
        by_name[name].unlink(missing_ok=True)
        proof_path(by_name[name]).unlink(missing_ok=True)
    if gone:
        sync_folder(by_name[gone[0]].parent)
    return gone
