"""Puts the screens of people into the Wagtail admin, and takes Wagtail's own out of its menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.accounts import staff_urls
from portal.accounts.permissions import MANAGE, SEE_CHANGES

CLOSED = {"users", "groups"}


class PeopleMenuItem(MenuItem):
    """For administrators the people, for leads the changes that they are told of."""

    def __init__(self, label: str, address: str, permission: str, without: str = "", **more: Any) -> None:
        super().__init__(label, reverse(address), **more)
        self.permission, self.without = permission, without

    def is_shown(self, request: HttpRequest) -> bool:
        may = request.user.has_perm
        return may(self.permission) and not (self.without and may(self.without))


@hooks.register("register_admin_urls")
def people_urls() -> list[Any]:
    return staff_urls.urlpatterns


@hooks.register("register_admin_menu_item")
def people_menu_item() -> MenuItem:
    return PeopleMenuItem("People", "people", MANAGE, icon_name="user", order=900)


@hooks.register("register_admin_menu_item")
def changes_menu_item() -> MenuItem:
    return PeopleMenuItem("Roles", "people_changes", SEE_CHANGES, without=MANAGE, icon_name="user", order=900)


@hooks.register("construct_settings_menu")
def without_wagtails_users(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in CLOSED]


@hooks.register("register_account_menu_item")
def sessions_item(request: HttpRequest) -> dict[str, str]:
    """In everybody's own account page: where they are signed in, and the way to end it."""
    return {
        "url": reverse("usersessions_list"),
        "label": "Where you are signed in",
        "help_text": "See it, sign out everywhere else, change your password or your second step.",
    }
