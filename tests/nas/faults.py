"""What dies comes back, and what is stopped stops in time."""

import os
import signal
import time

from tests.nas.install import Installed
from tests.nas.nas import LONG_RUNNING
from tests.nas.steps import Steps, expect

SECONDS_TO_STOP = 30


def go_through(installed: Installed, steps: Steps) -> None:
    """All checks of this kind."""
    nas = installed.nas
    for service in LONG_RUNNING:
        with steps.step(f"kill -9 of {service}: it comes back, and a check-in works"):
            before = nas.inspect(service)
            # From outside, as a crash: what the engine itself is told to kill stays down.
            os.kill(before["State"]["Pid"], signal.SIGKILL)
            deadline = time.monotonic() + 30
            while nas.inspect(service)["State"]["StartedAt"] == before["State"]["StartedAt"]:
                expect(time.monotonic() < deadline, f"{service} was not started again")
                time.sleep(0.2)
            nas.wait_until_healthy()
            installed.visit()
    with steps.step("without Redis people are still checked in"):
        nas.engine.docker("stop", "--time", "10", nas.container("redis"))
        installed.visit()
        nas.engine.docker("start", nas.container("redis"))
        nas.wait_until_healthy()
    with steps.step("everything restarted at once, in no order"):
        nas.engine.docker("restart", "--time", "30", *[nas.container(service) for service in LONG_RUNNING])
        nas.wait_until_healthy()
        installed.visit()
    with steps.step(f"./run stop ends everything in order within {SECONDS_TO_STOP} s"):
        began = time.monotonic()
        nas.run("stop")
        took = steps.figures["./run stop, s"] = round(time.monotonic() - began, 1)
        expect(took <= SECONDS_TO_STOP, f"stopping took {took:.0f} s")
        codes = {service: nas.inspect(service)["State"]["ExitCode"] for service in LONG_RUNNING}
        expect(not any(codes.values()), f"not all ended well: {codes}")
    with steps.step("./run up starts it again"):
        with steps.timed("./run up, until all is healthy, s"):
            nas.run("up")
        nas.wait_until_healthy(seconds=5)
        installed.visit()
