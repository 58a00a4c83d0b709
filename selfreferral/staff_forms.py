"""The forms of the people who answer; each carries the version of the referral that it was opened on."""

from collections.abc import Iterable
from typing import Any, Self

from django import forms

from portal.accounts.models import User
from portal.forms import PlainField
from selfreferral.contact import OUTCOME_LABELS, Outcome
from selfreferral.models import Referral
from selfreferral.people import navigators, standing
from selfreferral.reading import OpenReferral
from selfreferral.safe_contact import CHANNEL_LABELS, Channel
from selfreferral.workflow import CONTACT, HELD, STAFF_LABELS, State, Who, moves_from

LONGEST_NOTE = 5000
_CHANNELS = [(channel.value, label) for channel, label in CHANNEL_LABELS.items()]
_STATES = [(state.value, label) for state, label in STAFF_LABELS.items()]
_OUTCOMES = [("", "Choose one"), *((outcome.value, label) for outcome, label in OUTCOME_LABELS.items())]


class DayInput(forms.DateInput):
    """The browser's own way to choose a day."""

    input_type = "date"


def words(label: str, *, is_required: bool = True, hint: str = "", rows: int = 3) -> PlainField:
    """Words of a worker: plain text, sealed when they are stored."""
    return PlainField(
        label=label,
        required=is_required,
        help_text=hint,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
    )


class StaffForm(forms.Form):
    """A form about one referral, for one worker."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False
    name = ""

    def __init__(self, data: Any = None, *, referral: Referral, by: User) -> None:
        initial = {"seen_version": referral.version}
        super().__init__(data, auto_id=f"{self.name}_%s", label_suffix="", initial=initial)
        self.referral, self.by = referral, by

    def shown_with(self, opened: OpenReferral) -> Self:
        """Ready to be shown beside what the worker sees now: sent again, it is about that."""
        if self.is_bound:
            self.data = {**dict(self.data.items()), "seen_version": str(self.referral.version)}
        return self

    def _offer(self, field: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[field].choices = list(choices)  # type: ignore[attr-defined]


class AttemptForm(StaffForm):
    """A try to reach the person. Only ways that may be used are shown; the action refuses all others."""

    name = "attempt"
    channel = forms.TypedChoiceField(label="How", coerce=Channel, choices=_CHANNELS)
    outcome = forms.TypedChoiceField(label="What came of it", coerce=Outcome, choices=_OUTCOMES)
    note = words("Note", is_required=False, hint="What was said, and by whom. Only people in this room can read it.")
    next_try_on = forms.DateField(label="Try again on", required=False, widget=DayInput)

    def shown_with(self, opened: OpenReferral) -> Self:
        self._offer("channel", ((way.channel.value, way.label) for way in opened.usable))
        return super().shown_with(opened)


class OverrideForm(StaffForm):
    """Leave to use a way that the card does not allow."""

    name = "override"
    seen_version = None  # type: ignore[assignment]
    channel = forms.TypedChoiceField(label="Which way", coerce=Channel, choices=_CHANNELS)
    reason = words("Why it cannot wait, and why no safe way will do", rows=2)

    def shown_with(self, opened: OpenReferral) -> Self:
        self._offer("channel", ((way.channel.value, f"{way.label} ({way.said.lower()})") for way in opened.barred))
        return super().shown_with(opened)


class MoveForm(StaffForm):
    """What happens next. Only the table's moves for this worker are shown; the action refuses all others."""

    name = "move"
    to = forms.TypedChoiceField(label="Choose one", coerce=State, choices=_STATES, widget=forms.RadioSelect)
    reason = words("Why", hint="In a few words. It stays with the referral.")
    next_try_on = forms.DateField(
        label="Try again on", required=False, widget=DayInput, help_text="Needed when the door is left open."
    )

    def shown_with(self, opened: OpenReferral) -> Self:
        moves = moves_from(self.referral.where, standing(self.referral, self.by))
        self._offer("to", ((move.end.value, move.label) for move in moves))
        return super().shown_with(opened)


class ReleaseForm(StaffForm):
    """Putting it back for somebody else."""

    name = "release"
    reason = words("Why, and what the next person should know", rows=2)


class SignpostForm(StaffForm):
    """Somewhere we helped the person to find."""

    name = "signpost"
    seen_version = None  # type: ignore[assignment]
    words = words("Where, and how you helped them to get there", rows=2)


class AllocateForm(StaffForm):
    """Giving it to a navigator."""

    name = "allocate"
    navigator = forms.ModelChoiceField(queryset=User.objects.none(), label="Navigator", empty_label="Choose one")
    reason = words("Why", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["navigator"].queryset = navigators().order_by("first_name", "email")  # type: ignore[attr-defined]


def forms_for(
    referral: Referral, by: User, opened: OpenReferral, sent: StaffForm | None = None
) -> dict[str, StaffForm]:
    """What this worker may do with this referral now, by name; a form that was refused stays, with what was typed."""
    who = standing(referral, by)
    is_near = not who.isdisjoint({Who.HOLDER, Who.LEAD})
    may_reach = is_near and referral.where in CONTACT
    offered: dict[type[StaffForm], bool] = {
        AttemptForm: may_reach and bool(opened.usable),
        OverrideForm: may_reach and bool(opened.barred),
        SignpostForm: may_reach,
        MoveForm: bool(moves_from(referral.where, who)),
        ReleaseForm: is_near and referral.owner_id is not None and referral.where in HELD,
        AllocateForm: Who.LEAD in who and referral.where in HELD,
    }
    forms_shown = {kind.name: kind(referral=referral, by=by) for kind, is_offered in offered.items() if is_offered}
    if sent is not None:
        forms_shown[sent.name] = sent
    return {name: form.shown_with(opened) for name, form in forms_shown.items()}
