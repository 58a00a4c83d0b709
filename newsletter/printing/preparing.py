"""Sets the printed editions of an issue before anybody asks for them: when it is published, and when it is frozen to be sent."""

import logging
from typing import TYPE_CHECKING, Any

from newsletter.printing.editions import EDITIONS, Paper
from newsletter.tasks import set_newspaper
from portal.kept_paper import IsBeingSet
from portal.tasks import enqueue_on_commit
from portal.typesetting import CannotBeSet

if TYPE_CHECKING:
    from newsletter.models import IssuePage

logger = logging.getLogger(__name__)


def ask_for_paper(instance: "IssuePage", **told: Any) -> None:
    """Have the worker set the editions of an issue that was just published."""
    enqueue_on_commit(set_newspaper, issue_id=instance.pk)


def prepare(issue_id: int) -> None:
    """Set each edition that is not set yet; one that cannot be set keeps none of the others back."""
    from newsletter.models import IssuePage

    issue = IssuePage.objects.for_everybody().numbered(issue_id)
    if issue is None:
        return
    for edition in EDITIONS:
        try:
            Paper(issue, edition).printed()
        except IsBeingSet:
            continue
        except CannotBeSet:
            logger.exception("An issue cannot be set on paper.")
