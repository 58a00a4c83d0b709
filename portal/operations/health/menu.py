"""Puts health into the Wagtail admin, and what needs somebody on the staff home."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.accounts.models import User
from portal.operations.models import Restoration, Trouble
from portal.pages.week import WeekLine, register_week_line

SEE = "operations.view_health"
KEEP_RUNNING = "operations.keep_running"


class HealthMenuItem(MenuItem):
    """For whoever may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(SEE))


@hooks.register("register_admin_urls")
def health_urls() -> list[Any]:
    return [path("health/", include("portal.operations.health.urls"))]


@hooks.register("register_admin_menu_item")
def health_menu_item() -> MenuItem:
    return HealthMenuItem("Health", reverse("health:page"), icon_name="view", order=890)


@register_week_line
def what_needs_somebody(user: User) -> WeekLine | None:
    """How much is in trouble, for administrators."""
    if not user.has_perm(KEEP_RUNNING):
        return None
    number = Trouble.objects.going_on().count() + bool(Restoration.objects.waiting())
    label = "thing of the portal needs you" if number == 1 else "things of the portal need you"
    return WeekLine(label=label, count=number, url=reverse("health:page"), is_urgent=True) if number else None
