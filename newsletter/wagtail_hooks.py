"""Puts the newspaper into the Wagtail admin: its menu item, its screens, and a way from the editor to the sending screen."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from newsletter.gate.checker import NewspaperCheckerItem
from newsletter.models import IssuePage
from newsletter.permissions import KEEP_READERS, SEND
from newsletter.readers.screens import SCREENS as READERS_SCREENS
from newsletter.readers.screens import TopicViewSet, readers_menu_item
from newsletter.views import plain_text, progress, rounds, sending, settling

ISSUE_SCREENS = (
    ("Send by e-mail", "newspaper_issue", "mail"),
    ("Plain text", "newspaper_plain_text", "pilcrow"),
    ("Printed copies", "newspaper_rounds", "doc-full"),
)


@hooks.register("register_admin_urls")
def plain_text_screen() -> list[URLPattern]:
    return [path("newspaper/<int:issue_id>/plain-text/", plain_text.plain_text, name="newspaper_plain_text")]


@hooks.register("register_page_header_buttons")
def issue_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The ways from an issue in the editor to what else is done with it, in this order."""
    if isinstance(page.specific_deferred, IssuePage) and page.pk and user.has_perm(SEND):
        for priority, (label, screen, icon) in enumerate(ISSUE_SCREENS, start=60):
            yield Button(label, reverse(screen, args=[page.pk]), icon_name=icon, priority=priority)


@hooks.register("construct_wagtail_userbar")
def check_newspaper(request: HttpRequest, items: list[Any], page: Any) -> None:
    if isinstance(page, IssuePage):
        items[:] = [NewspaperCheckerItem.instead_of(item) for item in items]


@hooks.register("register_admin_urls")
def round_screens() -> list[URLPattern]:
    return [
        path("newspaper/<int:issue_id>/rounds/", rounds.rounds, name="newspaper_rounds"),
        path("newspaper/<int:issue_id>/rounds/make/", rounds.make, name="newspaper_round_make"),
        path("newspaper/rounds/<int:round_id>/<slug:edition>.pdf", rounds.round_pdf, name="newspaper_round_pdf"),
    ]


class PermittedMenuItem(MenuItem):
    """Seen by those who may do what it leads to."""

    def __init__(self, permission: str, label: str, url: str, **kwargs: Any) -> None:
        super().__init__(label, url, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_menu_item")
def newspaper_menu_item() -> MenuItem:
    address = reverse("newspaper_issues")
    return PermittedMenuItem(SEND, "Newspaper", address, name="newspaper", icon_name="mail", order=150)


@hooks.register("register_admin_menu_item")
def stopped_menu_item() -> MenuItem:
    """For those who hear that an address is dead, or that somebody wants no more mail."""
    address, name = reverse("newspaper_stopped"), "stopped-addresses"
    return PermittedMenuItem(KEEP_READERS, "Stopped addresses", address, name=name, icon_name="no-view", order=154)


@hooks.register("register_admin_urls")
def newspaper_screens() -> list[URLPattern]:
    return [
        path("newspaper/", sending.issues, name="newspaper_issues"),
        path("newspaper/<int:issue_id>/", sending.issue, name="newspaper_issue"),
        path("newspaper/<int:issue_id>/test/", sending.test, name="newspaper_test"),
        path("newspaper/<int:issue_id>/send/", sending.send, name="newspaper_send"),
        path("newspaper/<int:issue_id>/plan/", sending.plan, name="newspaper_plan"),
        path("newspaper/weekly/<slug:day>/", progress.week, name="newspaper_week"),
        path("newspaper/weekly/<slug:day>/<slug:word>/", progress.change_week, name="newspaper_change_week"),
        path("newspaper/sendings/<int:campaign_id>/", progress.sending, name="newspaper_sending"),
        path("newspaper/sendings/<int:campaign_id>/progress/", progress.progress, name="newspaper_progress"),
        path("newspaper/sendings/<int:campaign_id>/words/", progress.words, name="newspaper_words"),
        path("newspaper/sendings/<int:campaign_id>/mail/", progress.mail, name="newspaper_mail"),
        path("newspaper/sendings/<int:campaign_id>/settle/", settling.settle, name="newspaper_settle"),
        path("newspaper/stopped/", settling.stopped, name="newspaper_stopped"),
        path("newspaper/stopped/stop/", settling.stop_address, name="newspaper_stop_address"),
        path("newspaper/stopped/lift/", settling.lift_address, name="newspaper_lift_address"),
        path("newspaper/sendings/<int:campaign_id>/<slug:word>/", progress.change, name="newspaper_change"),
    ]


hooks.register("register_admin_menu_item", readers_menu_item)


@hooks.register("register_admin_urls")
def readers_screens() -> list[URLPattern]:
    return READERS_SCREENS


@hooks.register("register_admin_viewset")
def topics() -> TopicViewSet:
    return TopicViewSet()
