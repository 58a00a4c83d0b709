"""Asking for the newspaper, confirming, leaving and coming back."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletter.actions.choosing import put_in
from newsletter.addresses import tidy_letter, tidy_name
from newsletter.choices import EVERYTHING, Choices
from newsletter.consent_words import CURRENT, CURRENT_POST, WORDINGS
from newsletter.models import Consent, Subscriber
from newsletter.models.readers import NO_LETTER
from newsletter.tasks import send_first_mail
from newsletter.workflow import SUBSCRIBER_CHANGES, SubscriberState, may_come_back
from portal.accounts.models import User
from portal.audit.record import record
from portal.emails.suppression import is_suppressed
from portal.tasks import enqueue_on_commit

MOST_MAILS = 3
MAILS_WITHIN = timedelta(days=1)
DOUBLE_PRESS = timedelta(minutes=10)
MAIL_IS_STOPPED = "We cannot write to this address. Ring us."


class NotPossible(Exception):
    """The reader cannot do this now; the words say what to do instead."""


def ask(
    *,
    email: str,
    choices: Choices = EVERYTHING,
    by: User | None = None,
    source: Consent.Source = Consent.Source.WEB,
    evidence: str = "",
) -> Subscriber:
    """Somebody asked for the newspaper: keep the evidence and send a mail to find out whether the address is theirs.

    A new address waits until it is confirmed. For one that is known nothing changes, and the mail says so; what was chosen
    stays with the asking, so nobody chooses for somebody else. Asking again and again sends at most three mails a day, so
    that nobody is flooded; pressing the button twice sends one.
    """
    return ask_or_not(email=email, choices=choices, by=by, source=source, evidence=evidence)[0]


@transaction.atomic
def ask_or_not(
    *, email: str, choices: Choices, by: User | None, source: Consent.Source, evidence: str
) -> tuple[Subscriber, bool]:
    """As above, and whether a mail goes: False where enough went today. Only staff are told, never who typed an address."""
    now = timezone.now()
    reader = _reader_of(email.strip())
    earlier = reader.consents.unconfirmed_since(now - DOUBLE_PRESS, by=by, source=source, evidence=evidence)
    is_double = any(
        asking.choices == choices.as_json() and not (reader.left_at and reader.left_at >= asking.given_at)
        for asking in earlier
    )
    if is_double:
        return reader, True
    if reader.consents.asked_within(MAILS_WITHIN, now=now).count() >= MOST_MAILS:
        return reader, False
    consent = Consent.objects.create(
        subscriber=reader,
        wording_version=CURRENT,
        wording=WORDINGS[CURRENT],
        source=source,
        evidence=evidence,
        choices=choices.as_json(),
        given_at=now,
        recorded_by=by,
    )
    record(action="newsletter.ask", by=by, subject=reader, source=str(source), wording=CURRENT)
    enqueue_on_commit(send_first_mail, consent_id=consent.pk)
    return reader, True


@transaction.atomic
def ask_for_post(
    *, name: str, postal_address: str, wants_large_print: bool = False, choices: Choices = EVERYTHING
) -> Subscriber:
    """Somebody asked to have it posted: it waits until staff say yes, so that nobody floods somebody else's letter box.

    Each asking is a row of its own, and a reader who is known is left alone; the same asking twice waits once.
    BadAddress where no letter could be written there.
    """
    name, postal_address = tidy_name(name), tidy_letter(postal_address)
    waiting = Subscriber.objects.waiting_for_post().at_address(name=name, postal_address=postal_address).first()
    if waiting is not None:
        if wants_large_print and not waiting.wants_large_print:
            waiting.wants_large_print = True
            waiting.save(update_fields=["wants_large_print"])
        return waiting
    now = timezone.now()
    reader = Subscriber.objects.create(
        channel=Subscriber.Channel.POST,
        name=name,
        postal_address=postal_address,
        wants_large_print=wants_large_print,
        state=SubscriberState.PENDING,
        asked_at=now,
    )
    Consent.objects.create(
        subscriber=reader,
        wording_version=CURRENT_POST,
        wording=WORDINGS[CURRENT_POST],
        choices=choices.as_json(),
        given_at=now,
    )
    record(action="newsletter.ask_for_post", by=None, subject=reader, wording=CURRENT_POST)
    return reader


@transaction.atomic
def confirm(*, consent: Consent, by: User | None = None) -> Subscriber:
    """The address is theirs: from now on they get what they chose. Doing it twice changes nothing.

    Refused when they left after asking: an old link does not bring back somebody who went. Refused too when nothing is
    left to write to.
    """
    now = timezone.now()
    reader = Subscriber.objects.select_for_update().get(pk=consent.subscriber_id)
    if reader.left_at is not None and reader.left_at >= consent.given_at:
        raise NotPossible("You left after you asked for this. Ask again, and we will send you a new link.")
    if not reader.email:
        raise NotPossible("We have deleted your address. Ask again, and we will send you a new link.")
    _refuse_where_mail_is_stopped(reader)
    Consent.objects.filter(pk=consent.pk, confirmed_at=None).update(confirmed_at=now)
    change = SUBSCRIBER_CHANGES["confirm"]
    moved = Subscriber.objects.filter(pk=reader.pk, state__in=change.before).update(
        state=change.after,
        channel=Subscriber.Channel.EMAIL,
        # A postal address kept from before would look like a new wish for paper.
        **NO_LETTER,
        confirmed_at=now,
        left_at=None,
        wants_issues=True,
        paused_until=None,
    )
    reader.refresh_from_db()
    if moved:
        put_in(reader, Choices.from_json(consent.choices))
        record(action="newsletter.confirm", by=by, subject=reader, consent=consent.pk)
    return reader


@transaction.atomic
def leave(*, subscriber: Subscriber, by: User | None = None, because: str = "") -> Subscriber:
    """No more newspapers, from this moment, also from a sending that is under way. Doing it twice changes nothing."""
    change = SUBSCRIBER_CHANGES["leave"]
    moved = Subscriber.objects.filter(pk=subscriber.pk, state__in=change.before).update(
        state=change.after, left_at=timezone.now()
    )
    if moved:
        record(action="newsletter.leave", by=by, subject=subscriber, **({"because": because} if because else {}))
    subscriber.refresh_from_db()
    return subscriber


def stop_for_complaint(*, subscriber: Subscriber, by: User | None = None) -> Subscriber:
    """They called a mail spam: they leave everything, by e-mail and by post."""
    return leave(subscriber=subscriber, by=by, because="complaint")


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
    _refuse_where_mail_is_stopped(reader)
    wording = CURRENT_POST if reader.channel == Subscriber.Channel.POST else CURRENT
    Consent.objects.create(
        subscriber=reader, wording_version=wording, wording=WORDINGS[wording], given_at=now, confirmed_at=now
    )
    Subscriber.objects.filter(pk=reader.pk).update(
        state=change.after, left_at=None, wants_issues=True, paused_until=None
    )
    record(action="newsletter.come_back", by=by, subject=reader)
    reader.refresh_from_db()
    return reader


def _refuse_where_mail_is_stopped(reader: Subscriber) -> None:
    """Who said that our mail is spam, or whose address does not work, comes back only by talking to us."""
    if reader.email and is_suppressed(reader.email):
        raise NotPossible(MAIL_IS_STOPPED)


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
