"""Asking for the newspaper, confirming, choosing, leaving and coming back."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletter.consent_words import CURRENT, WORDINGS
from newsletter.models import Consent, Subscriber
from newsletter.tasks import send_first_mail
from newsletter.workflow import SUBSCRIBER_CHANGES, SubscriberState, may_come_back
from portal.accounts.models import User
from portal.audit.record import record
from portal.tasks import enqueue_on_commit

MOST_MAILS = 3
MAILS_WITHIN = timedelta(days=1)


class NotPossible(Exception):
    """The reader cannot do this now; the words say what to do instead."""


@transaction.atomic
def ask(*, email: str, by: User | None = None, source: Consent.Source = Consent.Source.WEB) -> Subscriber:
    """Somebody asked for the newspaper: keep the evidence and send a mail to find out whether the address is theirs.

    A new address waits until it is confirmed. For one that is known nothing changes, and the mail says so. Asking again and
    again sends at most three mails a day, so that nobody is flooded by somebody else.
    """
    now = timezone.now()
    reader = _reader_of(email.strip())
    if reader.consents.asked_within(MAILS_WITHIN, now=now).count() >= MOST_MAILS:
        return reader
    consent = Consent.objects.create(
        subscriber=reader,
        wording_version=CURRENT,
        wording=WORDINGS[CURRENT],
        source=source,
        given_at=now,
        recorded_by=by,
    )
    record(action="newsletter.ask", by=by, subject=reader, source=str(source), wording=CURRENT)
    enqueue_on_commit(send_first_mail, consent_id=consent.pk)
    return reader


@transaction.atomic
def confirm(*, consent: Consent, by: User | None = None) -> Subscriber:
    """The address is theirs: from now on they get each issue. Doing it twice changes nothing.

    Refused when they left after asking: an old link does not bring back somebody who went.
    """
    now = timezone.now()
    reader = Subscriber.objects.select_for_update().get(pk=consent.subscriber_id)
    if reader.left_at is not None and reader.left_at >= consent.given_at:
        raise NotPossible("You left after you asked for this. Ask again, and we will send you a new link.")
    Consent.objects.filter(pk=consent.pk, confirmed_at=None).update(confirmed_at=now)
    change = SUBSCRIBER_CHANGES["confirm"]
    moved = Subscriber.objects.filter(pk=reader.pk, state__in=change.before).update(
        state=change.after, confirmed_at=now, left_at=None, wants_issues=True
    )
    if moved:
        record(action="newsletter.confirm", by=by, subject=reader, consent=consent.pk)
    reader.refresh_from_db()
    return reader


@transaction.atomic
def leave(*, subscriber: Subscriber, by: User | None = None) -> Subscriber:
    """No more newspapers, from this moment, also from a sending that is under way. Doing it twice changes nothing."""
    change = SUBSCRIBER_CHANGES["leave"]
    moved = Subscriber.objects.filter(pk=subscriber.pk, state__in=change.before).update(
        state=change.after, left_at=timezone.now()
    )
    if moved:
        record(action="newsletter.leave", by=by, subject=subscriber)
    subscriber.refresh_from_db()
    return subscriber


@transaction.atomic
def choose(*, subscriber: Subscriber, wants_issues: bool, by: User | None = None) -> Subscriber:
    """Have each issue sent, or pause without leaving."""
    moved = Subscriber.objects.filter(
        pk=subscriber.pk, state=SubscriberState.ACTIVE, wants_issues=not wants_issues
    ).update(wants_issues=wants_issues)
    if moved:
        record(action="newsletter.choose", by=by, subject=subscriber, wants_issues=wants_issues)
    subscriber.refresh_from_db()
    return subscriber


@transaction.atomic
def come_back(*, subscriber: Subscriber, by: User | None = None) -> Subscriber:
    """Undo leaving within a week, from a link in one's own mail; it is kept as a consent of its own."""
    now = timezone.now()
    reader = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    change = SUBSCRIBER_CHANGES["come_back"]
    if reader.state not in change.before or reader.confirmed_at is None or reader.left_at is None:
        raise NotPossible("There is nothing to undo.")
    if not may_come_back(left_at=reader.left_at, now=now):
        raise NotPossible(
            "You left more than a week ago. Ask for the newspaper again, and we will send you a new link."
        )
    Consent.objects.create(
        subscriber=reader, wording_version=CURRENT, wording=WORDINGS[CURRENT], given_at=now, confirmed_at=now
    )
    Subscriber.objects.filter(pk=reader.pk).update(state=change.after, left_at=None, wants_issues=True)
    record(action="newsletter.come_back", by=by, subject=reader)
    reader.refresh_from_db()
    return reader


def _reader_of(email: str) -> Subscriber:
    """The reader of this address, made when there is none; two people asking at once make one."""
    known = Subscriber.objects.with_address(email).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return Subscriber.objects.create(email=email, state=SubscriberState.PENDING, asked_at=timezone.now())
    except IntegrityError:
        return Subscriber.objects.with_address(email).get()
