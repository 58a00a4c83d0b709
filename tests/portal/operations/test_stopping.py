"""A stop loses nothing: the web server finishes what it is answering, and the units give it the time."""

import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
UNIT = (ROOT / "deploy" / "together-web.service").read_text()
LOOKS = 400


def wait_until(holds: Callable[[], bool]) -> None:
    """Look again and again, for at most twenty seconds."""
    for _ in range(LOOKS):
        if holds():
            return
        threading.Event().wait(0.05)
    raise AssertionError("It did not come to that.")


# What the unit starts, with a site of the test in place of ours.
START = """
from functools import partial
from portal import serving
serving.command = partial(serving.command, application="tests.portal.operations.slow:application")
serving.main()
"""


def as_the_unit_starts_it(port: int) -> list[str]:
    """The very line of the unit, with a port and a site of the test."""
    told = re.search(r"^ExecStart=(.*?[^\\])$", UNIT, re.DOTALL | re.MULTILINE)
    assert told
    words = shlex.split(told[1].replace("\\\n", " "))
    assert words[1:3] == ["-m", "portal.serving"]
    options = words[3:]
    options[options.index("--port") + 1] = str(port)
    return [sys.executable, "-c", START, *options]


def listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def test_a_request_on_its_way_is_answered_before_the_server_stops(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(as_the_unit_starts_it(port), cwd=tmp_path, env={"PYTHONPATH": str(ROOT)})
    said: list[bytes] = []

    def ask() -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/slow", timeout=30) as answer:
            said.append(answer.read())

    caller = threading.Thread(target=ask)
    try:
        wait_until(lambda: listens(port))
        caller.start()
        wait_until((tmp_path / "begun").exists)
        server.send_signal(signal.SIGTERM)
        wait_until(lambda: not listens(port))
        (tmp_path / "go on").touch()
        caller.join(timeout=20)
        assert said == [b"answered"]
        assert server.wait(timeout=20) == 0
    finally:
        server.kill()
        server.wait()


def test_the_units_wait_for_what_is_under_way() -> None:
    worker = (ROOT / "deploy" / "together-worker.service").read_text()
    for unit, least in ((UNIT, 30), (worker, 90)):
        told = re.search(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)
        assert told
        assert int(told[1]) >= least
        assert "Restart=always" in unit
