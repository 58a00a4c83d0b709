"""Redis, web processes and workers, each a process of its own on loopback."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from portal import serving
from portal.settings.environment import ROOT

REDIS = shutil.which("redis-server")
LONGEST_START_SECONDS = 60
Process = "subprocess.Popen[bytes]"


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(port: int, process: "subprocess.Popen[bytes]") -> None:
    """It is another process, so this knocks again until somebody opens or a minute has gone."""
    deadline = time.monotonic() + LONGEST_START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("a process did not start")


@contextmanager
def running(command: list[str], surroundings: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A process of ours, ended when this is left, if nobody killed it before."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **surroundings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """A Redis that writes nothing down; its address."""
    assert REDIS is not None
    port = a_free_port()
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with running([REDIS, *words], {}) as process:
        wait_until_it_answers(port, process)
        yield f"redis://127.0.0.1:{port}/0"


class Machines:
    """Two web processes and two workers; the first of each dies when it is told to, as a machine does."""

    def __init__(self, surroundings: Mapping[str, str]) -> None:
        self._stack, self._surroundings = ExitStack(), surroundings
        self.ports = [a_free_port(), a_free_port()]
        self.webs = [self._start(self._web(port)) for port in self.ports]
        self.workers = [
            self._start([sys.executable, "manage.py", "worker", "-v0", "--no-startup-delay"]) for _ in range(2)
        ]

    def __enter__(self) -> "Machines":
        for port, web in zip(self.ports, self.webs, strict=True):
            wait_until_it_answers(port, web)
        return self

    def __exit__(self, *raised: object) -> None:
        self._stack.close()

    def kill_one_of_each(self) -> None:
        """As when a machine loses its power: the server's children go with it."""
        for process in (self.webs[0], self.workers[0]):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        return self._stack.enter_context(running(command, self._surroundings))

    @staticmethod
    def _web(port: int) -> list[str]:
        return serving.command(host="127.0.0.1", port=port)
