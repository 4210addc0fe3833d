"""Counters and histograms of one process, in the text format that Prometheus reads.

Of our own and not of a library: three kinds of figures need no registry of plugins. Labels are names that the program chose, never
anything that a caller sent, so that neither a person nor an attacker's invention becomes a time series.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

Labels: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """One line: a figure by its labels. ``ending`` is appended to the metric's name."""

    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """All lines of one metric."""

    name: str
    kind: str
    help: str
    samples: Sequence[Sample]


class Counter:
    """A figure that only grows, for each combination of its labels."""

    def __init__(self, name: str, help_: str, *labels: str) -> None:
        self.name, self.help, self.labels = name, help_, labels
        self._values: dict[Labels, float] = {}

    def add(self, *labels: str, by: float = 1) -> None:
        """Let it grow."""
        self._values[labels] = self._values.get(labels, 0) + by

    def value(self, *labels: str) -> float:
        """How far it is."""
        return self._values.get(labels, 0)

    def family(self) -> Family:
        """Its lines."""
        samples = [Sample(value, dict(zip(self.labels, labels, strict=True))) for labels, value in sorted(self._values.items())]
        return Family(self.name, "counter", self.help, samples)


class Histogram:
    """How often a duration lay within each bound, for each combination of its labels."""

    def __init__(self, name: str, help_: str, *labels: str, bounds: Sequence[float] = SECONDS) -> None:
        self.name, self.help, self.labels, self.bounds = name, help_, labels, bounds
        self._counts: dict[Labels, list[int]] = {}
        self._sums: dict[Labels, float] = {}

    def observe(self, seconds: float, *labels: str) -> None:
        """Count one."""
        counts = self._counts.get(labels)
        if counts is None:
            counts = self._counts[labels] = [0] * (len(self.bounds) + 1)
        counts[bisect_left(self.bounds, seconds)] += 1
        self._sums[labels] = self._sums.get(labels, 0.0) + seconds

    def family(self) -> Family:
        """Its lines: each bound counts what lies below it too."""
        samples: list[Sample] = []
        for labels, counts in sorted(self._counts.items()):
            named = dict(zip(self.labels, labels, strict=True))
            total = 0
            for bound, count in zip((*self.bounds, None), counts, strict=True):
                total += count
                samples.append(Sample(total, named | {"le": "+Inf" if bound is None else f"{bound:g}"}, "_bucket"))
            samples += [Sample(self._sums[labels], named, "_sum"), Sample(total, named, "_count")]
        return Family(self.name, "histogram", self.help, samples)


class Gauge:
    """A figure that goes up and down."""

    def __init__(self, name: str, help_: str) -> None:
        self.name, self.help, self.value = name, help_, 0

    def family(self) -> Family:
        """Its one line."""
        return Family(self.name, "gauge", self.help, [Sample(self.value)])


requests = Counter("krc_requests_total", "GraphQL requests by operation and by the first error's code.", "operation", "code")
request_seconds = Histogram("krc_request_seconds", "How long GraphQL requests took, by operation.", "operation")
refused = Counter("krc_refused_total", "Requests refused before GraphQL looked at them, by code.", "code")
login_refusals = Counter("krc_login_refusals_total", "Sign-ins and passwords refused, by code.", "code")
sockets = Gauge("krc_sockets", "WebSockets that are open.")


def of_this_process() -> Iterator[Family]:
    """What this process has counted."""
    for one in (requests, request_seconds, refused, login_refusals, sockets):
        yield one.family()


def gauge(name: str, help_: str, value: float | None, **labels: str) -> Family:
    """A family of one line, without a line where there is no figure."""
    return Family(name, "gauge", help_, [] if value is None else [Sample(value, labels)])


def text(families: Iterable[Family]) -> str:
    """Everything in Prometheus' text format."""
    lines: list[str] = []
    for family in families:
        lines += [f"# HELP {family.name} {family.help}", f"# TYPE {family.name} {family.kind}"]
        lines += [f"{family.name}{sample.ending}{_labels(sample.labels)} {sample.value:.17g}" for sample in family.samples]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
