"""The lead gives somebody's referral to the navigator who will walk with them."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import change, decide, hold, need_fresh, need_lead, need_words
from selfreferral.models import Allocation, Referral
from selfreferral.people import knows_them, navigators
from selfreferral.refusals import NotYours, SomethingMissing
from selfreferral.workflow import HELD, How, after


@transaction.atomic
def allocate(
    *,
    referral: Referral,
    navigator: User,
    reason: str,
    meeting: str,
    seen_version: int,
    by: User,
    now: datetime,
) -> Allocation:
    """Give a referral to a navigator, from whoever holds it now; a new one counts as picked up.

    `meeting` says who settled it, and when; a lead who did so alone says that.
    """
    need_lead(by, of=referral)
    need_fresh(referral=referral, seen_version=seen_version)
    if referral.where not in HELD:
        raise NotYours("This is finished. Open it again first.")
    if not navigators().filter(pk=navigator.pk).exists():
        raise SomethingMissing("Choose somebody who is a navigator.")
    if knows_them(referral, navigator):
        raise SomethingMissing("They know this person. Choose somebody else.")
    need_words(reason)
    need_words(meeting, "Say who settled it, and when. If you did alone, say so.")
    before, end = referral.where, after(referral.where, How.CLAIM)
    change(referral=referral, seen_version=seen_version, by=by, now=now, owner=navigator, state=end)
    if end is not before:
        decide(referral=referral, start=before, end=end, reason=reason, by=by, now=now)
    allocation = hold(referral=referral, navigator=navigator, reason=reason, meeting=meeting.strip(), by=by, now=now)
    record(action="selfreferral.allocate", by=by, subject=referral, navigator=navigator.pk)
    return allocation
