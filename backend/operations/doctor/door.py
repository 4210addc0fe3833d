"""The front door: that Caddy serves our page and reaches an API that is ready, and how others get there from here."""

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

from backend.operations.doctor.case import Case, Need, in_thread
from backend.operations.doctor.entrance import Door
from backend.operations.doctor.lines import Line, Topic
from backend.operations.stack.ports import holder_of

TITLE = "<title>KRC Check-in</title>"
# Caddy's host and ports inside, as the compose file gives them; outside it publishes HTTP_PORT and HTTPS_PORT.
SERVICE, SERVICE_HTTP, SERVICE_HTTPS = "caddy", 8080, 8443

PAGE = Topic(
    "page",
    "whether our page opens at HTTP_PORT, through Caddy",
    "",
    "nothing answers there, or something else has taken the port",
    "Start everything with `just up`; if it runs, look into Caddy's log (`just logs`).",
)
API = Topic(
    "api",
    "whether the API is ready, asked through Caddy",
    "",
    "it does not answer, or says why it is not ready",
    "Look into the API's log (`just logs`), then start it again with `just up`.",
)


def plain(case: Case) -> Door:
    """The way in over HTTP, from here: a service beside us in a container, else this machine."""
    return Door(SERVICE, SERVICE_HTTP) if _beside(case) else Door("127.0.0.1", case.settings.http_port)


def secure(case: Case) -> Door | None:
    """The way in over HTTPS, if there is one; its name is known where PUBLIC_URL or HTTPS_HOSTS is set."""
    if case.settings.https_port is None:
        return None
    name = urlsplit(case.settings.public_url).hostname or next(iter(case.given.get("HTTPS_HOSTS", "").replace(",", " ").split()), "")
    if _beside(case):
        return Door(SERVICE, SERVICE_HTTPS, tls=True, name=name)
    return Door("127.0.0.1", case.settings.https_port, tls=True, name=name)


def _beside(case: Case) -> bool:
    return case.containers is not None or case.inside


async def page(case: Case) -> Sequence[Line]:
    """Open the page as a browser would; a redirect to HTTPS counts where HTTPS opens it."""
    door, other = plain(case), secure(case)
    try:
        answer = await _get(door, case.settings.origin, "/")
        if other and answer.is_redirect and answer.headers.get("location", "").startswith("https://"):
            door = other
            answer = await _get(door, case.settings.origin, "/")
    except (httpx.ConnectError, httpx.ConnectTimeout):
        return [PAGE.bad(f"Nothing answers at {door.url}.")]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return [await _taken(door, "which is no page of ours")]
    if TITLE not in answer.text:
        if "content-security-policy" in answer.headers:
            say = f"Caddy answers at {door.url}, but not with our page (status {answer.status_code})."
            return [PAGE.bad(say, "Build the pages with `just web-build`; in a container, take a complete image.")]
        return [await _taken(door, f"which answers {answer.status_code} with another page")]
    case.door = door
    case.met.add(Need.DOOR)
    return [PAGE.good(f"Our page opens at {door.url}.", status=answer.status_code, bytes=len(answer.content))]


async def _get(door: Door, origin: str, path: str) -> httpx.Response:
    async with door.client(origin) as client:
        return await client.get(path, headers={"Accept": "text/html, application/json"}, extensions=door.extensions)


async def _taken(door: Door, what: str) -> Line:
    who = await in_thread(lambda: holder_of(door.port)) if door.host == "127.0.0.1" else ""
    by = f"by {who}" if who else "by another program"
    return PAGE.bad(
        f"Port {door.port} is taken {by}, {what}.",
        f"End that program, or choose another port with HTTP_PORT={door.port + 1}, and start everything with `just up`.",
        port=door.port,
    )


async def api(case: Case) -> Sequence[Line]:
    """Ask the API whether it is ready, through Caddy."""
    door = case.door or plain(case)
    loop = asyncio.get_running_loop()
    before = loop.time()
    try:
        answer = await _get(door, case.settings.origin, "/api/v1/readyz")
        said = answer.json()
    except (httpx.HTTPError, ValueError):
        return [API.bad("The API does not answer behind Caddy.")]
    if answer.status_code == httpx.codes.OK:
        case.met.add(Need.API)
        return [API.good("The API is ready.", milliseconds=round((loop.time() - before) * 1000))]
    why = said.get("database") if isinstance(said, dict) else None
    if why is None:
        return [API.bad(f"Caddy can't reach the API (status {answer.status_code}).")]
    return [API.bad(f"The API is not ready. {why}", "Run `just bootstrap` if it says so; else see the line about the database.")]
