"""What the embedded servers have in common: a folder, a lock on it, a kept port and password, a process."""

import signal
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path
from typing import IO, Self

from backend.operations.stack.errors import StackError
from backend.operations.stack.files import disk_errors, free_port, kept_port, make_private_folder, take_lock, write_private
from backend.operations.stack.processes import rotate, stop, tail, wait_until

ATTEMPTS = 5


class EmbeddedService(ABC):
    """`start()`, then `url`, then `stop()`; or as a context manager."""

    name = ""
    seconds_to_start = 60.0

    def __init__(self, data_dir: Path | str) -> None:
        self.data_dir = Path(data_dir).absolute()
        self.folder = self.data_dir / self.name.lower()
        self.log = self.data_dir / "logs" / f"{self.name.lower()}.log"
        self.port = 0
        self.password = ""
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    @abstractmethod
    def url(self) -> str:
        """The server's address, password included; of use once it is started."""

    def start(self) -> None:
        """Start the server and wait until it answers. Raises StackError with one sentence."""
        if self.process is not None:
            return
        for folder in (self.data_dir, self.folder, self.log.parent):
            make_private_folder(folder)
        self._lock = take_lock(self.folder / "lock", wait=False)
        if self._lock is None:
            raise StackError(f"{self.name} runs already on {self.folder}.")
        try:
            with disk_errors(f"{self.name}'s data in {self.folder}"):
                rotate(self.log)
                self._prepare()
                self._start_on_some_port()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server cleanly, within seconds; safe to call twice."""
        if self.process is not None:
            stop(self.process, self._stop_signals(), 8)
            self.process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _start_on_some_port(self) -> None:
        # Between asking for a free port and listening on it somebody else may take it.
        for attempt in range(1, ATTEMPTS + 1):
            self.port = kept_port(self.folder / "port")
            self.process = self._launch()
            try:
                wait_until(self._is_ready, self.process, self.seconds_to_start, self.name, self.log)
            except StackError:
                self.process.poll()
                if attempt == ATTEMPTS or self.process.returncode is None or not self._may_try_again():
                    raise
                rotate(self.log)
            else:
                return

    def _may_try_again(self) -> bool:
        said = "\n".join(tail(self.log))
        if "ddress already in use" in said or "could not create any TCP/IP sockets" in said:
            write_private(self.folder / "port", f"{free_port()}\n")
            return True
        return False

    @abstractmethod
    def _prepare(self) -> None:
        """Make what the server needs before it starts: password, data, settings."""

    @abstractmethod
    def _launch(self) -> subprocess.Popen[bytes]:
        """Start the process on ``port``."""

    @abstractmethod
    def _is_ready(self) -> bool:
        """Whether the server answers."""

    @abstractmethod
    def _stop_signals(self) -> list[signal.Signals]:
        """What ends it, the gentlest first."""
