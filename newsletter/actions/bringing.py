"""Takes over readers from another list, many at a time; no mail goes to anybody."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from newsletter.actions.choosing import put_in
from newsletter.models import Consent, Subscriber
from newsletter.models.readers import NO_LETTER
from newsletter.readers.importing import Incoming
from newsletter.workflow import SUBSCRIBER_CHANGES, SubscriberState
from portal.audit.record import record


@transaction.atomic
def bring_in(people: Sequence[Incoming], *, now: datetime) -> list[Subscriber]:
    """Readers who are new to us, active at once: the proof says that they asked, and we know where it is kept."""
    readers = Subscriber.objects.bulk_create(
        Subscriber(
            email=one.email,
            name=one.name,
            postal_address=one.postal_address,
            wants_large_print=one.wants_large_print,
            channel=one.channel,
            frequency=one.choices.frequency,
            place_id=one.choices.place,
            state=SubscriberState.ACTIVE,
            asked_at=one.given_at,
            confirmed_at=now,
        )
        for one in people
    )
    pairs = list(zip(readers, people, strict=True))
    Consent.objects.bulk_create(_consent(reader, one, now=now) for reader, one in pairs)
    chosen = Subscriber.topics.through
    chosen.objects.bulk_create(
        chosen(subscriber_id=reader.pk, topic_id=topic) for reader, one in pairs for topic in one.choices.topics
    )
    record(action="newsletter.bring_in", by=None, readers=len(readers))
    return readers


@transaction.atomic
def bring_back(*, subscriber: Subscriber, incoming: Incoming, now: datetime) -> Subscriber:
    """A reader who never confirmed, or who left before they asked again on paper, is active from now on, by the way they
    now asked for. Who is active already stays as they are."""
    change = SUBSCRIBER_CHANGES["confirm"]
    # A postal address kept from before would look like a new wish for paper.
    letter = NO_LETTER | {
        "name": incoming.name,
        "postal_address": incoming.postal_address,
        "wants_large_print": incoming.wants_large_print,
    }
    moved = Subscriber.objects.filter(pk=subscriber.pk, state__in=change.before).update(
        state=change.after,
        channel=incoming.channel,
        **letter,
        confirmed_at=now,
        left_at=None,
        wants_issues=True,
        paused_until=None,
    )
    subscriber.refresh_from_db()
    if not moved:
        return subscriber
    _consent(subscriber, incoming, now=now).save()
    put_in(subscriber, incoming.choices)
    record(action="newsletter.bring_back", by=None, subject=subscriber, source=incoming.source)
    return subscriber


def _consent(reader: Subscriber, incoming: Incoming, *, now: datetime) -> Consent:
    return Consent(
        subscriber=reader,
        wording_version=incoming.wording_version,
        wording=incoming.wording,
        source=incoming.source,
        evidence=incoming.evidence,
        choices=incoming.choices.as_json(),
        given_at=incoming.given_at,
        confirmed_at=now,
    )
