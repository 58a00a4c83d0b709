"""The same figures for Prometheus, with what this process answered: by view, status and time; never an address or a name."""

from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from portal.logs import listeners
from portal.operations.health.figures import Found, all_figures

# Of this process alone; Prometheus adds up those of several.
OF_REQUESTS = CollectorRegistry()
ANSWERED = Counter("together_requests", "Answers by view and kind of status.", ["view", "status"], registry=OF_REQUESTS)
TOOK = Histogram(
    "together_request_seconds",
    "How long answers took.",
    ["view"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=OF_REQUESTS,
)


def count(view: str, status: int, seconds: float) -> None:
    """One answer more; an address that leads nowhere counts as one view, whatever it was."""
    ANSWERED.labels(view or "none", f"{status // 100}xx").inc()
    TOOK.labels(view or "none").observe(seconds)


def listen() -> None:
    if count not in listeners:
        listeners.append(count)


def as_text(now: datetime) -> tuple[bytes, str]:
    """All of it as Prometheus reads it, and the type of that text."""
    return generate_latest(_of_figures(all_figures(now))) + generate_latest(OF_REQUESTS), CONTENT_TYPE_LATEST


def _of_figures(found: list[Found]) -> CollectorRegistry:
    registry = CollectorRegistry()
    well = Gauge("together_well", "1 where something is well, 0 where not.", ["what"], registry=registry)
    for one in found:
        if one.figure.is_well is not None:
            well.labels(one.name).set(one.figure.is_well)
    for name, number in _numbers(found):
        Gauge(f"together_{name}", name.replace("_", " "), registry=registry).set(number)
    return registry


def _numbers(found: list[Found]) -> Iterator[tuple[str, float]]:
    for one in found:
        yield from one.figure.numbers.items()
