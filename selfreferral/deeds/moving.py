"""Moving a referral on, putting it back, and giving it to somebody."""

from typing import Any, Self

from django import forms

from portal.accounts.models import User
from selfreferral.actions import allocation, triage
from selfreferral.deeds.shapes import DayInput, Deed, Group, Situation, StaffForm, words
from selfreferral.people import ALLOCATE, WORK, navigators
from selfreferral.workflow import HELD, STAFF_LABELS, State, Who, moves_from

_STATES = [(state.value, label) for state, label in STAFF_LABELS.items()]


class MoveForm(StaffForm):
    """What happens next. Only the table's moves for this worker are shown; the action refuses all others."""

    name = "move"
    heading = "What happens next"
    button = "Move on"
    group = Group.NEXT
    to = forms.TypedChoiceField(label="Choose one", coerce=State, choices=_STATES, widget=forms.RadioSelect)
    reason = words("Why", hint="In a few words. It stays with the referral.")
    next_try_on = forms.DateField(
        label="Try again on", required=False, widget=DayInput, help_text="Needed when the door is left open."
    )

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return bool(moves_from(here.referral.where, here.who))

    def shown_with(self, here: Situation) -> Self:
        moves = moves_from(here.referral.where, here.who)
        self.offer("to", ((move.end.value, move.label) for move in moves))
        return super().shown_with(here)


class ReleaseForm(StaffForm):
    """Putting it back for somebody else."""

    name = "release"
    heading = "Put it back"
    button = "Put it back"
    reason = words("Why, and what the next person should know", rows=2)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return here.is_near and here.referral.owner_id is not None and here.referral.where in HELD


class AllocateForm(StaffForm):
    """Giving it to a navigator."""

    name = "allocate"
    heading = "Give it to a navigator"
    button = "Give it"
    navigator = forms.ModelChoiceField(queryset=User.objects.none(), label="Navigator", empty_label="Choose one")
    reason = words("Why", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["navigator"].queryset = navigators().order_by("first_name", "email")  # type: ignore[attr-defined]

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return Who.LEAD in here.who and here.referral.where in HELD


DEEDS = (
    Deed(MoveForm, WORK, triage.move, "Moved on."),
    Deed(ReleaseForm, WORK, triage.release, "It is back for somebody else to pick up."),
    Deed(AllocateForm, ALLOCATE, allocation.allocate, "Given."),
)
