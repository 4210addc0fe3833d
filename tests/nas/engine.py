"""A container engine to try things on: the one that runs already, else one of our own where root may start it."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

PACKAGES = ("docker.io", "iptables", "debootstrap")
SECONDS_TO_START = 60
SECONDS_TO_STOP = 60
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class CannotRun(Exception):  # noqa: N818 (reads as the sentence it carries)
    """There is no engine, nor can one be started; the text says why."""


class CommandFailed(Exception):  # noqa: N818
    """A command ended badly; the text has the end of what it said."""


def run(command: Sequence[str | Path], *, env: dict[str, str] | None = None, seconds: float = 600, cwd: Path | None = None) -> str:
    """What a command prints on standard output; raises `CommandFailed`."""
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=seconds, cwd=cwd, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        said = "\n".join((done.stderr + "\n" + done.stdout).strip().splitlines()[-12:])
        raise CommandFailed(f"{' '.join(map(str, command[:4]))} … ended with {done.returncode}:\n{said}")
    return done.stdout


class Engine:
    """An engine that answers. `environment` is what a shell needs so that plain `docker` and `docker compose` reach it."""

    def __init__(self, client: Path, host: str, folder: Path) -> None:
        self.client, self.host = client, host
        self.environment = self._shell(folder)

    def _shell(self, folder: Path) -> dict[str, str]:
        # A folder of links, because the PATH of a machine may have another docker first, and Compose is a plugin of ours.
        programs = folder / "bin"
        plugins = folder / "docker-config" / "cli-plugins"
        for place, name, target in (
            (programs, "docker", self.client),
            (plugins, "docker-compose", Path(sys.executable).with_name("docker-compose")),
        ):
            place.mkdir(parents=True, exist_ok=True)
            (place / name).unlink(missing_ok=True)
            (place / name).symlink_to(target)
        kept = {name: value for name, value in os.environ.items() if name in {"HOME", "LANG", "TMPDIR"} or name.lower().endswith("_proxy")}
        return kept | {
            "PATH": f"{programs}:{SYSTEM_PATH}",
            "DOCKER_HOST": self.host,
            "DOCKER_CONFIG": str(folder / "docker-config"),
            "DOCKER_BUILDKIT": "1",
        }

    def docker(self, *arguments: str | Path, seconds: float = 600) -> str:
        """What `docker …` prints, bare."""
        return run([self.client, *arguments], env=self.environment, seconds=seconds).strip()

    def has_image(self, name: str) -> bool:
        """Whether the engine holds an image of that name."""
        with contextlib.suppress(CommandFailed):
            return bool(self.docker("image", "inspect", "--format", "{{.Id}}", name))
        return False


@contextlib.contextmanager
def engine(folder: Path) -> Iterator[Engine]:
    """An engine; one of our own ends with this, and its data with the folder. Raises `CannotRun`."""
    host = os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock"
    client = _client()
    if client is not None and _answers(client, host):
        yield Engine(client, host, folder)
        return
    _install()
    client = _client()
    if client is None:
        raise CannotRun("There is no docker program on this machine.")
    with _daemon(folder) as own:
        yield Engine(client, own, folder)


def _client() -> Path | None:
    # Debian's own first: it fits its daemon, and builds without further plugins.
    for path in (Path("/usr/bin/docker"), *map(Path, filter(None, [shutil.which("docker")]))):
        if path.exists():
            return path
    return None


def _answers(client: Path, host: str) -> bool:
    env = os.environ | {"DOCKER_HOST": host}
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        return subprocess.run([client, "version"], env=env, capture_output=True, timeout=20).returncode == 0
    return False


def _install() -> None:
    if os.geteuid() != 0:
        raise CannotRun("No engine runs here, and only root can start one.")
    if others := [pid for pid in _processes() if _name(pid) == "dockerd"]:
        # Two of them undo each other's firewall rules.
        raise CannotRun(f"Another engine runs here (process {others[0]}) and was not named: set DOCKER_HOST to it.")
    needed = [shutil.which(name, path=SYSTEM_PATH) for name in ("dockerd", "iptables", "debootstrap")]
    if all(needed):
        return
    if shutil.which("apt-get") is None:
        raise CannotRun("There is no dockerd here, and this system has no apt-get to install it with.")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(["apt-get", "update", "-qq"], env=env)
        run(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *PACKAGES], env=env)
    except CommandFailed as failure:
        raise CannotRun(f"The engine could not be installed: {failure}") from None


@contextlib.contextmanager
def _daemon(folder: Path) -> Iterator[str]:
    """A dockerd of our own; yields its address. Everything of it is below the folder, and gone at the end."""
    program = shutil.which("dockerd", path=SYSTEM_PATH)
    if program is None:
        raise CannotRun("There is no dockerd on this machine.")
    with _control_groups():
        failures = []
        # The kernel may have only the older firewall.
        for legacy in (False, True):
            here = folder / ("engine-legacy" if legacy else "engine")
            process = _start(program, here, legacy=legacy)
            host = f"unix://{here}/docker.sock"
            if _wait(process, host):
                try:
                    yield host
                finally:
                    _stop(process, here)
                return
            _stop(process, here)
            failures.append(_last_words(here / "dockerd.log"))
        raise CannotRun(f"dockerd did not start: {failures[0]}")


def _start(program: str, here: Path, *, legacy: bool) -> subprocess.Popen[bytes]:
    here.mkdir(parents=True, exist_ok=True)
    path = SYSTEM_PATH
    if legacy and (old := shutil.which("iptables-legacy", path=SYSTEM_PATH)):
        (here / "sbin").mkdir(exist_ok=True)
        for name in ("iptables", "ip6tables"):
            (here / "sbin" / name).symlink_to(old.replace("iptables", name))
        path = f"{here / 'sbin'}:{path}"
    command: list[str | Path] = [
        program, "--data-root", here / "data", "--exec-root", here / "exec", "--pidfile", here / "docker.pid",
        "--host", f"unix://{here}/docker.sock", "--log-level", "warn",
    ]  # fmt: skip
    with (here / "dockerd.log").open("ab") as log:
        # A session of its own: Ctrl C is for this program, which then ends the engine in order.
        return subprocess.Popen(
            command, env=os.environ | {"PATH": path}, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


def _wait(process: subprocess.Popen[bytes], host: str) -> bool:
    client = _client()
    deadline = time.monotonic() + SECONDS_TO_START
    while client is not None and process.poll() is None and time.monotonic() < deadline:
        if _answers(client, host):
            return True
        time.sleep(0.2)
    return False


def _stop(process: subprocess.Popen[bytes], here: Path) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for mount in sorted(_mounts_below(here), reverse=True):
        subprocess.run(["umount", "--lazy", mount], capture_output=True)


def _mounts_below(folder: Path) -> list[str]:
    mounts = [line.split()[1] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    return [mount for mount in mounts if mount.startswith(f"{folder}/")]


@contextlib.contextmanager
def _control_groups() -> Iterator[None]:
    """Control groups, for a machine whose first process mounts none."""
    place = "/sys/fs/cgroup"
    mounts = Path("/proc/mounts").read_text(encoding="utf-8")
    if any(line.split()[2] in {"cgroup", "cgroup2"} for line in mounts.splitlines()):
        yield
        return
    if subprocess.run(["mount", "-t", "cgroup2", "none", place], capture_output=True).returncode != 0:
        raise CannotRun("This machine has no control groups, and they can't be mounted.")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", place], capture_output=True)


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def _name(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    return ""


def _last_words(log: Path) -> str:
    with contextlib.suppress(OSError):
        return " ".join(log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-2:])
    return "it said nothing"
