"""Runs the web server and the worker side by side until somebody stops them or one of them ends."""

import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from django.conf import settings

from portal import serving

LONGEST_START_SECONDS = 60
LONGEST_STOP_SECONDS = 10
LOOK_AGAIN_SECONDS = 0.2
# What a developer changes.
FOLDERS = ("portal", "engagement", "selfreferral", "newsletter", "templates")


class Stopped(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


def is_port_free(host: str, port: int) -> bool:
    """Whether nothing listens there yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run(*, host: str, port: int, base_url: str, when_ready: Callable[[], None], reload: bool = False) -> int:
    """Start both, say so once the site answers, wait; the exit code is that of the process that ended by itself.

    With `reload` both start anew whenever a file of ours is saved.
    """
    surroundings = {**settings.SURROUNDINGS, "HOST": host, "PORT": str(port), "BASE_URL": base_url}
    folders = [settings.BASE_DIR / name for name in FOLDERS] if reload else []
    web = serving.command(host=host, port=port, reload=folders)
    worker = [sys.executable, "-m", "django", "worker", "-v0", "--no-startup-delay"]
    if reload:
        worker = [sys.executable, "-m", "watchfiles", "--verbosity", "warning", shlex.join(worker), *map(str, folders)]
    signal.signal(signal.SIGTERM, _stop)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for command in (web, worker):
            # A session of their own, so that Ctrl-C reaches them once, from us, and in order.
            processes.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=surroundings, start_new_session=True))
        if _answers(f"http://{_bracketed(host)}:{port}/healthz", processes):
            when_ready()
        return _wait(processes)
    except (KeyboardInterrupt, Stopped):
        return 0
    finally:
        _end(processes)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise Stopped


def _bracketed(host: str) -> str:
    if host == "0.0.0.0":  # noqa: S104 - read, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _answers(url: str, processes: list[subprocess.Popen[bytes]]) -> bool:
    deadline = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(LOOK_AGAIN_SECONDS)
    return False


def _wait(processes: list[subprocess.Popen[bytes]]) -> int:
    while True:
        for process in processes:
            code = process.poll()
            if code is not None:
                return code or 1
        time.sleep(LOOK_AGAIN_SECONDS)


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=LONGEST_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
