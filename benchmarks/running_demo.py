"""A demo of our own to measure: started in a folder of its own, on a free loopback port, ended at the end."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.surroundings import usual_surroundings

LONGEST_START_SECONDS = 300
LOOK_AGAIN_SECONDS = 0.05


@dataclass(frozen=True)
class RunningDemo:
    """Where it listens, how long until it served its home page, and its processes."""

    url: str
    seconds_to_home: float
    pid: int

    def get(self, path: str) -> bytes:
        """A page drawn anew: who brings a cookie gets none that is kept."""
        asked = urllib.request.Request(f"{self.url}{path}", headers={"Cookie": "seen=1"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return bytes(answer.read())

    def memory_of_children(self, kind: str = "Pss") -> dict[str, int]:
        """Bytes of this kind, usually the proportional set size, by what the process is; empty where /proc does not tell."""
        sizes: dict[str, int] = {}
        for pid in _descendants(self.pid):
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                # It drew a picture, and has ended since.
                continue
            name = "web" if "granian" in command else "worker" if "django worker" in command else ""
            if name:
                sizes[name] = sizes.get(name, 0) + _size(pid, kind)
        return sizes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo(folder: Path, *, python: str = sys.executable, **surroundings: str) -> Iterator[RunningDemo]:
    """Run `manage.py demo` of the tree in `folder` until the block ends."""
    port = free_port()
    start = time.perf_counter()
    process = subprocess.Popen(
        [python, "manage.py", "demo", "--port", str(port)],
        cwd=folder,
        env={**usual_surroundings(), **surroundings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://localhost:{port}"
        while time.perf_counter() - start < LONGEST_START_SECONDS and process.poll() is None:
            try:
                urllib.request.urlopen(f"{url}/", timeout=5).read()
                break
            except OSError:
                time.sleep(LOOK_AGAIN_SECONDS)
        else:
            raise RuntimeError("the demo did not start")
        yield RunningDemo(url, time.perf_counter() - start, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    waiting = [pid]
    while waiting:
        parent = waiting.pop()
        try:
            tasks = Path(f"/proc/{parent}/task").iterdir()
            children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            children = []
        found += children
        waiting += children
    return found


def _size(pid: int, kind: str) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) * 1024
    return 0
