"""The doctor at the front door: the page, a port that somebody else took, a redirect, certificates; and containers."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from backend.operations.doctor import certificate, door
from backend.operations.doctor.case import Case, Need
from backend.operations.doctor.certificate import DAY, Seen
from backend.operations.doctor.lines import Level
from tests import world
from tests.operations.doctor_support import Authority, case_of, examined
from tests.operations.stack_support import end, first_line, run_python

PAGE = "<!doctype html><html><head><title>KRC Check-in</title></head></html>"
OURS = {"Content-Security-Policy": "default-src 'none'"}
STRANGER = """
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")
    def log_message(self, *_):
        pass
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], os.getpid(), flush=True)
server.serve_forever()
"""


class Site:
    """Answers by path: status, headers, body."""

    def __init__(self, answers: dict[str, tuple[int, dict[str, str], str]], tls: ssl.SSLContext | None = None) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, body = answers.get(self.path, (404, OURS, "404 Not Found"))
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body.encode()))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        class Quiet(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                pass  # a handshake that was broken off on purpose

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port: int = self.server.server_address[1]


@contextmanager
def site(answers: dict[str, tuple[int, dict[str, str], str]], tls: ssl.SSLContext | None = None) -> Iterator[int]:
    made = Site(answers, tls)
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made.port
    finally:
        made.server.shutdown()
        thread.join()
        made.server.server_close()


def case_at(port: int, *, https_port: int | None = None, public_url: str = "", given: dict[str, str] | None = None) -> Case:
    settings = world.settings_for("postgresql://x/y")
    found = {"http_port": port, "https_port": https_port, "public_url": public_url}
    return case_of(settings.model_copy(update=found), given=given or {})


async def test_our_page_and_an_api_that_is_ready() -> None:
    ready = (200, OURS, json.dumps({"status": "ok", "database": "ok"}))
    with site({"/": (200, OURS, PAGE), "/api/v1/readyz": ready}) as port:
        case = case_at(port)
        found = await examined(case, "page", "api")
    assert found["page"].level is found["api"].level is Level.OK
    assert {Need.DOOR, Need.API} <= case.met


async def test_an_api_that_is_not_ready_says_why() -> None:
    why = "The schema is not at head: run `just bootstrap`."
    unready = (503, OURS, json.dumps({"status": "unavailable", "database": why}))
    bad_gateway, words_alone = (502, OURS, json.dumps({"title": "Bad Gateway"})), (200, OURS, "words")
    for answer, words in ((unready, why), (bad_gateway, "status 502"), (words_alone, "not answer")):
        with site({"/": (200, OURS, PAGE), "/api/v1/readyz": answer}) as port:
            found = await examined(case_at(port), "page", "api", "login")
        assert found["api"].level is Level.FAIL
        assert words in found["api"].saw
        assert found["not-checked"].saw == "Not looked at, because the API is not ready: login."


async def test_nothing_answers() -> None:
    found = await examined(case_at(1), "page", "api")
    assert (found["page"].level, found["page"].saw) == (Level.FAIL, "Nothing answers at http://127.0.0.1:1.")
    assert found["not-checked"].saw == "Not looked at, because the pages are not served: api."


def test_a_stranger_on_the_port_is_named() -> None:
    import asyncio

    stranger = run_python(STRANGER)
    try:
        port, pid = first_line(stranger).split()
        line = asyncio.run(examined(case_at(int(port)), "page"))["page"]
    finally:
        end(stranger)
    assert line.level is Level.FAIL
    assert f"process {pid}, which answers 200 with another page" in line.saw
    assert f"HTTP_PORT={int(port) + 1}" in line.do


async def test_what_speaks_no_http_is_a_stranger_too(redis_url: str) -> None:
    port = int(redis_url.rsplit(":", 1)[1].split("/", maxsplit=1)[0])
    line = (await examined(case_at(port), "page"))["page"]
    assert line.level is Level.FAIL
    assert f"Port {port} is taken" in line.saw


async def test_caddy_without_the_pages() -> None:
    with site({"/": (404, OURS, "404 Not Found")}) as port:
        line = (await examined(case_at(port), "page"))["page"]
    assert (line.level, "not with our page (status 404)" in line.saw) == (Level.FAIL, True)


def stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%d%H%M%SZ}"


def tls_of(files: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    return context


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


NAME = "nas.example"


@pytest.mark.parametrize(
    ("hours_ago", "hours_left", "name", "level", "words"),
    [
        (1, 11, NAME, Level.OK, "good for 11 h"),
        (11.5, 0.5, NAME, Level.WARN, "was not renewed yet"),
        (13, -1, NAME, Level.FAIL, "certificate has expired"),
        (1, 11, "other.example", Level.FAIL, "ostname mismatch"),
    ],
)
async def test_certificates(authority: Authority, hours_ago: float, hours_left: float, name: str, level: Level, words: str) -> None:
    now = datetime.now(UTC) + timedelta(seconds=30)
    made = authority.issue(name, stamp(now - timedelta(hours=hours_ago)), stamp(now + timedelta(hours=hours_left)))
    with site({"/root.crt": (200, OURS, authority.root)}) as port, site({}, tls_of(made)) as https_port:
        found = await examined(case_at(port, https_port=https_port, public_url=f"https://{NAME}:{https_port}"), "certificate")
    line = found["certificate"]
    assert (line.level, words in line.saw) == (level, True), line


async def test_a_certificate_whose_root_is_not_offered(authority: Authority) -> None:
    now = datetime.now(UTC)
    made = authority.issue("localhost", stamp(now - timedelta(hours=1)), stamp(now + timedelta(hours=11)))
    with site({}) as port, site({}, tls_of(made)) as https_port:
        found = await examined(case_at(port, https_port=https_port, given={"HTTPS_HOSTS": "localhost, nas"}), "certificate")
    assert (found["certificate"].level, "root is not known here" in found["certificate"].saw) == (Level.WARN, True)


async def test_a_root_that_ends_soon(tmp_path: Path) -> None:
    short = Authority(tmp_path, days=100)
    now = datetime.now(UTC)
    made = short.issue(NAME, stamp(now - timedelta(hours=1)), stamp(now + timedelta(hours=11)))
    with site({"/root.crt": (200, OURS, short.root)}) as port, site({}, tls_of(made)) as https_port:
        found = await examined(case_at(port, https_port=https_port, public_url=f"https://{NAME}"), "certificate")
    line = found["certificate"]
    assert (line.level, "root certificate ends in" in line.saw) == (Level.WARN, True)
    assert line.numbers["root_days_left"] in (99, 100)


async def test_no_https_where_there_should_be() -> None:
    with site({"/": (200, OURS, PAGE)}) as port:
        for wrong in (1, port):
            found = await examined(case_at(port, https_port=wrong), "certificate")
            assert (found["certificate"].level, "Nothing answers with HTTPS" in found["certificate"].saw) == (Level.FAIL, True)
    assert await examined(case_at(1), "certificate") == {}


def test_how_much_of_its_life_a_certificate_may_have_left() -> None:
    def level(begins: float, ends: float, root_ends: float | None = None) -> Level:
        return certificate.judge(Seen("", begins, ends, root_ends), NAME, 0.0, root_known=True)[0].level

    assert level(-11 * 3600 + 60, 3600 + 60) is Level.OK
    assert level(-11 * 3600 - 60, 3600 - 60) is Level.WARN
    assert level(-80 * DAY, 10 * DAY) is Level.OK
    assert level(-83 * DAY, 7 * DAY) is Level.WARN
    assert level(-3600, 11 * 3600, 181 * DAY) is Level.OK
    assert level(-3600, 11 * 3600, 179 * DAY) is Level.WARN


async def test_a_redirect_to_https_leads_to_the_page(authority: Authority) -> None:
    now = datetime.now(UTC)
    made = authority.issue("desk.example", stamp(now - timedelta(hours=1)), stamp(now + timedelta(hours=11)))
    with (
        site({"/": (200, OURS, PAGE), "/api/v1/readyz": (200, OURS, '{"status": "ok"}')}, tls_of(made)) as https_port,
        site({"/": (308, {**OURS, "Location": f"https://desk.example:{https_port}/"}, "")}) as port,
    ):
        case = case_at(port, https_port=https_port, public_url=f"https://desk.example:{https_port}")
        found = await examined(case, "page", "api")
    assert found["page"].level is found["api"].level is Level.OK, found
    assert case.door is not None
    assert case.door.url == f"https://127.0.0.1:{https_port}"


def test_inside_it_comes_by_caddys_own_ports(repository: Path) -> None:
    inside = case_at(9000, https_port=9443)
    inside.inside = True
    secure = door.secure(inside)
    assert secure is not None
    assert (door.plain(inside).url, secure.url) == ("http://caddy:8080", "https://caddy:8443")
    compose = (repository / "docker-compose.synology.yml").read_text(encoding="utf-8")
    caddy = compose[compose.index("\n  caddy:\n") : compose.index("\n  tools:\n")]
    assert 'HTTP_PORT: "8080"' in caddy
    assert 'HTTPS_PORT: "8443"' in caddy
