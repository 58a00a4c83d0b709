"""What the Wagtail admin shows to whom: the week on the staff home, and only the menu that a role has use for."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import path, reverse_lazy
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.pages import misuse, views
from portal.pages.known_links import KnownPageLinks
from portal.pages.side_doors import writes_pages
from portal.pages.week import the_week

ALWAYS_HIDDEN = {"help"}


class WeekPanel(Component):
    """Numbers that matter this week, urgent first."""

    order = 10

    def render_html(self, parent_context: Any = None) -> SafeString:
        request = parent_context["request"]
        return render_to_string("pages/admin/week.html", {"lines": the_week(request.user)}, request=request)


@hooks.register("register_rich_text_features", order=10)
def lead_to_pages(features: FeatureRegistry) -> None:
    """After Wagtail's own, whose place it takes."""
    features.register_link_type(KnownPageLinks)


@hooks.register("construct_homepage_panels")
def show_the_week(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [WeekPanel(), *[panel for panel in panels if getattr(panel, "name", "") != "site_summary"]]


@hooks.register("construct_homepage_summary_items")
def hide_the_summary(request: HttpRequest, items: list[Any]) -> None:
    items.clear()


@hooks.register("construct_main_menu")
def only_what_has_use(request: HttpRequest, items: list[Any]) -> None:
    hidden = ALWAYS_HIDDEN if writes_pages(request.user) else ALWAYS_HIDDEN | {"reports"}
    items[:] = [item for item in items if item.name not in hidden]


@hooks.register("register_admin_urls")
def staff_pages() -> list[Any]:
    return [
        path("components/", views.components, name="components"),
        path("misuse/", misuse.misuse, name="misuse"),
        path("misuse/raise/", misuse.raise_budget, name="misuse_raise"),
    ]


class ForThoseWhoMaySee(MenuItem):
    """In the menu of whoever may see what was held back."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(misuse.SEE))


@hooks.register("register_admin_menu_item")
def misuse_item() -> MenuItem:
    return ForThoseWhoMaySee("Misuse", reverse_lazy("misuse"), name="misuse", icon_name="warning", order=950)
