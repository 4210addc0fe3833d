"""The front door, with the real Caddy: what it serves, passes on, refuses and says about it."""

import gzip
import json
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from backend.operations.stack.files import free_port
from backend.operations.stack.programs import CADDYFILE, program_path
from tests.operations.stack_support import StubApi, ask, eventually

SCRIPT = b"console.log('one long line, worth compressing');" * 200
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
    "manifest-src 'self'", "worker-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
}  # fmt: skip


class Site(NamedTuple):
    port: int
    api: StubApi
    port_without_api: int


def caddy(folder: Path, spa: Path, http_port: int, api_port: int) -> subprocess.Popen[bytes]:
    settings = {
        "HTTP_PORT": http_port,
        "API_PORT": api_port,
        "SPA_DIR": spa,
        "CADDY_STORAGE": folder,
        "XDG_DATA_HOME": folder,
        "XDG_CONFIG_HOME": folder,
    }
    environment = {name: str(value) for name, value in settings.items()} | {"PATH": os.environ["PATH"], "HOME": str(folder)}
    command = [program_path("caddy"), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    with (folder / "caddy.log").open("ab") as log:
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two Caddies before the same pages, one of them without an API behind it."""
    folder = tmp_path_factory.mktemp("site")
    spa = folder / "spa"
    (spa / "assets").mkdir(parents=True)
    (spa / "index.html").write_text("<!doctype html><title>the pages</title>")
    (spa / "favicon.ico").write_bytes(b"icon")
    (spa / ".vite").mkdir()
    (spa / ".vite" / "manifest.json").write_text("{}")
    script = spa / "assets" / "index-abc123.js"
    script.write_bytes(SCRIPT)
    for ending in ("gz", "br", "zst"):
        script.with_name(f"{script.name}.{ending}").write_bytes(gzip.compress(SCRIPT) if ending == "gz" else ending.encode())
    with StubApi() as api:
        ports = [free_port(), free_port()]
        running = [caddy(folder, spa, ports[0], api.port), caddy(folder, spa, ports[1], free_port())]
        eventually(lambda: all(listens(port) for port in ports))
        yield Site(ports[0], api, ports[1])
        for process in running:
            process.terminate()
        assert [process.wait(10) for process in running] == [0, 0]


def assert_safe(headers: dict[str, str]) -> None:
    assert set(headers["content-security-policy"].split("; ")) == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert not {"server", "via", "x-powered-by", "strict-transport-security"} & headers.keys()


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/", None, 200),
        ("GET", "/clients/42", None, 200),
        ("GET", "/assets/index-abc123.js", None, 200),
        ("GET", "/assets/gone.js", None, 404),
        ("GET", "/gone.png", None, 404),
        ("POST", "/", b"{}", 405),
        ("GET", "/metrics", None, 404),
        ("POST", "/graphql", b"{}", 200),
        ("POST", "/graphql", b"x" * 65_537, 413),
        ("GET", "/api/v1/healthz", None, 200),
    ],
)
def test_every_answer_carries_the_security_headers(site: Site, method: str, path: str, body: bytes | None, status: int) -> None:
    answer = ask(site.port, path, method, body)
    assert answer.status == status
    assert_safe(answer.headers)


def test_pages_are_asked_for_again_and_assets_never(site: Site) -> None:
    assert ask(site.port, "/").headers["cache-control"] == "no-cache"
    assert ask(site.port, "/favicon.ico").headers["cache-control"] == "no-cache"
    assert ask(site.port, "/assets/index-abc123.js").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert ask(site.port, "/assets/gone.js").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("accepted", "used"), [("gzip, br, zstd", "br"), ("zstd, gzip", "zstd"), ("gzip", "gzip"), ("identity", "")])
def test_assets_come_compressed_as_built(site: Site, accepted: str, used: str) -> None:
    answer = ask(site.port, "/assets/index-abc123.js", Accept_Encoding=accepted)
    assert answer.headers.get("content-encoding", "") == used
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "Accept-Encoding"
    if used == "gzip":
        assert gzip.decompress(answer.body) == SCRIPT


@pytest.mark.parametrize("path", ["/", "/desk", "/clients/0192", "/clients/0192/history", "/login?next=%2Fdesk"])
def test_an_address_of_a_page_gets_the_page(site: Site, path: str) -> None:
    assert b"the pages" in ask(site.port, path).body


@pytest.mark.parametrize(
    "path", ["/assets/gone.js", "/assets/", "/picture.png", "/.vite/manifest.json", "/.env", "/api/v2/x", "/graphql/x", "/metrics"]
)
def test_what_is_no_page_is_not_found(site: Site, path: str) -> None:
    answer = ask(site.port, path)
    assert answer.status == 404
    assert b"the pages" not in answer.body


def test_the_api_hears_from_caddy_alone_who_asks(site: Site) -> None:
    answer = ask(site.port, "/graphql", "POST", b"{}", X_Forwarded_For="203.0.113.9", X_Real_IP="203.0.113.9", Forwarded="for=203.0.113.9")
    heard = json.loads(answer.body)["headers"]
    assert heard["X-Forwarded-For"] == "127.0.0.1"
    assert "203.0.113.9" not in json.dumps(heard)


def test_a_body_of_64_kib_passes_and_one_more_byte_does_not(site: Site) -> None:
    assert json.loads(ask(site.port, "/graphql", "POST", b"x" * 65_536).body)["length"] == 65_536
    answer = ask(site.port, "/graphql", "POST", b"x" * 65_537)
    assert answer.status == 413
    assert answer.headers["content-type"].startswith("application/json")
    assert json.loads(answer.body)["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


def test_without_the_api_the_pages_still_load_and_it_says_so_in_json(site: Site) -> None:
    assert b"the pages" in ask(site.port_without_api, "/").body
    answer = ask(site.port_without_api, "/graphql", "POST", b"{}")
    assert answer.status == 502
    assert_safe(answer.headers)
    assert answer.headers["retry-after"] == "2"
    extensions = json.loads(answer.body)["errors"][0]["extensions"]
    assert extensions["code"] == "UNAVAILABLE"
    assert extensions["requestId"]
    rest = ask(site.port_without_api, "/api/v1/readyz")
    assert (rest.status, rest.headers["content-type"]) == (502, "application/problem+json")
    assert json.loads(rest.body)["status"] == 502


def test_the_caddyfile_is_valid_and_formatted() -> None:
    formatted = subprocess.run([program_path("caddy"), "fmt", CADDYFILE], capture_output=True, text=True)
    assert formatted.stdout == CADDYFILE.read_text()
