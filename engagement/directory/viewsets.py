"""Venues and activities in the Wagtail admin: listings that cost the same on any page, and forms."""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup

from engagement.directory.editing.activity_form import ActivityForm, ScheduleForm
from engagement.directory.editing.found_by_words import FoundByWords
from engagement.directory.editing.history import EntryHistoryView
from engagement.directory.editing.hours_panel import HoursPanel, WaysPanel
from engagement.directory.editing.never_deleted import NeverDeleted
from engagement.directory.editing.school_breaks import SchoolBreakViewSet
from engagement.directory.editing.venue_form import VenueForm
from engagement.directory.editing.venue_views import VenueCreateView, VenueEditView, VenueIndexView
from engagement.directory.groups.viewsets import ContactViewSet, OrganisationViewSet
from engagement.directory.keeping.staff import keeping_menu_items
from engagement.directory.models import Activity, Venue
from engagement.directory.staff_menu import staff_menu_items


class VenueViewSet(NeverDeleted):
    """Venues by name; never by their last change, which would cost a look at the log for every row."""

    model = Venue
    name = "venues"
    history_view_class = EntryHistoryView
    index_view_class = VenueIndexView
    add_view_class = VenueCreateView
    edit_view_class = VenueEditView
    icon = "home"
    ordering = ("name", "id")
    list_per_page = 50
    list_display = [
        "name",
        "postcode",
        Column("hours_in_words", label="Open"),
        DateColumn("checked_at", label="Checked"),
    ]
    search_fields = ["name", "address", "postcode"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["name", "description", "address", "postcode", "phone", "email", "website", "hours_in_words"]
    edit_handler = ObjectList(
        [
            WaysPanel(),
            FieldPanel("name"),
            FieldPanel("organisation", heading="Group that runs it"),
            FieldPanel("description"),
            MultiFieldPanel([HoursPanel(), FieldPanel("hours_text")], "When it is open"),
            MultiFieldPanel(
                [
                    FieldPanel("address"),
                    FieldPanel("postcode"),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                ],
                "Where it is",
            ),
            MultiFieldPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")], "How to ask"),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("is_warm_space"), FieldPanel("is_food_place"), FieldPanel("is_advice_place")]
                    ),
                    FieldRowPanel([FieldPanel("free_entry"), FieldPanel("food"), FieldPanel("step_free")]),
                    FieldRowPanel([FieldPanel("toilets"), FieldPanel("wifi"), FieldPanel("children_welcome")]),
                    FieldPanel("dementia_friendly"),
                ],
                "What it offers",
            ),
            FieldPanel("is_listed"),
        ],
        base_form_class=VenueForm,
    )


class ActivityIndexView(FoundByWords):
    """The list of activities, with all their places in one query."""

    def get_base_queryset(self) -> QuerySet[Activity]:
        return super().get_base_queryset().with_places()


class SchedulesPanel(InlinePanel):
    """Each where and when of an activity, by the form that speaks of rules in words."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = ScheduleForm
        return options


class ActivityViewSet(NeverDeleted):
    """Activities by name."""

    model = Activity
    name = "activities"
    history_view_class = EntryHistoryView
    index_view_class = ActivityIndexView
    icon = "group"
    ordering = ("name", "id")
    list_per_page = 50
    list_display = ["name", Column("places_in_words", label="Where"), Column("schedule_in_words", label="When"), "cost"]
    list_filter = ["is_listed"]
    search_fields = ["name", "description"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["name", "description", "cost", "who_for", "what_to_expect"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("theme"),
            FieldPanel("organisation", heading="Group that runs it"),
            FieldPanel("description"),
            HelpPanel(template="directory/admin/its_dates.html"),
            SchedulesPanel(
                "schedules",
                [
                    FieldPanel("venue"),
                    FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                    FieldRowPanel([FieldPanel("starts_on"), FieldPanel("until")]),
                    FieldPanel("repeats"),
                    FieldPanel("days"),
                    FieldPanel("weeks"),
                    FieldRowPanel([FieldPanel("season"), FieldPanel("skips_bank_holidays")]),
                ],
                heading="Where and when",
                label="place and time",
                min_num=1,
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("free_entry"), FieldPanel("food"), FieldPanel("children_welcome")]),
                    FieldRowPanel([FieldPanel("dementia_friendly"), FieldPanel("audience")]),
                    FieldRowPanel([FieldPanel("youngest"), FieldPanel("oldest"), FieldPanel("how_to_come")]),
                ],
                "For whom",
            ),
            MultiFieldPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")], "How to ask"),
            MultiFieldPanel([FieldPanel("cost"), FieldPanel("who_for"), FieldPanel("what_to_expect")], "Good to know"),
            FieldPanel("is_listed"),
        ],
        base_form_class=ActivityForm,
    )


class DirectoryGroup(ModelViewSetGroup):
    """The directory's part of the menu: what to do this week first, then the entries."""

    menu_label = "Directory"
    menu_icon = "site"
    menu_order = 210
    items = (VenueViewSet, ActivityViewSet, OrganisationViewSet, ContactViewSet, SchoolBreakViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        return [*staff_menu_items(), *keeping_menu_items(), *super().get_submenu_items()]
