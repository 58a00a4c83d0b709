"""Venues in the Wagtail admin: a list without those that became part of another, and a form that only asks at times."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views.generic import CreateView, EditView

from engagement.directory.editing.found_by_words import FoundByWords
from engagement.directory.editing.hours_panel import ways_of
from engagement.directory.editing.venue_form import VenueForm
from engagement.directory.models import Venue


class VenueFilters(WagtailFilterSet):
    """What the list of venues can be asked for; merged places are left out until somebody asks for them."""

    merged = django_filters.ChoiceFilter(
        label="Merged into another",
        choices=[("yes", "Only these")],
        empty_label="Left out",
        method="only_merged",
    )

    class Meta:
        model = Venue
        fields = ["is_warm_space", "is_listed", "free_entry", "food", "step_free"]

    def only_merged(self, queryset: QuerySet[Venue], name: str, value: str) -> QuerySet[Venue]:
        return queryset & Venue.objects.merged()

    def filter_queryset(self, queryset: QuerySet[Venue]) -> QuerySet[Venue]:
        found: QuerySet[Venue] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("merged") else found & Venue.objects.unmerged()


class VenueIndexView(FoundByWords):
    """The list of venues; each row leads to its keepers, its days and the changes wished for."""

    filterset_class = VenueFilters

    def get_list_more_buttons(self, instance: Venue) -> list[MenuItem]:
        buttons: list[MenuItem] = super().get_list_more_buttons(instance)
        ways = enumerate(ways_of(instance, self.request.user), start=15)
        return [*buttons, *(MenuItem(words, url, priority=place) for place, (words, url) in ways)]


class _OnlyAsking:
    """What was pressed may only ask of the rows of hours: then nothing is wrong, and no red bar says so."""

    produced_error_message: Any

    def is_valid(self, form: VenueForm) -> bool:
        is_valid: bool = super().is_valid(form)  # type: ignore[misc]
        if form.is_only_asking:
            self.produced_error_message = None
        return is_valid


class VenueCreateView(_OnlyAsking, CreateView):
    """The form of a new venue."""


class VenueEditView(_OnlyAsking, EditView):
    """The form of a venue."""
