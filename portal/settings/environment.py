"""Reads the environment once; the only place that looks at `os.environ`."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

VAR_DIR = Path(env.str("VAR_DIR", default=str(ROOT / "var")))


def required(name: str, hint: str) -> str:
    """The value of a variable that production cannot run without, or an error that says how to make one."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint} See docs/running.md.")
    return value


def strong(name: str, hint: str) -> str:
    """A required value that nobody can guess: long, of many letters, and no sample of Django's or of our tests."""
    value = required(name, hint)
    if len(value) < 50 or len(set(value)) < 12 or value.startswith(("django-insecure-", "only-for-tests")):
        raise ImproperlyConfigured(f"{name} is too short or too simple. {hint} See docs/running.md.")
    return value


def with_prefix(prefix: str) -> dict[str, str]:
    """Every variable of another program's settings family, its prefix taken off."""
    return {name.removeprefix(prefix): value for name, value in env.ENVIRON.items() if name.startswith(prefix)}
