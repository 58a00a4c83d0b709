"""The way from a venue in the Wagtail admin to those who keep it."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.widgets.button import Button

from engagement.directory.keeping.staff import CHANGE_KEEPER
from engagement.directory.models import Venue
from engagement.directory.staff_menu import CHANGE_VENUE


class VenueIndexView(IndexView):
    """The list of venues; each row leads to its keepers."""

    def get_list_more_buttons(self, instance: Venue) -> list[MenuItem]:
        buttons: list[MenuItem] = super().get_list_more_buttons(instance)
        if self.request.user.has_perm(CHANGE_KEEPER):
            buttons.append(MenuItem("Keepers", _keepers(instance), icon_name="user", priority=15))
        if self.request.user.has_perm(CHANGE_VENUE):
            days = reverse("directory_days", args=[instance.pk])
            buttons.append(MenuItem("Closed or different on some days", days, icon_name="date", priority=16))
        return buttons


class VenueEditView(EditView):
    """The form of a venue, with a way to its keepers."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_more_buttons
        if self.request.user.has_perm(CHANGE_KEEPER):
            buttons.append(Button("Keepers", url=_keepers(self.object), icon_name="user", priority=5))
        days = reverse("directory_days", args=[self.object.pk])
        buttons.append(Button("Closed or different on some days", url=days, icon_name="date", priority=6))
        return buttons


def _keepers(venue: Venue) -> str:
    return reverse("directory_keepers", args=[venue.pk])
