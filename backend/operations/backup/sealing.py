"""The secrets inside a backup: the secret files and the key that signs tokens, as a tar, encrypted with age under the passphrase.

The passphrase is not among them. age makes guessing a passphrase slow by using memory: up to 1 GiB for a second on a fast machine, a
fraction of it on a NAS. So it is done by a process of its own, which the kernel ends first when memory is short: a backup without
its secrets is better than none.
"""

import asyncio
import base64
import contextlib
import io
import json
import stat
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from backend.config import Settings
from backend.operations.backup import children
from backend.operations.backup.errors import BackupFailed, NotABackup, WrongPassphrase

KEY = "secret-key"
PASSPHRASE_FILE = "backup-passphrase"  # noqa: S105 (a name); others that begin so are marks beside it
FOLDER = "secrets/"
LARGEST = 64 << 10
NO_PASSPHRASE = "there is no passphrase (BACKUP_PASSPHRASE), so the secrets are not in it"  # noqa: S105 (a sentence)
WRONG = 9  # the child's exit code for a passphrase that doesn't open it


@dataclass(frozen=True, slots=True)
class Sealed:
    """The encrypted secrets and their names; or None and why."""

    content: bytes | None
    names: tuple[str, ...]
    because: str | None


def passphrase_of(settings: Settings) -> str | None:
    """The passphrase that was chosen (BACKUP_PASSPHRASE), or else the one that bootstrap made and keeps among the secrets."""
    if settings.backup_passphrase is not None:
        return settings.backup_passphrase.get_secret_value()
    try:
        return (settings.secrets_folder / PASSPHRASE_FILE).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def collect(folder: Path, secret_key: str, passphrase: str | None) -> dict[str, bytes]:
    """The secret files by name, and the key that signs tokens as ``secret-key``, wherever it came from. Raises `BackupFailed`."""
    found = {KEY: secret_key.encode() + b"\n"}
    try:
        for path in sorted(folder.iterdir()) if folder.exists() else ():
            information = path.lstat()
            if not stat.S_ISREG(information.st_mode) or path.name.startswith(".") or information.st_size > LARGEST:
                continue
            content = path.read_bytes()
            if path.name != KEY and not path.name.startswith(PASSPHRASE_FILE) and content.strip() != (passphrase or "").encode():
                found[path.name] = content
    except OSError as error:
        raise BackupFailed(
            f"The secrets in {folder} can't be read ({error.strerror}), and a backup without them is no use. Give this user that folder."
        ) from error
    return found


async def seal(secrets: dict[str, bytes], passphrase: str | None) -> Sealed:
    """Encrypt the secrets under the passphrase; without one they are left out."""
    if not passphrase:
        return Sealed(None, (), NO_PASSPHRASE)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, content in secrets.items():
            member = tarfile.TarInfo(FOLDER + name)
            member.size, member.mode = len(content), 0o600
            tar.addfile(member, io.BytesIO(content))
    code, sealed = await _in_a_process("seal", packed.getvalue(), passphrase)
    if code != 0:
        return Sealed(None, (), "there was not enough memory to encrypt the secrets, so they are not in it")
    return Sealed(sealed, tuple(sorted(secrets)), None)


async def unseal(sealed: bytes, passphrase: str) -> dict[str, bytes]:
    """The secret files by name. Raises `WrongPassphrase`, and `BackupFailed` when memory is too short to try."""
    code, packed = await _in_a_process("unseal", sealed, passphrase)
    if code == WRONG:
        raise WrongPassphrase(
            "The passphrase does not open the secrets in this backup. It is the one that was set when the backup was made."
        )
    if code != 0:
        raise BackupFailed("There is not enough memory to decrypt the secrets in the backup. Stop something else, then try again.")
    found = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(packed), mode="r:") as tar:
            for member in tar:
                source = tar.extractfile(member)
                name = member.name.removeprefix(FOLDER)
                if source is None or "/" in name or name.startswith("."):
                    raise NotABackup("The secrets in the backup are not what this program writes.")
                found[name] = source.read()
    except tarfile.TarError:
        raise NotABackup("The secrets in the backup are not what this program writes.") from None
    return found


async def _in_a_process(what: str, content: bytes, passphrase: str) -> tuple[int, bytes]:
    command = [sys.executable, "-m", "backend.operations.backup.sealing", what]
    request = json.dumps({"passphrase": passphrase, "content": base64.b64encode(content).decode()}).encode()
    root = str(Path(__file__).parents[3])
    pipe = asyncio.subprocess.PIPE
    async with children.running(command, {"PYTHONPATH": root}, stdin=pipe, stdout=pipe) as process:
        answer, _ = await process.communicate(request)
        return process.returncode or 0, answer


def _child(what: str) -> int:
    import pyrage  # type: ignore[import-untyped]  # it brings no types

    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    request = json.load(sys.stdin)
    content = base64.b64decode(request["content"])
    try:
        work = pyrage.passphrase.encrypt if what == "seal" else pyrage.passphrase.decrypt
        sys.stdout.buffer.write(work(content, request["passphrase"]))
    except pyrage.DecryptError:
        return WRONG
    return 0


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1]))
