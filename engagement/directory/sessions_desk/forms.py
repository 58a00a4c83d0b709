"""What somebody who runs a session fills in: that it is off, elsewhere, or something to know; and off for some weeks.

`said` of a valid form is what the action of its deed takes. The venues to choose from are given by whoever shows the form.
"""

from typing import Any

from django import forms
from django.db.models import QuerySet

from engagement.directory.actions.sessions import LONGEST_REASON
from engagement.directory.models import Venue
from engagement.directory.sessions import Session
from portal.forms import PlainField, PublicForm

TOO_LONG = f"Use at most {LONGEST_REASON} letters."
A_DAY = {"required": "Choose a day.", "invalid": "Choose a day, such as 25/11/2026."}
NOTHING_TO_UNDO = "There was nothing to undo."
A_TIME = {"required": "Give a time, such as 14:00.", "invalid": "Give a time, such as 14:00."}


def _day(label: str, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, error_messages=A_DAY, **kwargs)


def _time(label: str, **kwargs: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, error_messages=A_TIME, **kwargs)


def _reason(label: str, *, required: bool = False, **kwargs: Any) -> PlainField:
    said = {"required": "Write what people should know.", "max_length": TOO_LONG}
    attrs = {"maxlength": str(LONGEST_REASON), "autocomplete": "off"}
    return PlainField(
        label=label,
        required=required,
        max_length=LONGEST_REASON,
        error_messages=said,
        widget=forms.TextInput(attrs=attrs),
        **kwargs,
    )


class SessionForm(PublicForm):
    """Which session: the day by its rule, whatever happened to it."""

    on = forms.DateField(widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), "Which day?"))

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


class CancelForm(SessionForm):
    """It is off this time."""

    reason = _reason("Why, in a few words, such as “boiler broken”")


class NoteForm(SessionForm):
    """It takes place, and there is something to know."""

    reason = _reason("What should people know? Such as “in the small room”", required=True)


class MoveForm(SessionForm):
    """It takes place at another time or place, this once."""

    to_on = _day("On which day")
    starts_at = _time("From")
    ends_at = _time("To", required=False, help_text="Leave it empty where nobody knows.")
    venue = forms.ModelChoiceField(
        label="Where",
        queryset=Venue.objects.none(),
        required=False,
        empty_label="At the usual place",
        widget=forms.Select(attrs={"class": "w-w-full"}),
        error_messages={"invalid_choice": "Choose a place from the list."},
    )
    reason = _reason("Why, in a few words")

    def __init__(self, *args: Any, venues: QuerySet[Venue], session: Session | None = None, **kwargs: Any) -> None:
        """With a session the form opens with what holds now."""
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]
        if session is not None:
            self.initial.update(
                on=session.on,
                to_on=session.day,
                starts_at=session.starts.time(),
                ends_at=session.ends.time() if session.ends else None,
                venue=session.moved.venue_pk if session.moved else None,
            )


class OffForm(PublicForm):
    """Off from one day to another."""

    first = _day("Off from")
    last = _day("Up to and with", help_text="At most three months.")
    reason = _reason("Why, in a few words, such as “summer holidays”")

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


class UndoForm(PublicForm):
    """Which change is taken back, by its number, so that nobody takes back what somebody else said a moment ago."""

    change = forms.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), NOTHING_TO_UNDO),
    )


class TogetherForm(forms.Form):
    """Which "off from … to …" is meant."""

    together = forms.UUIDField()
