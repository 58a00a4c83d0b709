"""Which packages each command installs, and that nobody can put others in their place."""

from pathlib import Path

import pytest

from portal import bootstrap
from portal.bootstrap import lock_for

LOCKS = Path(__file__).resolve().parent.parent.parent / "requirements"


@pytest.mark.parametrize(
    ("command", "settings", "lock"),
    [
        ("", "portal.settings.dev", "run"),
        ("demo", "portal.settings.dev", "run"),
        ("demo --reload", "portal.settings.dev", "test"),
        ("test", "portal.settings.test", "test"),
        ("check_all", "portal.settings.test", "test"),
        ("bench", "portal.settings.dev", "test"),
        ("migrate", "portal.settings.production", "production"),
    ],
)
def test_each_command_gets_the_lock_it_needs(command: str, settings: str, lock: str) -> None:
    assert lock_for(command.split(), settings) == lock


def test_each_lock_holds_all_of_the_one_before() -> None:
    pins = [set((LOCKS / f"{name}.lock").read_text().replace("\\", "").splitlines()) for name in bootstrap.LOCKS]
    named = [{line.strip() for line in lines if "==" in line} for lines in pins]
    assert named[0] <= named[1] <= named[2]


@pytest.mark.parametrize("name", bootstrap.LOCKS)
def test_each_lock_is_hashed_and_names_no_address(name: str) -> None:
    text = (LOCKS / f"{name}.lock").read_text()
    assert text.count("--hash=sha256:") >= text.count("==")
    assert not [word for word in ("://", "--index") if word in text]
