"""Asks those who wanted something whether it is better, four weeks after it was done, and hears what they say."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from engagement.comments.acting.progress import should_open_again
from engagement.comments.actions.acting import open_again
from engagement.comments.actions.leaving import say_help_was_heard
from engagement.comments.hearing.telling import tell
from engagement.comments.models import Action, Follower, Verdict
from engagement.comments.words.first_look import first_look
from portal.audit.record import record
from portal.refusals import Refused
from portal.text import plain

LONGEST_WORDS = 1000
NOT_BETTER = "Two or more people who asked for this tell us that it is not better. So we are looking at it again."


def ask_whether_better(*, now: datetime) -> int:
    """Ask each follower of what was done four weeks ago, once; how many letters that makes."""
    return sum(_ask(action, now=now) for action in Action.objects.to_ask_about(now))


@transaction.atomic
def _ask(action: Action, *, now: datetime) -> int:
    current = Action.objects.to_ask_about(now).select_for_update().filter(pk=action.pk).first()
    if current is None:
        return 0
    current.asked_at = now
    current.save()
    asked = tell(comments=current.comments.published(), kind="better", about=current.pk)
    record(action="comments.ask_whether_better", by=None, subject=current, people=asked)
    return asked


@transaction.atomic
def give_verdict(
    *, action: Action, follower: Follower, answer: str, words: str = "", now: datetime | None = None
) -> Verdict:
    """Write down what one person says, their last word counting; enough people who say no open the action again."""
    now = now or timezone.now()
    if answer not in Verdict.Answer.values:
        raise Refused("Choose yes, partly or no.")
    current = Action.objects.select_for_update().get(pk=action.pk)
    if not current.is_asked_about:
        raise Refused("Thank you. We are looking at this again already, so you do not need to answer.")
    verdict, _ = Verdict.objects.update_or_create(
        action=current,
        follower=follower,
        defaults={"answer": answer, "words": plain(words, limit=LONGEST_WORDS), "given_at": now},
    )
    record(action="comments.give_verdict", by=None, subject=current, answer=answer)
    say_help_was_heard(verdict, first_look(verdict.words))
    if should_open_again(list(Verdict.objects.since_asked(current).values_list("answer", flat=True))):
        verdict.action = open_again(action=current, words=NOT_BETTER, now=now).action
    return verdict
