"""From nothing to a login and a visit."""

import re
import secrets
from pathlib import Path

import httpx

from tests.nas.browser import Browser, root_certificate
from tests.nas.nas import ADMIN, LONG_RUNNING, Nas
from tests.nas.steps import CheckFailed, Steps, expect

PEOPLE = 25


class Installed:
    """A NAS on which an admin has signed in. `password` is the admin's own, `passphrase` the one of the backups."""

    def __init__(self, nas: Nas, password: str, passphrase: str) -> None:
        self.nas, self.password, self.passphrase = nas, password, passphrase

    def browser(self) -> Browser:
        """A browser in which the admin has just signed in."""
        browser = Browser(self.nas)
        outcome = browser.login(ADMIN, self.password)
        expect(outcome == "SessionStarted", f"the admin could not sign in: {outcome}")
        return browser

    def visit(self) -> None:
        """Sign in, find somebody, check them in."""
        browser = self.browser()
        browser.check_in(browser.clients()[0])

    def counts(self) -> str:
        """How much there is, as one line."""
        return self.nas.sql("SELECT (SELECT count(*) FROM clients), (SELECT count(*) FROM check_ins), (SELECT count(*) FROM users)")


def shown_once(said: str) -> tuple[str, str]:
    """The admin's first password and the passphrase of the backups, from what bootstrap says."""
    password = re.search(r"^\W*Password:\s+(\S+)", said, re.MULTILINE)
    passphrase = re.search(r"^.*[Pp]assphrase[^:\n]*:\s+(\S+)", said, re.MULTILINE)
    if password is None or passphrase is None:
        raise CheckFailed(f"bootstrap showed no password for the admin, or no passphrase for the backups:\n{said}")
    return password[1], passphrase[1]


def install(nas: Nas, steps: Steps) -> Installed:
    """`./run bootstrap` on an empty machine, then the first login."""
    with steps.step("./run bootstrap builds the images and starts everything"):
        with steps.timed("first ./run bootstrap, with building, s"):
            said = nas.run("bootstrap")
        first, passphrase = shown_once(said)
        nas.wait_until_healthy()
        for image, figure in ((nas.project, "image of the product, MB"), (f"{nas.project}-web", "image of the front door, MB")):
            steps.figures[figure] = round(int(nas.engine.docker("image", "inspect", "--format", "{{.Size}}", image + ":local")) / 1e6, 1)
    with steps.step("what was shown once is in no container's log"):
        for service in (*LONG_RUNNING, "bootstrap", "secrets"):
            log = nas.compose("logs", "--no-color", service)
            expect(first not in log, f"the log of {service} holds the admin's password")
    with steps.step("a second ./run bootstrap changes nothing"):
        before = {service: nas.container(service) for service in LONG_RUNNING}
        again = nas.run("bootstrap")
        expect(first not in again, "the password was shown again")
        expect({service: nas.container(service) for service in LONG_RUNNING} == before, "containers were made anew")
    with steps.step("the root certificate can be downloaded, and https://127.0.0.1 is trusted with it alone"):
        browser = Browser(nas)
        page = browser.http.get("/")
        expect(page.status_code == 200 and "<!doctype html" in page.text.lower(), f"the page was answered with {page.status_code}")
        expect("strict-transport-security" not in page.headers, "HSTS would lock people out of the HTTP port")
        plain = httpx.get(f"http://127.0.0.1:{nas.http_port}/", trust_env=False)
        expect(plain.status_code == 200, f"over HTTP the page was answered with {plain.status_code}")
    with steps.step("the admin signs in over HTTPS and chooses a password"):
        outcome = browser.login(ADMIN, first)
        expect(outcome == "SessionStarted", f"the shown password was not taken: {outcome}")
        own = f"a long password {secrets.token_hex(6)}"
        browser.change_password(first, own)
        browser.refresh()
        names = {cookie.name: cookie.secure for cookie in browser.http.cookies.jar}
        expect(names and all(names.values()), f"cookies over HTTPS are not secure: {names}")
        installed = Installed(nas, own, passphrase)
    with steps.step("signing in over HTTP works beside it"):
        other = Browser(nas, secure=False)
        expect(other.login(ADMIN, own) == "SessionStarted", "over HTTP nobody can sign in")
        other.refresh()
    with steps.step("clients are loaded from a file, and one is checked in"):
        file = nas.folder / "people.csv"
        _write_people(file)
        nas.run("import", str(file))
        expect(len(browser.clients()) == PEOPLE, f"{len(browser.clients())} clients are shown and not {PEOPLE}")
        installed.visit()
        expect(nas.sql("SELECT count(*) FROM check_ins") == "1", "the visit is not in the database")
    with steps.step("./run doctor finds nothing wrong"):
        nas.run("doctor")
    with steps.step("the certificate stays the same when the front door is made anew"):
        before_crt = root_certificate(nas)
        nas.compose("up", "--detach", "--force-recreate", "--no-deps", "caddy")
        nas.wait_until_healthy("caddy")
        expect(root_certificate(nas) == before_crt, "devices would have to install another certificate")
    return installed


def _write_people(file: Path) -> None:
    rows = [f"Person{number},Trial,559555{number:04d}" for number in range(PEOPLE)]
    file.write_text("first_name,last_name,phone\n" + "\n".join(rows) + "\n", encoding="utf-8")
