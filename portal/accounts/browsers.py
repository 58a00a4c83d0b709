"""What is kept of a sign-in so that somebody knows it again: the kind of browser and of machine, and no address."""

import re
from typing import Any

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - the column wants one
_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


def in_words(user_agent: str) -> str:
    """ "Firefox on Windows"; what a browser says of itself beyond that is dropped."""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}", user_agent)), "Another browser")
    machine = next((name for mark, name in _MACHINES if mark in user_agent), "")
    return f"{browser} on {machine}" if machine else browser


def keep_little(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Before a session is written down: no address, and the browser in three words."""
    if instance._state.adding:
        instance.ip = NO_ADDRESS
        instance.user_agent = in_words(instance.user_agent)
