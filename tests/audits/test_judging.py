"""That `just audit` is red when a suite finds something, and when it did not really run."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.audits import http_suite, schema_suite


def outcomes(**changed: str) -> list[dict[str, Any]]:
    """All audits as they should be: the declined ones as notices, the others ok; but for these."""
    names = [*http_suite.DECLINED, *(f"A{number}" for number in range(http_suite.AUDITS - len(http_suite.DECLINED)))]
    status = {name: "notice" if name in http_suite.DECLINED else "ok" for name in names} | changed
    return [{"id": name, "name": f"SHOULD {name}", "status": status[name], "reason": None} for name in names]


def test_all_as_decided_is_green() -> None:
    assert http_suite.judge(outcomes()) == ("61 audits: 58 ok, 0 errors, 0 warnings, 3 declined", [])


@pytest.mark.parametrize("status", ["error", "warn", "notice"])
def test_anything_else_is_red(status: str) -> None:
    assert http_suite.judge(outcomes(A3=status))[1] == ["A3 SHOULD A3: None"]


def test_an_audit_that_did_not_run_is_red() -> None:
    assert http_suite.judge(outcomes()[1:])[1] == ["only 60 of 61 audits ran"]


def report(folder: Path, *responses: dict[str, Any]) -> Path:
    path = folder / "report.ndjson"
    path.write_text("".join(json.dumps({"Case": {"deep": [{"response": one}]}}) + "\n" for one in responses))
    return path


def test_documents_are_counted_and_a_defect_is_red(tmp_path: Path) -> None:
    good, bad = {"status_code": 200, "body": "{}"}, {"status_code": 500, "body": "{}"}
    masked = {"status_code": 200, "body": {"errors": [{"extensions": {"code": "INTERNAL"}}]}}
    assert schema_suite.judge(0, "", report(tmp_path, good, good)) == (2, [])
    assert schema_suite.judge(0, "", report(tmp_path, good, bad))[1] == ["1 requests were answered with a defect"]
    assert schema_suite.judge(0, "", report(tmp_path, masked)) == (1, ["1 requests were answered with a defect"])


def test_a_suite_that_failed_or_sent_nothing_is_red(tmp_path: Path) -> None:
    assert schema_suite.judge(1, "one\n\ntwo", report(tmp_path, {"status_code": 200}))[1] == ["one", "two"]
    assert schema_suite.judge(0, "", tmp_path / "missing") == (0, ["nothing was sent"])


def test_every_root_field_has_its_part() -> None:
    parts = schema_suite.parts(4)
    whole = [field for part in parts for field in part]
    assert len(whole) == len(set(whole)) > 100
    assert not set(whole) & set(schema_suite.LEFT_OUT)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
