"""School holidays in the Wagtail admin; saving and removing them calls the actions, which work everything out afresh."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from engagement.directory.actions import keep_school_break, remove_school_break
from engagement.directory.models import Schedule, SchoolBreak, Venue
from portal import clock
from portal.accounts.models import User
from portal.pages.week import WeekLine

CHANGE_SCHOOL_BREAK = "directory.change_schoolbreak"
WARN_BEFORE_DAYS = 56


class SchoolBreakForm(WagtailAdminModelForm):
    """One school holiday."""

    def save(self, commit: bool = True) -> SchoolBreak:
        return keep_school_break(school_break=self.instance, by=self.for_user)


class RemoveSchoolBreak(DeleteView):
    """Takes a school holiday out, and writes down that it was done."""

    request: HttpRequest

    def delete_action(self) -> None:
        assert isinstance(self.request.user, User)
        remove_school_break(school_break=self.object, by=self.request.user)


class SchoolBreakViewSet(ModelViewSet):
    """School holidays by their first day."""

    model = SchoolBreak
    name = "school_holidays"
    menu_label = "School holidays"
    icon = "date"
    ordering = ("first_on", "id")
    list_display = ["name", DateColumn("first_on", label="First day"), DateColumn("last_on", label="Last day")]
    copy_view_enabled = False
    delete_view_class = RemoveSchoolBreak
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldRowPanel([FieldPanel("first_on"), FieldPanel("last_on")])],
        base_form_class=SchoolBreakForm,
    )


def school_holidays_to_add(user: User) -> WeekLine | None:
    """How many entries keep to the school year, where the holidays that we know end within eight weeks."""
    if not user.has_perm(CHANGE_SCHOOL_BREAK):
        return None
    until = SchoolBreak.objects.year().known_until
    if until is not None and (until - clock.now().date()).days > WARN_BEFORE_DAYS:
        return None
    count = Venue.objects.listed().asking_schools().count() + Schedule.objects.listed().asking_schools().count()
    label = "entries need the next school holidays"
    return WeekLine(label, count, reverse("school_holidays:index"), is_urgent=True) if count else None


def hours_to_confirm(user: User) -> WeekLine | None:
    """How many readings of a venue's own words wait for somebody."""
    if not user.has_perm("directory.change_venue"):
        return None
    count = Venue.objects.with_proposed_hours().count()
    return WeekLine("hours to confirm", count, reverse("directory_hours_to_confirm")) if count else None
