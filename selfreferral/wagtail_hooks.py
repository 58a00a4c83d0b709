"""Puts the people who asked into the Wagtail admin, for those who may see them."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from selfreferral.people import ALLOCATE, ERASE, SEE, SHARED
from selfreferral.viewsets import DomainViewSet, ReferralSourceViewSet


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


class TogetherMenuItem(MenuItem):
    """Shown to those who hold the permission that its page takes; a superuser without the role sees none of them."""

    def __init__(self, label: str, address: str, permission: str, **more: Any) -> None:
        super().__init__(label, reverse(f"selfreferral_together:{address}"), **more)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_urls")
def together_urls() -> list[Any]:
    return [path("", include("selfreferral.together_urls"))]


@hooks.register("register_admin_menu_item")
def agreements_menu_item() -> MenuItem:
    return TogetherMenuItem("Agreements", "agreements", ALLOCATE, icon_name="link", order=55)


@hooks.register("register_admin_menu_item")
def shared_menu_item() -> MenuItem:
    return TogetherMenuItem("Shared with you", "shared", SHARED, icon_name="view", order=56)


@hooks.register("register_admin_menu_item")
def erasures_menu_item() -> MenuItem:
    return TogetherMenuItem("Erasing", "erasures", ERASE, icon_name="bin", order=57)


@hooks.register("register_admin_viewset")
def parts_of_life() -> DomainViewSet:
    return DomainViewSet()


class WordsMenuItem(MenuItem):
    """For whoever leads."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ALLOCATE)


@hooks.register("register_settings_menu_item")
def words_menu_item() -> MenuItem:
    return WordsMenuItem("Words of the questions", reverse("selfreferral_staff:wordings"), icon_name="edit", order=900)


@hooks.register("register_admin_viewset")
def sources_viewset() -> ReferralSourceViewSet:
    return ReferralSourceViewSet()
