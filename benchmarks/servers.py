"""Web servers of our own to measure: each a process of its own on a free loopback port, ended at the end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.running_demo import LONGEST_START_SECONDS, LOOK_AGAIN_SECONDS, free_port
from benchmarks.surroundings import usual_surroundings
from portal import serving

ROOT = Path(__file__).resolve().parent.parent
# The server has the first core to itself and whoever asks the second, where there are two.
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
Words = Callable[[int], list[str]]
THREADS = serving.FLAGS[serving.FLAGS.index("--blocking-threads") + 1]


def granian(application: str = serving.APPLICATION, *, python: str = sys.executable) -> Words:
    """Granian as production runs it."""
    return lambda port: serving.command(host="127.0.0.1", port=port, application=application, python=python)


def gunicorn(application: str, *, python: str = sys.executable) -> Words:
    """Gunicorn's threads, as many as granian has."""
    words = [python, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "1", "--threads", THREADS]
    return lambda port: [*words, "--bind", f"127.0.0.1:{port}", "--log-level", "error", application]


@contextmanager
def server(words: Words, surroundings: Mapping[str, str], *, path: str = "/", is_alone: bool = True) -> Iterator[int]:
    """The port on which it answers, warm; with `is_alone` it keeps to the first core."""
    port = free_port()
    process = subprocess.Popen(
        _on_core(words(port), 0 if is_alone else None),
        cwd=ROOT,
        env={**usual_surroundings(), "PYTHONPATH": str(ROOT), **surroundings},
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("BENCH_LOUD") else subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port, process, path)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def asking_side() -> Iterator[None]:
    """This process keeps to the second core while servers are measured that keep to the first."""
    if len(CORES) < 2:
        yield
        return
    os.sched_setaffinity(0, CORES[1:])
    try:
        yield
    finally:
        os.sched_setaffinity(0, CORES)


def _on_core(command: list[str], number: int | None) -> list[str]:
    """The command, kept to one core; it becomes it, so that no process stands in between."""
    if number is None or len(CORES) < 2:
        return command
    become = f"import os, sys; os.sched_setaffinity(0, [{CORES[number]}]); os.execv(sys.argv[1], sys.argv[1:])"
    return [sys.executable, "-c", become, *command]


def _wait(port: int, process: "subprocess.Popen[bytes]", path: str) -> None:
    from http.client import HTTPConnection

    deadline = time.monotonic() + LONGEST_START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        line = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            line.request("GET", path, headers={"Host": "localhost"})
            if line.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            line.close()
        time.sleep(LOOK_AGAIN_SECONDS)
    raise RuntimeError(f"a server did not answer {path} with 200")
