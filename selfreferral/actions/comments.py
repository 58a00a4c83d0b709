"""A comment about a place was a cry for help: with its author's leave it becomes a referral."""

from datetime import datetime

from django.db import transaction

from engagement.comments.handing_over import CryForHelp
from portal.accounts.models import User
from portal.audit.record import record
from portal.refusals import Refused
from portal.tasks import enqueue_on_commit
from selfreferral import vault
from selfreferral.actions.referrals import take_referral
from selfreferral.actions.urgency import write_urgency
from selfreferral.models import Referral
from selfreferral.questions.shapes import Value
from selfreferral.tasks import alert_navigators

PASSED_ON = "Whoever read their comment about a place said that it cannot wait."
SHUT = "Requests for help cannot be taken in just now. It stays here; try again, or ring the team."


@transaction.atomic
def take_from_comment(cry: CryForHelp, by: User, now: datetime) -> None:
    """Put it into the queue and tell the navigators by number only. Taken twice, it is one referral.

    Whoever passes it on gets nothing back: who asks for help is seen in this room alone. The history names the
    referral and not the comment, so that nobody outside can put the two together.
    """
    token = vault.submission_token(f"comment:{cry.key}")
    if Referral.objects.sent_with(token).exists():
        return
    try:
        referral = take_referral(
            answers=_as_answers(cry),
            submission_token=token,
            source=Referral.Source.COMMENT,
            came_by=Referral.CameBy.COMMENT,
            is_urgent=cry.cannot_wait,
            is_example=cry.is_example,
            now=now,
            by=by,
        )
    except vault.VaultIsShut as shut:
        raise Refused(SHUT) from shut
    if cry.cannot_wait:
        write_urgency(referral=referral, is_urgent=True, reason=PASSED_ON, by=by, now=now)
    record(action="selfreferral.take_from_comment", by=by, subject=referral)
    enqueue_on_commit(alert_navigators)


def _as_answers(cry: CryForHelp) -> dict[str, Value]:
    """What they said, as answers; only the one way that they gave is safe, and a number is for ringing alone."""
    place = f"\n\nThey wrote this about a place: {cry.where}" if cry.where else ""
    answers: dict[str, Value] = {
        "for_whom": "self",
        "what_would_help": f"{cry.words[: 5000 - len(place)]}{place}",
        "name": cry.name,
    }
    if "@" in cry.reach:
        return {**answers, "email": cry.reach, "safe_email": "yes"}
    return {**answers, "phone": cry.reach, "safe_ring": "yes"}
