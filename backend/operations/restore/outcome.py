"""What came of a restore, for people and for machines."""

from dataclasses import dataclass, field

DONE, FAILED, REFUSED = 0, 1, 3


class Refused(Exception):  # noqa: N818 (reads as the sentence it carries)
    """Nothing was changed. ``plan``: what the operator can do, a sentence each."""

    def __init__(self, message: str, *plan: str) -> None:
        super().__init__(message)
        self.plan = list(plan)


@dataclass(slots=True)
class Outcome:
    """What ``--json`` prints. ``rows`` and ``rows_before`` count all tables; ``erased_again`` are numbers of clients."""

    file: str
    made_at: str | None = None
    rows: int | None = None
    rows_before: int | None = None
    revision_in_backup: str | None = None
    revision: str | None = None
    before_restore: str | None = None
    old_database: str | None = None
    databases_left: list[str] = field(default_factory=list)
    erased_again: list[int] = field(default_factory=list)
    sessions_ended: int = 0
    messages_paused: bool = False
    secrets_put_back: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    message: str | None = None
    plan: list[str] = field(default_factory=list)
    exit_code: int = FAILED

    def text(self) -> str:
        """The summary for a terminal."""
        lines = []
        if self.message:
            lines.append(self.message)
        if self.plan:
            lines += ["Nothing was changed. What you can do:", *(f"  {number}. {step}" for number, step in enumerate(self.plan, 1))]
        if self.exit_code == DONE:
            lines.append(f"Restored {self.file}, made {self.made_at}: {self.rows:,} rows (there were {self.rows_before or 0:,}).")
            if self.revision != self.revision_in_backup:
                lines.append(f"Upgraded from {self.revision_in_backup} to {self.revision}.")
            if self.erased_again:
                lines.append(f"Erased again, since that was asked for after the backup: {', '.join(map(str, self.erased_again))}.")
            lines.append(f"Before-restore backup: {self.before_restore or 'none'}.")
            if self.secrets_put_back:
                lines.append(f"Secrets put back: {', '.join(self.secrets_put_back)}.")
            if self.messages_paused:
                lines.append("Everybody is signed out. Messages to clients are paused until an admin resumes them on the settings page.")
        lines += self.remarks
        for name in self.databases_left:
            lines.append(f'Former data are kept in the database {name}. When you are sure: DROP DATABASE "{name}";')
        return "\n".join(lines)
