"""Has a PDF drawn by a process of its own, which ends with it.

So the library that draws takes no memory of the API's, five hundred cards keep nobody at the desk waiting, and what goes wrong
in it harms nothing else. The content goes through a pipe: it is in no file and in no argument.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from backend import log
from backend.errors import Failure

logger = log.get(__name__)

ROOT = Path(__file__).parents[3]
SECONDS = 20
AT_ONCE = 2
_places = asyncio.Semaphore(AT_ONCE)
_NEEDED = ("PATH", "LANG", "VIRTUAL_ENV", "PYTHONHOME")


async def print_out(content: Mapping[str, Any]) -> bytes:
    """The PDF of ``content``, which says by its ``kind`` what it is; see `cards.draw` and `document.draw`.

    Raises `Failure` (``TIMEOUT``) when it takes longer than 20 s, RuntimeError when it can't be drawn.
    """
    code, drawn, said = await in_a_process("backend.downloads.paper", orjson.dumps(content))
    if code or not drawn.startswith(b"%PDF-"):
        raise RuntimeError(f"the paper could not be drawn ({kind_of(said)})")
    return drawn


async def in_a_process(module: str, content: bytes) -> tuple[int, bytes, bytes]:
    """Run a module of ours with ``content`` as its standard input; its exit code, output and errors. Raises `Failure` (``TIMEOUT``)."""
    async with _places:
        # Of the environment, which has the secrets, it gets nothing that it does not need.
        env = {name: os.environ[name] for name in _NEEDED if name in os.environ} | {"PYTHONDONTWRITEBYTECODE": "1"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, cwd=ROOT, env=env,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            async with asyncio.timeout(SECONDS):
                made, said = await process.communicate(content)
        except TimeoutError:
            raise Failure("This took too long and was stopped. Ask for less at once.", code="TIMEOUT") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    return process.returncode or 0, made, said


def kind_of(said: bytes) -> str:
    """The kind of the error that a process died of: the last line of a traceback may quote the content, its first word does not."""
    return said.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0][:60]
