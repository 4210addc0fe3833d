"""The clients' table as CSV: how fast it comes, and that a long one takes the API no more memory than a short one."""

import http.client
import json
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from backend.graphql import ids
from tests.bench.errors import BenchError
from tests.bench.load import Loader
from tests.bench.place import Place
from tests.bench.processes import MEGABYTE, PROC
from tests.bench.report import Line, spread
from tests.bench.sizes import Size

PATH = "/api/v1/exports/clients.csv"
READ = 1 << 16
MOST_RATIO = 1.1
SECONDS = 600
# Linux: writing it makes the present memory the most that there was.
RESET_PEAK = "5"


def export(place: Place, _loader: Loader, size: Size) -> list[Line]:
    """All clients ÷ the tenth that has one tag: the most memory that the API's process had meanwhile."""
    token = place.sign_in()
    archived = "archived_at IS NULL"
    everybody = int(place.ask(lambda c: c.fetchval(f"SELECT count(*) FROM clients WHERE {archived}")))
    tag, tagged = place.ask(
        lambda c: c.fetchrow(
            f"SELECT tag_id, count(*) FROM client_tags JOIN clients ON id = client_id WHERE {archived} GROUP BY 1 ORDER BY 1 LIMIT 1"
        )
    )
    few: dict[str, Any] = {"filter": {"tagIds": [ids.encode("Tag", tag)]}}
    _read(place, token, few, tagged)
    peaks: tuple[list[float], list[float]] = [], []
    rates = []
    # Once or twice is enough: how much memory it takes hardly varies.
    for _ in range(min(2, size.rounds)):
        for peak, (wanted, lines) in zip(peaks, (({}, everybody), (few, tagged)), strict=True):
            _reset_peak(place)
            began = time.perf_counter()
            _read(place, token, wanted, lines)
            if not wanted:
                rates.append(lines / (time.perf_counter() - began))
            peak.append(_peak(place))
    shown = [Line(f"CSV export of {everybody:,} clients", spread(rates, "rows/s"), samples={"rows/s": rates})]
    if not all(peaks[0]):
        return shown
    ratio = median(peaks[0]) / median(peaks[1])
    what = f"CSV export of {everybody:,} clients, most memory of the API ÷ the same for {tagged:,}"
    samples = {"MB": peaks[0], "MB with a tenth": peaks[1]}
    ours, theirs = (spread(peak, "MB") for peak in peaks)
    return [*shown, Line(what, ours, theirs, f"{ratio:.2f}", f"≤ {MOST_RATIO}", ratio <= MOST_RATIO, samples)]


def _read(place: Place, token: str, wanted: Mapping[str, Any], expected: int) -> None:
    """Fetch a file to its end; raises `BenchError` when it has not so many lines under its heading."""
    connection = http.client.HTTPConnection("127.0.0.1", place.api_port, timeout=SECONDS)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    lines = 0
    try:
        connection.request("POST", PATH, json.dumps(wanted), headers)
        answer = connection.getresponse()
        if answer.status != http.HTTPStatus.OK:
            raise BenchError(f"The export was refused: {answer.read()[:300].decode(errors='replace')}")
        while part := answer.read(READ):
            lines += part.count(b"\n")
    finally:
        connection.close()
    if lines != expected + 1:
        raise BenchError(f"The file has {lines - 1:,} clients, there are {expected:,}")


def _of_api(place: Place, name: str) -> Path:
    return PROC / str(place.running["api"].pid) / name


def _reset_peak(place: Place) -> None:
    try:
        _of_api(place, "clear_refs").write_text(RESET_PEAK, encoding="ascii")
    except OSError:
        return


def _peak(place: Place) -> float:
    """In megabytes; 0 on a system that doesn't tell."""
    try:
        status = _of_api(place, "status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return next(int(line.split()[1]) * 1024 / MEGABYTE for line in status.splitlines() if line.startswith("VmHWM:"))
