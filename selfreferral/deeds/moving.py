"""Moving a referral on, keeping or putting it back, how urgent it is, and giving it to somebody."""

from functools import partial
from typing import Any, Self

from django import forms
from django.utils import timezone

from portal.accounts.models import User
from selfreferral.actions import allocation, leases, triage, urgency
from selfreferral.deeds.shapes import READ_IT, DayInput, Deed, Group, Situation, StaffForm, VersionedForm, words
from selfreferral.people import ALLOCATE, WORK, navigators
from selfreferral.seeing.sight import Sight
from selfreferral.workflow import HELD, STAFF_LABELS, Move, Need, State, Who, moves_from

_STATES = [(state.value, label) for state, label in STAFF_LABELS.items()]


class MoveForm(VersionedForm):
    """What happens next. Only the table's moves for this worker are shown; the action refuses all others."""

    name = "move"
    heading = "What happens next"
    button = "Move on"
    group = Group.NEXT
    at_sight = READ_IT
    to = forms.TypedChoiceField(label="Choose one", coerce=State, choices=_STATES, widget=forms.RadioSelect)
    reason = words("Why", hint="In a few words. It stays with the referral.")
    next_try_on = forms.DateField(
        label="Try again on", required=False, widget=DayInput, help_text="Needed when the door is left open."
    )

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return bool(cls._moves(here))

    @staticmethod
    def _moves(here: Situation) -> list[Move]:
        """Whoever may only read it can open it again, and no more."""
        moves = moves_from(here.referral.where, here.who)
        return [move for move in moves if here.opened.sight is Sight.OPEN or move.is_reopening]

    def shown_with(self, here: Situation) -> Self:
        moves = self._moves(here)
        self.offer("to", ((move.end.value, move.label) for move in moves))
        if not any(Need.NEXT_TRY in move.needs for move in moves):
            del self.fields["next_try_on"]
        return super().shown_with(here)


class RenewForm(StaffForm):
    """More time to read."""

    name = "renew"
    heading = "You are reading this"
    intro = "It is kept for you for half an hour, and longer each time you do something with it."
    button = "Keep it for longer"
    group = Group.NEXT

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return Who.HOLDER in here.who and here.referral.where is State.SCREENING and bool(here.referral.lease_until)

    def shown_with(self, here: Situation) -> Self:
        if here.referral.has_lapsed(timezone.now()):
            self.heading = "Your time to read this is over"
            self.intro = "Anybody can pick it up now. Nobody has yet: keep it if you go on with it."
        elif here.referral.lease_until:
            until = timezone.localtime(here.referral.lease_until)
            self.heading = f"Yours to read until {until:%H:%M}"
        return super().shown_with(here)


class UrgentForm(VersionedForm):
    """Somebody who cannot wait."""

    name = "urgent"
    heading = "They cannot wait"
    intro = "They go to the top, and hear from us sooner."
    button = "Mark it urgent"
    reason = words("Why they cannot wait", rows=2)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return not here.referral.is_urgent and urgency.may_decide(here.referral, here.who)


class NotUrgentForm(VersionedForm):
    """Somebody who can wait after all."""

    name = "not-urgent"
    heading = "They can wait after all"
    intro = "They go back among the others, by how long they have waited."
    button = "It is not urgent"
    reason = words("Why they can wait", rows=2)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return here.referral.is_urgent and urgency.may_decide(here.referral, here.who)


class ReleaseForm(VersionedForm):
    """Putting it back for somebody else."""

    name = "release"
    heading = "Put it back"
    button = "Put it back"
    reason = words("Why, and what the next person should know", rows=2)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return here.is_near and here.referral.owner_id is not None and here.referral.where in HELD


class AllocateForm(VersionedForm):
    """Giving it to a navigator."""

    name = "allocate"
    heading = "Give it to a navigator"
    button = "Give it"
    navigator = forms.ModelChoiceField(queryset=User.objects.none(), label="Navigator", empty_label="Choose one")
    reason = words("Why", rows=2)
    meeting = words(
        "Who settled it, and when",
        hint="Names and the day of the meeting. If you did it alone, say so.",
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["navigator"].queryset = navigators().order_by("first_name", "email")  # type: ignore[attr-defined]

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return Who.LEAD in here.who and here.referral.where in HELD

    def shown_with(self, here: Situation) -> Self:
        if offer := here.opened.answers.get("offer"):
            self.intro = f"Whoever told us can keep doing this: {offer}"
        return super().shown_with(here)


DEEDS = (
    Deed(MoveForm, WORK, triage.move, "Moved on."),
    Deed(RenewForm, WORK, leases.renew_lease, "It is yours to read for longer."),
    Deed(UrgentForm, WORK, partial(urgency.mark_urgent, is_urgent=True), "Marked urgent."),
    Deed(NotUrgentForm, WORK, partial(urgency.mark_urgent, is_urgent=False), "It is not urgent any more."),
    Deed(ReleaseForm, WORK, triage.release, "It is back for somebody else to pick up."),
    Deed(AllocateForm, ALLOCATE, allocation.allocate, "Given."),
)
