"""What a program that was taken over could do: seen from outside, and tried from inside."""

import json
from typing import Any

from backend.graphql.documents import LOGIN, document_id
from tests.nas.browser import Browser
from tests.nas.install import Installed
from tests.nas.nas import ADMIN, LONG_RUNNING, Nas
from tests.nas.steps import Steps, expect

USERS = {
    "postgres": "999:999", "redis": "10003:10003", "api": "10001:10001", "worker": "10001:10001", "scheduler": "10002:10001",
    "caddy": "10001:10001",
}  # fmt: skip
SECRETS = ("postgres-password", "app-password", "redis-password", "secret-key", "backup-passphrase")
# What each program may open of the folder /secrets; the scheduler makes backups, which hold them all.
MAY_READ = {
    "postgres": {"postgres-password"},
    "redis": {"redis.conf"},
    "api": {"database-url", "redis-url", "secret-key"},
    "worker": {"database-url", "redis-url", "secret-key"},
    "caddy": set(),
}
ALL_FILES = (*SECRETS, "database-url", "database-owner-url", "redis-url", "redis.conf")
PSQL = '/usr/lib/postgresql/18/bin/psql -X "$(cat /secrets/database-url)"'
FORBIDDEN = (
    "CREATE TABLE mine ()", "CREATE SCHEMA mine", "DROP TABLE check_ins", "ALTER TABLE check_ins ADD mine int", "TRUNCATE check_ins",
    "DELETE FROM audit_log", "UPDATE audit_log SET action = action", "CREATE ROLE mine",
)  # fmt: skip

NEIGHBOUR = """
import urllib.request
request = urllib.request.Request("http://api:8000/graphql", {attempt!r}.encode())
for name, value in (("Content-Type", "application/json"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.9")):
    request.add_header(name, value)
print(urllib.request.urlopen(request, timeout=20).headers.get_all("set-cookie"))
"""


def look(installed: Installed, steps: Steps) -> None:
    """All checks of this kind."""
    nas = installed.nas
    with steps.step("hardened from outside: user, read-only, capabilities, memory, logs, restart"):
        for service in LONG_RUNNING:
            _outside(service, nas.inspect(service))
    with steps.step("only the front door has ports, and only its two"):
        published = {service: _published(nas.inspect(service)) for service in LONG_RUNNING}
        expected: dict[str, list[str]] = {service: [] for service in LONG_RUNNING} | {
            "caddy": sorted([str(nas.http_port), str(nas.https_port)])
        }
        expect(published == expected, f"published are {published}")
    with steps.step("the database and Redis have no way out"):
        _no_way_out(nas)
    with steps.step("hardened from inside: nothing can be written, no capability is left"):
        for service in LONG_RUNNING:
            _inside(nas, service)
    with steps.step("each program reads its own secrets alone"):
        for service, allowed in MAY_READ.items():
            readable = {name for name in ALL_FILES if nas.inside(service, f"cat /secrets/{name}")[0] == 0}
            expect(readable == allowed, f"{service} can read {sorted(readable)} and should {sorted(allowed)}")
    with steps.step("no secret is in an environment, on a command line or in a log"):
        _no_secret_shows(nas)
    with steps.step("the app's role can issue no DDL and not touch the audit log"):
        for statement in FORBIDDEN:
            code, said = nas.inside("api", f'{PSQL} -c "{statement}"')
            expect(code != 0 and ("permission denied" in said or "must be owner" in said), f"{statement} was answered with: {said}")
        code, said = nas.inside("api", f'{PSQL} -At -c "SELECT count(*) FROM audit_log"')
        expect(code == 0 and int(said) > 0, f"the app can't read what it must: {said}")
    with steps.step("nothing in the image can install anything"):
        code, said = nas.inside("api", "python -m pip --version || python3 -m ensurepip --version || command -v uv gcc")
        expect(code != 0, f"there is an installer: {said}")
    with steps.step("who the client is, is believed from the front door alone"):
        _client_address(nas, installed)


def _outside(service: str, container: Any) -> None:
    config, host = container["Config"], container["HostConfig"]
    found = {
        "user": config["User"] == USERS[service],
        "read-only": host["ReadonlyRootfs"],
        "no capability": host["CapDrop"] == ["ALL"] and not host["CapAdd"],
        "not privileged": not host["Privileged"],
        "no new privileges": any(option.startswith("no-new-privileges") for option in host["SecurityOpt"] or []),
        "memory limit": 0 < host["Memory"] <= 2**30 and host["MemorySwap"] > 0,
        "rotated log": host["LogConfig"]["Type"] == "json-file" and {"max-size", "max-file"} <= host["LogConfig"]["Config"].keys(),
        "restart": host["RestartPolicy"]["Name"] == "unless-stopped",
        "no engine socket": not any("docker.sock" in mount["Source"] for mount in container["Mounts"]),
    }
    wrong = [name for name, good in found.items() if not good]
    expect(not wrong, f"{service} lacks: {', '.join(wrong)}")


def _published(container: Any) -> list[str]:
    bindings = container["HostConfig"]["PortBindings"] or {}
    return sorted(binding["HostPort"] for port in bindings.values() for binding in port)


def _no_way_out(nas: Nas) -> None:
    # The front door lies in another network, as the world does, and listens for sure.
    (front,) = nas.inspect("caddy")["NetworkSettings"]["Networks"].values()
    knock = f"timeout 3 bash -c 'exec 3<>/dev/tcp/{front['IPAddress']}/8080'"
    expect(nas.inside("api", knock)[0] == 0, "the API can't reach the front door, so this check would prove nothing")
    for service in ("postgres", "redis", "scheduler"):
        networks = list(nas.inspect(service)["NetworkSettings"]["Networks"])
        internal = [nas.engine.docker("network", "inspect", "--format", "{{.Internal}}", network) for network in networks]
        expect(internal == ["true"], f"{service} is in the networks {networks}, internal: {internal}")
        expect(nas.inside(service, knock)[0] != 0, f"{service} reaches what lies outside its network")


def _inside(nas: Nas, service: str) -> None:
    for place in ("/", "/usr/bin", "/etc", "/app", "/srv"):
        code, _said = nas.inside(service, f"[ ! -d {place} ] || touch {place}/mine")
        expect(code != 0 or nas.inside(service, f"[ -d {place} ]")[0] != 0, f"{service} can write to {place}")
    _code, status = nas.inside(service, "cat /proc/1/status")
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        expect(int(lines[name], 16) == 0, f"{service} has {name} {lines[name].strip()}")
    expect(lines["NoNewPrivs"].strip() == "1", f"{service} may gain privileges")
    expect("0" not in lines["Uid"].split(), f"{service} runs as root")


def _no_secret_shows(nas: Nas) -> None:
    files = " ".join(f"/secrets/{name}" for name in SECRETS)
    words = nas.compose("run", "--rm", "-T", "--no-deps", "--entrypoint", "sh", "tools", "-c", f"cat {files} 2>/dev/null").split()
    expect(len(words) >= len(SECRETS) - 1, f"only {len(words)} secrets were found in /secrets")
    for service in LONG_RUNNING:
        seen = json.dumps(nas.inspect(service)) + nas.engine.docker("top", nas.container(service), "-eo", "pid,args")
        seen += nas.inside(service, "cat /proc/*/cmdline | tr '\\0' ' '")[1] + nas.compose("logs", "--no-color", service)
        expect(not any(word in seen for word in words), f"a secret shows at {service}")


def _client_address(nas: Nas, installed: Installed) -> None:
    # The scheme comes the same way as the address, and shows in the cookies: from the front door it counts, from a neighbour it doesn't.
    attempt = {"documentId": document_id(LOGIN), "variables": {"input": {"identifier": ADMIN, "password": installed.password}}}
    through = Browser(nas).http.post("/graphql", json=attempt, headers={"X-Forwarded-Proto": "http", "X-Forwarded-For": "203.0.113.9"})
    cookies = through.headers.get_list("set-cookie")
    expect(cookies and all("Secure" in cookie for cookie in cookies), f"the front door's word did not count: {cookies}")
    program = NEIGHBOUR.format(attempt=json.dumps(attempt))
    said = nas.compose("run", "--rm", "-T", "--no-deps", "--entrypoint", "python", "tools", "-c", program)
    expect("krc_refresh" in said and "Secure" not in said, f"a neighbour's word counted:\n{said}")
