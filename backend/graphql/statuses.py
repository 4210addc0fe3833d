"""What HTTP says of an answer: its media type, its status, and what a request must be before GraphQL looks at it.

By the GraphQL-over-HTTP specification. Who accepts ``application/graphql-response+json`` gets a status for each answer without
``data``; who takes plain JSON gets 200 for what is wrong with a document, since an older client reads no body under another status.
"""

from collections.abc import Mapping
from typing import Any

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
RETRY_SECONDS = 2

# Whatever the media type: these say something of the caller or of the server, and proxies and libraries act on them.
_ALWAYS = {
    "UNAUTHENTICATED": 401,
    "KIOSK_NOT_APPROVED": 401,
    "KIOSK_REVOKED": 401,
    "RATE_LIMITED": 429,
    "INTERNAL": 500,
    "UNAVAILABLE": 503,
    "TIMEOUT": 503,
}
_NOT_ALLOWED = {"NOT_ALLOWED": 403}


def media_of(accept: str | None) -> str:
    """The media type for an ``Accept`` header: the specification's own where it is named, else JSON."""
    for choice in (accept or "").lower().split(","):
        kind, *parameters = (part.strip() for part in choice.split(";"))
        if kind == GRAPHQL and not any(parameter.replace(" ", "").rstrip("0.") == "q=" for parameter in parameters):
            return GRAPHQL
    return JSON


def status_of(answer: Mapping[str, Any], media: str) -> int:
    """The status of an answer: 200 wherever something was executed."""
    if "data" in answer:
        return 200
    code = answer["errors"][0]["extensions"]["code"]
    if code in _ALWAYS:
        return _ALWAYS[code]
    return _NOT_ALLOWED.get(code, 400) if media == GRAPHQL else 200


def headers_of(status: int) -> dict[str, str]:
    """What has to stand beside a status."""
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if status == 405:
        return {"Allow": "POST"}
    return {"Retry-After": str(RETRY_SECONDS)} if status == 503 else {}


def wrong_with(body: Any) -> str | None:
    """What makes a body no GraphQL request, or None."""
    if not isinstance(body, dict):
        return "The body must be one JSON object; batches are not taken."
    for name, kind, what in (
        ("query", str, "a string"),
        ("documentId", str, "a string"),
        ("operationName", str, "a string"),
        ("variables", dict, "an object"),
        ("extensions", dict, "an object"),
    ):
        if not isinstance(body.get(name), kind | None):
            return f"`{name}` must be {what}."
    extensions = body.get("extensions") or {}
    if not (body.get("documentId") or extensions.get("documentId") or (body.get("query") or "").strip()):
        return "The request has neither `documentId` nor `query`."
    return None
