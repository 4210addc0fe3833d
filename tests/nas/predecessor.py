"""What the predecessor left on a NAS: a volume with the files of an older PostgreSQL, stopped in good order."""

import asyncio
import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

import asyncpg

from backend.operations.stack.files import free_port
from tests.nas.engine import CommandFailed, Engine
from tests.nas.steps import expect
from tests.operations import predecessor

CLIENTS = 40
SECONDS_TO_START = 60
SERVE = (
    "initdb --username=krc --auth=trust --encoding=UTF8 >/dev/null"
    " && echo 'host all all all trust' >>$PGDATA/pg_hba.conf && exec postgres -c listen_addresses='*' -c unix_socket_directories=/tmp"
)
DIGEST = "cd /from && find . -type f -exec sha256sum {} + | sort | sha256sum"


@dataclass(frozen=True)
class OldVolume:
    """A volume on the engine, and the image of the version that can open it."""

    engine: Engine
    name: str
    image: str

    def digest(self) -> str:
        """Of every file in it: equal as long as nothing was written."""
        return self.engine.docker(
            "run", "--rm", "--network", "none", "--user", "0:0", "--volume", f"{self.name}:/from:ro", self.image, "sh", "-c", DIGEST
        )


@contextlib.contextmanager
def old_volume(engine: Engine, image: str) -> Iterator[OldVolume]:
    """A volume that holds the predecessor's data, for as long as the block lasts."""
    name = f"krc-old-{os.getpid()}"
    server = f"{name}-server"
    port = free_port()
    engine.docker("volume", "create", name)
    try:
        engine.docker(
            "run", "--detach", "--user", "postgres", "--name", server, "--volume", f"{name}:/var/lib/postgresql/data",
            "--publish", f"127.0.0.1:{port}:5432", image, "sh", "-c", SERVE,
        )  # fmt: skip
        try:
            asyncio.run(_fill(f"postgresql://krc@127.0.0.1:{port}"))
            engine.docker("stop", "--time", "30", server)
        finally:
            engine.docker("rm", "--force", server)
        yield OldVolume(engine, name, image)
    finally:
        with contextlib.suppress(CommandFailed):
            engine.docker("volume", "rm", name)


async def _fill(server: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            connection = await asyncpg.connect(f"{server}/postgres")
        except (OSError, asyncpg.PostgresError):
            expect(time.monotonic() < deadline, "the predecessor's PostgreSQL did not start")
            await asyncio.sleep(0.5)
        else:
            break
    await connection.execute("CREATE DATABASE krc_checkin")
    await connection.close()
    await predecessor.build(f"{server}/krc_checkin", "models", clients=CLIENTS)
