"""The forms in which staff keep venues and activities; saving one calls the action, so that history is written."""

from typing import Any

from django import forms
from django.forms.widgets import Script
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminModelForm

from engagement.directory import recurrence
from engagement.directory.actions import add_activity, add_or_update_venue, change_activity
from engagement.directory.hours_words import in_words
from engagement.directory.models import Activity, Venue
from portal import clock
from portal.clock import WEEKDAYS
from portal.geo.models import Postcode

HOURS_HELP = (
    "Like “Mo-Fr 09:00-17:00”, “We 11:30-13:30; PH off” or “Mo[1] 10:00-12:00” for the first Monday. "
    "PH is a bank holiday."
)
NO_WAY_TO_SAY = "other"
REPEATS = [
    ("weekly", "Every week"),
    ("fortnightly", "Every other week, counted from the first day"),
    ("monthly", "Every month"),
    ("once", "Once, on the first day"),
]


class VenueForm(WagtailAdminModelForm):
    """A venue; the point is taken from the postcode where nobody gave one."""

    class Media:
        js = [Script("directory/js/hours.js", type="module")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = self.fields["opening_hours"]
        words = in_words(self.instance.opening_hours, clock.now().date())
        hours.help_text = f"{HOURS_HELP} Now it reads: {words}"
        hours.widget.attrs["data-hours"] = reverse("directory_hours_in_words")
        self.fields[
            "latitude"
        ].help_text = "North to south, such as 54.763. Leave both empty to use the middle of the postcode."
        self.fields["longitude"].help_text = "West to east, such as -1.315."

    def clean(self) -> dict[str, Any]:
        words: dict[str, Any] = super().clean()
        has_point = words.get("latitude") is not None or words.get("longitude") is not None
        if not has_point and (postcode := Postcode.objects.lookup(words.get("postcode") or "")):
            words["latitude"], words["longitude"] = postcode.latitude, postcode.longitude
        return words

    def save(self, commit: bool = True) -> Venue:
        return add_or_update_venue(venue=self.instance, by=self.for_user)


class ActivityForm(WagtailAdminModelForm):
    """An activity; how often it happens is chosen in words and kept as a rule."""

    repeats = forms.ChoiceField(label="How often", choices=REPEATS, initial="weekly")
    days = forms.MultipleChoiceField(
        label="On which days",
        required=False,
        choices=list(zip(recurrence.CODES, WEEKDAYS, strict=True)),
        widget=forms.CheckboxSelectMultiple,
    )
    weeks = forms.MultipleChoiceField(
        label="In which weeks of the month",
        required=False,
        choices=list(recurrence.NTH.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="For “every month” only.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].help_text = "Leave day and time empty where nobody knows: the page then says to ring."
        if self.instance.pk is None:
            return
        repeats = recurrence.from_rule(self.instance.recurrence)
        if repeats is None:
            self.fields["repeats"].choices = [(NO_WAY_TO_SAY, f"As it is: {self.instance.recurrence}"), *REPEATS]
        self.initial["repeats"] = repeats.how if repeats else NO_WAY_TO_SAY
        self.initial["days"] = list(repeats.days) if repeats else []
        self.initial["weeks"] = list(repeats.weeks) if repeats else []

    def clean(self) -> dict[str, Any]:
        words: dict[str, Any] = super().clean()
        how, days, weeks = words.get("repeats"), words.get("days", []), words.get("weeks", [])
        is_known = words.get("starts_on") is not None and words.get("starts_at") is not None
        if how == NO_WAY_TO_SAY:
            return words
        if is_known and how != "once" and not days:
            self.add_error("days", "Choose at least one day.")
        if is_known and how == "monthly" and not weeks:
            self.add_error("weeks", "Choose at least one week of the month.")
        if not self.errors:
            chosen = recurrence.Repeats(how or "once", tuple(days), tuple(weeks))
            self.instance.recurrence = recurrence.to_rule(chosen) if is_known else ""
        return words

    def save(self, commit: bool = True) -> Activity:
        if self.instance.pk is None:
            return add_activity(activity=self.instance, by=self.for_user)
        return change_activity(activity=self.instance, by=self.for_user)
