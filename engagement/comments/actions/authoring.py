"""What authors do with their own comment, by a signed link: take it back, put it back, hide their name, add words."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from engagement.comments.actions.keeping import keep
from engagement.comments.actions.leaving import risk_of, say_help_was_heard
from engagement.comments.models import Addition, ModerationDecision, PlaceComment
from engagement.comments.words.first_look import FirstLook, first_look
from engagement.comments.workflow import CHANGES, Status
from portal.audit.record import record
from portal.refusals import Refused
from portal.text import plain

LONGEST_ADDITION = 2000
MOST_WAITING = 3
ALREADY_GONE = "You took this comment back already."
ERASED = "The words of this comment are erased. There is nothing left to change."


@transaction.atomic
def withdraw(*, comment: PlaceComment, now: datetime | None = None) -> PlaceComment:
    """The author takes the comment back: nobody but staff can read it from this moment on."""
    comment = _locked(comment)
    if comment.status == Status.WITHDRAWN:
        raise Refused(ALREADY_GONE)
    if comment.status not in CHANGES["withdraw"].starts:
        raise Refused(ERASED)
    was, comment.status = comment.status, Status.WITHDRAWN
    ModerationDecision.objects.create(
        comment=comment,
        from_status=was,
        to_status=Status.WITHDRAWN,
        reason="asked",
        decided_at=now or timezone.now(),
    )
    keep(comment)
    record(action="comments.author_withdraw", by=None, subject=comment, was=was)
    return comment


@transaction.atomic
def put_back(*, comment: PlaceComment, now: datetime | None = None) -> PlaceComment:
    """Undo one's own taking back: the comment stands where it stood before, with the words that were read then."""
    comment = _locked(comment)
    last = own_withdrawal(comment)
    if last is None:
        raise Refused("There is nothing to put back. Ring us if you want your comment on the site again.")
    ModerationDecision.objects.create(
        comment=comment,
        from_status=comment.status,
        to_status=last.from_status,
        undoes=last,
        decided_at=now or timezone.now(),
    )
    comment.status = last.from_status
    keep(comment)
    record(action="comments.author_put_back", by=None, subject=comment, undid=last.pk)
    return comment


@transaction.atomic
def hide_name(*, comment: PlaceComment) -> PlaceComment:
    """Show the comment without the author's name. Doing it twice changes nothing."""
    comment = _locked(comment)
    if comment.is_name_shown:
        comment.is_name_shown = False
        keep(comment)
        record(action="comments.author_hide_name", by=None, subject=comment)
    return comment


@transaction.atomic
def add_words(*, comment: PlaceComment, words: str, now: datetime | None = None) -> Addition:
    """The author says more; a moderator reads it before anybody else. The same words twice are one addition.

    What the rules of the site hear in them makes the comment as urgent as if it had stood there at first.
    Refused without words, for a comment that was taken back or erased, and while three additions wait to be read.
    """
    comment = _locked(comment)
    words = plain(words, limit=LONGEST_ADDITION)
    if not words:
        raise Refused("Write what you would like to add.")
    if not may_add_words(comment):
        raise Refused("You took this comment back. Put it back first, then add to it.")
    waiting = comment.additions.filter(status=Addition.Status.WAITING)
    same = waiting.filter(words=words).first()
    if same is not None:
        return same
    if waiting.count() >= MOST_WAITING:
        raise Refused("We have not read yet what you added before. Wait until we have, or ring us.")
    addition = Addition.objects.create(comment=comment, words=words, added_at=now or timezone.now())
    record(action="comments.add_words", by=None, subject=comment, addition=addition.pk)
    _hear(comment, first_look(words))
    return addition


def _hear(comment: PlaceComment, look: FirstLook) -> None:
    """A cry for help and private details raise the risk; an advert among words that wait does not."""
    risk = risk_of(look)
    if risk >= PlaceComment.Risk.PERSONAL and risk > comment.risk:
        comment.risk = risk
        keep(comment)
    say_help_was_heard(comment, look)


def may_add_words(comment: PlaceComment) -> bool:
    """Also where it was declined: that is how an author answers."""
    return comment.status not in {Status.WITHDRAWN, Status.ERASED}


def own_withdrawal(comment: PlaceComment) -> ModerationDecision | None:
    """The decision by which the author took the comment back, where that was the last thing that happened."""
    last = comment.last_decision
    if comment.status != Status.WITHDRAWN or last is None or last.decided_by_id is not None or last.undoes_id:
        return None
    return last if last.to_status == Status.WITHDRAWN else None


def _locked(comment: PlaceComment) -> PlaceComment:
    return PlaceComment.objects.select_for_update().get(pk=comment.pk)
