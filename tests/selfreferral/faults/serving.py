"""A real web server over a copy of the database, and a browser that knows nothing but its cookie."""

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.conf import settings

from portal import serving

TOKEN = "a" * 32
LONGEST_START_SECONDS = 60


@dataclass(frozen=True)
class Browser:
    """Somebody with a draft; `key` is all that their browser holds."""

    key: str

    def asks(self, port: int, path: str, *, method: str = "GET") -> tuple[int, str, str]:
        """Status, where it leads, and the page; (0, "", "") where the server died before it said a word."""
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Cookie": f"here={self.key}; csrftoken={TOKEN}", "Host": "localhost"}
        body = f"csrfmiddlewaretoken={TOKEN}" if method == "POST" else None
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        except (HTTPException, OSError):
            return 0, "", ""
        finally:
            connection.close()

    def sends(self, port: int) -> tuple[int, str]:
        """Presses "Send", follows where it leads; the status of the press, and the reference that is shown."""
        status, leads_to, _ = self.asks(port, "/here/check/", method="POST")
        page = self.asks(port, leads_to)[2] if leads_to else ""
        found = re.search(r"Your reference is <strong>([^<]+)<", page)
        return status, found[1] if found else ""


@contextmanager
def a_server(database: Path, *, dies: str = "") -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Granian on a port of its own, up when this begins; the port and the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = serving.command(host="127.0.0.1", port=port, application="tests.selfreferral.faults.dying:application")
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": "sqlite:///unused"}
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env={**surroundings, "SERVES": str(database), "DIES": dies},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_until_it_answers(port, process)
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_until_it_answers(port: int, process: "subprocess.Popen[bytes]") -> None:
    """The server is another process, so this knocks again until somebody opens or a minute has gone."""
    deadline = time.monotonic() + LONGEST_START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")
