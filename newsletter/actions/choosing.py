"""What a reader who gets the newspaper may change: what about, how often, a pause, paper instead of mail."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from newsletter.addresses import tidy_letter, tidy_name
from newsletter.choices import Choices
from newsletter.consent_words import CURRENT, CURRENT_POST, WORDINGS
from newsletter.models import Consent, Subscriber, Topic
from newsletter.models.readers import NO_LETTER
from newsletter.workflow import SubscriberState
from portal.accounts.models import User
from portal.audit.record import record
from portal.geo.models import Area


def put_in(reader: Subscriber, choices: Choices) -> list[str]:
    """Store choices with a reader, inside the caller's transaction; topics and places that are gone meanwhile are left out.

    Gives back what was changed.
    """
    place = Area.objects.filter(pk=choices.place).first() if choices.place else None
    topics = set(Topic.objects.filter(pk__in=choices.topics))
    changed = []
    if set(reader.topics.all()) != topics:
        reader.topics.set(topics)
        changed.append("topics")
    if reader.place_id != (place.pk if place else None):
        reader.place = place
        changed.append("place")
    if reader.frequency != choices.frequency:
        reader.frequency = choices.frequency
        changed.append("frequency")
    reader.save(update_fields=["place", "frequency"])
    return changed


@transaction.atomic
def choose(*, subscriber: Subscriber, choices: Choices, by: User | None = None) -> Subscriber:
    """Hear about these topics and this place, so often; the history says what was changed, not what to."""
    reader = _active(subscriber)
    if reader is None:
        return subscriber
    changed = put_in(reader, choices)
    if changed:
        record(action="newsletter.choose", by=by, subject=reader, changed=changed)
    return reader


@transaction.atomic
def pause(*, subscriber: Subscriber, until: date | None = None, by: User | None = None) -> Subscriber:
    """Send nothing until a day, or until they come back; who left stays away."""
    moved = (
        Subscriber.objects.filter(pk=subscriber.pk, state=SubscriberState.ACTIVE)
        .exclude(wants_issues=False, paused_until=until)
        .update(wants_issues=False, paused_until=until)
    )
    if moved:
        record(action="newsletter.pause", by=by, subject=subscriber, has_an_end=until is not None)
    subscriber.refresh_from_db()
    return subscriber


@transaction.atomic
def start_again(*, subscriber: Subscriber, by: User | None = None) -> Subscriber:
    """The pause is over."""
    paused = Subscriber.objects.filter(pk=subscriber.pk, state=SubscriberState.ACTIVE, wants_issues=False)
    if paused.update(wants_issues=True, paused_until=None):
        record(action="newsletter.start_again", by=by, subject=subscriber)
    subscriber.refresh_from_db()
    return subscriber


@transaction.atomic
def have_it_posted(
    *, subscriber: Subscriber, name: str, postal_address: str, wants_large_print: bool = False
) -> Subscriber:
    """A reader by e-mail wants paper instead: the mail goes on until staff say yes to the address.

    BadAddress where no letter could be written there.
    """
    name, postal_address = tidy_name(name), tidy_letter(postal_address)
    reader = _active(subscriber)
    if reader is None or reader.channel == Subscriber.Channel.POST:
        return subscriber
    asked = {"name": name, "postal_address": postal_address, "wants_large_print": wants_large_print}
    if all(getattr(reader, field) == value for field, value in asked.items()):
        return subscriber
    _consent(reader, CURRENT_POST)
    _keep(reader, **asked)
    record(action="newsletter.ask_for_post", by=None, subject=reader, wording=CURRENT_POST)
    return reader


@transaction.atomic
def move(*, subscriber: Subscriber, postal_address: str, by: User | None = None) -> Subscriber:
    """Who has it posted lives elsewhere now: it goes to the old address until staff say yes to the new one.

    The old address takes that back. BadAddress where no letter could be written there.
    """
    address = tidy_letter(postal_address)
    reader = _posted(subscriber)
    new = "" if reader is not None and address == reader.postal_address else address
    if reader is None or reader.new_postal_address == new:
        return subscriber
    _keep(reader, new_postal_address=new)
    if new:
        _consent(reader, CURRENT_POST)
    record(action="newsletter.move", by=by, subject=reader, is_taken_back=not new)
    return reader


@transaction.atomic
def choose_print(*, subscriber: Subscriber, wants_large_print: bool, by: User | None = None) -> Subscriber:
    """Large print or not, for who has it posted."""
    reader = _posted(subscriber)
    if reader is None or reader.wants_large_print == wants_large_print:
        return subscriber
    _keep(reader, wants_large_print=wants_large_print)
    record(action="newsletter.choose_print", by=by, subject=reader)
    return reader


@transaction.atomic
def have_it_mailed(*, subscriber: Subscriber, by: User | None = None) -> Subscriber:
    """Back to e-mail, or not posted after all: the postal address is forgotten at once."""
    reader = _active(subscriber)
    if reader is None or not reader.email or not reader.postal_address:
        return subscriber
    if reader.channel == Subscriber.Channel.POST:
        _consent(reader, CURRENT)
    _keep(reader, channel=Subscriber.Channel.EMAIL, **NO_LETTER)
    record(action="newsletter.have_it_mailed", by=by, subject=reader)
    return reader


def _active(subscriber: Subscriber) -> Subscriber | None:
    return Subscriber.objects.select_for_update().filter(pk=subscriber.pk, state=SubscriberState.ACTIVE).first()


def _posted(subscriber: Subscriber) -> Subscriber | None:
    reader = _active(subscriber)
    return reader if reader is not None and reader.channel == Subscriber.Channel.POST else None


def _keep(reader: Subscriber, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(reader, name, value)
    reader.save(update_fields=list(fields))


def _consent(reader: Subscriber, wording: str) -> None:
    """They asked from a link in their own mail or on their own label, which is proof enough."""
    now = timezone.now()
    Consent.objects.create(
        subscriber=reader, wording_version=wording, wording=WORDINGS[wording], given_at=now, confirmed_at=now
    )
