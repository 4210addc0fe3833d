"""Cookies in and out: under names that a page over HTTP can neither read nor replace when they came over HTTPS."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from backend.config import Settings
from backend.graphql.context import Context


def over_https(request: Request, settings: Settings) -> bool:
    """Whether the browser came over HTTPS: to Caddy, which says so, or to a proxy before it, which the page's own address tells."""
    if request.url.scheme == "https":
        return True
    origin = request.headers.get("origin")
    if origin is not None:
        return origin.startswith("https://")
    return settings.secure and request.headers.get("host") == urlsplit(settings.origin).netloc


# A browser has one set of cookies for all ports of a host. What it got over HTTPS may not be replaced, nor sent, over HTTP:
# under the same name a login at one port would shut the other.
_SECURE = "__Secure-"


def cookies_of(request: Request, *, secure: bool) -> dict[str, str]:
    """The cookies that were set over this scheme, by their plain names."""
    if not secure:
        return request.cookies
    return {name.removeprefix(_SECURE): value for name, value in request.cookies.items() if name.startswith(_SECURE)}


def set_cookies(response: Response, context: Context, *, secure: bool) -> None:
    """Put the context's cookies into the answer."""
    for cookie in context.cookies_to_set:
        response.set_cookie(
            f"{_SECURE}{cookie.name}" if secure else cookie.name,
            cookie.value,
            max_age=cookie.max_age,
            path=cookie.path,
            httponly=True,
            samesite="strict",
            secure=secure,
        )
