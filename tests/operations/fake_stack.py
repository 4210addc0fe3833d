"""The real supervisor, with the real database and Caddy, around stand-ins for the product's own programs.

Run as `python -m tests.operations.fake_stack demo|up FOLDER`. FOLDER/bootstrap and FOLDER/worker may hold a program to run instead.
"""

import dataclasses
import sys
from pathlib import Path

from backend.operations.stack import StackError, supervisor
from backend.operations.stack.programs import Program, programs

API = """
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")
    def log_message(self, *_):
        pass
ThreadingHTTPServer(("127.0.0.1", int(os.environ["API_PORT"])), Handler).serve_forever()
"""
# Like a worker that forks: the fork ignores TERM, and only whoever stops the whole group ends it.
STUBBORN_FORK = """
import os, signal, time
if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
time.sleep(600)
"""
SIGN_INS = """print('{"signIns": [{"role": "STAFF", "username": "desk", "password": "made once"}]}')"""


def main(mode: str, folder: Path) -> int:
    """Run the stack with stand-ins."""

    def stand_ins(name: str) -> list[str]:
        given = folder / name
        code = given.read_text() if given.exists() else {"api": API, "demo-data": SIGN_INS, "bootstrap": ""}.get(name, STUBBORN_FORK)
        return [sys.executable, "-c", code]

    def fake_programs(environment: dict[str, str], data_dir: Path) -> list[Program]:
        *ours, caddy = programs(environment, data_dir)
        caddy = dataclasses.replace(caddy, environment=caddy.environment | {"SPA_DIR": str(folder / "pages")})
        return [*(dataclasses.replace(each, command=stand_ins(each.name)) for each in ours), caddy]

    supervisor.programs = fake_programs  # type: ignore[attr-defined, unused-ignore]
    supervisor.command_line = lambda *arguments: stand_ins(arguments[0])  # type: ignore[attr-defined, unused-ignore]
    supervisor.SPA = folder / "pages"  # type: ignore[attr-defined, unused-ignore]
    try:
        return supervisor.Supervisor("demo" if mode == "demo" else "up").run()
    except StackError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
