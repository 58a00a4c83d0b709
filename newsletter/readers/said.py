"""What a reader gets, in words: for their own page, and for staff who look them up."""

from newsletter.choices import WEEKLY, Choices
from newsletter.models import Subscriber, Topic
from newsletter.models.settings import newspaper_settings
from newsletter.workflow import SubscriberState
from portal import clock
from portal.geo.models import Area

Row = dict[str, str]


def what_holds(reader: Subscriber) -> list[Row]:
    """How, how often, about what and from where, and a pause, each with its name."""
    rows = [
        _row("How", _how(reader)),
        _row("How often", how_often(reader.frequency)),
        _row("About", ", ".join(topic.name for topic in reader.topics.all()) or "everything"),
        _row("Where", reader.place.name if reader.place else "everywhere"),
    ]
    return [*rows, _row("Pause", pause_of(reader))] if pause_of(reader) else rows


def what_was_chosen(choices: Choices) -> list[Row]:
    """How often, about what and from where, as it was chosen with an asking."""
    topics, places = Topic.objects.in_order(), Area.objects.defer("outline")
    about = [topic.name for topic in topics if topic.pk in choices.topics]
    where = [place.name for place in places if place.pk == choices.place]
    return [
        _row("How often", how_often(choices.frequency)),
        _row("About", ", ".join(about) or "everything"),
        _row("Where", ", ".join(where) or "everywhere"),
    ]


def how_often(frequency: str) -> str:
    """What truly comes: while there is no weekly mail, each new issue."""
    return "one mail a week" if frequency == WEEKLY and newspaper_settings().sends_weekly else "each new issue"


def pause_of(reader: Subscriber) -> str:
    """Until when nothing is sent; empty where nothing is paused."""
    if reader.wants_issues or reader.state != SubscriberState.ACTIVE:
        return ""
    until = reader.paused_until
    return f"until {clock.say_whole_date(until)}" if until else "until you come back"


def _how(reader: Subscriber) -> str:
    if reader.channel == Subscriber.Channel.POST:
        said = "by post, in large print" if reader.wants_large_print else "by post"
        return f"{said}, to the old address until we have looked at the new one" if reader.waits_for_post else said
    return "by e-mail, until we have looked at your address" if reader.waits_for_post else "by e-mail"


def _row(label: str, value: str) -> Row:
    return {"label": label, "value": value}
