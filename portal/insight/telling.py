"""What staff are told about reports without asking: a count that was changed, and one page that has become two."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page

from portal.accounts.models import User
from portal.insight.models import ReportPage, Snapshot
from portal.insight.models.reports import VIEW_BOARD_EDITION
from portal.insight.printing.editions import PublicPaper
from portal.pages.week import WeekLine, register_week_line

TOO_LONG = "On paper this report takes {0} pages, and the residents' one is to be a single page. Take some words or figures out."


@register_week_line
def changed_counts(user: User) -> WeekLine | None:
    """How many counts that reports show are not as they were made, for whoever may see exact figures."""
    if not user.has_perm(VIEW_BOARD_EDITION):
        return None
    number = sum(not snapshot.is_as_made for snapshot in Snapshot.objects.shown_in(ReportPage.objects.all()))
    label = "count of the figures was changed" if number == 1 else "counts of the figures were changed"
    return WeekLine(label=label, count=number, url=reverse("insight:reports"), is_urgent=True) if number else None


@hooks.register("after_edit_page")
def say_if_too_long(request: HttpRequest, page: Page) -> None:
    """Whoever has just saved a residents' report hears if it does not stand on one page any more."""
    if not isinstance(page, ReportPage):
        return
    paper = PublicPaper(page)
    if not paper.is_one_page or not page.snapshot.is_as_made:
        return
    pages = (paper.known or paper.set_now()).pages
    if pages > 1:
        messages.warning(request, TOO_LONG.format(pages))
