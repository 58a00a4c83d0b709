"""What staff do with the list of readers: write somebody down, say yes or no to posting it, look somebody up."""

from datetime import date, time

from django.db import transaction
from django.utils import timezone

from newsletter.actions.choosing import put_in
from newsletter.actions.subscriptions import MOST_MAILS, ask_or_not
from newsletter.addresses import tidy_letter, tidy_name
from newsletter.choices import EVERYTHING, Choices
from newsletter.consent_words import CURRENT_POST, WORDINGS
from newsletter.models import Consent, Subscriber
from newsletter.models.readers import NO_LETTER
from newsletter.workflow import SUBSCRIBER_CHANGES, SubscriberState
from portal.accounts.models import User
from portal.audit.record import record
from portal.clock import at
from portal.privacy.holds import need_not_held


class AlreadyDone(Exception):
    """Somebody else was quicker, or it holds already; the words say what holds now."""


class TooManyMails(Exception):
    """So many mails went to this address today that none goes now; the words say so."""


def write_down_by_email(
    *, email: str, source: Consent.Source, evidence: str, by: User, choices: Choices = EVERYTHING
) -> Subscriber:
    """Somebody asked on paper, at a session or through a partner: the address gets the mail that asks whether it is theirs.

    A letter that was read wrongly is somebody else's address, so paper is confirmed like the web.
    """
    reader, is_asked = ask_or_not(email=email, choices=choices, by=by, source=source, evidence=evidence)
    if not is_asked:
        raise TooManyMails(f"{MOST_MAILS} mails went to this address today, so none goes now. Write it down tomorrow.")
    return reader


@transaction.atomic
def write_down_by_post(
    *,
    name: str,
    postal_address: str,
    source: Consent.Source,
    evidence: str,
    given_on: date,
    by: User,
    wants_large_print: bool = False,
    choices: Choices = EVERYTHING,
) -> Subscriber:
    """Somebody asked on paper or in person to have it posted: active at once, because staff saw the proof.

    BadAddress where no letter could be written there.
    """
    name, postal_address = tidy_name(name), tidy_letter(postal_address)
    now = timezone.now()
    posted = Subscriber.objects.candidates().by_post().at_address(name=name, postal_address=postal_address).first()
    reader = posted or Subscriber.objects.create(
        channel=Subscriber.Channel.POST,
        name=name,
        postal_address=postal_address,
        state=SubscriberState.ACTIVE,
        asked_at=now,
        confirmed_at=now,
    )
    reader.wants_large_print = wants_large_print
    reader.save(update_fields=["wants_large_print"])
    Consent.objects.create(
        subscriber=reader,
        wording_version=CURRENT_POST,
        wording=WORDINGS[CURRENT_POST],
        source=source,
        evidence=evidence,
        choices=choices.as_json(),
        given_at=min(at(given_on, time(12)), now),
        confirmed_at=now,
        recorded_by=by,
    )
    put_in(reader, choices)
    record(action="newsletter.write_down", by=by, subject=reader, source=str(source), is_new=posted is None)
    return reader


@transaction.atomic
def confirm_post(*, subscriber: Subscriber, by: User) -> Subscriber:
    """The request to have it posted, or to have it posted elsewhere, is real: from now on it goes there."""
    reader = _waiting(subscriber)
    now = timezone.now()
    there = Subscriber.objects.candidates().by_post().at_address(name=reader.name, postal_address=reader.asked_address)
    if there.exclude(pk=reader.pk).exists():
        raise AlreadyDone("It goes there already. Press “Not a real request”, and this second one is deleted.")
    if reader.state == SubscriberState.PENDING:
        asked = reader.consents.newest_first().first()
        reader.consents.all().update(confirmed_at=now)
        reader.state, reader.confirmed_at = SUBSCRIBER_CHANGES["confirm"].after, now
        put_in(reader, Choices.from_json(asked.choices if asked else {}))
    reader.channel = Subscriber.Channel.POST
    reader.postal_address, reader.new_postal_address = reader.asked_address, ""
    reader.save(update_fields=["state", "confirmed_at", "channel", "postal_address", "new_postal_address"])
    record(action="newsletter.confirm_post", by=by, subject=reader)
    return reader


@transaction.atomic
def refuse_post(*, subscriber: Subscriber, by: User) -> None:
    """Not a real request: what was typed is deleted at once. Who is a reader already goes on as before."""
    reader = _waiting(subscriber)
    record(action="newsletter.refuse_post", by=by, subject=reader)
    if reader.state == SubscriberState.PENDING:
        need_not_held(reader)
        reader.delete()
        return
    typed = {"new_postal_address": ""} if reader.channel == Subscriber.Channel.POST else NO_LETTER
    for name, nothing in typed.items():
        setattr(reader, name, nothing)
    reader.save(update_fields=list(typed))


@transaction.atomic
def look_up(*, email: str, by: User) -> Subscriber | None:
    """Find one reader by the whole address; that somebody looked is written down, and the address is not."""
    reader = Subscriber.objects.with_address(email).first()
    record(action="newsletter.look_up", by=by, subject=reader, is_found=reader is not None)
    return reader


@transaction.atomic
def look_at(*, subscriber: Subscriber, by: User) -> Subscriber:
    """One reader was opened on a screen."""
    record(action="newsletter.look", by=by, subject=subscriber)
    return subscriber


@transaction.atomic
def look_at_posted(*, by: User) -> None:
    """The list of those who have it posted was opened."""
    record(action="newsletter.look_at_posted", by=by)


@transaction.atomic
def take_out(*, form: str, issue_id: int | None, readers: int, by: User) -> None:
    """Names and addresses leave the portal, as a table or as labels."""
    record(action="newsletter.take_out", by=by, form=form, issue=issue_id, readers=readers)


def _waiting(subscriber: Subscriber) -> Subscriber:
    waiting = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).waiting_for_post().first()
    if waiting is None:
        raise AlreadyDone("This request was settled already.")
    return waiting
