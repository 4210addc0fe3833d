"""The audits of the package ``graphql-http``: what the specification of GraphQL over HTTP says MUST, SHOULD and MAY be."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from backend.operations.stack.given import ROOT

SCRIPT = Path(__file__).with_name("over_http.mjs")
PACKAGE = ROOT / "frontend" / "node_modules" / "graphql-http"
AUDITS = 61
# What the specification leaves open and we leave out: queries by GET, which a link on another site could make a browser send.
DECLINED = {"5A70", "D6D5", "6A70"}


def run(url: str, token: str) -> tuple[str, list[str]]:
    """A summary, and what is not as it should be."""
    folder = os.environ.get("GRAPHQL_HTTP") or str(PACKAGE)
    done = subprocess.run(
        ["node", str(SCRIPT), folder, url], env=os.environ | {"AUDIT_TOKEN": token}, capture_output=True, text=True, timeout=120
    )
    if done.returncode != 0:
        return "did not run", [done.stderr.strip()[-1000:]]
    outcomes: list[dict[str, Any]] = json.loads(done.stdout)
    return judge(outcomes)


def judge(outcomes: list[dict[str, Any]]) -> tuple[str, list[str]]:
    """Errors and warnings count, and so does a notice that nobody decided on, or an audit that is missing."""
    counts = Counter(outcome["status"] for outcome in outcomes)
    found = [f"{one['id']} {one['name']}: {one['reason']}" for one in outcomes if one["status"] != "ok" and one["id"] not in DECLINED]
    if len(outcomes) < AUDITS:
        found.append(f"only {len(outcomes)} of {AUDITS} audits ran")
    summary = f"{len(outcomes)} audits: {counts['ok']} ok, {counts['error']} errors, {counts['warn']} warnings, {counts['notice']} declined"
    return summary, found
