"""School holidays in the Wagtail admin; saving and removing them calls the actions, which work everything out afresh."""

from django.http import HttpRequest
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from engagement.directory.actions import keep_school_break, remove_school_break
from engagement.directory.models import SchoolBreak
from portal import clock
from portal.accounts.models import User


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
    list_display = [
        "name",
        Column("first_on", label="First day", accessor=lambda one: clock.say_whole_date(one.first_on)),
        Column("last_on", label="Last day", accessor=lambda one: clock.say_whole_date(one.last_on)),
    ]
    copy_view_enabled = False
    delete_view_class = RemoveSchoolBreak
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldRowPanel([FieldPanel("first_on"), FieldPanel("last_on")])],
        base_form_class=SchoolBreakForm,
    )
