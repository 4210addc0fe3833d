"""schemathesis in GraphQL mode: documents and values made from the schema, none of which may make the server stumble."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graphql import build_schema

from backend.graphql.lint import SDL

# They end the session that the suite runs with; tests of our own call them.
LEFT_OUT = ("Mutation.logout", "Mutation.changePassword", "Mutation.endOtherSessions", "Mutation.endSession")
SEED = 20261123
HOOKS = Path(__file__).with_name("schema_checks.py")


def parts(how_many: int) -> list[list[str]]:
    """The root fields in so many parts: an access token lasts ten minutes, so each part gets a new one."""
    schema = build_schema(SDL.read_text(encoding="utf-8"))
    roots = [root for root in (schema.query_type, schema.mutation_type) if root is not None]
    fields = [f"{root.name}.{name}" for root in roots for name in root.fields]
    asked = [field for field in fields if field not in LEFT_OUT]
    return [asked[start::how_many] for start in range(how_many)]


def run(url: str, token: str, fields: Sequence[str], each: int, folder: Path) -> tuple[int, list[str]]:
    """How many documents were sent, and what is not as it should be; ``each`` of these root fields is asked for so often."""
    report = folder / "report.ndjson"
    report.unlink(missing_ok=True)
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", str(SDL), "--url", url, "--header", f"Authorization: Bearer {token}",
        "--checks", "answers_with_data_or_a_refusal", "--phases", "fuzzing", "--max-examples", str(each), "--seed", str(SEED),
        "--generation-database", "none", "--no-color", "--report", "ndjson", "--report-ndjson-path", str(report),
        "--request-timeout", "30", *(part for field in fields for part in ("--include-name", field)),
    ]  # fmt: skip
    own = os.environ | {"PYTHONWARNINGS": "ignore", "SCHEMATHESIS_HOOKS": str(HOOKS)}
    done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=1800, cwd=folder)
    return judge(done.returncode, done.stdout + done.stderr, report)


def judge(code: int, said: str, report: Path) -> tuple[int, list[str]]:
    """What the run's exit code and its lines say."""
    sent = stumbled = 0
    for line in report.read_text(encoding="utf-8").splitlines() if report.exists() else ():
        for exchange in exchanges(json.loads(line)):
            sent += 1
            stumbled += exchange.get("status_code", 0) >= 500 or b'"INTERNAL"' in json.dumps(exchange).encode()
    found = [] if code == 0 else [line for line in said.splitlines() if line.strip()][-60:]
    if stumbled:
        found.append(f"{stumbled} requests were answered with a defect")
    if not sent:
        found.append("nothing was sent")
    return sent, found


def exchanges(event: Any) -> list[dict[str, Any]]:
    """Every response that an event of the report holds, however deep."""
    if isinstance(event, dict):
        here = [event] if "status_code" in event else []
        return here + [found for value in event.values() for found in exchanges(value)]
    return [found for value in event for found in exchanges(value)] if isinstance(event, list) else []
