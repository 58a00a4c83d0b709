"""Puts the questions that people ask about themselves into the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.privacy.people import HANDLE_EVERYDAY


class RightsMenuItem(MenuItem):
    """For whoever answers them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(HANDLE_EVERYDAY)


@hooks.register("register_admin_urls")
def rights_urls() -> list[Any]:
    return [path("rights/", include("portal.rights.urls"))]


@hooks.register("register_admin_menu_item")
def rights_menu_item() -> MenuItem:
    return RightsMenuItem("Their rights", reverse("rights:requests"), name="rights", icon_name="user", order=160)
