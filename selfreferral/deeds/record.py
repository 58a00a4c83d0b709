"""What is written beside a referral: notes, risks, safeguarding, and who knows the person."""

from datetime import datetime, timedelta
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.text import Truncator

from portal.accounts.models import User
from selfreferral.actions import acquaintances, record
from selfreferral.deeds.shapes import READ_IT, DayInput, Deed, Group, Situation, StaffForm, words
from selfreferral.models import Note, RiskFlag, SafeguardingDecision
from selfreferral.people import ALLOCATE, WORK
from selfreferral.seeing.sight import Sight
from selfreferral.workflow import ASIDE, Who

USUAL_REVIEW = timedelta(days=28)


def may_add(here: Situation) -> bool:
    """Whoever reads it may add to it."""
    return not here.who.isdisjoint({Who.NAVIGATOR, Who.LEAD}) and here.referral.where not in ASIDE


class WritingForm(StaffForm):
    """Something that is added, and so never stands in anybody's way."""

    group = Group.RECORD
    at_sight = READ_IT

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return may_add(here)


class NoteForm(WritingForm):
    """A note, or one that puts an earlier one right."""

    name = "note"
    heading = "Write a note"
    button = "Write it down"
    words = words("Note", hint="The person can ask to read what we write about them.")
    is_about_others = forms.BooleanField(
        label="It tells about somebody else too",
        required=False,
        help_text="Then it is not handed out without being looked at first.",
    )
    corrects = forms.ModelChoiceField(
        queryset=Note.objects.none(),
        label="It puts an earlier note right",
        required=False,
        empty_label="No, it is new",
        help_text="The earlier one stays, struck through.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["corrects"].queryset = self.referral.notes.all()  # type: ignore[attr-defined]

    def shown_with(self, here: Situation) -> Self:
        standing = [note for note in here.opened.record.notes if not note.is_struck and not note.of]
        self.offer(
            "corrects", [("", "No, it is new"), *((str(note.pk), _first(note.at, note.words)) for note in standing)]
        )
        return super().shown_with(here)


class FlagForm(WritingForm):
    """A risk that whoever goes near must know."""

    name = "flag"
    heading = "Warn others of a risk"
    button = "Warn them"
    words = words("What to know", hint="For example: a dog that bites, or somebody who listens in.", rows=2)
    source = forms.TypedChoiceField(
        label="From whom we know it", coerce=RiskFlag.Source, choices=RiskFlag.Source.choices, widget=forms.RadioSelect
    )
    review_on = forms.DateField(label="Look at it again on", widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].initial = timezone.localdate() + USUAL_REVIEW


class ReviewForm(WritingForm):
    """A risk, looked at again."""

    name = "review"
    heading = "Look at a risk again"
    button = "Write it down"
    flag = forms.ModelChoiceField(queryset=RiskFlag.objects.none(), label="Which", empty_label="Choose one")
    is_over = forms.TypedChoiceField(
        label="Is it still there?",
        coerce=lambda value: value == "yes",
        choices=[("no", "Yes, it stays"), ("yes", "No, it is over")],
        widget=forms.RadioSelect,
    )
    review_on = forms.DateField(label="If it stays, look again on", required=False, widget=DayInput)
    why = words("How you know", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["flag"].queryset = self.referral.flags.all()  # type: ignore[attr-defined]

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return may_add(here) and bool(here.opened.record.risks)

    def shown_with(self, here: Situation) -> Self:
        risks = ((str(risk.pk), _first(risk.raised_at, risk.words)) for risk in here.opened.record.risks)
        self.offer("flag", [("", "Choose one"), *risks])
        return super().shown_with(here)


class SafeguardingForm(WritingForm):
    """What was decided about safeguarding, also where nothing was sent."""

    name = "safeguarding"
    heading = "Safeguarding"
    intro = "If somebody is in danger now, ring 999 first. Then write down what you decided, also if you sent nothing."
    button = "Write it down"
    outcome = forms.TypedChoiceField(
        label="What you decided",
        coerce=SafeguardingDecision.Outcome,
        choices=SafeguardingDecision.Outcome.choices,
        widget=forms.RadioSelect,
    )
    about = forms.TypedChoiceField(
        label="About", coerce=SafeguardingDecision.About, choices=SafeguardingDecision.About.choices
    )
    consent = forms.ChoiceField(
        label="If you sent it: did they say yes?",
        required=False,
        choices=[("", "Choose one"), *SafeguardingDecision.Consent.choices],
    )
    sent_at = forms.DateTimeField(
        label="If you sent it: when",
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    why = words("Why", hint="If they did not say yes, also why it had to be done without.", rows=3)


class KnowForm(StaffForm):
    """I know this person."""

    name = "know"
    heading = "I know this person"
    intro = (
        "A neighbour, a friend, family: then you should not read this. It closes to you at once, and goes back to the "
        "others if you hold it. Only the lead can open it to you again. If you are not sure, you can say it later too, as "
        "soon as you have read enough to know."
    )
    button = "I know them: close it to me"
    at_sight = READ_IT | {Sight.MASKED}

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return not here.who.isdisjoint({Who.NAVIGATOR, Who.LEAD})


class LiftForm(StaffForm):
    """Opening it again to somebody who said that they know the person."""

    name = "lift"
    heading = "Open it again to somebody who knows them"
    button = "Open it to them"
    known_by = forms.ModelChoiceField(queryset=User.objects.none(), label="To whom", empty_label="Choose one")
    reason = words("Why", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        closed_to = self.referral.acquaintances.in_force().values("known_by")
        self.fields["known_by"].queryset = User.objects.filter(pk__in=closed_to)  # type: ignore[attr-defined]

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return Who.LEAD in here.who and bool(here.opened.record.kept_from)


DEEDS: tuple[Deed, ...] = (
    Deed(NoteForm, WORK, record.write_note, "Written down."),
    Deed(FlagForm, WORK, record.raise_flag, "Everybody who opens it sees it first."),
    Deed(ReviewForm, WORK, record.review_flag, "Written down."),
    Deed(SafeguardingForm, WORK, record.decide_safeguarding, "Written down."),
    Deed(KnowForm, WORK, acquaintances.say_i_know_them, "It is closed to you now."),
    Deed(LiftForm, ALLOCATE, acquaintances.lift_acquaintance, "It is open to them again."),
)


def _first(at: datetime, words: str) -> str:
    return f"{timezone.localtime(at):%-d %B, %H:%M}: {Truncator(words).chars(60)}"
