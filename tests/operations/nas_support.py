"""A NAS for the tests of its shell scripts: a checkout of their own, a `docker` that plays a part, dash or all of busybox."""

import shutil
import subprocess
from pathlib import Path

from backend.operations.stack.given import ROOT

# What a healthy NAS answers, as `case` patterns over the command line, first match first.
HEALTHY = (
    ("version --format *Server.Version*", "echo 24.0.2"),
    ("version --format *Client.Version*", "echo 20.10.23"),
    ("version --format *Arch*", "echo amd64"),
    ("compose version --short", "echo 2.20.1"),
    ("info --format *", 'echo "$FAKE"'),
    ("image inspect --format *Id*", "echo sha256:present"),
    ("image inspect --format *Architecture*", "echo amd64"),
    # The services of a running stack: each container's id is the service's name.
    ("ps --all --quiet *service=*", 'said="$*"; said=${said#*compose.service=}; echo "${said%% *}"'),
    ("ps --quiet --filter *service=caddy", "echo caddy"),
    ("inspect --format *State.Status* secrets", "echo exited '' 0"),
    ("inspect --format *State.Status* bootstrap", "echo exited '' 0"),
    ("inspect --format *State.Status* *", "echo running healthy 0"),
    ("inspect --format *StartedAt* *", "echo 2026-11-23T00:00:00Z"),
    ("inspect --format *.Image* *", "echo sha256:present"),
    ("*compose* config", "printf '    image: krc-checkin:local\\n    image: krc-checkin-web:local\\n    image: postgres:18.6\\n'"),
)


def shells() -> list[str]:
    """The shells of this machine in which the scripts must work."""
    return [name for name in ("dash", "busybox") if shutil.which(name)]


class Nas:
    """A folder with the scripts and a `docker` of the test's own. ``calls`` are the command lines that `docker` got."""

    def __init__(self, folder: Path, shell: str) -> None:
        self.shell = shell
        self.root = folder / "krc"
        self.fake = folder / "fake"
        self.fake.mkdir()
        self.root.mkdir()
        self.rules: list[tuple[str, str]] = []
        for name in ("run", "justfile", "docker-compose.synology.yml"):
            shutil.copy(ROOT / name, self.root / name)
        shutil.copytree(ROOT / "deploy", self.root / "deploy")
        self.programs = folder / "bin"
        self.programs.mkdir()
        self._install_programs()

    def _install_programs(self) -> None:
        # With busybox nothing else is on the PATH: no GNU option can slip in. git is a package of DSM's.
        if self.shell == "busybox":
            busybox = shutil.which("busybox")
            assert busybox
            subprocess.run([busybox, "--install", "-s", self.programs], check=True)
        else:
            for program in Path("/usr/bin").iterdir():
                if not program.name.startswith(("python", "docker", "git")):
                    (self.programs / program.name).symlink_to(program)
            (self.programs / "sh").unlink()
            (self.programs / "sh").symlink_to(shutil.which("dash") or "/bin/sh")
        if git := shutil.which("git"):
            (self.programs / "git").symlink_to(git)

    def when(self, pattern: str, then: str) -> None:
        """Let `docker` do this for a command line like that; what is said last counts first."""
        self.rules.insert(0, (pattern, then))

    def _write_docker(self) -> None:
        def quoted(pattern: str) -> str:
            return "*".join("'" + part.replace("'", "'\\''") + "'" if part else "" for part in pattern.split("*"))

        cases = "\n".join(f"    {quoted(pattern)}) {then} ;;" for pattern, then in (*self.rules, *HEALTHY))
        docker = self.fake / "docker"
        docker.write_text(f'#!/bin/sh\necho "$*" >>"$FAKE/calls"\ncase "$*" in\n{cases}\nesac\n')
        docker.chmod(0o755)

    def start(
        self, *arguments: str, script: str = "deploy/nas.sh", docker: bool = True, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as ./run would, without a terminal."""
        if docker:
            self._write_docker()
        given = {"PATH": f"{self.fake}:{self.programs}", "FAKE": str(self.fake), "WAIT_SECONDS": "1", "HOME": str(self.root)}
        return subprocess.run(
            [self.programs / "sh", self.root / script, *arguments], env=given | environment,
            capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=self.root,
        )  # fmt: skip

    @property
    def calls(self) -> list[str]:
        """The command lines so far, without the words that are the same in each."""
        compose = f"--project-directory {self.root} --project-name krc -f {self.root}/docker-compose.synology.yml "
        path = self.fake / "calls"
        return [line.replace(compose, "") for line in path.read_text().splitlines()] if path.exists() else []

    def asked(self, pattern: str) -> bool:
        """Whether a command line holds these words."""
        return any(pattern in call for call in self.calls)

    def place(self, *patterns: str) -> list[int]:
        """Where each first stands among the calls; fails when one is missing."""
        return [next(at for at, call in enumerate(self.calls) if pattern in call) for pattern in patterns]
