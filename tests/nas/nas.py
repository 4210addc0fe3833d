"""A NAS as its owner has it: a checkout with an upstream, a .env, an engine, and ./run."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backend.operations.stack.files import free_port
from tests.nas.bases import Bases
from tests.nas.engine import CommandFailed, Engine, run
from tests.nas.steps import expect

LONG_RUNNING = ("postgres", "redis", "api", "worker", "scheduler", "caddy")
ADMIN = "owner"
SECONDS_TO_HEAL = 90
GIT = {
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.test",
    "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.test",
}  # fmt: skip


class Origin:
    """Where the NAS's checkout pulls from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._git("init", "--quiet", "--initial-branch", "main")

    def publish(self, message: str, fill: Callable[[Path], None]) -> None:
        """A new commit with exactly the files that `fill` puts into the folder it is given."""
        for path in self.folder.iterdir():
            if path.name != ".git":
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        fill(self.folder)
        self._git("add", "--all", "--force", ".")
        self._git("commit", "--quiet", "--allow-empty", "--message", message)

    def _git(self, *arguments: str) -> None:
        run(["git", *arguments], env=os.environ | GIT, cwd=self.folder)


def files_of(source: Path) -> Callable[[Path], None]:
    """What puts the files of a checkout, committed or not, into a folder."""

    def fill(folder: Path) -> None:
        listed = run(["git", "-C", source, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        for name in filter(None, listed.split("\0")):
            if (source / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source / name, folder / name)

    return fill


class Nas:
    """One installation. Its containers, volumes and images have names of their own, so that nothing else on the engine is touched."""

    def __init__(self, engine: Engine, bases: Bases, folder: Path, project: str) -> None:
        self.engine, self.folder, self.project = engine, folder, project
        self.http_port, self.https_port = free_port(), free_port()
        settings = {
            "KRC_NAS": "1",
            "COMPOSE_PROJECT_NAME": project,
            "KRC_IMAGE": project,
            "KRC_WEB_IMAGE": f"{project}-web",
            "KRC_BUILD_OPTIONS": bases.build_options(),
            "POSTGRES_IMAGE": bases.postgres,
            "REDIS_IMAGE": bases.valkey,
            "HTTP_PORT": str(self.http_port),
            "HTTPS_PORT": str(self.https_port),
            "HTTPS_HOSTS": "localhost,127.0.0.1",
        }
        # What a trial needs and a NAS doesn't.
        self.settings = {name: value for name, value in settings.items() if value}

    def set_up(self, origin: Origin) -> None:
        """Clone the checkout and write its .env."""
        run(["git", "clone", "--quiet", origin.folder, self.folder], env=os.environ | GIT)
        own = {"CENTRE_NAME": "Trial centre", "ADMIN_EMAIL": f"{ADMIN}@example.test", "ADMIN_USERNAME": ADMIN}
        lines = [f'{name}="{value}"' for name, value in (self.settings | own).items()]
        (self.folder / ".env").write_text("\n".join(lines) + "\n", encoding="utf-8")

    # --- What the owner types ---

    def run(self, *arguments: str, expected: int = 0, seconds: float = 1200, environment: dict[str, str] | None = None) -> str:
        """`./run …`: everything that it says; fails the check when the exit code is another."""
        done = subprocess.run(
            ["sh", "run", *arguments], cwd=self.folder, env=self.engine.environment | GIT | (environment or {}), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=seconds,
        )  # fmt: skip
        said = "\n".join(done.stdout.strip().splitlines()[-40:])
        expect(done.returncode == expected, f"./run {' '.join(arguments)} ended with {done.returncode} and not {expected}:\n{said}")
        return done.stdout

    # --- What the test does beside it ---

    def compose(self, *arguments: str, seconds: float = 300) -> str:
        """`docker compose …` with the NAS's file."""
        command: list[str | Path] = [
            "docker", "compose", "--project-directory", self.folder, "--project-name", self.project, "--file",
            self.folder / "docker-compose.synology.yml", *arguments,
        ]  # fmt: skip
        return run(command, env=self.engine.environment, seconds=seconds, cwd=self.folder)

    def container(self, service: str) -> str:
        """The id of a service's container; empty when there is none."""
        labels = {"project": self.project, "service": service, "oneoff": "False"}
        filters = [part for name, value in labels.items() for part in ("--filter", f"label=com.docker.compose.{name}={value}")]
        return self.engine.docker("ps", "--all", "--quiet", "--no-trunc", *filters).partition("\n")[0]

    def inspect(self, service: str) -> Any:
        """What the engine knows of a service's container."""
        return json.loads(self.engine.docker("inspect", self.container(service)))[0]

    def inside(self, service: str, script: str, *, user: str | None = None) -> tuple[int, str]:
        """Exit code and words of a shell script inside a service's container."""
        command = ["docker", "exec", *(["--user", user] if user else []), self.container(service), "sh", "-c", script]
        done = subprocess.run(command, env=self.engine.environment, capture_output=True, text=True, timeout=60)
        return done.returncode, (done.stdout + done.stderr).strip()

    def sql(self, statement: str) -> str:
        """What psql prints for a statement of the owner, bare."""
        return self.run("psql", "-AtXq", "-c", statement).strip().splitlines()[-1]

    def health(self, service: str) -> str:
        """healthy, starting, unhealthy, exited …"""
        if not self.container(service):
            return "missing"
        state = self.inspect(service)["State"]
        return str(state["Health"]["Status"] if state["Running"] and "Health" in state else state["Status"])

    def wait_until_healthy(self, *services: str, seconds: float = SECONDS_TO_HEAL) -> None:
        """Fails the check with the services that are not well in time."""
        deadline = time.monotonic() + seconds
        while ill := {service: state for service in services or LONG_RUNNING if (state := self.health(service)) != "healthy"}:
            expect(time.monotonic() < deadline, f"not healthy after {seconds:.0f} s: {ill}\n{self._last_words(ill)}")
            time.sleep(0.5)

    def _last_words(self, services: dict[str, str]) -> str:
        return "\n".join(self.compose("logs", "--no-color", "--tail", "15", service) for service in services)

    def wipe_volumes(self) -> None:
        """Remove the containers and every volume: an empty machine with the same checkout and the same backups."""
        self.compose("--profile", "tools", "down", "--volumes", "--timeout", "30")

    def remove(self) -> None:
        """Remove everything of this installation from the engine."""
        if not (self.folder / "docker-compose.synology.yml").exists():
            return
        try:
            self.wipe_volumes()
        except CommandFailed:
            for service in LONG_RUNNING:
                if container := self.container(service):
                    self.engine.docker("rm", "--force", "--volumes", container)
        for image in (self.project, f"{self.project}-web"):
            for tag in self.engine.docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", image).split():
                self.engine.docker("image", "rm", "--force", tag)
