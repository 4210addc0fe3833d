"""The front door's HTTPS, with the real Caddy: certificates of its own authority, what leads where, which settings it refuses."""

import http.client
import json
import os
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from backend.operations.stack.files import free_port
from backend.operations.stack.programs import CADDYFILE, FRONT_DOOR, program_path
from tests.operations.stack_support import Answer, StubApi, ask, eventually

USUAL = "https://desk.centre.test"


class Door(NamedTuple):
    """A running front door: its ports and the API behind it."""

    http: int
    https: int
    folder: Path

    def ask(
        self, path: str = "/", method: str = "GET", *, host: str = "127.0.0.1", name: str | None = None, trusting: bool = True
    ) -> Answer:
        """One request over HTTPS; ``name`` is what the browser asks a certificate for, and None stands for an address."""
        context = ssl.create_default_context()
        if trusting:
            context = ssl.create_default_context(cadata=ask(self.http, "/root.crt").body.decode("ascii") or None)
        else:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self.https), timeout=10)
        connection = http.client.HTTPConnection("127.0.0.1")
        connection.sock = context.wrap_socket(plain, server_hostname=name or "127.0.0.1")
        try:
            connection.request(method, path, headers={"Host": f"{name or '127.0.0.1'}:{self.https}"})
            return Answer(connection.getresponse())
        finally:
            connection.close()


def environment(folder: Path, **settings: str | int) -> dict[str, str]:
    places = {"SPA_DIR": folder / "spa", "CADDY_STORAGE": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder, "HOME": folder}
    return {name: str(value) for name, value in (places | settings).items()} | {"PATH": os.environ["PATH"]}


def opened(folder: Path, api: StubApi, **settings: str) -> Iterator[Door]:
    (folder / "spa").mkdir()
    (folder / "spa" / "index.html").write_text("<!doctype html><title>the pages</title>")
    door = Door(free_port(), free_port(), folder)
    ports: dict[str, str | int] = {"HTTP_PORT": door.http, "HTTPS_PORT": door.https, "API_PORT": api.port}
    with (folder / "caddy.log").open("ab") as log:
        process = subprocess.Popen(
            ["/bin/sh", FRONT_DOOR, program_path("caddy")], env=environment(folder, **ports, **settings), stdout=log, stderr=log
        )

    def is_up() -> bool:
        with socket.socket() as first, socket.socket() as second:
            return first.connect_ex(("127.0.0.1", door.http)) == 0 and second.connect_ex(("127.0.0.1", door.https)) == 0

    def has_certificates() -> bool:
        # They are made one after the other, after it has begun to listen.
        try:
            return all(door.ask(name=name).status == 200 for name in settings["HTTPS_HOSTS"].replace(",", " ").split())
        except ssl.SSLError:
            return False

    try:
        eventually(is_up, 30)
        eventually(has_certificates, 30)
        yield door
    finally:
        process.terminate()
        code = process.wait(10)
    assert code == 0


@pytest.fixture(scope="module")
def api() -> Iterator[StubApi]:
    with StubApi() as stub:
        yield stub


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, api: StubApi) -> Iterator[Door]:
    """HTTP and HTTPS side by side, as it comes."""
    yield from opened(tmp_path_factory.mktemp("both"), api, HTTPS_HOSTS="nas, nas.centre.test 127.0.0.1")


@pytest.fixture(scope="module")
def leading(tmp_path_factory: pytest.TempPathFactory, api: StubApi) -> Iterator[Door]:
    """HTTP leads to HTTPS, which has the usual port outside."""
    settings = {"HTTP_REDIRECT": "on", "PUBLIC_HTTPS_PORT": "443", "PUBLIC_URL": USUAL, "HTTPS_HOSTS": "desk.centre.test,localhost"}
    yield from opened(tmp_path_factory.mktemp("leading"), api, **settings)


@pytest.mark.parametrize("name", [None, "nas", "nas.centre.test"])
def test_names_and_addresses_are_trusted_with_the_root_certificate_alone(both: Door, name: str | None) -> None:
    answer = both.ask(name=name)
    assert answer.status == 200
    assert b"the pages" in answer.body


def test_without_the_root_certificate_nobody_trusts_it(both: Door) -> None:
    plain = socket.create_connection(("127.0.0.1", both.https), timeout=10)
    with plain, pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(plain, server_hostname="nas")


def test_other_names_get_the_pages_too_with_a_certificate_that_does_not_fit(both: Door) -> None:
    assert b"the pages" in both.ask(name="nas.local", trusting=False).body
    with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        both.ask(name="nas.local")


def test_the_root_certificate_comes_as_one(both: Door, leading: Door) -> None:
    over_http = (ask(both.http, "/root.crt"), ask(leading.http, "/root.crt"))
    for answer in (*over_http, both.ask("/root.crt"), leading.ask("/root.crt", name="localhost")):
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/x-x509-ca-cert"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.body.startswith(b"-----BEGIN CERTIFICATE-----")


@pytest.mark.parametrize(
    "path", ["/root.key", "/intermediate.key", "/root.crt/../root.key", "/pki/authorities/local/root.key", "/root.crt/"]
)
def test_the_keys_beside_it_are_nobodys(both: Door, leading: Door, path: str) -> None:
    assert (both.folder / "pki" / "authorities" / "local" / "root.key").exists()
    for answer in (ask(both.http, path), both.ask(path), leading.ask(path, name="localhost")):
        assert b"PRIVATE" not in answer.body
    assert ask(leading.http, path).status in {308, 404}


def test_the_api_hears_which_way_a_browser_came(both: Door) -> None:
    assert json.loads(both.ask("/graphql", "POST").body)["headers"]["X-Forwarded-Proto"] == "https"
    over_http = ask(both.http, "/graphql", "POST", b"{}", X_Forwarded_Proto="https")
    assert json.loads(over_http.body)["headers"]["X-Forwarded-Proto"] == "http"


def test_side_by_side_browsers_are_not_told_to_remember_https(both: Door) -> None:
    for answer in (both.ask(), both.ask("/gone.png"), ask(both.http, "/")):
        assert "strict-transport-security" not in answer.headers
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_on_the_usual_port_they_are_told(leading: Door) -> None:
    for path in ("/", "/gone.png"):
        assert leading.ask(path, name="localhost").headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in ask(leading.http, "/").headers


@pytest.mark.parametrize("path", ["/", "/clients/42?tab=visits", "/api/v1/healthz", "/graphql"])
def test_http_leads_to_https(leading: Door, path: str) -> None:
    answer = ask(leading.http, path, Host="nas:8080")
    assert answer.status == 308
    assert answer.headers["location"] == f"https://nas:443{path}"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"HTTP_REDIRECT": "on"}, "there is no HTTPS_PORT"),
        ({"HTTP_REDIRECT": "maybe"}, "HTTP_REDIRECT is 'maybe'"),
        ({"HTTPS_PORT": "8443", "HTTPS_HOSTS": "nas:8443"}, "without ports"),
        ({"HTTPS_PORT": "8443", "HTTPS_HOSTS": "https://nas"}, "neither a name nor an address"),
        ({"HTTPS_PORT": "8443", "HTTPS_HOSTS": "nas,{$SECRET}"}, "neither a name nor an address"),
        ({"HTTPS_PORT": "8443", "HTTPS_HOSTS": "192.168"}, "neither a name nor an address"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, settings: dict[str, str], complaint: str) -> None:
    command = ["/bin/sh", str(FRONT_DOOR), "/bin/false"]
    done = subprocess.run(command, env=environment(tmp_path, HTTP_PORT=8080, API_PORT=8000, **settings), capture_output=True, text=True)
    assert done.returncode == 2
    assert complaint in done.stderr


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, {"SITES": "http", "HSTS": "off"}),
        ({"HTTPS_PORT": "8443", "HTTPS_HOSTS": "nas"}, {"SITES": "http-and-https", "HTTPS_DEFAULT": "nas", "PUBLIC_HTTPS_PORT": "8443"}),
        # Who connects to an address names nobody: the first address is what most will have typed.
        ({"HTTPS_PORT": "8443", "HTTPS_HOSTS": "nas 192.0.2.7,fd00::7"}, {"HTTPS_DEFAULT": "192.0.2.7"}),
        ({"HTTPS_PORT": "8443", "HTTPS_HOSTS": "fd00::7"}, {"HTTPS_SITES": "https://:8443, https://[fd00::7]:8443"}),
        ({"HTTPS_PORT": "8443", "HTTP_REDIRECT": "on"}, {"SITES": "redirect-and-https"}),
        ({"PUBLIC_URL": "https://desk.centre.test/"}, {"HSTS": "on"}),
        ({"PUBLIC_URL": "https://desk.centre.test:443"}, {"HSTS": "on"}),
        ({"PUBLIC_URL": "https://nas:8443"}, {"HSTS": "off"}),
        ({"PUBLIC_URL": "http://desk.centre.test"}, {"HSTS": "off"}),
    ],
)
def test_what_caddy_is_told(tmp_path: Path, settings: dict[str, str], expected: dict[str, str]) -> None:
    pretend = tmp_path / "caddy"
    pretend.write_text("#!/bin/sh\nenv\n")
    pretend.chmod(0o755)
    command = ["/bin/sh", str(FRONT_DOOR), str(pretend)]
    done = subprocess.run(command, env=environment(tmp_path, HTTP_PORT=8080, API_PORT=8000, **settings), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert {name: told[name] for name in expected} == expected


def test_its_own_name_is_among_those_it_is_known_by(tmp_path: Path) -> None:
    pretend = tmp_path / "caddy"
    pretend.write_text("#!/bin/sh\nenv\n")
    pretend.chmod(0o755)
    told = subprocess.run(
        ["/bin/sh", FRONT_DOOR, pretend], env=environment(tmp_path, HTTPS_PORT=8443), capture_output=True, text=True
    ).stdout
    assert f"https://localhost:8443, https://{socket.gethostname().lower()}:8443" in told


@pytest.mark.parametrize("file", sorted((CADDYFILE.parent / "sites").glob("*.caddy")), ids=lambda path: path.name)
def test_each_file_is_formatted(file: Path) -> None:
    formatted = subprocess.run([program_path("caddy"), "fmt", file], capture_output=True, text=True)
    assert formatted.stdout == file.read_text()
