"""The lists of this room that the lead keeps, on Wagtail's own screens: parts of life, and services that send people."""

from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from selfreferral.models import Domain, ReferralSource


def yes_or_no(name: str, label: str) -> Column:
    """A column that says yes or no."""
    return Column(name, label=label, accessor=lambda one: "Yes" if getattr(one, name) else "No")


class ListViewSet(ModelViewSet):
    """A short list under Settings."""

    add_to_reference_index = False
    add_to_settings_menu = True
    copy_view_enabled = False
    list_per_page = 50


class KeepWhatWasAnswered(DeleteView):
    """Refuses in words to delete what people answered."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().post(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, f"People have answered about {self.object}. Untick it instead of deleting it.")
            return HttpResponseRedirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return answer


class DomainViewSet(ListViewSet):
    """What people are asked about when they say how they are."""

    model = Domain
    name = "parts-of-life"
    icon = "list-ol"
    menu_label = "Parts of life"
    menu_order = 305
    delete_view_class = KeepWhatWasAnswered
    list_display = ("name", "asks", yes_or_no("is_active", "Asked"), "position")
    panels = [FieldPanel("name"), FieldPanel("asks"), FieldRowPanel([FieldPanel("position"), FieldPanel("is_active")])]


class ReferralSourceViewSet(ListViewSet):
    """Which kinds of service the team chooses from; one that is in use is not deleted, and only offered no more."""

    model = ReferralSource
    name = "referral-sources"
    icon = "group"
    menu_label = "Services that send people"
    menu_order = 310
    list_display = ("name", yes_or_no("is_offered", "Offered"), "position")
    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("position"), FieldPanel("is_offered")])]
