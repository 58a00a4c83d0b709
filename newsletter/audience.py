"""Who gets an issue and who is left out, with the reason for each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from newsletter.models import IssuePage, Subscriber
from newsletter.models.readers import SubscriberQuerySet
from newsletter.models.settings import newspaper_settings
from newsletter.workflow import Reason
from portal.emails.models import Suppression
from portal.emails.suppression import address_hash

CHUNK = 2_000
_NO_TOPICS: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Target:
    """For whom something is: topics and places by their numbers. None named is everybody, everywhere."""

    topics: frozenset[int] = _NO_TOPICS
    places: frozenset[int] = field(default_factory=frozenset)

    def is_about(self, chosen: frozenset[int]) -> bool:
        """Whether it is about one of the topics that somebody chose; who chose none wants all."""
        return not self.topics or not chosen or not self.topics.isdisjoint(chosen)

    def is_for(self, place: int | None) -> bool:
        """Whether it is for this place; who told us no place gets what is for anywhere."""
        return not self.places or place is None or place in self.places


EVERYBODY = Target()


class Reader(NamedTuple):
    """What decides about one reader's copy."""

    number: int
    email: str
    wants_issues: bool
    channel: str
    frequency: str
    place: int | None


_COLUMNS = ("pk", "email", "wants_issues", "channel", "frequency", "place_id")


def target_of(issue: IssuePage) -> Target:
    """For whom this issue is."""
    return Target(
        topics=frozenset(topic.pk for topic in issue.topics.all()),
        places=frozenset(place.pk for place in issue.places.all()),
    )


def candidates(target: Target = EVERYBODY) -> Iterator[tuple[int, Reason | None]]:
    """Every confirmed reader's number with the reason to leave them out, or None; in helpings, so memory stays flat."""
    is_weekly_on = newspaper_settings().sends_weekly
    for readers in helpings(Subscriber.objects.candidates()):
        silenced = _silenced(readers)
        chosen = chosen_topics(readers) if target.topics else {}
        for reader in readers:
            topics = chosen.get(reader.number, _NO_TOPICS)
            is_suppressed = reader.number in silenced
            reason = why_not(reader, topics, target, is_suppressed=is_suppressed, is_weekly_on=is_weekly_on)
            yield reader.number, reason


def weekly_candidates() -> Iterator[tuple[Reader, frozenset[int], Reason | None]]:
    """Every reader of the weekly mail with the topics they chose, and the reason to leave them out, or None."""
    for readers in helpings(Subscriber.objects.candidates().weekly()):
        silenced, chosen = _silenced(readers), chosen_topics(readers)
        for reader in readers:
            reason = why_no_mail(reader, is_suppressed=reader.number in silenced)
            yield reader, chosen.get(reader.number, _NO_TOPICS), reason


def weekly_choices() -> set[tuple[int | None, frozenset[int]]]:
    """The places with topics that readers of the weekly mail chose, each once."""
    found = set()
    for readers in helpings(Subscriber.objects.candidates().weekly()):
        chosen = chosen_topics(readers)
        found |= {(reader.place, chosen.get(reader.number, _NO_TOPICS)) for reader in readers}
    return found


def why_not(
    reader: Reader, chosen: frozenset[int], target: Target, *, is_suppressed: bool, is_weekly_on: bool
) -> Reason | None:
    """The first reason to leave a reader out of an issue; what stops every mail stands before what they chose.

    While there is no weekly mail, who chose it gets each issue instead of nothing.
    """
    if reason := why_no_mail(reader, is_suppressed=is_suppressed):
        return reason
    if is_weekly_on and reader.frequency == Subscriber.Frequency.WEEKLY:
        return Reason.WEEKLY
    if not target.is_about(chosen):
        return Reason.OTHER_TOPIC
    return None if target.is_for(reader.place) else Reason.OTHER_PLACE


def why_no_mail(reader: Reader, *, is_suppressed: bool) -> Reason | None:
    """The reason for which a reader gets no newspaper by e-mail at all at present."""
    if reader.channel == Subscriber.Channel.POST or not reader.email:
        return Reason.BY_POST
    if is_suppressed:
        return Reason.SUPPRESSED
    return None if reader.wants_issues else Reason.PAUSED


def helpings(readers: SubscriberQuerySet) -> Iterator[list[Reader]]:
    """Readers in the order of their numbers, some thousands at a time."""
    ordered = readers.order_by("pk").values_list(*_COLUMNS)
    rows = ordered.iterator(chunk_size=CHUNK)
    while helping := [Reader(*row) for row in islice(rows, CHUNK)]:
        yield helping


def chosen_topics(readers: list[Reader]) -> Mapping[int, frozenset[int]]:
    """The topics that these readers chose, in one query; who chose none is not in it."""
    first, last = readers[0].number, readers[-1].number
    chosen = Subscriber.topics.through.objects.filter(subscriber_id__gte=first, subscriber_id__lte=last)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for subscriber, topic in chosen.values_list("subscriber_id", "topic_id"):
        found[subscriber].add(topic)
    return {subscriber: frozenset(topics) for subscriber, topics in found.items()}


def _silenced(readers: list[Reader]) -> set[int]:
    """The readers of a helping to whom no mail may go."""
    numbers = {address_hash(reader.email): reader.number for reader in readers if reader.email}
    stopped = Suppression.objects.filter(address_hash__in=numbers).values_list("address_hash", flat=True)
    return {numbers[one] for one in stopped}
