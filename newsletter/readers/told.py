"""All that the newspaper holds about one reader, in words that they can read; what is empty is left out."""

from collections.abc import Iterator

from newsletter.choices import EACH_ISSUE, Choices
from newsletter.models import Consent, Delivery, Subscriber, Topic
from newsletter.workflow import REASONS_IN_WORDS
from portal.clock import say_moment, say_whole_date
from portal.emails.suppression import is_suppressed
from portal.geo.models import Area

Line = tuple[str, str, str, str]
ALL = "about everything, from everywhere"
MARK = "A mark that nobody can turn back into your address. With it no old list brings you back."
OUR_TEAM = "somebody of our team"


def in_words(reader: Subscriber) -> Iterator[Line]:
    """Heading, label and words of each thing, for the reader's own eyes."""
    for label, words in _lines(reader):
        if words:
            yield "The newspaper", label, words, ""
    for number, consent in enumerate(reader.consents.newest_first(), start=1):
        yield "What you agreed to", f"Consent {number}", _consent(consent), ""
    for copy in reader.deliveries.with_their_sending().order_by("pk"):
        yield "Copies that went to you", copy.campaign.subject, _copy(copy), ""


def _lines(reader: Subscriber) -> Iterator[tuple[str, str]]:
    place = str(reader.place) if reader.place else ""
    yield "Your e-mail address", reader.email
    yield "How you get it", reader.get_channel_display()
    yield "Your name", reader.name
    yield "Your postal address", reader.postal_address
    yield "Where you moved", reader.new_postal_address
    yield "Large print", "yes" if reader.wants_large_print else ""
    yield "How often", reader.get_frequency_display()
    yield "What you chose", _chosen([str(topic) for topic in reader.topics.all()], place)
    yield "Where it stands", reader.get_state_display()
    yield "A pause", _pause(reader)
    yield "Mail to you", "stopped" if reader.email and is_suppressed(reader.email) else ""
    yield "You asked", say_moment(reader.asked_at)
    yield "You confirmed", say_moment(reader.confirmed_at) if reader.confirmed_at else ""
    yield "You left", say_moment(reader.left_at) if reader.left_at else ""
    yield "What stays of your address", MARK if reader.left_mark else ""


def _pause(reader: Subscriber) -> str:
    if reader.wants_issues:
        return ""
    return f"until {say_whole_date(reader.paused_until)}" if reader.paused_until else "until you come back"


def _chosen(topics: list[str], place: str) -> str:
    about = f"about {', '.join(topics)}" if topics else ""
    return ", ".join(filter(None, (about, f"from {place}" if place else ""))) or ALL


def _consent(consent: Consent) -> str:
    chosen = Choices.from_json(consent.choices)
    topics = [str(topic) for topic in Topic.objects.filter(pk__in=chosen.topics)]
    place = Area.objects.filter(pk=chosen.place).first() if chosen.place else None
    often = Subscriber.Frequency.EACH_ISSUE if chosen.frequency == EACH_ISSUE else Subscriber.Frequency.WEEKLY
    lines = (
        f"You asked {consent.get_source_display()}, {say_moment(consent.given_at)}.",
        f"You confirmed it, {say_moment(consent.confirmed_at)}." if consent.confirmed_at else "You never confirmed it.",
        f"You chose {often.label}, {_chosen(topics, str(place) if place else '')}.",
        f"Written down by {OUR_TEAM}." if consent.recorded_by_id else "",
        f"Where the proof is: {consent.evidence}" if consent.evidence else "",
        f"You read: “{consent.wording}”" if consent.wording else "",
    )
    return "\n".join(filter(None, lines))


def _copy(copy: Delivery) -> str:
    """What became of a copy, when, and by what name a mail provider knows it."""
    because = REASONS_IN_WORDS.get(copy.reason, "")
    lines = (
        f"{copy.get_state_display()}: {because}" if because else copy.get_state_display(),
        f"Sent {say_moment(copy.submitted_at)}" if copy.submitted_at else "",
        f"We heard of it {say_moment(copy.settled_at)}" if copy.settled_at else "",
        f"Looked into by {OUR_TEAM}" if copy.settled_by_id else "",
        f"Number of the mail: {copy.message_id}" if copy.message_id else "",
        f"What the mail provider calls it: {copy.provider_id}" if copy.provider_id else "",
    )
    return "\n".join(filter(None, lines))
