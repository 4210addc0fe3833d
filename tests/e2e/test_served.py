"""What Caddy sends along with the built pages: policies, compression, caching."""

import re

import pytest
from playwright.async_api import APIRequestContext, expect

from tests.e2e.browsing import Browsing
from tests.e2e.desk import Desk
from tests.e2e.records import SignIn

PATHS = (
    "/",
    "/login",
    "/clients/anything",
    "/kiosk",
    "/lobby",
    "/kiosk-sw.js",
    "/kiosk.webmanifest",
    "/theme.js",
    "/favicon.svg",
    "/missing.png",
    "/graphql",
    "/api/v1/healthz",
    "/api/nothing",
    "/metrics",
)

WORTH_COMPRESSING = 1024


@pytest.fixture
async def request_of(browsing: Browsing) -> APIRequestContext:
    return (await browsing.context()).request


async def test_every_answer_carries_the_policies(request_of: APIRequestContext) -> None:
    for path in PATHS:
        headers = (await request_of.get(path, fail_on_status_code=False)).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy, path
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "no-referrer", path
        assert headers["cross-origin-opener-policy"] == "same-origin", path
        assert "geolocation=()" in headers["permissions-policy"], path
        assert not {"server", "via", "x-powered-by"} & set(headers), path


async def test_assets_are_precompressed_and_kept_for_ever(request_of: APIRequestContext) -> None:
    page = await (await request_of.get("/")).text()
    assets = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)
    assert any(asset.endswith(".js") for asset in assets)
    assert any(asset.endswith(".css") for asset in assets)
    for asset in assets:
        kind = asset.rpartition(".")[2]
        plain = await request_of.get(asset, headers={"Accept-Encoding": "identity"})
        assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
        if kind not in ("js", "css") or len(await plain.body()) < WORTH_COMPRESSING:
            continue
        for encoding in ("br", "gzip"):
            packed = await request_of.get(asset, headers={"Accept-Encoding": encoding})
            assert packed.headers["content-encoding"] == encoding
            assert "accept-encoding" in packed.headers["vary"].lower()
            assert int(packed.headers["content-length"]) < len(await plain.body())
            assert await packed.body() == await plain.body()
    missing = await request_of.get("/assets/missing-12345678.js", fail_on_status_code=False)
    assert missing.status == 404
    assert missing.headers["cache-control"] == "no-store"


async def test_pages_are_asked_for_again_each_time(request_of: APIRequestContext) -> None:
    for path in ("/", "/login", "/clients/anything"):
        answer = await request_of.get(path)
        assert answer.headers["cache-control"] == "no-cache"
        assert "html" in answer.headers["content-type"]
    assert (await request_of.get("/metrics", fail_on_status_code=False)).status == 404


async def test_cookie_can_not_be_read_by_scripts_nor_sent_from_elsewhere(browsing: Browsing, staff: SignIn) -> None:
    page = await browsing.signed_in(staff)
    await Desk(page).is_ready()
    cookies = await page.context.cookies()
    assert cookies
    for cookie in cookies:
        assert cookie["httpOnly"], cookie["name"]
        assert cookie["sameSite"] == "Strict", cookie["name"]
    assert await page.evaluate("document.cookie") == ""
    kept = await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "eyJ" not in kept, "a token must stay in memory"


async def test_nothing_comes_from_the_internet_and_inline_scripts_do_not_run(browsing: Browsing, staff: SignIn, stack_host: str) -> None:
    context = await browsing.context()
    await browsing.sign_in(context, staff)
    page = await context.new_page()
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    await page.goto("/clients")
    await expect(page.get_by_role("table")).to_be_visible()
    await page.get_by_role("link", name="Desk", exact=True).click()
    await Desk(page).is_ready()
    assert hosts == {stack_host}
    ran = await page.evaluate(
        """() => {
          const script = document.createElement('script')
          script.textContent = 'window.injected = true'
          document.body.append(script)
          return window.injected === true
        }"""
    )
    assert not ran
    browsing.expect_policy_violations()


@pytest.fixture
def stack_host(browsing: Browsing) -> str:
    return browsing.origin.split("/")[2]
