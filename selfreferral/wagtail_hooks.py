"""Puts the people who asked into the Wagtail admin, for those who may see them."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from selfreferral.people import SEE


class QueueMenuItem(MenuItem):
    """A superuser without the role does not see it either: User.has_perm says so."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEE)


@hooks.register("register_admin_urls")
def queue_urls() -> list[Any]:
    return [path("referrals/", include("selfreferral.staff_urls"))]


@hooks.register("register_admin_menu_item")
def queue_menu_item() -> MenuItem:
    return QueueMenuItem("People who asked", reverse("selfreferral_staff:queue"), icon_name="group", order=50)
