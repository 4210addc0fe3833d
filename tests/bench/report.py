"""What was measured, as a table for people and as JSON for programs."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median, quantiles


@dataclass(frozen=True)
class Line:
    """One row: ``ratio`` is the figure that the goal is about, or None where the goal is about ``ours`` itself."""

    what: str
    ours: str
    baseline: str = ""
    ratio: str = ""
    goal: str = ""
    reached: bool | None = None
    samples: dict[str, list[float]] = field(default_factory=dict)


def per_cent(values: Sequence[float], share: int) -> float:
    """The value below which ``share`` per cent of the values lie."""
    return quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else values[0]


def spread(values: Sequence[float], unit: str, digits: int = 0) -> str:
    """The median, with the least and the greatest."""
    middle, least, most = (f"{value:,.{digits}f}" for value in (median(values), min(values), max(values)))
    return f"{middle} {unit} ({least}–{most})" if len(values) > 1 else f"{middle} {unit}"


def ratio_line(what: str, ours: Sequence[float], baseline: Sequence[float], unit: str, *, least: float) -> Line:
    """Rates of interleaved rounds; the ratio is of the medians, its spread that of the pairs."""
    pairs = [mine / theirs for mine, theirs in zip(ours, baseline, strict=True)]
    ratio = median(ours) / median(baseline)
    shown = f"{ratio:.2f} ({min(pairs):.2f}–{max(pairs):.2f})"
    samples = {"ours": list(ours), "baseline": list(baseline)}
    return Line(what, spread(ours, unit), spread(baseline, unit), shown, f"≥ {least:g}", ratio >= least, samples)


def machine() -> str:
    """Where this was: cores, system, load at the end."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}{load}"


def table(lines: Sequence[Line]) -> str:
    """Markdown, with columns aligned for the terminal too."""
    rows = [("what", "ours", "baseline", "ratio", "goal", "reached?")]
    rows += [(line.what, line.ours, line.baseline, line.ratio, line.goal, _reached(line)) for line in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    shown = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows]
    shown.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(shown)


def _reached(line: Line) -> str:
    return "" if line.reached is None else "yes" if line.reached else "no"


def write_json(path: Path, lines: Sequence[Line], about: dict[str, object]) -> None:
    """Everything, samples included."""
    content = {"about": about, "lines": [asdict(line) for line in lines]}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
