"""The database and Redis that commands use: those of the environment, else the embedded ones of DATA_DIR."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from backend.operations.stack.errors import StackError
from backend.operations.stack.files import make_private_folder, read_or_make_secret, take_lock
from backend.operations.stack.given import PROVIDED, ROOT, early_settings, given, is_given
from backend.operations.stack.keeper import URLS
from backend.operations.stack.processes import rotate


class SharedServices:
    """One command's hold on the embedded services of a folder; several commands may hold them at once."""

    def __init__(self, data_dir: Path, wanted: list[str]) -> None:
        self.data_dir = data_dir
        self.wanted = wanted
        self.folder = data_dir / "run"
        self.log = data_dir / "logs" / "keeper.log"
        self.urls: dict[str, str] = {}
        self._using: IO[bytes] | None = None
        self._keeper: subprocess.Popen[bytes] | None = None

    def hold(self) -> None:
        """Start the services, or join those who use them. Raises StackError."""
        make_private_folder(self.data_dir)
        make_private_folder(self.folder)
        make_private_folder(self.log.parent)
        with _locked(self.folder / "start.lock"):
            if self._using is None:
                # Waits while a keeper is just stopping the services.
                self._using = take_lock(self.folder / "users.lock", shared=True)
            self.urls = self._join() or self._start()

    def are_kept(self) -> bool:
        """Whether a keeper is alive."""
        lock = take_lock(self.folder / "keeper.lock", wait=False)
        if lock is None:
            return True
        lock.close()
        return False

    def let_go(self, wait: float = 10.0) -> bool:
        """Stop using the services; unless others do, wait until they are down. Returns whether they are."""
        if self._using is not None:
            self._using.close()
            self._using = None
        deadline = time.monotonic() + wait
        while (kept := self.are_kept()) and time.monotonic() < deadline and not self._others_use_them():
            time.sleep(0.05)
        if self._keeper is not None:
            self._keeper.poll()
        return not kept

    def _others_use_them(self) -> bool:
        nobody = take_lock(self.folder / "users.lock", wait=False)
        somebody = None if nobody else take_lock(self.folder / "users.lock", shared=True, wait=False)
        for lock in (nobody, somebody):
            if lock is not None:
                lock.close()
        # Neither: the keeper holds it alone, to stop the services.
        return somebody is not None

    def _join(self) -> dict[str, str]:
        """The addresses from the keeper that runs, which may still be starting if who began it was killed; {} without one."""
        while self.are_kept():
            try:
                urls: dict[str, str] = json.loads((self.folder / "services.json").read_text(encoding="utf-8"))["urls"]
            except FileNotFoundError:
                time.sleep(0.1)
                continue
            if missing := [name for name in self.wanted if name not in urls]:
                raise StackError(f"Another command uses {self.data_dir} without {', '.join(missing)}: let it end first.")
            return {name: urls[name] for name in self.wanted}
        return {}

    def _start(self) -> dict[str, str]:
        rotate(self.log)
        with self.log.open("ab") as log:
            self._keeper = subprocess.Popen(
                [sys.executable, "-m", "backend.operations.stack.keeper", self.data_dir, *self.wanted],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, start_new_session=True,
            )  # fmt: skip
        pipe = self._keeper.stdout
        line = pipe.readline() if pipe else b""
        if pipe:
            pipe.close()
        if not line:
            raise StackError(f"The embedded services could not be started; see {self.log}.")
        said = json.loads(line)
        if "error" in said:
            self._keeper.wait(20)
            raise StackError(said["error"])
        urls: dict[str, str] = said["urls"]
        return urls


@contextlib.contextmanager
def services() -> Iterator[dict[str, str]]:
    """Yield the environment for a command: what is set stays as it is, the rest comes from the embedded services.

    They are started if they don't run, and end with the last command that uses them. Raises StackError and SettingsError.
    """
    settings = early_settings()
    shared = SharedServices(settings.data_dir.absolute(), wanted_of(given()))
    try:
        yield environment_with(shared)
    finally:
        if shared.wanted:
            shared.let_go()


def wanted_of(variables: dict[str, str]) -> list[str]:
    """The services, by their variable, which the operator did not set."""
    return [name for name in URLS if not is_given(name, variables)]


def environment_with(shared: SharedServices) -> dict[str, str]:
    """Hold the services that are wanted and return the whole environment for what uses them."""
    variables = given()
    environment = dict(os.environ) | {name: value for name, value in variables.items() if name in PROVIDED}
    if not is_given("SECRET_KEY", variables):
        environment["SECRET_KEY_FILE"] = str(secret_key_file(shared.data_dir))
    passphrase = Path(variables.get("SECRETS_DIR") or shared.data_dir / "secrets") / "backup-passphrase"
    if not is_given("BACKUP_PASSPHRASE", variables) and passphrase.is_file():
        environment["BACKUP_PASSPHRASE_FILE"] = str(passphrase)
    if shared.wanted:
        shared.hold()
    return environment | shared.urls | {"DATA_DIR": str(shared.data_dir)}


def secret_key_file(data_dir: Path) -> Path:
    """The key that signs tokens, made with the first database and never again."""
    path = make_private_folder(make_private_folder(data_dir) / "secrets") / "secret-key"
    if not path.exists() and (data_dir / "postgres" / "cluster").exists():
        raise StackError(f"{path} is missing while its database exists: put it back from a backup, or set SECRET_KEY_FILE.")
    read_or_make_secret(path)
    return path


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = take_lock(path)
    try:
        yield
    finally:
        if lock is not None:
            lock.close()
