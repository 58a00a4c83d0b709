"""Databases of our own to measure on: SQLite always, PostgreSQL where its programs are found; gone at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.running_demo import free_port

PROGRAMS = "/usr/lib/postgresql"
AS_THE_MANUAL_SAYS = (
    "shared_buffers = 512MB\nmax_wal_size = 4GB\nunix_socket_directories = ''\nlisten_addresses = '127.0.0.1'\n"
)

# For the size of a rehearsal: what its process needs in its surroundings.
Database = Callable[[int], dict[str, str]]


@contextmanager
def databases() -> Iterator[dict[str, Database]]:
    """By name, a way to a new database for each size."""
    with tempfile.TemporaryDirectory(prefix="together-bench-") as folder:
        scratch = Path(folder)
        scratch.chmod(0o755)
        found: dict[str, Database] = {"SQLite": lambda size: {"VAR_DIR": str(scratch / f"sqlite-{size}")}}
        server = _Server.found(scratch / "postgresql")
        if server is None:
            yield found
            return
        server.start()
        try:
            yield {**found, "PostgreSQL": lambda size: server.database(scratch, size)}
        finally:
            server.stop()


class _Server:
    """A PostgreSQL server of our own on a free loopback port; it refuses to run as root, so root runs it as `postgres`."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder, self.port = programs, folder, free_port()
        self.before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    @classmethod
    def found(cls, folder: Path) -> "_Server | None":
        """The newest that is installed, if any can be run."""
        programs = sorted(Path(PROGRAMS).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
        return cls(programs[-1].parent, folder) if programs and (os.geteuid() or shutil.which("runuser")) else None

    def start(self) -> None:
        self.folder.mkdir()
        if self.before:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", str(self.folder), "-U", "bench", "-A", "trust", "--no-sync")
        with (self.folder / "postgresql.conf").open("a") as settings:
            settings.write(f"{AS_THE_MANUAL_SAYS}port = {self.port}\n")
        self._run("pg_ctl", "-D", str(self.folder), "-w", "-l", str(self.folder / "log"), "start")

    def database(self, scratch: Path, size: int) -> dict[str, str]:
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "bench", f"bench{size}")
        address = f"postgres://bench@127.0.0.1:{self.port}/bench{size}"
        return {"VAR_DIR": str(scratch / f"postgresql-{size}"), "DATABASE_URL": address}

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [*self.before, str(self.programs / program), *words],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
