"""What a reader gets, in words: for their own page, and for staff who look them up."""

from newsletter.models import Subscriber
from newsletter.workflow import SubscriberState
from portal import clock

Row = dict[str, str]


def what_holds(reader: Subscriber) -> list[Row]:
    """How, how often, about what and from where, and a pause, each with its name."""
    rows = [
        _row("How", _how(reader)),
        _row("How often", reader.get_frequency_display()),
        _row("About", ", ".join(topic.name for topic in reader.topics.all()) or "everything"),
        _row("Where", reader.place.name if reader.place else "everywhere"),
    ]
    return [*rows, _row("Pause", pause_of(reader))] if pause_of(reader) else rows


def pause_of(reader: Subscriber) -> str:
    """Until when nothing is sent; empty where nothing is paused."""
    if reader.wants_issues or reader.state != SubscriberState.ACTIVE:
        return ""
    until = reader.paused_until
    return f"until {clock.say_whole_date(until)}" if until else "until you come back"


def _how(reader: Subscriber) -> str:
    if reader.channel == Subscriber.Channel.POST:
        return "by post"
    return "by e-mail, until we have looked at your address" if reader.waits_for_post else "by e-mail"


def _row(label: str, value: str) -> Row:
    return {"label": label, "value": value}
