"""Who listens on a port, for an error that names the culprit."""

from pathlib import Path

LISTENING = "0A"


def holder_of(port: int) -> str:
    """The program and process id that listens on the port, as far as /proc tells this user; "" if it doesn't."""
    sockets = _listening_sockets(port)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(link.readlink()) in sockets for link in (folder / "fd").iterdir()):
                return f"{(folder / 'comm').read_text(encoding='utf-8').strip()}, process {folder.name}"
        except OSError:
            continue  # another user's process, or one that just ended
    return ""


def _listening_sockets(port: int) -> set[str]:
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            _, local, _, state, *rest = line.split()
            if state == LISTENING and int(local.rsplit(":", 1)[1], 16) == port:
                found.add(f"socket:[{rest[5]}]")
    return found
