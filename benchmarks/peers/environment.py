"""An environment of the peers' own, made on demand from their own hashed lock: nothing of it is in the portal's."""

import importlib.util
import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path

from portal.settings.environment import VAR_DIR

LOCK = Path(__file__).parent / "peers.lock"
FLAGS = ("--require-hashes", "--only-binary", ":all:", "--no-input", "--disable-pip-version-check", "--quiet")


def python() -> str:
    """The peers' Python, with their packages; RuntimeError where there is neither pip nor a network."""
    folder = VAR_DIR / "peers"
    inside, stamp = folder / "bin" / "python", folder / "peers.stamp"
    wanted = f"{sys.version_info.major}.{sys.version_info.minor} {sha256(LOCK.read_bytes()).hexdigest()}"
    if stamp.exists() and stamp.read_text() == wanted:
        return str(inside)
    venv.create(folder, clear=True, with_pip=False)
    done = subprocess.run([*_pip(inside), "install", *FLAGS, "-r", str(LOCK)])
    if done.returncode:
        raise RuntimeError(f"the peers of {LOCK.name} could not be installed; pip's own words stand above")
    stamp.write_text(wanted)
    return str(inside)


def _pip(inside: Path) -> list[str]:
    """A pip that works on the new environment: this Python's, that of the Python it was made from, or ensurepip's."""
    for candidate in (sys.executable, str(getattr(sys, "_base_executable", sys.executable))):
        if not subprocess.run([candidate, "-m", "pip", "--version"], capture_output=True).returncode:
            return [candidate, "-m", "pip", "--python", str(inside)]
    if importlib.util.find_spec("ensurepip") is None:
        raise RuntimeError("the peers need pip; on Debian: apt-get install python3-pip")
    subprocess.run([str(inside), "-m", "ensurepip"], check=True, capture_output=True)
    return [str(inside), "-m", "pip"]
