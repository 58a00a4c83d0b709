"""Every address that the site answers, and one real address for each, in a village where everything exists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """One line of the URLconf: its whole pattern, and what guards it."""

    pattern: str
    view: Any

    @property
    def is_staff(self) -> bool:
        return self.pattern.startswith("staff/")

    @property
    def marks(self) -> dict[str, Any]:
        """`is_public` or `required_permission`, on the view or on what it wraps."""
        found: dict[str, Any] = {}
        view = self.view
        while view is not None:
            for name in ("is_public", "required_permission"):
                if getattr(view, name, None):
                    found.setdefault(name, getattr(view, name))
            view = getattr(view, "__wrapped__", None)
        return found


def every_route(patterns: list[Any] | None = None, before: str = "") -> Iterator[Route]:
    """Every route of ours, of Wagtail and of allauth, in the order in which they are tried."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from every_route(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield Route(here, pattern.callback)


def filled(pattern: str, values: dict[str, dict[str, Any]]) -> str:
    """The pattern as an address. `values` names, for the beginning of a pattern, what stands for each parameter;
    the longest beginning that knows the parameter wins."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        known = [start for start in values if pattern.startswith(start) and name in values[start]]
        return str(values[max(known, key=len)][name]) if known else "1"

    return "/" + _PARAMETER.sub(value, pattern)
