"""Puts figures and reports into the Wagtail admin, and a way from a report in the editor to its paper."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from portal.insight import telling
from portal.insight.models import ReportPage
from portal.insight.models.reports import DRAFT, VIEW_BOARD_EDITION

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
    if not page.pk or not isinstance(page.specific_deferred, ReportPage):
        return
    if user.has_perm(DRAFT):
        yield Button("On paper", reverse("insight:draft_pdf", args=[page.pk]), icon_name="doc-full", priority=60)
    if user.has_perm(VIEW_BOARD_EDITION):
        yield Button("Exact figures", reverse("insight:board", args=[page.pk]), icon_name="table", priority=61)
