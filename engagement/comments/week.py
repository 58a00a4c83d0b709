"""The coordinator's numbers of the week: held, waiting, and people to answer."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from engagement.comments.models import Action, Addition, PlaceComment, Verdict
from engagement.comments.workflow import MODERATE
from portal.accounts.models import User
from portal.pages.week import WeekLine

LATELY = timedelta(days=7)


def held_line(user: User) -> WeekLine | None:
    if not user.has_perm(MODERATE):
        return None
    count = PlaceComment.objects.held().count()
    return WeekLine("held comments to look at", count, f"{reverse('comments_desk')}?status=held", is_urgent=True)


def waiting_line(user: User) -> WeekLine | None:
    if not user.has_perm(MODERATE):
        return None
    count = PlaceComment.objects.waiting().count()
    return WeekLine("new comments to read", count, f"{reverse('comments_desk')}?status=waiting")


def shown_line(user: User) -> WeekLine | None:
    """What is in public already; nothing where no conversation shows comments before they are read."""
    if not user.has_perm(MODERATE) or not (count := PlaceComment.objects.to_read().shown_at_once().count()):
        return None
    return WeekLine("comments shown, not read yet", count, f"{reverse('comments_desk')}?status=shown", is_urgent=True)


def added_line(user: User) -> WeekLine | None:
    if not user.has_perm(MODERATE) or not (counts := Addition.objects.waiting().counts())["all"]:
        return None
    is_urgent = counts["help"] > 0
    return WeekLine(
        "comments with words added later", counts["all"], reverse("comments_desk_added"), is_urgent=is_urgent
    )


def cries_in_verdicts_line(user: User) -> WeekLine | None:
    """Who may need help among those who said lately whether something is better; nothing where nobody does."""
    if not user.has_perm(MODERATE):
        return None
    found = Verdict.objects.crying_for_help(timezone.now() - LATELY)
    if not found:
        return None
    address = f"{reverse('comments_desk_action', args=[found[0].action_id])}#verdicts"
    return WeekLine("answers in which somebody may need help", len(found), address, is_urgent=True)


def unanswered_line(user: User) -> WeekLine | None:
    if not user.has_perm(MODERATE):
        return None
    count = PlaceComment.objects.long_unanswered(timezone.now()).count()
    return WeekLine("comments with no answer for 28 days", count, f"{reverse('comments_desk')}?status=unanswered")


def opened_again_line(user: User) -> WeekLine | None:
    """What people found to be not better, until somebody says something new about it."""
    if not user.has_perm(MODERATE):
        return None
    count = Action.objects.opened_again().count()
    return WeekLine("things we did that are not better", count, reverse("comments_desk_actions"), is_urgent=count > 0)
