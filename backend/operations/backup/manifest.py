"""What a backup says about itself: ``manifest.json`` in the file."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self

FORMAT = 1
SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The newest entry of the audit log: its id, and the SHA-256 of the whole row as text."""

    id: int
    digest: str


@dataclass(frozen=True, slots=True)
class AuditSeal:
    """The newest seal over the audit log: its number, and its hash. Whoever shortens the log and seals it anew can't change this one."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was in the database at one instant. ``tables`` maps ``schema.table`` to its rows; sizes are in bytes.

    ``revision`` and ``identity`` are None for a database that isn't ours. ``secrets`` are the names of the secret files that
    ``secrets.age`` holds; when there is none, ``no_secrets_because`` says why.
    """

    why: str
    made_at: datetime
    database: str
    server_version: str
    dumped_with: int
    revision: str | None
    identity: str | None
    tables: dict[str, int]
    audit_head: AuditHead | None
    database_bytes: int
    dump_bytes: int
    dump_sha256: str
    secrets: tuple[str, ...]
    no_secrets_because: str | None
    audit_seal: AuditSeal | None = None

    @property
    def total_rows(self) -> int:
        """The rows of all tables."""
        return sum(self.tables.values())

    @property
    def server_major(self) -> int:
        """The major version of the server that was dumped; 0 where the manifest says none."""
        found = re.match(r"\d+", self.server_version)
        return int(found[0]) if found else 0

    def as_json(self) -> bytes:
        """As it stands in the file."""
        values = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat(), "total_rows": self.total_rows}
        return json.dumps(values, indent=2, sort_keys=True).encode() + b"\n"

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """The manifest that was written; raises ValueError (with a phrase) for anything else."""
        try:
            values: dict[str, Any] = json.loads(content)
            if values.pop("format") != FORMAT:
                raise ValueError("it was made by a newer program: update this one first")
            total = values.pop("total_rows")
            head = values["audit_head"]
            values["audit_head"] = AuditHead(int(head["id"]), str(head["digest"])) if head else None
            seal = values.pop("audit_seal", None)
            values["audit_seal"] = AuditSeal(int(seal["number"]), str(seal["hash"])) if seal else None
            values["made_at"] = datetime.fromisoformat(values["made_at"]).astimezone(UTC)
            values["secrets"] = tuple(str(name) for name in values["secrets"])
            values["tables"] = {str(table): int(rows) for table, rows in values["tables"].items()}
            found = cls(**values)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("its manifest is not one of this program's") from error
        if found.total_rows != total or not SHA256.fullmatch(found.dump_sha256) or not re.match(r"\d+", found.server_version):
            raise ValueError("its manifest does not add up")
        return found
