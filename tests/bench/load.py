"""The clients that make the load, in a process of their own so that they never wait for what measures.

Plain functions of plain values, run in a spawned process: a round sends a list of requests over some connections kept
open, each connection taking the next request as soon as it has its answer.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any, Self, TypeVar, cast

import asyncpg
import uvloop

WRONG_SHOWN = 300
_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class Round:
    """What came of a round: ``latencies`` in seconds, in the order of the answers."""

    seconds: float
    latencies: list[float] = field(default_factory=list)
    wrong: int = 0
    first_wrong: str = ""

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return (len(self.latencies) - self.wrong) / self.seconds


class Loader:
    """The process that the rounds run in; a context."""

    def __enter__(self) -> Self:
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def http(self, port: int, requests: Sequence[bytes], expected: bytes, *, at_once: int, seconds: float | None = None) -> Round:
        """Send the requests over HTTP, once each; with ``seconds``, again and again for that long. ``expected`` is in a good answer."""
        return self._pool.submit(_run, _http_round, port, requests, expected, at_once, seconds).result()

    def sql(
        self,
        url: str,
        statement: str,
        parameters: Sequence[Sequence[Any]],
        *,
        at_once: int,
        seconds: float | None = None,
        rows: bool = False,
    ) -> Round:
        """The same with one prepared statement over asyncpg: it gives one value, or with ``rows`` any number of rows."""
        return self._pool.submit(_run, _sql_round, url, statement, parameters, at_once, seconds, rows).result()

    def pings_during(self, port: int, ping: bytes, others: Sequence[bytes], expected: bytes, pause: float) -> tuple[Round, Round]:
        """Ping on one connection, with pauses, until the others, all sent at once, are answered; without others for two seconds."""
        return self._pool.submit(_run, _pings_during, port, ping, others, expected, pause, len(others), False).result()

    def attacked(self, port: int, ping: bytes, attacks: Sequence[bytes], expected: bytes, pause: float) -> tuple[Round, Round]:
        """Ping in the same way while the attacks come one after the other; a good answer refuses them and holds ``expected``."""
        return self._pool.submit(_run, _pings_during, port, ping, attacks, expected, pause, 1, True).result()


def request(path: str, body: bytes | None = None, token: str | None = None) -> bytes:
    """An HTTP request as it goes over the wire: a POST of JSON, or without a body a GET."""
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


class _Connection(asyncio.Protocol):
    """HTTP/1.1 as far as our own API speaks it: every answer has a Content-Length."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._needed = 0
        self._answer: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is none of asyncio's

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._needed:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._received[:end]).lower()
            length = head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]
            self._needed = end + 4 + int(length)
        if len(self._received) >= self._needed:
            answer, self._received, self._needed = bytes(self._received[: self._needed]), bytearray(), 0
            if self._answer is not None and not self._answer.done():
                self._answer.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionError("the API closed the connection"))

    async def ask(self, message: bytes) -> bytes:
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(message)
        return await self._answer


async def _connect(port: int) -> _Connection:
    _, connection = await asyncio.get_running_loop().create_connection(_Connection, "127.0.0.1", port)
    return connection


def _run(work: Callable[..., Coroutine[Any, Any, _Answer]], *arguments: Any) -> _Answer:
    return uvloop.run(work(*arguments))


async def _in_turns(asks: Sequence[Callable[[Any], Awaitable[str]]], items: Sequence[Any], seconds: float | None) -> Round:
    """Each of ``asks`` takes the next item as soon as it is done; it returns what is wrong, or nothing."""
    done = Round(0.0)
    next_one = 0
    clock = time.perf_counter
    began = clock()

    async def work(ask: Callable[[Any], Awaitable[str]]) -> None:
        nonlocal next_one
        while (clock() - began < seconds) if seconds is not None else (next_one < len(items)):
            item = items[next_one % len(items)]
            next_one += 1
            sent = clock()
            wrong = await ask(item)
            done.latencies.append(clock() - sent)
            if wrong:
                done.wrong += 1
                done.first_wrong = done.first_wrong or wrong

    await asyncio.gather(*(work(ask) for ask in asks))
    done.seconds = clock() - began
    return done


def _over(connection: _Connection, expected: bytes, *, refused: bool = False) -> Callable[[bytes], Awaitable[str]]:
    async def ask(message: bytes) -> str:
        answer = await connection.ask(message)
        good = (refused or answer.startswith(b"HTTP/1.1 200")) and expected in answer and (b'"errors"' in answer) is refused
        return "" if good else answer[-WRONG_SHOWN:].decode("utf-8", "replace")

    return ask


async def _http_round(
    port: int, requests: Sequence[bytes], expected: bytes, at_once: int, seconds: float | None, refused: bool = False
) -> Round:
    connections = [await _connect(port) for _ in range(at_once)]
    try:
        return await _in_turns([_over(connection, expected, refused=refused) for connection in connections], requests, seconds)
    finally:
        for connection in connections:
            connection.transport.close()


async def _sql_round(
    url: str, statement: str, parameters: Sequence[Sequence[Any]], at_once: int, seconds: float | None, rows: bool
) -> Round:
    connections = [await asyncpg.connect(url, server_settings={"timezone": "UTC"}) for _ in range(at_once)]

    async def asking(connection: asyncpg.Connection) -> Callable[[Sequence[Any]], Awaitable[str]]:
        prepared = await connection.prepare(statement)

        async def ask(values: Sequence[Any]) -> str:
            if rows:
                await prepared.fetch(*values)
                return ""
            return "" if await prepared.fetchval(*values) else "no value"

        return ask

    try:
        return await _in_turns([await asking(connection) for connection in connections], parameters, seconds)
    finally:
        for connection in connections:
            await connection.close()


async def _pings_during(
    port: int, ping: bytes, others: Sequence[bytes], expected: bytes, pause: float, at_once: int, refused: bool
) -> tuple[Round, Round]:
    connection = await _connect(port)
    ask = _over(connection, b"")
    lags = Round(0.0)
    sending = _http_round(port, others, expected, at_once, None, refused) if others else asyncio.sleep(2, Round(2.0))
    working = asyncio.ensure_future(sending)
    began = time.perf_counter()
    while not working.done():
        sent = time.perf_counter()
        wrong = await ask(ping)
        lags.latencies.append(time.perf_counter() - sent)
        lags.wrong += bool(wrong)
        lags.first_wrong = lags.first_wrong or wrong
        await asyncio.sleep(pause)
    lags.seconds = time.perf_counter() - began
    connection.transport.close()
    return lags, await working
