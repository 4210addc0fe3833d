"""Tries the container stack on a real engine, as a NAS's owner would use it. Root starts an engine of its own where none runs.

Exit codes: 0 all is well; 1 a check failed; 4 the static checks are well, but there is no engine, so nothing else was tried.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from backend.operations.stack.given import ROOT
from tests.nas import backups, bases, faults, figures, following, hardening, static, upgrades
from tests.nas.bases import Bases
from tests.nas.engine import CannotRun, Engine, engine
from tests.nas.install import install
from tests.nas.nas import Nas, Origin, files_of
from tests.nas.steps import Steps, expect

NOT_RUN = 4
PARTS = ("hardening", "faults", "figures", "backups", "upgrades", "previous", "guide")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.nas", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--static", action="store_true", help="only what needs no engine")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="only these, after the installation")
    parser.add_argument("--official-images", action="store_true", help="the base images of a hub instead of ones made here")
    parser.add_argument("--source", type=Path, default=ROOT, help="the checkout to try; default this one")
    parser.add_argument("--cache", type=Path, default=None, help="a folder where Debian is kept for the next time")
    parser.add_argument("--json", type=Path, default=None, help="write the outcome there as well")
    parser.add_argument("--keep", action="store_true", help="leave the last installation as it is, on an engine that ran before")
    return parser.parse_args()


def try_it(options: argparse.Namespace, here: Engine, scratch: Path, steps: Steps) -> None:
    """Every check that needs an engine."""
    with steps.step("base images"):
        base = Bases() if options.official_images else bases.make(here, scratch, options.cache, steps.say)
    origin = Origin(scratch / "origin")
    origin.publish("The present version", files_of(options.source))
    nas = Nas(here, base, scratch / "nas", f"krctry{os.getpid()}")
    try:
        nas.set_up(origin)
        installed = install(nas, steps)
        if "hardening" in options.parts:
            hardening.look(installed, steps)
        if "figures" in options.parts:
            figures.measure(nas, steps)
        if "faults" in options.parts:
            faults.go_through(installed, steps)
        if "backups" in options.parts:
            backups.go_through(installed, steps)
        if "upgrades" in options.parts:
            upgrades.go_through(installed, origin, options.source, steps)
    finally:
        if not options.keep:
            nas.remove()
    if "previous" in options.parts:
        from_previous(options, here, base, scratch, steps)
    if "guide" in options.parts:
        following.go_through(here, base, scratch, options.source, steps)


def from_previous(options: argparse.Namespace, here: Engine, base: Bases, scratch: Path, steps: Steps) -> None:
    """An installation of the commit before, brought to the present one."""
    before = scratch / "before"
    if not upgrades.previous_version(options.source, before):
        steps.say("NOT TRIED: an upgrade from the commit before, since there is none that knows containers")
        return
    origin = Origin(scratch / "origin-before")

    def version_before(folder: Path) -> None:
        shutil.copytree(before, folder, dirs_exist_ok=True, symlinks=True)

    origin.publish("The version before", version_before)
    nas = Nas(here, base, scratch / "nas-before", f"krcold{os.getpid()}")
    quiet = Steps()
    try:
        nas.set_up(origin)
        with steps.step("the commit before is installed"):
            installed = install(nas, quiet)
        with steps.step("./run upgrade brings it to the present version; nothing is lost"):
            counts = installed.counts()
            origin.publish("The present version", files_of(options.source))
            nas.run("upgrade")
            nas.wait_until_healthy()
            expect(installed.counts() == counts, f"{installed.counts()} instead of {counts}: clients|visits|users")
            installed.visit()
    finally:
        nas.remove()


def main() -> int:
    """Run, print, and clean up."""
    options = arguments()
    steps = Steps()
    code = 0
    # Not below /tmp, which may be in memory: images take some gigabytes.
    scratch = Path(tempfile.mkdtemp(prefix="krc-nas-", dir="/var/tmp" if os.access("/var/tmp", os.W_OK) else None))
    try:
        static.check(steps, scratch)
        if not options.static:
            with engine(scratch) as here:
                try_it(options, here, scratch, steps)
    except CannotRun as reason:
        code = NOT_RUN
        steps.say("")
        steps.say("=" * 100)
        steps.say(f"NOT TRIED on an engine: {reason}")
        steps.say("The files were only checked as files. As root on Debian this starts an engine by itself; elsewhere set DOCKER_HOST.")
        steps.say("=" * 100)
    except Exception as error:  # noqa: BLE001 (the table tells which check, and why)
        code = 1
        if steps.ok:
            steps.say(f"{type(error).__name__}: {error}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    sys.stdout.write(f"\n{steps.table()}\n")
    if options.json:
        steps.write(options.json)
    return code


if __name__ == "__main__":
    sys.exit(main())
