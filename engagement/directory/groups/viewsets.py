"""Groups, and whom to ask there, on Wagtail's own screens."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from engagement.directory.actions.organisations import remove_contact
from engagement.directory.editing.found_by_words import FoundByWords
from engagement.directory.editing.history import EntryHistoryView
from engagement.directory.editing.never_deleted import NeverDeleted
from engagement.directory.groups.editing import ContactForm, OrganisationForm
from engagement.directory.models import Contact, Organisation
from portal.clock import say_whole_date
from portal.refusals import Refused


def _heard_on(group: Organisation) -> str:
    return say_whole_date(group.heard_on) if group.heard_on else "Never"


class OrganisationViewSet(NeverDeleted):
    """Groups by name. None is deleted: one that is gone is taken off the lists."""

    model = Organisation
    name = "organisations"
    history_view_class = EntryHistoryView
    index_view_class = FoundByWords
    icon = "group"
    menu_label = "Groups"
    ordering = ("name", "id")
    list_per_page = 50
    list_display = [
        "name",
        Column("get_kind_display", label="What it is"),
        "who_for",
        Column("heard_on", label="Last heard from", accessor=_heard_on, sort_key="heard_on"),
    ]
    list_filter = ["kind", "is_listed"]
    search_fields = ["name", "description", "who_for"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["name", "kind", "description", "who_for", "offers", "phone", "email", "website", "heard_on"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldPanel("description"),
            FieldPanel("who_for"),
            FieldPanel("offers"),
            MultiFieldPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")], "How to ask"),
            FieldRowPanel([FieldPanel("heard_on"), FieldPanel("is_listed")]),
        ],
        base_form_class=OrganisationForm,
    )


class ContactIndexView(IndexView):
    """The list of people to ask, with their groups in one query."""

    def get_base_queryset(self) -> QuerySet[Contact]:
        return super().get_base_queryset().with_organisation()


class RemoveContact(DeleteView):
    """Takes somebody out, and writes down that it was done; says why where they are held."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
        except Refused as refusal:
            messages.error(self.request, refusal.sentence)
            return redirect(self.get_success_url())
        return answer

    def delete_action(self) -> None:
        remove_contact(contact=self.object, by=self.request.user)


class ContactViewSet(ModelViewSet):
    """Whom to ask, by name."""

    model = Contact
    name = "contacts"
    icon = "user"
    menu_label = "People to ask"
    index_view_class = ContactIndexView
    delete_view_class = RemoveContact
    ordering = ("name", "id")
    list_per_page = 50
    list_display = [
        Column("__str__", label="Who", sort_key="name"),
        "role",
        "organisation",
        Column("is_public", label="Shown to everybody", accessor=lambda one: "Yes" if one.is_public else "No"),
    ]
    list_filter = ["is_public"]
    search_fields = ["name", "role", "organisation__name"]
    search_backend_name = None
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("organisation"),
            FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            FieldPanel("is_public"),
            MultiFieldPanel([FieldPanel("venue"), FieldPanel("activity")], "Only about one place or activity"),
        ],
        base_form_class=ContactForm,
    )
