"""People who asked for help, made up and about nobody."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from portal.accounts.models import User
from selfreferral import vault
from selfreferral.actions.contact import record_attempt
from selfreferral.actions.drafts import open_draft, save_answers
from selfreferral.actions.referrals import take_referral
from selfreferral.actions.triage import claim, move
from selfreferral.contact.card import Channel
from selfreferral.contact.outcomes import Outcome
from selfreferral.contact.services import Service, Sort
from selfreferral.models import Referral
from selfreferral.questions.flow import Progress
from selfreferral.questions.shapes import Value
from selfreferral.workflow import State
from tests.factories.directory import make_venue

# A Wednesday morning with no bank holiday near.
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)

FOR_MYSELF: dict[str, Any] = {
    "for_whom": "self",
    "what_would_help": "Example: somebody to ring the energy people with me.",
    "danger": "no",
    "name": "Example Jo",
    "phone": "07700 900123",
    "email": "jo@example.org",
    "safe_ring": "no",
    "safe_text": "yes",
    "good_times": "After tea",
    "who_may_answer": "Only me",
    "needs": ["read_it_to_me"],
}
FOR_MY_SISTER: dict[str, Any] = {
    **FOR_MYSELF,
    "for_whom": "family_or_friend",
    "referrer_name": "Example Ann",
    "relationship": "Her sister",
    "referrer_contact": "07700 900456",
    "person_knows": "knows",
    "safe_referrer": "yes",
}


def a_referral(*, now: datetime = WEDNESDAY, **answers: Any) -> Referral:
    """Somebody asked for help at this moment; answers can be changed one by one."""
    return take_referral(
        answers={**FOR_MYSELF, **answers},
        submission_token=vault.submission_token(vault.new_draft_key()),
        now=now,
    )


def a_draft(*, now: datetime = WEDNESDAY, answers: Mapping[str, Value] = FOR_MYSELF) -> str:
    """A draft that is ready to send; gives back its key."""
    key = vault.new_draft_key()
    open_draft(key=key, now=now)
    progress = Progress.empty()
    while (step := progress.first_open) is not None:
        progress = save_answers(key=key, step=step, given=answers, now=now)
    return key


def claimed(*, by: User, now: datetime = WEDNESDAY, **answers: Any) -> Referral:
    """One that this navigator has picked up."""
    return claim(referral=a_referral(now=now, **answers), by=by, now=now)


def being_contacted(*, by: User, now: datetime = WEDNESDAY, **answers: Any) -> Referral:
    """One whose navigator has read it and is about to reach out."""
    referral = claimed(by=by, now=now, **answers)
    move(referral=referral, to=State.CONTACTING, reason="Will text.", seen_version=referral.version, by=by, now=now)
    return referral


def tried_enough(*, by: User, now: datetime = WEDNESDAY, **answers: Any) -> Referral:
    """One who came in two weeks ago, and was texted four times over those two weeks without an answer."""
    referral = being_contacted(by=by, now=now - timedelta(days=14), **answers)
    for days_ago in (14, 9, 4, 0):
        record_attempt(
            referral=referral,
            channel=Channel.TEXT,
            outcome=Outcome.TEXT_SENT,
            note="Said hello.",
            seen_version=referral.version,
            by=by,
            now=now - timedelta(days=days_ago),
        )
    return referral


def talked_with(*, by: User, now: datetime = WEDNESDAY, **answers: Any) -> Referral:
    """One whose navigator has had a real talk with them."""
    referral = being_contacted(by=by, now=now, **answers)
    record_attempt(
        referral=referral,
        channel=Channel.TEXT,
        outcome=Outcome.SPOKE_TO_THE_PERSON,
        note="A good talk.",
        how_known="Knew what was written to us.",
        seen_version=referral.version,
        by=by,
        now=now,
    )
    move(referral=referral, to=State.TALKING, reason="We spoke.", seen_version=referral.version, by=by, now=now)
    return referral


def a_service(name: str = "Lantern Hall") -> Service:
    """Somewhere in the directory that anybody can be sent to."""
    venue = make_venue(name)
    return Service(Sort.VENUE, venue.pk, venue.name)
