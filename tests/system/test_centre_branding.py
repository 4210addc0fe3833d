"""Accent colours that can be read, and a logo of which only the pixels are kept."""

import io
import re
import zlib
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image, PngImagePlugin
from pypdf import PdfReader
from sqlalchemy import text

from backend.graphql import ids
from backend.system import contrast, logo
from tests.client import Api
from tests.clients.people import add_client
from tests.downloads.papers import codes_in
from tests.system.settings_page import change, read, try_to_change

PATH = "/api/v1/logo"
TYPES = ("PNG", "WEBP", "JPEG")


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 32), **more: Any) -> bytes:
    """A red picture."""
    made = io.BytesIO()
    Image.new("RGB", size, (208, 16, 64)).save(made, kind, **more)
    return made.getvalue()


async def send(api: Api, content: bytes | None, **headers: str) -> httpx.Response:
    """PUT the content, or DELETE without one."""
    given = {"Authorization": f"Bearer {api.token}"} | headers if api.token else headers
    return await api.http.request("PUT" if content is not None else "DELETE", PATH, content=content, headers=given)


async def kept(api: Api) -> Image.Image:
    answer = await api.http.get(PATH)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    return Image.open(io.BytesIO(answer.content))


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast.contrast("#ec194d", "#ffffff") == pytest.approx(4.4, abs=0.1)


@pytest.mark.parametrize("file", ["styles/tokens.css", "lib/contrast.ts"])
def test_the_backgrounds_are_those_of_the_pages(repository: Path, file: str) -> None:
    content = (repository / "frontend" / "src" / file).read_text(encoding="utf-8")
    if file.endswith(".css"):
        light, _, dark = content.partition("[data-theme='dark']")
        for colours, part in ((contrast.LIGHT, light), (contrast.DARK, dark)):
            assert tuple(re.findall(r"--(?:paper|raised|sunken): (#[0-9a-f]{6});", part)) == colours
    else:
        for colours in (contrast.LIGHT, contrast.DARK):
            assert ", ".join(f"'{colour}'" for colour in colours) in content


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"accentLight": "#ec194d"}, "LOW_CONTRAST"),
        ({"accentDark": "#d01040"}, "LOW_CONTRAST"),
        ({"accentLight": "#ffff00"}, "LOW_CONTRAST"),
        ({"accentLight": "red"}, "NOT_A_COLOUR"),
        ({"accentDark": "#12345"}, "NOT_A_COLOUR"),
        ({"accentDark": "#1234567"}, "NOT_A_COLOUR"),
        ({"accentLight": "#١٢٣٤٥٦"}, "NOT_A_COLOUR"),
        ({"accentLight": "url(//evil)"}, "NOT_A_COLOUR"),
    ],
)
async def test_a_colour_that_cant_be_read_is_refused(api: Api, chosen: dict[str, str], code: str) -> None:
    await api.login("admin")
    member = await try_to_change(api, **chosen)
    assert member["fields"] == [{"path": [next(iter(chosen))], "code": code}]


async def test_colours_are_shown_to_everybody_and_can_be_given_up(api: Api) -> None:
    await api.login("admin")
    saved = await change(api, accentLight=" #0B5FFF ", accentDark="#8ab4ff")
    assert (saved["accentLight"], saved["accentDark"]) == ("#0b5fff", "#8ab4ff")
    stranger = api.another()
    shown = (await stranger.execute("{ centre { accentLight accentDark } }"))["centre"]
    assert shown == {"accentLight": "#0b5fff", "accentDark": "#8ab4ff"}
    await stranger.close()
    saved = await change(api, accentLight=None)
    assert (saved["accentLight"], saved["accentDark"]) == (None, "#8ab4ff")


@pytest.mark.parametrize("kind", TYPES)
async def test_a_logo_is_kept_as_a_png_and_anybody_sees_it(api: Api, kind: str) -> None:
    await api.login("admin")
    assert (await send(api, picture(kind))).status_code == 204
    stranger = api.another()
    assert (await kept(stranger)).size == (64, 32)
    address = (await stranger.execute("{ centre { logoUrl } }"))["centre"]["logoUrl"]
    answer = await stranger.http.get(address)
    assert (answer.status_code, "immutable" in answer.headers["cache-control"]) == (200, True)
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = await stranger.http.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])
    plain = await stranger.http.get(PATH, headers={"If-None-Match": '"another"'})
    assert (plain.status_code, plain.headers["cache-control"]) == (200, "no-cache")
    await stranger.close()


async def test_another_logo_has_another_address_and_none_has_none(api: Api) -> None:
    await api.login("admin")
    assert (await api.http.get(PATH)).status_code == 404
    await send(api, picture())
    first = (await read(api))["logoUrl"]
    await send(api, picture(size=(32, 32)))
    second = (await read(api))["logoUrl"]
    assert len({first, second, None}) == 3
    # The old address shows the new one, and says that this may not be kept.
    assert (await api.http.get(first)).headers["cache-control"] == "no-cache"
    assert (await send(api, None)).status_code == 204
    assert (await read(api))["logoUrl"] is None
    assert (await api.http.get(second)).status_code == 404
    async with api.database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM centre_files")) == 0
        entries = await reader.rows(text("SELECT after FROM audit_log WHERE action = 'centre.changed' ORDER BY id"))
    assert [bool(entry.after["logo"]) for entry in entries] == [True, True, False]


async def test_only_pixels_are_kept_and_not_too_many(api: Api) -> None:
    await api.login("admin")
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "made at 34.05 N 118.24 W by <script>alert(1)</script>")
    content = picture(size=(1600, 400), pnginfo=said) + b"<?php not a picture ?>"
    assert (await send(api, content)).status_code == 204
    found = await kept(api)
    assert found.size == (512, 128)
    answer = (await api.http.get(PATH)).content
    assert b"alert" not in answer
    assert b"php" not in answer
    assert found.info.get("Comment") is None


def bomb() -> bytes:
    """A small file that says it has 900 million pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    head = (30_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "NOT_A_PICTURE"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "NOT_A_PICTURE"),
        (b"GIF89a" + bytes(200), "NOT_A_PICTURE"),
        (picture()[:60], "NOT_A_PICTURE"),
        (picture("WEBP")[:40], "NOT_A_PICTURE"),
        (bomb(), "TOO_MANY_PIXELS"),
    ],
    ids=["nothing", "svg", "gif", "half a png", "half a webp", "bomb"],
)
async def test_what_is_no_picture_of_ours_is_refused(api: Api, content: bytes, code: str) -> None:
    await api.login("admin")
    answer = await send(api, content)
    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, code)
    assert (await read(api))["logoUrl"] is None


async def test_a_picture_with_too_many_details_is_refused(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    await api.login("admin")
    monkeypatch.setattr(logo, "MOST_BYTES", 50)
    answer = await send(api, picture())
    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "TOO_DETAILED")


async def test_a_file_beyond_a_mebibyte_is_refused(api: Api) -> None:
    await api.login("admin")
    answer = await send(api, picture() + bytes(1024 * 1024))
    assert (answer.status_code, answer.json()["code"]) == (413, "LIMIT_EXCEEDED")


async def test_who_may_change_it(api: Api) -> None:
    assert (await send(api, picture())).status_code == 401
    await api.login("staff")
    for content in (picture(), None):
        assert (await send(api, content)).status_code == 403
    await api.login("admin")
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert (await send(api, picture(), **headers)).status_code == 403
    answer = await api.http.post(PATH, content=picture(), headers={"Authorization": f"Bearer {api.token}"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, PUT, DELETE")
    assert (await read(api))["logoUrl"] is None


async def test_cards_have_the_logo_and_the_colour(api: Api) -> None:
    await api.login("admin")
    client = await add_client(api.database, "Ana", member_code="A-1")

    async def card() -> bytes:
        body = {"clientIds": [ids.encode("Client", client)], "paper": "CARD"}
        answer = await api.http.post("/api/v1/cards.pdf", json=body, headers={"Authorization": f"Bearer {api.token}"})
        assert answer.status_code == 200
        return answer.content

    def drawn(content: bytes) -> str:
        page = PdfReader(io.BytesIO(content)).pages[0]
        found = page.get_contents()
        assert found is not None
        return found.get_data().decode("latin-1")

    plain = await card()
    assert not PdfReader(io.BytesIO(plain)).pages[0].images
    await change(api, accentLight="#0000ff")
    assert "0 0 1 rg" in drawn(await card())
    assert "0 0 1 rg" not in drawn(plain)
    await send(api, picture())
    # What a change made this process forget is read by its next request.
    with_logo = await card()
    assert len(PdfReader(io.BytesIO(with_logo)).pages[0].images) == 1
    assert codes_in(with_logo) == ["A-1"]
