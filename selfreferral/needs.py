"""What a referral already has of the things that a move can need."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from selfreferral.contact.card import Channel
from selfreferral.contact.outcomes import Try, enough_tries
from selfreferral.models import Referral
from selfreferral.people import navigators
from selfreferral.reading import card_of
from selfreferral.workflow import Need, State

BACK_WITHIN = timedelta(days=7)


def what_there_is(referral: Referral, next_try_on: date | None, now: datetime) -> set[Need]:
    """Which needs are met by what has been written down, and by the day that was just given for the next try.

    A target and a second person belong to actions of their own, which see to them themselves.
    """
    has = set()
    if referral.first_contact_at is not None:
        has.add(Need.TALK)
    if referral.signposts.to_a_service(episode=referral.episode).exists():
        has.add(Need.SIGNPOST)
    if next_try_on is not None and next_try_on >= timezone.localdate(now):
        has.add(Need.NEXT_TRY)
    if referral.owner_id and navigators().filter(pk=referral.owner_id).exists():
        has.add(Need.OWNER)
    if referral.where is State.CONTACTING and _has_tried_enough(referral):
        has.add(Need.TRIES)
    if referral.merged_at is not None and now - referral.merged_at <= BACK_WITHIN:
        has.add(Need.LATELY)
    return has


def _has_tried_enough(referral: Referral) -> bool:
    """Only tries of this episode count: what was done the time before says nothing about today."""
    began = referral.decisions.began(episode=referral.episode)
    return enough_tries(
        [
            Try(Channel(attempt.channel), timezone.localdate(attempt.attempted_at))
            for attempt in referral.attempts.since(began).by_us()
        ],
        safe=card_of(referral).allowed,
        at_least=getattr(settings, "DOOR_OPEN_TRIES", 4),
        over=getattr(settings, "DOOR_OPEN_DAYS", 14),
    )
