"""The centre's logo: anybody may see it, as on the login page; an admin puts another one or takes it away."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from backend import errors, log
from backend.accounts.permissions import Permission
from backend.config import Settings
from backend.db import Database
from backend.downloads.access import answered
from backend.downloads.paper.press import in_a_process, kind_of
from backend.downloads.picture import NOT_A_PICTURE, TOO_MANY_PIXELS
from backend.errors import FieldError, ValidationFailed
from backend.graphql.view import authenticate, same_site
from backend.system import centre, logo

logger = log.get(__name__)

MOST_BYTES = 1024 * 1024
"""How large a file may be sent; what is kept of it is smaller."""
_SAID = {
    NOT_A_PICTURE: ("NOT_A_PICTURE", "This is no PNG, WebP or JPEG picture, or it is damaged."),
    TOO_MANY_PIXELS: ("TOO_MANY_PIXELS", "This picture has more than 16 million pixels. Make it smaller."),
}


def route(settings: Settings, database: Database) -> Route:
    """``GET`` for anybody, ``PUT`` (the picture as the body) and ``DELETE`` for whoever may write the settings."""
    doing: dict[str, Callable[[Request, Settings, Database, str], Awaitable[Response]]] = {
        "GET": _show,
        "HEAD": _show,
        "PUT": _change,
        "DELETE": _change,
    }

    async def answer(request: Request) -> Response:
        work = doing.get(request.method)
        return await answered(centre.LOGO, partial(work, request, settings, database) if work else None, allow=", ".join(doing))

    return Route(centre.LOGO, answer, methods=[*doing, "POST", "PATCH", "OPTIONS"])


async def _show(request: Request, _settings: Settings, database: Database, _request_id: str) -> Response:
    async with database.reading() as reader:
        found = await logo.read(reader)
    if found is None:
        raise errors.NotFound("There is no logo.")
    tag = f'"{found.sha256.hex()[:32]}"'
    # Its address changes with it; whoever asks without that part looks again each time.
    fresh = "public, max-age=31536000, immutable" if request.query_params.get("v") == found.sha256.hex()[:16] else "no-cache"
    headers = {"ETag": tag, "Cache-Control": fresh, "X-Content-Type-Options": "nosniff", "Content-Disposition": "inline"}
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(None, 304, headers)
    return Response(found.content, 200, headers, found.media_type)


async def _change(request: Request, settings: Settings, database: Database, request_id: str) -> Response:
    headers = request.headers
    if not same_site(headers.get("origin"), headers.get("host"), headers.get("sec-fetch-site"), settings):
        raise errors.NotAllowed("Requests from other sites are refused.")
    principal = await authenticate(settings, database, headers.get("authorization"))
    if principal is None:
        raise errors.Unauthenticated
    if not principal.may(Permission.SETTINGS_WRITE):
        raise errors.NotAllowed
    content = await _clean(await _read(request)) if request.method == "PUT" else None
    async with database.writing(principal.actor(request_id)) as uow:
        await logo.put(uow, content)
    return Response(None, 204, {"Cache-Control": "no-store"})


async def _read(request: Request) -> bytes:
    content = bytearray()
    try:
        async for part in request.stream():
            content += part
            if len(content) > MOST_BYTES:
                raise errors.LimitExceeded(f"The file has more than {MOST_BYTES // 1024} KiB, which is the limit.")
    except ClientDisconnect:
        raise errors.Failure("The file did not arrive whole.", code="BAD_REQUEST") from None
    return bytes(content)


async def _clean(content: bytes) -> bytes:
    code, made, said = await in_a_process("backend.downloads.picture", content)
    if code in _SAID:
        raise ValidationFailed(FieldError(("logo",), *_SAID[code]))
    if code:
        logger.warning("logo.not_read", kind=kind_of(said))
        raise ValidationFailed(FieldError(("logo",), *_SAID[NOT_A_PICTURE]))
    if len(made) > logo.MOST_BYTES:
        most = logo.MOST_BYTES // 1024
        raise ValidationFailed(
            FieldError(("logo",), "TOO_DETAILED", f"As a logo this picture has more than {most} KiB. Use a simpler one.")
        )
    return made
