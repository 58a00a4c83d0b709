"""The form in which staff keep an activity, with where and when in words; saving it calls the action."""

from datetime import date, time, timedelta
from typing import Any

from django import forms
from wagtail.admin.widgets import AdminDateInput

from engagement.directory import recurrence
from engagement.directory.actions import add_activity, change_activity
from engagement.directory.actions.sessions import LONGEST_SESSION
from engagement.directory.editing.two_tabs import OnceForm, RememberingForm, mark
from engagement.directory.models import Activity, Schedule, Venue
from engagement.directory.phones import check_phone
from engagement.directory.sessions import Rule, occurrences
from portal import clock
from portal.clock import WEEKDAYS

NO_WAY_TO_SAY = "other"
LONG_PAST = timedelta(days=365)
TAKEN_OUT = (
    "Somebody took this place and time out meanwhile. Take it out here too, or add it afresh with “Add place and time”."
)
REPEATS = [
    ("weekly", "Every week"),
    ("fortnightly", "Every other week, counted from the first day"),
    ("monthly", "Every month"),
    ("once", "Once, on the first day"),
]


class ScheduleForm(RememberingForm):
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
        self.fields["venue"].queryset = Venue.objects.on_offer(self.instance.venue_id).by_name()
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

    def also_shown(self) -> dict[str, str]:
        repeats = recurrence.from_rule(self.instance.recurrence) if self.instance.recurrence else None
        return {"recurrence": mark(recurrence.to_rule(repeats) if repeats else self.instance.recurrence)}

    def clean(self) -> dict[str, Any]:
        words: dict[str, Any] = super().clean()
        if "id" in self.errors:
            self.add_error(None, TAKEN_OUT)
        how, days, weeks = words.get("repeats"), words.get("days", []), words.get("weeks", [])
        first, until = words.get("starts_on"), words.get("until")
        starts, ends = words.get("starts_at"), words.get("ends_at")
        is_known = first is not None and starts is not None
        if first is None and (starts or ends) and "starts_on" not in self.errors:
            self.add_error("starts_on", "Give the first day too, or leave day and times empty.")
        if starts is None and (first or ends) and "starts_at" not in self.errors:
            self.add_error("starts_at", "Give the time too, or leave day and times empty.")
        if starts and ends and _length(starts, ends) > LONGEST_SESSION:
            self.add_error("ends_at", "It would end before it starts. Check both times.")
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
        if first and how == "once" and self.instance.pk is None and first < clock.now().date() - LONG_PAST:
            self.add_error("starts_on", "This day is more than a year ago. Check the year.")
        if not self.errors:
            chosen = recurrence.Repeats(how or "once", tuple(days), tuple(weeks), until)
            words["recurrence"] = self.instance.recurrence = recurrence.to_rule(chosen) if is_known else ""
            if first and starts and until and not _ever_happens(words["recurrence"], first, starts, until):
                self.add_error("days", "By these days it never happens. Change the days, or the first or last day.")
        return words

    @property
    def row(self) -> dict[str, Any]:
        """The schedule's fields as the action takes them; of one that is there those that were changed in this tab."""
        if self.instance.pk is not None:
            return {"pk": self.instance.pk, **self.typed}
        return {"pk": self.instance.pk, **{name: getattr(self.instance, name) for name in self.KEPT}}


def _length(starts: time, ends: time) -> timedelta:
    """From one time to the other, on the next day where the clock shows an earlier one."""
    return timedelta(minutes=(ends.hour * 60 + ends.minute - starts.hour * 60 - starts.minute) % (24 * 60))


def _ever_happens(rule: str, first: date, starts: time, last: date) -> bool:
    return bool(occurrences(Rule(rule, first, starts), first=first, last=last))


class ActivityForm(OnceForm):
    """An activity with its schedules."""

    class Media:
        css = {"all": ["directory/css/forms.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formsets["schedules"].error_messages["too_few_forms"] = "Add at least one place and time."

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        if "phone" in self.changed_data:
            check_phone(typed)
        return typed

    def save(self, commit: bool = True) -> Activity:
        formset = self.formsets["schedules"]
        kept = [form for form in formset.forms if form not in formset.deleted_forms]
        rows = [form.row for form in kept if form.has_changed() or form.instance.pk]
        if self.instance.pk is None:
            return self.once(lambda: add_activity(activity=self.instance, schedules=rows, by=self.for_user))
        # What another tab added since stays.
        known = [form.instance.pk for form in formset.forms if form.instance.pk]
        rows += [
            {"pk": pk} for pk in Schedule.objects.of(self.instance).exclude(pk__in=known).values_list("pk", flat=True)
        ]
        return change_activity(activity=self.instance, schedules=rows, by=self.for_user, **self.typed)
