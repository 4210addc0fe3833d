"""What schemathesis holds each answer against: it is GraphQL's shape, and whatever is refused is refused with a code of ours.

Its own check takes every error for a server's; here most documents are refused, by design, since their values are made up.
"""

from typing import Any

import schemathesis

REFUSALS = {"BAD_REQUEST", "NOT_ALLOWED", "NOT_FOUND", "VALIDATION_FAILED", "LIMIT_EXCEEDED"}


@schemathesis.check
def answers_with_data_or_a_refusal(_context: Any, response: Any, _case: Any) -> None:
    """No defect, no time-out, nothing that is not told by a code."""
    assert response.status_code in {200, 400, 403}, f"status {response.status_code}"
    answer = response.json()
    assert isinstance(answer, dict), "no object"
    assert set(answer) <= {"data", "errors", "extensions"}, f"unknown members: {sorted(answer)}"
    assert "data" in answer or answer.get("errors"), "neither data nor errors"
    for error in answer.get("errors", ()):
        code = error["extensions"]["code"]
        assert code in REFUSALS, f"refused with {code}: {error['message']}"
        assert error["extensions"]["requestId"], "no request id"
