"""``just audit``: other people's test suites against a running API, one line for each, exit code 1 when one finds something.

``graphql-http`` audits how GraphQL is spoken over HTTP; schemathesis sends documents made from the schema, as an admin and as staff,
and none may make the server stumble.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend import log
from backend.operations.stack.given import ROOT
from tests.audits import http_suite, schema_suite
from tests.audits.serving import Served
from tests.world import World

SUITES = ("http", "schema")
EXAMPLES = 2000
PARTS = 4


@dataclass(frozen=True)
class Outcome:
    """What a suite found."""

    suite: str
    summary: str
    findings: Sequence[str]


async def run(suites: Sequence[str], examples: int, folder: Path) -> list[Outcome]:
    """The suites, one after the other, each against a server of its own."""
    outcomes: list[Outcome] = []
    if "http" in suites:
        async with Served(open_to_all=False) as served:
            summary, findings = await asyncio.to_thread(http_suite.run, served.url, await served.token("admin"))
            outcomes.append(Outcome("graphql-http", summary, findings))
    if "schema" in suites:
        for who in ("admin", "staff"):
            # Staff send trusted documents alone; here they may send any, so that every field meets their permissions.
            async with Served(open_to_all=who == "staff") as served:
                outcomes.append(await _documents(served, who, examples, folder))
    return outcomes


async def _documents(served: Served, who: str, examples: int, folder: Path) -> Outcome:
    parts = schema_suite.parts(PARTS)
    each = -(-examples // sum(map(len, parts)))
    sent, findings = 0, list[str]()
    for fields in parts:
        more, found = await asyncio.to_thread(schema_suite.run, served.url, await served.token(who), fields, each, folder)
        sent += more
        findings += found
    return Outcome(f"schemathesis as {who}", f"{sent:,} documents, {len(findings)} findings", findings)


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="just audit", description="Run other people's test suites against the API.")
    parser.add_argument("--only", action="append", choices=SUITES, help="one of them; may be repeated")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help=f"how many documents schemathesis makes; {EXAMPLES} unless said")
    options = parser.parse_args()
    world = World()
    # What is refused is what the suites look at; only a defect is worth a line here.
    log.configure("ERROR")
    os.chdir(ROOT)
    try:
        world.start()
        with tempfile.TemporaryDirectory(prefix="krc-audit-") as folder:
            outcomes = asyncio.run(run(options.only or SUITES, options.examples, Path(folder)))
    finally:
        world.stop()
    for outcome in outcomes:
        sys.stdout.write(f"{outcome.suite}: {outcome.summary}\n")
        for finding in outcome.findings:
            sys.stdout.write(f"  {finding}\n")
    return 1 if any(outcome.findings for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
