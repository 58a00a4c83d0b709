"""Wagtail's side doors: lists, choosers and reports that it opens to whoever may sign in, shut to who has no use for them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import page_permission_policy as pages

from portal.pages.errors import refused

# Wagtail's own, made here because 7.4 and 8 keep them at different places.
images = CollectionOwnershipPermissionPolicy(
    get_image_model_string(), auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user"
)
documents = CollectionOwnershipPermissionPolicy(
    get_document_model_string(), auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user"
)
ANY_USE = ("add", "change", "publish", "choose")


def writes_pages(user: Any) -> bool:
    """Whether somebody writes pages or the newspaper."""
    return bool(pages.user_has_any_permission(user, ANY_USE))


def uses_pictures(user: Any) -> bool:
    """Whether somebody puts pictures beside what they keep."""
    return bool(images.user_has_any_permission(user, ANY_USE))


def uses_documents(user: Any) -> bool:
    return bool(documents.user_has_any_permission(user, ANY_USE))


def nobody(user: Any) -> bool:
    """Workflows and Wagtail's own test pages are not used here."""
    return bool(user.is_superuser)


# The beginning of an address under /staff/, and who has use for it. Wagtail's own checks come after ours.
DOORS: tuple[tuple[str, Callable[[Any], bool]], ...] = (
    ("api/", writes_pages),
    ("pages/", writes_pages),
    ("choose-", uses_pictures),
    ("embeds/", writes_pages),
    ("tag-autocomplete/", uses_pictures),
    ("images/", uses_pictures),
    ("documents/", uses_documents),
    ("bulk/", uses_pictures),
    ("reports/", writes_pages),
    ("block-preview/", writes_pages),
    ("workflows/", nobody),
    ("failwhale/", nobody),
    ("test404/", nobody),
)
STAFF = "/staff/"


class SideDoors:
    """Refuses, as every other staff screen does, whoever has no use for a door; strangers are asked to sign in as ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if not request.path.startswith(STAFF) or not request.user.is_authenticated:
            return None
        behind = request.path.removeprefix(STAFF)
        # Wagtail writes tables for spreadsheets in which a title could run as a formula; our own views make them harmless.
        if "export" in request.GET and not hasattr(view, "required_permission"):
            return refused(request)
        if any(behind.startswith(start) and not has_use(request.user) for start, has_use in DOORS):
            return refused(request)
        return None
