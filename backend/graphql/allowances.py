"""What an API key's requests cost and have left, as its holder is told."""

from collections.abc import Mapping
from typing import Any

from backend.accounts.key_uses import Allowance, CallsUsedUp
from backend.accounts.principal import Principal
from backend.errors import Failure, RateLimited
from backend.graphql.cost import MOST, cost_of


def wants_cost(principal: Principal | None) -> bool:
    """Whether answers to this principal say what they cost: to API keys, and to who looks through one."""
    return principal is not None and principal.api_key_id is not None


def cost_shown(cost: int) -> dict[str, Any]:
    """The ``extensions`` of such an answer."""
    return {"cost": {"estimated": cost, "limit": MOST}}


def estimate(text: str, body: Mapping[str, Any]) -> int:
    """What a request asks for; 0 for one that will be refused before anything runs."""
    name, variables = body.get("operationName"), body.get("variables")
    if not isinstance(name, str | None) or not isinstance(variables, dict | None):
        return 0
    try:
        return cost_of(text, name, variables)
    except Failure:
        return 0


def headers_of(allowance: Allowance | None, refusal: Failure | None) -> dict[str, str]:
    """The headers of an answer, by the names of the IETF's draft; none for who has no allowance."""
    if isinstance(refusal, CallsUsedUp):
        allowance = refusal.allowance
    headers = {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, RateLimited) else {}
    if allowance is not None:
        headers["RateLimit-Limit"] = str(allowance.limit)
        headers["RateLimit-Remaining"] = str(allowance.left)
        headers["RateLimit-Reset"] = str(allowance.seconds)
    return headers
