"""Whether visitors of this web process had to be asked to come back, because very many came at once or sent slowly."""

import time
from datetime import datetime, timedelta

from portal.operations.health.figure import Figure, ago
from portal.pages.crowd import LANES
from portal.slow_visitors import READING, SENDING

LATELY_SECONDS = 10 * 60


def crowd(now: datetime) -> Figure:
    """Of this process alone, since it began; Prometheus adds up those of several."""
    numbers = {"visitors_sending_slowly": float(len(SENDING)), "visitors_reading_slowly": float(len(READING))}
    for lane in LANES:
        name = lane.name.replace(" ", "_")
        numbers[f"visitors_in_line_{name}"] = float(lane.in_line)
        numbers[f"visitors_asked_to_come_back_{name}"] = float(lane.turned_away)
    moments = [lane.last_turned_away for lane in LANES if lane.last_turned_away is not None]
    if not moments:
        return Figure(is_well=True, says="Nobody had to be asked to come back.", numbers=numbers)
    seconds = time.monotonic() - max(moments)
    count = sum(lane.turned_away for lane in LANES)
    says = f"{count} asked to come back since the last start, the last {ago(timedelta(seconds=seconds))}."
    if seconds < LATELY_SECONDS:
        todo = "The site goes on. If it lasts: look which addresses the proxy counts most, and shut them out there."
        return Figure(is_well=False, says=says, todo=todo, numbers=numbers)
    return Figure(is_well=True, says=says, numbers=numbers)
