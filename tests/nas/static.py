"""What can be said of the container files without an engine."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from backend.operations.stack.given import ROOT
from backend.operations.stack.programs import FRONT_DOOR, program_path
from tests.nas.engine import run
from tests.nas.steps import Steps, expect

COMPOSE_FILE = ROOT / "docker-compose.synology.yml"
DOCKERFILES = [ROOT / "deploy" / "Dockerfile", *sorted((Path(__file__).parent / "images").glob("*.Dockerfile"))]
SCRIPTS = [ROOT / "run", FRONT_DOOR, *sorted((Path(__file__).parent / "images").glob("*.sh"))]
NAS_SCRIPT = ROOT / "deploy" / "nas.sh"
# What the Compose of an older DSM doesn't know.
TOO_NEW = ("!reset", "!override", "start_interval", "required:", "subpath", "develop:", "post_start", "pre_stop", "provider:", "models:")
FRONT_DOORS: tuple[dict[str, str], ...] = (
    {},
    {"HTTPS_PORT": "8443"},
    {"HTTPS_PORT": "8443", "HTTP_REDIRECT": "on", "HTTPS_HOSTS": "nas, 192.0.2.7 fd00::7"},
)


def check(steps: Steps, folder: Path) -> None:
    """All checks of this kind; they need no engine and no network."""
    with steps.step("docker compose accepts the file"):
        for settings in ({}, {"HTTP_PORT": "80", "KRC_VERSION": "1"}):
            command: list[str | Path] = [
                program_path("docker-compose"),
                "-f",
                COMPOSE_FILE,
                "--profile",
                "tools",
                "config",
                "--format",
                "json",
            ]
            said = run(command, env=os.environ | settings)
        services = json.loads(said)["services"]
    with steps.step("the file fits the schema of Compose"):
        run([program_path("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", COMPOSE_FILE])
    with steps.step("the file has nothing that an older Compose doesn't know"):
        text = COMPOSE_FILE.read_text(encoding="utf-8")
        found = [word for word in TOO_NEW if word in text]
        expect(not found, f"{COMPOSE_FILE.name} has {found}")
    with steps.step("every service is bounded and hardened"):
        for name, service in services.items():
            _hardened(name, service)
    with steps.step("hadolint finds nothing in the Dockerfiles"):
        # Debian's packages are not pinned in the stand-ins: the mirror keeps one version.
        run([program_path("hadolint"), "--ignore", "DL3008", *DOCKERFILES])
    with steps.step("shellcheck finds nothing in the scripts"):
        run([program_path("shellcheck"), *SCRIPTS])
        # One program in several files: what one of them sets, another uses.
        whole = folder / "nas-whole.sh"
        parts = [*sorted((ROOT / "deploy" / "nas").glob("*.sh")), NAS_SCRIPT]
        whole.write_text("".join(part.read_text(encoding="utf-8") for part in parts), encoding="utf-8")
        run([program_path("shellcheck"), "--severity", "warning", "--exclude", "SC1091,SC2120", whole])
    with steps.step("Caddy accepts its configuration, in each of its forms"):
        for number, settings in enumerate(FRONT_DOORS):
            _front_door(settings, folder / f"caddy-{number}")


def _hardened(name: str, service: dict[str, Any]) -> None:
    for key, value in {"read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}.items():
        expect(service.get(key) == value, f"{name}: {key} is {service.get(key)}")
    for key in ("mem_limit", "memswap_limit", "pids_limit", "logging", "user", "restart"):
        expect(key in service, f"{name} has no {key}")
    expect(("ports" in service) == (name == "caddy"), f"{name} and its ports: {service.get('ports')}")
    one_shot = service["restart"] == "no"
    expect(one_shot or {"healthcheck", "stop_grace_period"} <= service.keys(), f"{name} has no healthcheck or stop_grace_period")
    expect(one_shot or service["restart"] == "unless-stopped", f"{name} restarts {service['restart']}")


def _front_door(settings: dict[str, str], storage: Path) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(storage), "HTTP_PORT": "8080", "API_PORT": "8000", "SPA_DIR": str(storage)} | settings
    env |= {"CADDY_STORAGE": str(storage), "XDG_DATA_HOME": str(storage), "XDG_CONFIG_HOME": str(storage)}
    done = subprocess.run(["sh", FRONT_DOOR, program_path("caddy"), "validate"], env=env, capture_output=True, text=True, timeout=60)
    expect(done.returncode == 0, f"{settings}: {done.stderr[-800:]}")
