"""Putting answers right, closing a way that is not safe any more, and saying that two requests are one person's."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django import forms

from selfreferral.actions import correcting, merging
from selfreferral.contact.card import CHANNEL_LABELS, Channel
from selfreferral.contact.narrowing import CANNOT_BE_CORRECTED, SAID_BY_LABELS, SaidBy
from selfreferral.deeds.record import READ_IT, may_add
from selfreferral.deeds.shapes import Deed, Group, Situation, StaffForm, VersionedForm, words
from selfreferral.models import Referral
from selfreferral.people import ALLOCATE, WORK
from selfreferral.questions import flow
from selfreferral.questions.forms import field_for
from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Kind, Part, Question
from selfreferral.workflow import ASIDE, HELD, State, Who, may

_PREFIX = "answer-"
DETAIL_LABELS = {
    "phone": "The phone number",
    "email": "The e-mail address",
    "place": "The address or place",
    "referrer_contact": "How to reach whoever told us",
}


class NarrowForm(StaffForm):
    """A way that is not safe any more; whoever hears of it closes it at once."""

    name = "narrow"
    heading = "A way is not safe any more"
    button = "Close it now"
    group = Group.BESIDE
    at_sight = READ_IT
    channels = forms.TypedMultipleChoiceField(
        label="Which",
        coerce=Channel,
        choices=[(channel.value, label) for channel, label in CHANNEL_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    why = words("How you know", rows=1)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return may_add(here) and bool(here.opened.card.allowed)

    def shown_with(self, here: Situation) -> Self:
        self.offer("channels", ((channel.value, CHANNEL_LABELS[channel]) for channel in here.opened.card.allowed))
        return super().shown_with(here)


class CorrectForm(VersionedForm):
    """Answers of one part or more, as they stand; what is changed here counts from now on."""

    button = "Put it right"
    intro = "What was said before stays in the history. A way to reach them opens only if they said so themselves."
    parts: ClassVar[Collection[Part]] = ()
    said_by = forms.TypedChoiceField(
        label="Who said so",
        coerce=SaidBy,
        choices=[(said.value, label) for said, label in SAID_BY_LABELS.items()],
        widget=forms.RadioSelect,
    )
    why = words("How you know that it is right", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = {"for_whom": self.referral.source}
        asked = {
            f"{_PREFIX}{question.key}": _field(question, flow.full_label(page, question, whole))
            for page in PAGES
            for question in page.questions
            if question.part in self.parts and question.key not in CANNOT_BE_CORRECTED
        }
        gone = forms.MultipleChoiceField(
            label="Take away",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(key, label) for key, label in DETAIL_LABELS.items() if f"{_PREFIX}{key}" in asked],
        )
        self.fields = {**asked, "gone": gone, **self.fields}

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return here.is_near and here.referral.where not in ASIDE

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        gone = dict.fromkeys(given.pop("gone", ()), "")
        typed = {key.removeprefix(_PREFIX): value for key, value in given.items() if key.startswith(_PREFIX)}
        changes = {key: value for key, value in typed.items() if value or key not in DETAIL_LABELS}
        rest = {key: value for key, value in given.items() if not key.startswith(_PREFIX)}
        return {"changes": gone | changes, **rest}

    def shown_with(self, here: Situation) -> Self:
        """The answers as they stand; a number or an address is shown on the card alone, and there only if it is safe."""
        for key, value in here.opened.answers.items():
            if key not in DETAIL_LABELS:
                self.initial[f"{_PREFIX}{key}"] = value
        return super().shown_with(here)


class CorrectCardForm(CorrectForm):
    """How to reach the person."""

    name = "correct-card"
    heading = "Put the safe-contact card right"
    parts = (Part.CONTACT,)


class CorrectStoryForm(CorrectForm):
    """What they told us, and who told us."""

    name = "correct-story"
    heading = "Put another answer right"
    parts = (Part.STORY, Part.REFERRER)


class MergeForm(VersionedForm):
    """Two requests of one person."""

    name = "merge"
    heading = "It is the same person as in another request"
    intro = (
        "This one becomes a link to the other, and both histories show there. Ways that this one calls unsafe are closed "
        "there too. For seven days you can take it apart again."
    )
    button = "Put them together"
    into = forms.CharField(
        label="Reference of the other one",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = words("How you know that it is the same person", rows=2)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return may(here.referral.where, State.MERGED, here.who)

    def shown_with(self, here: Situation) -> Self:
        alike = [same.referral for same in here.opened.same if same.referral.where in HELD]
        if len(alike) == 1:
            self.initial["into"] = alike[0].reference
        return super().shown_with(here)

    def clean_into(self) -> Referral:
        found = Referral.objects.called(self.cleaned_data["into"]).first()
        if found is None:
            raise forms.ValidationError("There is none with this reference. Look at it again.")
        return found


class UnmergeForm(VersionedForm):
    """Two requests that are not one person's after all."""

    name = "unmerge"
    heading = "It is not the same person after all"
    intro = "It goes back to the queue as new. Ways that were closed on the other one stay closed."
    button = "Take it apart"
    reason = words("Why", rows=2)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return here.referral.where is State.MERGED and Who.LEAD in here.who


DEEDS: tuple[Deed, ...] = (
    Deed(NarrowForm, WORK, correcting.narrow, "Closed. It opens again only when they say so."),
    Deed(CorrectCardForm, WORK, correcting.correct_answers, "Put right."),
    Deed(CorrectStoryForm, WORK, correcting.correct_answers, "Put right."),
    Deed(MergeForm, ALLOCATE, merging.merge, "It leads to the other one now."),
    Deed(UnmergeForm, ALLOCATE, merging.unmerge, "It is new again."),
)


def _field(question: Question, label: str) -> forms.Field:
    """As the person is asked, but with room to say that nothing was answered."""
    if question.kind is Kind.ONE:
        choices = [("", "Not answered"), *question.choices]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    field = field_for(question, {})
    field.label = label
    field.help_text = "Leave it empty to keep what we have." if question.key in DETAIL_LABELS else ""
    return field
