"""Finds or makes the environment in `.venv` from the hashed lock, with the standard library alone, and goes on in it."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("run", "production", "test")  # each holds all of the one before it, and more
PYTHON = f"python {sys.version_info.major}.{sys.version_info.minor}"
# A whole run has a worker for each core. One test at a time is handed out, in the order in which they stand: those that empty
# the database come last.
WHOLE_RUN = ("--numprocesses=auto", "--dist=load", "--maxschedchunk=1")
# `manage.py test --wagtail newest` runs them on what pyproject.toml allows beyond the locks, in an environment beside ours.
NEWEST = ["--wagtail", "newest"]
ON_TEST_LOCK = {"test", "check_all", "bench"}
ON_TEST_SETTINGS = {"test", "check_all"}


class CannotGoOn(Exception):
    """What a person has to put right first, in one line."""


def enter(arguments: Sequence[str]) -> None:
    """Run one `manage.py` command line inside the environment, making that first where it is missing or stale."""
    command = arguments[1] if len(arguments) > 1 else "help"
    usual = "portal.settings.test" if command in ON_TEST_SETTINGS else "portal.settings.dev"
    settings = os.environ.setdefault("DJANGO_SETTINGS_MODULE", usual)
    try:
        if command == "test" and list(arguments[2:4]) == NEWEST:
            _test_on_newest(Environment(ROOT, ".venv-newest"), arguments[4:])
        if os.environ.get("TOGETHER_ENV") != "here":
            _go_inside(Environment(ROOT), lock_for(arguments[1:], settings), arguments[1:])
        elif not _has("django"):
            raise CannotGoOn("TOGETHER_ENV=here asks for this Python as it is, and it has no Django.")
    except CannotGoOn as problem:
        sys.exit(str(problem))
    except OSError as problem:
        sys.exit(f"Together cannot make its environment: {problem}")
    except KeyboardInterrupt:
        sys.exit("Stopped. The next start begins the environment again.")
    if command == "test":
        os.chdir(ROOT)
        _become([sys.executable, "-m", "pytest", *(arguments[2:] or WHOLE_RUN)])
    from django.core.management import execute_from_command_line

    execute_from_command_line(list(arguments))


def lock_for(arguments: Sequence[str], settings: str) -> str:
    """The name of the lock that this command needs."""
    if ON_TEST_LOCK.intersection(arguments[:1]) or "--reload" in arguments:
        return "test"
    return "production" if settings == "portal.settings.production" else "run"


def reason(words: str) -> str:
    """Why pip stopped, in one line made from its own many."""
    if "No space left on device" in words:
        return "the disk is full"
    if any(sign in words for sign in ("Retrying (Retry(", "NewConnectionError", "ConnectionError", "ProxyError")):
        return "no package index answered (is there a network?)"
    errors = [line.removeprefix("ERROR: ") for line in words.splitlines() if re.match("ERROR: (?!Exception)", line)]
    last = (errors or words.splitlines() or ["nothing was said"])[-1]
    return last.strip(" .")


@dataclass(frozen=True)
class Environment:
    """The `.venv` of one work tree, its stamp, and the lock file that lets one process at a time change it."""

    root: Path
    name: str = ".venv"

    @property
    def folder(self) -> Path:
        return self.root / self.name

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        """Says which Python and which lock texts are installed in full; absent while that is not so."""
        return self.folder / "together.stamp"

    @property
    def log(self) -> Path:
        return self.root / "var" / "install.log"

    def installed(self) -> set[str]:
        """The lines of the stamp; none where nothing whole is there."""
        if not self.python.exists() or not self.stamp.exists():
            return set()
        return set(self.stamp.read_text().splitlines())

    def wanted(self, lock: str) -> list[str]:
        """A stamp line for each lock that installing `lock` satisfies, smallest first."""
        names = LOCKS[: LOCKS.index(lock) + 1]
        texts = {name: (self.root / "requirements" / f"{name}.lock").read_bytes() for name in names}
        return [f"{name} {hashlib.sha256(text).hexdigest()}" for name, text in texts.items()]

    def is_ready(self, lock: str) -> bool:
        """Whether the present text of `lock` is installed in full."""
        return self.wanted(lock)[-1] in self.installed()

    def prepare(self, lock: str) -> None:
        """Install `lock`: on top of a whole run lock, else from nothing, so that a kill leaves no half package."""
        if self.is_ready(lock):
            return
        with self._alone() as held:
            before, wanted = self.installed(), self.wanted(lock)
            if wanted[-1] in before:
                return  # another process made it while this one waited
            self.log.write_text("")
            pip = self._pip()
            self.stamp.unlink(missing_ok=True)
            if not {PYTHON, wanted[0]} <= before:  # the pip of one Python does not always run on another
                _say(f"Making {self.folder.name} with Python {sys.version.split()[0]}.")
                before = {PYTHON}
                self._run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(self.folder)], held)
            if pip[0] == str(self.python):
                self._run([*pip[:1], "-m", "ensurepip"], held)
            self._install(pip, lock, held)
            fresh = self.stamp.with_suffix(".new")
            fresh.write_text("\n".join(sorted(before | set(wanted))) + "\n")
            fresh.replace(self.stamp)

    def upgrade(self, package: str) -> None:
        """Put in the newest version of a package that pyproject.toml allows, with whatever that needs."""
        allowed = re.search(rf'"({package}[<>=][^"]*)"', (self.root / "pyproject.toml").read_text())
        assert allowed
        with self._alone() as held:
            flags = ["--only-binary", ":all:", "--no-input", "--disable-pip-version-check"]
            self._run([*self._pip(), "install", "--upgrade", *flags, allowed[1]], held)

    def _install(self, pip: list[str], lock: str, held: int) -> None:
        path = self.root / "requirements" / f"{lock}.lock"
        _say(f"Installing {path.read_text().count('==')} packages of {path.name}; the first time takes about a minute.")
        flags = ["--require-hashes", "--only-binary", ":all:", "--no-input", "--disable-pip-version-check"]
        self._run([*pip, "install", *flags, "-r", str(path)], held)

    def _pip(self) -> list[str]:
        """The caller's pip told to work on the environment, or that of ensurepip inside it."""
        if _has("pip"):
            return [sys.executable, "-m", "pip", "--python", str(self.python)]
        if _has("ensurepip"):
            return [str(self.python), "-m", "pip"]
        raise CannotGoOn(f"Together needs pip, and {sys.executable} has none; on Debian: apt-get install python3-pip")

    def _run(self, command: list[str], held: int) -> None:
        """Run one installing program with its words in the log, holding the lock as long as it lives, even orphaned."""
        elsewhere = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONHOME"}
        surroundings = {name: value for name, value in os.environ.items() if name not in elsewhere} | {"PIP_USER": "0"}
        keep = () if os.name == "nt" else (held,)
        with self.log.open("a") as log:
            done = subprocess.run(command, stdout=log, stderr=log, cwd=self.root, env=surroundings, pass_fds=keep)
        if done.returncode:
            why = reason(self.log.read_text(errors="replace"))
            raise CannotGoOn(f"Together could not be installed: {why}. (All that pip said: {self.log})")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[int]:
        """Wait until no other process is changing the environment; the number of the open lock file."""
        self.log.parent.mkdir(mode=0o700, exist_ok=True)  # keys and people's words will live there
        with (self.log.parent / "install.lock").open("w") as file:
            if not _lock(file.fileno(), wait=False):
                _say("Another start is making the environment; waiting for it.")
                while not _lock(file.fileno(), wait=True):
                    pass
            yield file.fileno()


def _lock(number: int, *, wait: bool) -> bool:
    """Take the lock of an open file, which ends with the processes that hold it; whether it was had."""
    if sys.platform == "win32":
        import msvcrt

        with contextlib.suppress(OSError):
            msvcrt.locking(number, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            return True
        return False
    import fcntl

    with contextlib.suppress(BlockingIOError):
        fcntl.flock(number, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _go_inside(environment: Environment, lock: str, arguments: Sequence[str]) -> None:
    """Return where this process is inside a ready environment; else become one that is, or goes to make it."""
    door = str(environment.root / "manage.py")
    if Path(sys.prefix).resolve() != environment.folder.resolve():
        environment.prepare(lock)
        _become([str(environment.python), door, *arguments])
    if PYTHON not in environment.installed():
        environment.stamp.unlink(missing_ok=True)  # the system's Python has moved on under the environment
    elif environment.is_ready(lock):
        return
    # An environment cannot be rebuilt from within: the Python that it was made from does it.
    _become([str(getattr(sys, "_base_executable", sys.executable)), door, *arguments])


def _test_on_newest(environment: Environment, rest: Sequence[str]) -> NoReturn:
    """Run the tests where Wagtail is the newest; what they start stays there too."""
    environment.prepare("test")
    environment.upgrade("wagtail")
    os.environ["TOGETHER_ENV"] = "here"
    os.chdir(environment.root)
    _become([str(environment.python), "-m", "pytest", *(rest or WHOLE_RUN)])


def _has(package: str) -> bool:
    """Whether this Python can import a package; an empty folder of that name is none."""
    found = importlib.util.find_spec(package)
    return found is not None and found.origin is not None


def _become(command: list[str]) -> NoReturn:
    """Go on as another program: in place, or, where that cannot be (Windows), as a child."""
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    sys.stdout.flush()
    os.execv(command[0], command)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
