"""The letter to an author whose comment is not shown: why, and how to answer."""

from typing import Any

from engagement.comments.hearing.telling import letter
from engagement.comments.models import Follower, ModerationDecision
from engagement.comments.words.author_words import why_not_shown
from engagement.comments.workflow import Status


@letter("declined")
def declined(follower: Follower, about: int) -> dict[str, Any] | None:
    """To the author; `about` is the decision, which may have been taken back since."""
    comment = follower.comment
    decision = ModerationDecision.objects.filter(pk=about, comment=comment, undone_by__isnull=True).first()
    if comment.status != Status.DECLINED or decision is None or comment.last_decision != decision:
        return None
    return {"why": why_not_shown(decision.reason), "told": decision.told}
