"""Installs what a recipe needs, once, so that a machine with nothing but Python can run it.

`prepare.py just RECIPE …` makes the Python environment and becomes `just`; `prepare.py dev web` adds the tools of the checks, the front
end's packages (`node`) and its build (`web`). It runs before anything is installed: standard library only, nothing of this package.
Each step leaves a stamp of what went in, so that a second run only compares. A step that was killed leaves none and is done again.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
FRONTEND = ROOT / "frontend"
LOG = ROOT / ".venv.log"
STAMP = VENV / "installed.json"
UNFINISHED = VENV / "unfinished"
PROGRAMS = ("python", "just", "uv", "node", "npm", "caddy")
MEGABYTE = 1_000_000
STARTED = time.monotonic()

# What programs say when it isn't their fault, and the sentence for the person who waits.
REASONS = (
    (
        "ENOSPC|No space left|os error 28|Disk quota",
        "The disk is full, so {what} could not be installed: free about 2 GB and run the same command again.",
    ),
    (
        "(?i)hash mismatch|do not match the hashes|EINTEGRITY|THESE PACKAGES DO NOT MATCH",
        "A downloaded package of {what} is not the one that is locked; try again, and if it stays so, don't trust the mirror.",
    ),
    # Offline, pip says in the end that there is no such version, of none: so this comes before the next.
    (
        "(?i)from versions: none|ENOTFOUND|EAI_AGAIN|ECONN|network|resolution|dns error|timed ?out|connect|sending request|certificate",
        "{What} could not be downloaded: check this machine's network or proxy and run the same command again.",
    ),
    (
        "(?i)could not find a version|no matching distribution|No solution found|404 Not Found|E404|ETARGET",
        "The package registry doesn't have a locked package of {what}; its log is {log}.",
    ),
)


class CannotPrepare(Exception):  # noqa: N818 (reads as the sentence it carries)
    """One sentence for the terminal."""


def say(text: str) -> None:
    """A line of progress, with the seconds since the start."""
    sys.stderr.write(f"[{time.monotonic() - STARTED:4.0f} s] {text}\n")
    sys.stderr.flush()


def hash_of(paths: Iterable[Path]) -> str:
    """One digest for the names and contents of these files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def environment() -> dict[str, str]:
    """The variables for the installers: the system's certificates, our programs first, no address of a registry."""
    env = dict(os.environ)
    env["PATH"] = f"{VENV / 'bin'}:{env.get('PATH') or '/usr/bin:/bin'}"
    env |= {"UV_SYSTEM_CERTS": "true", "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "VIRTUAL_ENV": str(VENV)}
    env |= {"NODE_USE_SYSTEM_CA": "1", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    home = env.get("HOME", "")
    if not home or not os.access(home, os.W_OK):
        # Without a home the caches need a place too.
        home = str(ROOT / ".venv.cache")
        env |= {"HOME": home, "UV_CACHE_DIR": f"{home}/uv", "PIP_CACHE_DIR": f"{home}/pip", "npm_config_cache": f"{home}/npm"}
        Path(home).mkdir(exist_ok=True)
    return env


def run(what: str, *command: str | Path, cwd: Path = ROOT, downloads: bool = True) -> None:
    """Run an installer, or a build that downloads nothing, with its output in the log; on failure raise the sentence that fits."""
    with LOG.open("ab") as log:
        begin = log.tell()
        code = subprocess.run(command, cwd=cwd, env=environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False).returncode
    if code == 0:
        return
    with LOG.open("rb") as log:
        log.seek(begin)
        said = log.read().decode("utf-8", "replace")
    for pattern, sentence in REASONS if downloads else REASONS[:1]:
        if re.search(pattern, said):
            raise CannotPrepare(sentence.format(what=what, What=what[0].upper() + what[1:], log=LOG))
    sys.stderr.write("".join(f"    {line}\n" for line in said.splitlines()[-15:]))
    raise CannotPrepare(f"{what[0].upper() + what[1:]} failed (exit code {code}); the whole output is in {LOG}.")


def need_space(megabytes: int, what: str) -> None:
    """Refuse before beginning what can't be finished."""
    free = shutil.disk_usage(ROOT).free // MEGABYTE
    if free < megabytes:
        raise CannotPrepare(f"The disk is full: {what} needs {megabytes} MB and {free} MB are free at {ROOT}.")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One installer at a time; the lock goes with the process, however it ends."""
    with (ROOT / ".venv.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting: another run is installing")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def lock_file(name: str) -> Path:
    """The hash-locked requirements of that name."""
    return ROOT / "requirements" / f"{name}.lock"


def installed() -> dict[str, str]:
    """The hashes of the lock files that are completely installed."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def is_whole() -> bool:
    """Whether .venv runs and holds what its stamp lists."""
    stamp = installed()
    # `exists` follows links, so an interpreter that the system has since removed counts as missing.
    if UNFINISHED.exists() or "listing" not in stamp or not all((VENV / "bin" / program).exists() for program in PROGRAMS):
        return False
    present = {path.name for path in VENV.glob("lib/python*/site-packages/*.dist-info") if (path / "RECORD").exists()}
    return set(stamp["listing"].split()) <= present


def is_current(names: Iterable[str]) -> bool:
    """Whether .venv is whole and was made from the lock files of these names as they are now."""
    stamp = installed()
    return all(stamp.get(name) == hash_of([lock_file(name)]) for name in names) and is_whole()


def install(*names: str) -> None:
    """Bring .venv to the lock files of these names; make it anew if it is broken or was left half-finished."""
    if is_current(names):
        return
    with alone():
        if is_current(names):
            return
        need_space(1500, "the Python environment")
        LOG.unlink(missing_ok=True)
        wanted = [name for name in ("tools", "runtime", "dev", "nas") if name in names or name in installed()]
        make_environment()
        UNFINISHED.touch()
        STAMP.unlink(missing_ok=True)
        install_uv()
        say(f"installing the Python packages ({', '.join(wanted)})")
        locks = [argument for name in wanted for argument in ("-r", str(lock_file(name)))]
        run("the Python packages", VENV / "bin/uv", "pip", "install", "--python", VENV / "bin/python", "--require-hashes", *locks)
        listing = sorted(path.name for path in VENV.glob("lib/python*/site-packages/*.dist-info"))
        write_stamp({name: hash_of([lock_file(name)]) for name in wanted} | {"listing": " ".join(listing)})
        UNFINISHED.unlink()


def write_stamp(stamp: dict[str, str]) -> None:
    """Whole or not at all."""
    unfinished = STAMP.with_suffix(".new")
    unfinished.write_text(json.dumps(stamp), encoding="utf-8")
    unfinished.replace(STAMP)


def make_environment() -> None:
    """Make .venv unless there is one that works and was not left half-finished."""
    python = VENV / "bin/python"
    runs = python.exists() and subprocess.run([python, "-I", "-c", "import pip"], capture_output=True, check=False).returncode == 0
    damaged = UNFINISHED.exists() or (STAMP.exists() and not is_whole())
    if runs and not damaged:
        return
    if VENV.exists():
        say("the Python environment is broken or unfinished: making it anew")
        VENV.rename(ROOT / f".venv.broken-{os.getpid()}")
    for broken in ROOT.glob(".venv.broken-*"):
        shutil.rmtree(broken, ignore_errors=True)
    say("making the Python environment in .venv")
    VENV.mkdir()
    UNFINISHED.touch()
    run("the Python environment", getattr(sys, "_base_executable", sys.executable), "-I", "-m", "venv", VENV)


def install_uv() -> None:
    """pip installs uv alone, which then installs the rest many times faster."""
    blocks = re.split(r"(?m)^(?=\S)", lock_file("tools").read_text(encoding="utf-8"))
    only_uv = VENV / "uv.lock"
    only_uv.write_text("".join(block for block in blocks if block.startswith("uv==")), encoding="utf-8")
    run("the installer", VENV / "bin/python", "-I", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", only_uv)


def install_node() -> None:
    """The front end's packages, exactly as locked. `npm ci` begins by removing node_modules, and with it the stamp."""
    stamp = FRONTEND / "node_modules" / ".installed"
    wanted = hash_of(path for name in ("package.json", "package-lock.json", ".npmrc") if (path := FRONTEND / name).exists())
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    with alone():
        if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
            return
        need_space(1000, "the front end's packages")
        say("installing the front end's packages")
        stamp.unlink(missing_ok=True)
        run("the front end's packages", VENV / "bin/npm", "ci", "--no-audit", "--no-fund", cwd=FRONTEND)
        stamp.write_text(wanted, encoding="ascii")


def build_web() -> None:
    """The single-page app in frontend/dist, built only when a source changed."""
    install_node()
    stamp = FRONTEND / "node_modules" / ".web-built"
    wanted = hash_of(web_sources())
    if (FRONTEND / "dist/index.html").exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    with alone():
        say("building the pages")
        stamp.unlink(missing_ok=True)
        run("the build of the pages", VENV / "bin/npm", "run", "build", cwd=FRONTEND, downloads=False)
        stamp.write_text(wanted, encoding="ascii")


def web_sources() -> Iterator[Path]:
    """Every file of the front end that the build may read."""
    for at, folders, names in os.walk(FRONTEND):
        # os.walk goes only where this list, changed in place, says.
        folders[:] = [folder for folder in folders if folder not in ("node_modules", "dist", "coverage", "test-results")]
        yield from (Path(at) / name for name in names if not name.endswith((".spec.ts", ".tsbuildinfo")))


def main(arguments: list[str]) -> None:
    """Do the steps named, or prepare for `just` and become it."""
    if arguments[:1] == ["just"]:
        install("tools", "runtime")
        just = str(VENV / "bin/just")
        os.execve(just, [just, "--justfile", str(ROOT / "justfile"), "--working-directory", str(ROOT), *arguments[1:]], environment())  # noqa: S606
    steps = {
        "dev": lambda: install("tools", "runtime", "dev"),
        "nas": lambda: install("tools", "runtime", "dev", "nas"),
        "node": install_node,
        "web": build_web,
    }
    for step in arguments:
        steps[step]()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotPrepare as problem:
        sys.exit(f"run: {problem}")
    except KeyboardInterrupt:
        sys.exit("run: stopped; the same command goes on from here.")
    except OSError as problem:
        sys.exit(f"run: {problem.strerror}: {problem.filename}" if problem.filename else f"run: {problem}")
