"""Passes a comment to the people who help, because its author said that this may be done."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from engagement.comments.handing_over import CryForHelp, the_taker
from engagement.comments.models import HelpConsent, PlaceComment
from engagement.comments.workflow import Status, check_role
from portal.accounts.models import User
from portal.audit.record import record
from portal.refusals import Refused

NO_CONSENT = "The author has not said that this may be passed on, so it stays here."


@transaction.atomic
def hand_over(*, comment: PlaceComment, by: User, now: datetime, cannot_wait: bool = False) -> PlaceComment:
    """Pass words, name and way to reach them on, and forget name and way here. Doing it twice passes it on once."""
    check_role(by.has_perm)
    take = the_taker()
    if take is None:
        raise Refused("Nobody here takes requests for help.")
    comment = PlaceComment.objects.select_for_update().get(pk=comment.pk)
    consent = HelpConsent.objects.select_for_update().filter(comment=comment).first()
    if consent is None or comment.status == Status.ERASED:
        raise Refused(NO_CONSENT)
    if consent.passed_on_at is not None:
        raise Refused("It is with the people who help already.")
    cry = CryForHelp(
        key=salted_hmac("comments.hand_over", str(comment.pk)).hexdigest(),
        words=comment.words_as_sent,
        where=comment.sent_where_words or comment.where,
        name=consent.name,
        reach=consent.reach,
        cannot_wait=cannot_wait,
        is_example=comment.is_example,
    )
    take(cry, by, now)
    consent.name = consent.reach = ""
    consent.passed_on_at = now
    consent.save()
    record(action="comments.hand_over", by=by, subject=comment)
    return comment
