"""The form in which staff keep an activity, with where and when in words; saving it calls the action."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from engagement.directory import recurrence
from engagement.directory.actions import add_activity, change_activity
from engagement.directory.models import Activity
from portal.clock import WEEKDAYS

NO_WAY_TO_SAY = "other"
REPEATS = [
    ("weekly", "Every week"),
    ("fortnightly", "Every other week, counted from the first day"),
    ("monthly", "Every month"),
    ("once", "Once, on the first day"),
]


class ScheduleForm(WagtailAdminModelForm):
    """One where and when of an activity; how often it happens is chosen in words and kept as a rule."""

    KEPT = ("venue", "recurrence", "starts_on", "starts_at", "ends_at", "season", "skips_bank_holidays")

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

    until = forms.DateField(
        label="Last day",
        required=False,
        widget=AdminDateInput,
        help_text="Only where it is known already: after it nothing is shown.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].help_text = "Leave day and time empty where nobody knows: the page then says to ring."
        if self.instance.pk is None:
            return
        self.fields["repeats"].help_text = f"Now it reads: {self.instance.schedule_in_words}."
        repeats = recurrence.from_rule(self.instance.recurrence)
        if repeats is None:
            self.fields["repeats"].choices = [(NO_WAY_TO_SAY, f"As it is: {self.instance.recurrence}"), *REPEATS]
        self.initial["repeats"] = repeats.how if repeats else NO_WAY_TO_SAY
        self.initial["days"] = list(repeats.days) if repeats else []
        self.initial["weeks"] = list(repeats.weeks) if repeats else []
        self.initial["until"] = repeats.until if repeats else None

    def clean(self) -> dict[str, Any]:
        words: dict[str, Any] = super().clean()
        how, days, weeks = words.get("repeats"), words.get("days", []), words.get("weeks", [])
        first, until = words.get("starts_on"), words.get("until")
        is_known = first is not None and words.get("starts_at") is not None
        if how == NO_WAY_TO_SAY:
            return words
        if is_known and how != "once" and not days:
            self.add_error("days", "Choose at least one day.")
        if is_known and how == "monthly" and not weeks:
            self.add_error("weeks", "Choose at least one week of the month.")
        if until is not None and first is not None and until < first:
            self.add_error("until", "The last day comes before the first.")
        if until is not None and how == "once":
            self.add_error("until", "Leave this empty for something that happens once.")
        if not self.errors:
            chosen = recurrence.Repeats(how or "once", tuple(days), tuple(weeks), until)
            self.instance.recurrence = recurrence.to_rule(chosen) if is_known else ""
        return words

    @property
    def row(self) -> dict[str, Any]:
        """The schedule's fields as the action takes them."""
        return {"pk": self.instance.pk, **{name: getattr(self.instance, name) for name in self.KEPT}}


class ActivityForm(WagtailAdminModelForm):
    """An activity with its schedules."""

    def save(self, commit: bool = True) -> Activity:
        formset = self.formsets["schedules"]
        kept = [form for form in formset.forms if form not in formset.deleted_forms]
        rows = [form.row for form in kept if form.has_changed() or form.instance.pk]
        if self.instance.pk is None:
            return add_activity(activity=self.instance, schedules=rows, by=self.for_user)
        return change_activity(activity=self.instance, schedules=rows, by=self.for_user)
