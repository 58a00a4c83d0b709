"""Puts figures and reports into the Wagtail admin, a way from a report to its paper, and what keeps one from going out."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from portal.insight import telling
from portal.insight.audiences import Audience
from portal.insight.going_out import FOR_THE_BOARD, hindrances
from portal.insight.models import ReportPage
from portal.insight.models.reports import DRAFT, VIEW_BOARD_EDITION
from portal.pages.errors import refused

assert telling  # what it tells makes itself known when it is read


class InsightMenuItem(MenuItem):
    """For whoever begins reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(DRAFT)


@hooks.register("register_admin_urls")
def insight_urls() -> list[Any]:
    return [path("insight/", include("portal.insight.builder.urls"))]


@hooks.register("register_admin_menu_item")
def insight_menu_item() -> MenuItem:
    return InsightMenuItem("Figures", reverse("insight:reports"), name="insight", icon_name="table", order=170)


@hooks.register("register_page_header_buttons")
def report_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """From a report in the editor to its paper, and to its exact figures."""
    report = page.specific_deferred
    if not page.pk or not isinstance(report, ReportPage):
        return
    if user.has_perm(DRAFT) and not report.is_for_board:
        yield Button("On paper", reverse("insight:draft_pdf", args=[page.pk]), icon_name="doc-full", priority=60)
    if user.has_perm(VIEW_BOARD_EDITION):
        if report.is_for_board:
            yield Button("On paper", reverse("insight:board_pdf", args=[page.pk]), icon_name="doc-full", priority=60)
        yield Button("Exact figures", reverse("insight:board", args=[page.pk]), icon_name="table", priority=61)


@hooks.register("before_publish_page")
def say_what_keeps_it_in(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The editor's words are saved by now; the report stays as it was for everybody else."""
    if not isinstance(page, ReportPage):
        return None
    sentences = [*hindrances(page)]
    for sentence in sentences:
        messages.error(request, sentence)
    return redirect("wagtailadmin_pages:edit", page.pk) if sentences else None


@hooks.register("before_bulk_action")
def say_what_keeps_some_in(
    request: HttpRequest, action_type: str, pages: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Where one of many is kept in, none of them goes out."""
    if action_type != "publish" or action.model is not Page:
        return None
    reports = [*_reports_among(pages, with_below=action.cleaned_form.cleaned_data["include_descendants"])]
    sentences = [sentence for report in reports for sentence in hindrances(report, reports)]
    for sentence in sentences:
        messages.error(request, sentence)
    return redirect(action.next_url) if sentences else None


def _reports_among(pages: Sequence[Page], *, with_below: bool) -> Iterator[ReportPage]:
    """Those that would go out, as they were written last."""
    chosen = ReportPage.objects.filter(pk__in=[page.pk for page in pages])
    for page in pages if with_below else ():
        chosen |= ReportPage.objects.not_live().exclude(audience=Audience.BOARD).descendant_of(page)
    for report in chosen.select_related("snapshot"):
        yield report.get_latest_revision_as_object()


@hooks.register("after_edit_page")
def say_that_the_boards_stays_in(request: HttpRequest, page: Page) -> None:
    """Nothing offers to publish it; whoever asks all the same is told."""
    if isinstance(page, ReportPage) and page.is_for_board and "action-publish" in request.POST:
        messages.error(request, FOR_THE_BOARD.format(page.title))


@hooks.register("before_serve_page")
def refuse_the_boards_report(
    page: Page, request: HttpRequest, args: Sequence[Any], kwargs: dict[str, Any]
) -> HttpResponse | None:
    """Who has signed in and may not see it is refused; asked to sign in they would be sent to and fro for ever."""
    if not isinstance(page, ReportPage) or not page.is_for_board or not request.user.is_authenticated:
        return None
    return None if request.user.has_perm(VIEW_BOARD_EDITION) else refused(request)
