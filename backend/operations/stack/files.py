"""Small files that must be whole or absent: secrets, ports, locks."""

import contextlib
import errno
import fcntl
import os
import random
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from backend.operations.stack.errors import StackError


@contextlib.contextmanager
def disk_errors(what: str) -> Iterator[None]:
    """Turn a full disk or a folder that may not be written into one sentence about `what`."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StackError(f"The disk is full: {what} could not be written. Free some space and start again.") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise StackError(
                f"{what} can't be written ({error.strerror}): {error.filename}. Give this user that folder, or set DATA_DIR."
            ) from error
        raise


def make_private_folder(folder: Path) -> Path:
    """Make the folder, readable by its owner alone."""
    with disk_errors(f"the folder {folder}"):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def write_private(path: Path, text: str) -> None:
    """Replace the file's content at once, mode 0600, safe against a crash half-way."""
    with disk_errors(f"the file {path}"):
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_or_make_secret(path: Path) -> str:
    """Return the secret kept in the file; make 256 random bits the first time."""
    with contextlib.suppress(FileNotFoundError):
        if secret := path.read_text(encoding="utf-8").strip():
            return secret
    secret = secrets.token_urlsafe(32)
    write_private(path, secret + "\n")
    return secret


def take_lock(path: Path, *, shared: bool = False, wait: bool = True) -> IO[bytes] | None:
    """Lock the file until the returned handle is closed (or the process dies); None if it is taken and `wait` is false."""
    with disk_errors(f"the lock {path}"):
        handle = path.open("ab")
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        handle.close()
        return None
    return handle


QUIET_PORTS = range(10_000, 32_000)
"""What no system gives out for connections by itself."""


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # Connections of a server that just ended linger; they don't stop a new one.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on at this moment, nor soon by chance.

    Until its server starts, any connection could get a port of those that the system gives out (from 32768 on Linux, 49152 elsewhere).
    """
    for port in random.sample(QUIET_PORTS, 100):
        if port_is_free(port):
            return port
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        last_resort: int = probe.getsockname()[1]
    return last_resort


def kept_port(path: Path) -> int:
    """The port kept in the file if it is still free, else a new one, which is kept."""
    with contextlib.suppress(FileNotFoundError, ValueError):
        port = int(path.read_text(encoding="ascii"))
        if port_is_free(port):
            return port
    port = free_port()
    write_private(path, f"{port}\n")
    return port
