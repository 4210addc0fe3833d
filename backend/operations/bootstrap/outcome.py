"""What one run found and did: the object that ``--json`` prints, and the summary for people."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from backend.operations.bootstrap.actions import Refuse

DONE, FAILED, REFUSED = 0, 1, 3


@dataclass(slots=True)
class Outcome:
    """``decision`` is what was found first, ``actions`` what was done about it, in order; ``would``, in a dry run, what would be.

    Passwords and passphrases are in it only when this run made them, or when nobody has been shown them yet.
    """

    decision: str | None = None
    revision_before: str | None = None
    revision_after: str | None = None
    steps: list[str] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    would: list[str] = field(default_factory=list)
    message: str | None = None
    plan: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    backup: dict[str, Any] | None = None
    adoption: dict[str, Any] | None = None
    identity: str | None = None
    admin: dict[str, Any] | None = None
    login: dict[str, Any] | None = None
    backup_passphrase: dict[str, str] | None = None
    exit_code: int = FAILED
    dry_run: bool = False
    adoption_text: str = ""
    was_shown: bool = False

    def fail(self, message: str) -> None:
        """End with exit code 1 and a sentence."""
        self.message, self.exit_code = message, FAILED

    def refuse(self, refuse: Refuse) -> None:
        """End with a refusal; once something was changed it counts as a failure."""
        self.message, self.plan = refuse.saw, list(refuse.plan)
        self.exit_code = FAILED if self.actions else REFUSED

    def as_json(self) -> dict[str, Any]:
        """What ``--json`` prints."""
        return {key: value for key, value in asdict(self).items() if key not in {"was_shown", "adoption_text"}}

    def as_text(self) -> str:
        """The summary for people."""
        lines = []
        if self.message:
            lines.append(self.message)
        if self.plan:
            changed = "What was done until then is listed above; nothing was lost." if self.actions else "Nothing was changed."
            lines += [f"{changed} What you can do:", *(f"  {number}. {step}" for number, step in enumerate(self.plan, 1))]
        if self.dry_run and self.would:
            lines += [
                f"Found: {self.decision}. It would, in this order:",
                *(f"  {number}. {step}" for number, step in enumerate(self.would, 1)),
            ]
            lines.append("Nothing was changed: this was only asked for.")
            return "\n".join(lines)
        if self.exit_code == DONE:
            lines.append(f"The database is ready: {self.decision}, revision {self.revision_after}.")
        lines += [f"  {action['says']}" for action in self.actions]
        if self.backup is not None:
            lines.append(f"Backup: {self.backup['file']} ({'proven' if self.backup['proven'] else 'NOT proven'})")
        if self.adoption_text:
            lines += ["", self.adoption_text, ""]
        lines += self.remarks
        return "\n".join([*lines, *self._sign_in()])

    def _sign_in(self) -> list[str]:
        lines = []
        if self.admin is not None:
            name = self.admin["username"] or self.admin["email"]
            lines.append(f"Admin: {name} ({self.admin['email']}), {self.admin['origin']}")
            if password := self.admin.get("password"):
                lines.append(f"Password: {password}   Shown this once; it has to be changed at the first login.")
        if self.backup_passphrase is not None:
            lines.append(
                f"Passphrase of the backups: {self.backup_passphrase['passphrase']}   Write it down and keep it elsewhere: without it "
                "nobody can open the secrets inside a backup."
            )
        if self.login is not None:
            lines.append(f"Login: {self.login['detail']}")
        return lines


Show = Callable[[Outcome], None]
