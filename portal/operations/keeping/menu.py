"""Puts what is kept how long into the Wagtail admin, and what goes soon on the staff home."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.accounts.models import User
from portal.operations.keeping.nightly import HOLD, SEE
from portal.pages.week import WeekLine, register_week_line
from portal.privacy.announcing import how_many_go_soon


class KeptMenuItem(MenuItem):
    """For whoever may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEE)


@hooks.register("register_admin_urls")
def kept_urls() -> list[Any]:
    return [path("kept/", include("portal.operations.keeping.urls"))]


@hooks.register("register_admin_menu_item")
def kept_menu_item() -> MenuItem:
    return KeptMenuItem("What is kept", reverse("keeping:kept"), icon_name="history", order=880)


@register_week_line
def goes_soon(user: User) -> WeekLine | None:
    """How many records go soon, for whoever can keep one."""
    if not user.has_perm(HOLD):
        return None
    number = sum(how_many_go_soon(timezone.now()).values())
    label = "record goes soon, as promised" if number == 1 else "records go soon, as promised"
    return WeekLine(label=label, count=number, url=reverse("keeping:soon"), is_urgent=False) if number else None
