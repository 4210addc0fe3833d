"""Running single checks of the doctor against something real that is broken."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from backend.config import Settings
from backend.operations.doctor.case import Case, Need
from backend.operations.doctor.catalogue import CHECKS
from backend.operations.doctor.checks import Check, closing, examine
from backend.operations.doctor.lines import Line


def case_of(settings: Settings, *met: Need, **more: Any) -> Case:
    """A case with these settings, and with these needs met already."""
    case = Case(settings=settings, given=more.pop("given", {}), **more)
    case.met |= {Need.KEY, *met}
    return case


def checks_of(*names: str) -> list[Check]:
    """The checks that make lines of these names."""
    found = [check for check in CHECKS if any(topic.name in names for topic in check.topics)]
    assert {topic.name for check in found for topic in check.topics} >= set(names)
    return found


async def examined(case: Case, *names: str) -> dict[str, Line]:
    """The lines of the checks that make these, by name; the last of each name."""
    return {line.name: line for line in await all_lines(case, *names)}


async def all_lines(case: Case, *names: str) -> list[Line]:
    """All of them."""
    try:
        return await examine(case, checks_of(*names))
    finally:
        await closing(case)


def said(lines: Sequence[Line] | dict[str, Line]) -> str:
    """Everything that would be shown, numbers included."""
    every = lines.values() if isinstance(lines, dict) else lines
    return "\n".join(str(line.as_json()) for line in every)


class Authority:
    """A certificate authority in a folder, made with the openssl program."""

    def __init__(self, folder: Path, *, days: int = 3650) -> None:
        self.folder = folder
        self._openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.crt", "-days", str(days),
            "-subj", "/CN=an authority of the tests", "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        )  # fmt: skip
        (folder / "index.txt").touch()
        (folder / "serial").write_text("01\n")
        (folder / "ca.cnf").write_text(
            "[ca]\ndefault_ca=own\n[own]\nnew_certs_dir=.\ndatabase=index.txt\nserial=serial\ndefault_md=sha256\n"
            "policy=any\nunique_subject=no\n[any]\ncommonName=supplied\n"
        )

    @property
    def root(self) -> str:
        """The root certificate."""
        return (self.folder / "root.crt").read_text()

    def issue(self, name: str, begins: str, ends: str) -> tuple[Path, Path]:
        """A certificate for a name, with its key; the times are written like 20261231235959Z."""
        (self.folder / "ext").write_text(f"subjectAltName=DNS:{name}\n")
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        self._openssl(
            "ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", "root.crt", "-keyfile", "root.key", "-in", f"{name}.csr",
            "-out", f"{name}.crt", "-startdate", begins, "-enddate", ends, "-extfile", "ext",
        )  # fmt: skip
        return self.folder / f"{name}.crt", self.folder / f"{name}.key"

    def _openssl(self, *arguments: str) -> None:
        done = subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
