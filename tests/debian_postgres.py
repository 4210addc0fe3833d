"""The PostgreSQL of the operating system, started as the embedded one is: the oldest version that is supported, where it is there."""

import re
from pathlib import Path

from backend.operations.stack import EmbeddedPostgres

OLDEST = 15


def installed(major: int = OLDEST) -> Path | None:
    """The folder of its programs, as Debian lays it out; None where it isn't installed."""
    folder = Path(f"/usr/lib/postgresql/{major}/bin")
    return folder if (folder / "postgres").exists() and (folder / "initdb").exists() else None


class DebianPostgres(EmbeddedPostgres):
    """A cluster of that version. Its locale is the one nearest to the embedded server's: no builtin provider existed yet."""

    initdb_options = ("--auth=scram-sha-256", "--locale=C.UTF-8", "--encoding=UTF8", "--data-checksums", "--no-instructions")

    def __init__(self, data_dir: Path, programs: Path, *, durable: bool = True) -> None:
        super().__init__(data_dir, durable=durable)
        self._programs = programs

    def _program(self, name: str) -> Path:
        return self._programs / name

    @property
    def major(self) -> int:
        """Its version."""
        found = re.search(r"/postgresql/(\d+)/", str(self._programs))
        assert found is not None
        return int(found[1])
