"""Reaching out to somebody: only by ways that their card allows, each try written down."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import change, need_day_to_try, need_fresh, need_words, sealed
from selfreferral.contact.card import Channel
from selfreferral.contact.outcomes import CAME, Outcome, answered_by_another, fits, is_a_talk
from selfreferral.contact.services import Service
from selfreferral.models import ChannelOverride, ContactAttempt, Referral, Signpost
from selfreferral.models.sealing import place
from selfreferral.people import standing
from selfreferral.reading import card_of
from selfreferral.reading.consents import duty_is_agreed
from selfreferral.refusals import ChannelNotSafe, NotYours, SomethingMissing
from selfreferral.workflow import CONTACT, HELD, State, Who


@transaction.atomic
def record_attempt(
    *,
    referral: Referral,
    channel: Channel,
    outcome: Outcome,
    note: str,
    seen_version: int,
    by: User,
    now: datetime,
    next_try_on: date | None = None,
    answered: str = "",
    how_known: str = "",
) -> ContactAttempt:
    """Write down one try. Only a real talk with the person stops the first-contact clock.

    `answered` is who it was that answered in the person's place, `how_known` how we knew that it was the person.
    """
    need_fresh(referral=referral, seen_version=seen_version)
    _may_reach_out(referral, by)
    is_allowed = card_of(referral).allows(channel)
    if not is_allowed and not _has_override(referral, channel, by, now):
        raise ChannelNotSafe("The card does not say that this way is safe.")
    if not fits(channel, outcome):
        raise SomethingMissing("That cannot come of this way. Choose another.")
    if answered_by_another(outcome):
        need_words(answered, "Say who answered, as far as you know.")
    attempt = ContactAttempt(
        referral=referral,
        channel=channel,
        outcome=outcome,
        next_try_on=next_try_on,
        was_override=not is_allowed,
        attempted_at=now,
        attempted_by=by,
    )
    said = {"who": answered.strip(), "how": how_known.strip()}
    return _write_down(attempt, note=note, said=said, seen_version=seen_version)


@transaction.atomic
def record_coming(
    *,
    referral: Referral,
    note: str,
    how_known: str,
    seen_version: int,
    by: User,
    now: datetime,
    next_try_on: date | None = None,
) -> ContactAttempt:
    """The person came or rang by themselves, and there was a talk. We used no way to reach them, so no card is asked."""
    need_fresh(referral=referral, seen_version=seen_version)
    _is_near(referral, by)
    if referral.where not in HELD:
        raise NotYours("This is finished. Open it again first.")
    attempt = ContactAttempt(
        referral=referral,
        channel=CAME,
        outcome=Outcome.SPOKE_TO_THE_PERSON,
        next_try_on=next_try_on,
        attempted_at=now,
        attempted_by=by,
    )
    return _write_down(attempt, note=note, said={"who": "", "how": how_known.strip()}, seen_version=seen_version)


def _write_down(attempt: ContactAttempt, *, note: str, said: dict[str, str], seen_version: int) -> ContactAttempt:
    """Seal and store it; a real talk stops the clock, and ends the wait for a next try unless a new day is given.

    A door that was left open keeps its day: nobody is forgotten behind it.
    """
    referral, now, by = attempt.referral, attempt.attempted_at, attempt.attempted_by
    is_talk = is_a_talk(Outcome(attempt.outcome))
    if is_talk:
        need_words(said["how"], "Say how you knew that it was them.")
    need_day_to_try(attempt.next_try_on, now=now)
    ends_wait = is_talk and referral.where is not State.DOOR_OPEN
    values: dict[str, Any] = {"next_try_on": attempt.next_try_on or (None if ends_wait else referral.next_try_on)}
    if is_talk and referral.first_contact_at is None:
        values["first_contact_at"] = now
    change(referral=referral, seen_version=seen_version, by=by, now=now, **values)
    attempt.sealed_note = sealed(referral=referral, row=attempt, part="note", words=note)
    attempt.sealed_answered = referral.strongbox().seal(said, place=place(attempt, "answered"))
    attempt.save(force_insert=True)
    record(action="selfreferral.record_attempt", by=by, subject=referral, override=attempt.was_override)
    return attempt


@transaction.atomic
def override_channel(*, referral: Referral, channel: Channel, reason: str, by: User, now: datetime) -> ChannelOverride:
    """Take it upon oneself, for an hour and with a reason, to use a way that the card does not allow."""
    _may_reach_out(referral, by)
    need_words(reason, "Say why it cannot wait and why no safe way will do.")
    card = card_of(referral)
    if card.allows(channel):
        raise SomethingMissing("The card allows this way already.")
    if not card.detail(channel):
        raise SomethingMissing("We were given nothing to reach them on in this way.")
    row = ChannelOverride(referral=referral, channel=channel, overridden_at=now, overridden_by=by)
    row.sealed_reason = sealed(referral=referral, row=row, part="reason", words=reason)
    row.save(force_insert=True)
    record(action="selfreferral.override_channel", by=by, subject=referral)
    return row


@transaction.atomic
def signpost(
    *,
    referral: Referral,
    service: Service | None,
    words: str,
    by: User,
    now: datetime,
    follow_up_on: date | None = None,
    is_duty_to_refer: bool = False,
) -> Signpost:
    """Write down a service of the directory that we helped the person to find.

    Only what is told to the council under the duty to refer can do without a service, and it needs three consents.
    """
    _may_reach_out(referral, by)
    need_words(words, "Say how you helped them to get there.")
    if service is None and not is_duty_to_refer:
        raise SomethingMissing("Choose where in the directory you helped them to go.")
    if follow_up_on is not None and follow_up_on < timezone.localdate(now):
        raise SomethingMissing("The day to ask how it went must be today or later.")
    if is_duty_to_refer and not duty_is_agreed(referral):
        raise SomethingMissing(
            "They have not said yes to all three: to be referred, to which council, and to what we tell."
        )
    row = Signpost(
        referral=referral,
        episode=referral.episode,
        is_duty_to_refer=is_duty_to_refer,
        follow_up_on=follow_up_on,
        signposted_at=now,
        signposted_by=by,
    )
    box = referral.strongbox()
    row.sealed_words = box.seal(words, place=place(row, "words"))
    if service is not None:
        row.sealed_service = box.seal(service.to_store(), place=place(row, "service"))
    row.save(force_insert=True)
    record(action="selfreferral.signpost", by=by, subject=referral)
    return row


def _is_near(referral: Referral, by: User) -> None:
    if standing(referral, by).isdisjoint({Who.HOLDER, Who.LEAD}):
        raise NotYours("Pick this up first.")


def _may_reach_out(referral: Referral, by: User) -> None:
    _is_near(referral, by)
    if referral.where not in CONTACT:
        raise NotYours("This is not the time to reach out to them.")


def _has_override(referral: Referral, channel: Channel, by: User, now: datetime) -> bool:
    return referral.overrides.in_force(user=by, now=now).filter(channel=channel).exists()
