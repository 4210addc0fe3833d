"""What signing in answers: cookies for the browser, and the rest for the page."""

from backend.accounts.entering import Browser, Challenged
from backend.accounts.graphql.types import SecondFactorNeeded, SessionStarted, Viewer
from backend.accounts.started import Started
from backend.graphql.context import Context

REFRESH_COOKIE = "krc_refresh"
DEVICE_COOKIE = "krc_device"
COOKIE_PATH = "/graphql"
# As long as browsers keep any cookie.
DEVICE_SECONDS = 400 * 24 * 3600


def browser_of(context: Context) -> Browser:
    """Where the request comes from."""
    return Browser(context.cookies.get(DEVICE_COOKIE), context.address, context.user_agent, context.request_id)


def answer(context: Context, result: Started) -> SessionStarted:
    """Set the cookies of a session and tell the rest."""
    context.set_cookie(REFRESH_COOKIE, result.refresh_token, max_age=result.refresh_seconds, path=COOKIE_PATH)
    if result.device_token is not None:
        context.set_cookie(DEVICE_COOKIE, result.device_token, max_age=DEVICE_SECONDS, path=COOKIE_PATH)
    return SessionStarted(
        access_token=result.access_token,
        expires_at=result.access_expires_at,
        viewer=Viewer.of(result.principal, result.user),
    )


def entered(context: Context, result: Started | Challenged) -> SessionStarted | SecondFactorNeeded:
    """The same after a right password: there may be a second step, which needs this browser's cookie."""
    if isinstance(result, Started):
        return answer(context, result)
    context.set_cookie(DEVICE_COOKIE, result.device_token, max_age=DEVICE_SECONDS, path=COOKIE_PATH)
    return SecondFactorNeeded(challenge=result.challenge, ends_at=result.ends_at)
