"""Putting answers right, closing a way that is not safe any more, and saying that two requests are one person's."""

from collections.abc import Collection, Iterator, Mapping
from copy import copy
from typing import Any, ClassVar, Self

from django import forms

from selfreferral.actions import correcting, merging
from selfreferral.contact.card import CHANNEL_LABELS, SAFE_LABELS, Channel, answer_key
from selfreferral.contact.narrowing import CANNOT_BE_CORRECTED, SAID_BY_LABELS, SaidBy
from selfreferral.deeds.record import may_add
from selfreferral.deeds.shapes import READ_IT, Deed, Group, Situation, StaffForm, VersionedForm, words
from selfreferral.models import Referral
from selfreferral.people import ALLOCATE, WORK
from selfreferral.questions import flow
from selfreferral.questions.forms import field_for
from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Kind, Part, Question, Value
from selfreferral.workflow import ASIDE, HELD, State, Who, may

_PREFIX = "answer-"
DETAIL_LABELS = {
    "phone": "The phone number",
    "email": "The e-mail address",
    "place": "The address or place",
    "referrer_contact": "How to reach whoever told us",
}
WAYS = {answer_key(channel): channel for channel in Channel}
# The questions as they are asked of whoever asks for somebody else: here a worker reads them.
_OF_THEM = {"for_whom": "family_or_friend"}
_SAID_SAFE = "Safe: the person said so, just for this way"


class NarrowForm(StaffForm):
    """A way that is not safe any more; whoever works with the person closes it at once."""

    name = "narrow"
    heading = "A way is not safe any more"
    button = "Close it now"
    group = Group.CARD
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
    """Answers of one part or more; what is changed here counts from now on.

    Each answer goes with what it was when the page was opened, and only what the worker changed is sent on: what
    somebody else put right meanwhile is not taken back. A way opens only where its own choice says so.
    """

    button = "Put it right"
    intro = (
        "What was said before stays in the history. A way to reach them opens only if they said so themselves; on a new "
        "number or address, say of each way again whether it is safe."
    )
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
        asked = {
            f"{_PREFIX}{question.key}": _field(question, flow.full_label(page, question, _OF_THEM))
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

    @property
    def answers(self) -> Iterator[tuple[str, forms.BoundField]]:
        return ((name.removeprefix(_PREFIX), self[name]) for name in self.fields if name.startswith(_PREFIX))

    @property
    def as_opened(self) -> Iterator[str]:
        """What goes hidden with the form: each answer as it was when the page was opened."""
        return (field.as_hidden(only_initial=True) for _, field in self.answers if field.field.show_hidden_initial)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        gone = dict.fromkeys(given.pop("gone", ()), "")
        changed = {key: given.get(field.name, "") for key, field in self.answers if field.name in self.changed_data}
        rest = {key: value for key, value in given.items() if not key.startswith(_PREFIX)}
        return {"changes": gone | changed, **rest}

    def shown_with(self, here: Situation) -> Self:
        """The answers as they stand; a number or an address is shown on the card alone, and there only if it is safe."""
        standing = here.opened.answers
        for key, field in self.answers:
            if key in WAYS:
                said = SAFE_LABELS[here.opened.card.said[WAYS[key]]].lower()
                self.offer(field.name, [("", f"As it is: {said}"), ("no", "Not safe"), ("yes", _SAID_SAFE)])
            elif key not in DETAIL_LABELS:
                self.initial[field.name] = standing.get(key, "")
        if self.is_bound:
            self._stand_over(standing)
        return super().shown_with(here)

    def _stand_over(self, standing: Mapping[str, Value]) -> None:
        """Sent and refused, it is about what is true now: what was not changed shows it, and what was typed stays."""
        data: Any = copy(self.data)
        for key, field in self.answers:
            if not field.field.show_hidden_initial:
                continue
            stays = field.name in self.changed_data
            for name in (field.html_initial_name, *(() if stays else (field.html_name,))):
                _put(data, name, standing.get(key, ""))
        self.data = data


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
    """As the person is asked, but with room to say that nothing was answered, or to leave it as it is."""
    if question.key in WAYS:
        label = "Is it safe to go through the person who told us?" if WAYS[question.key] is Channel.REFERRER else label
        choices = [("", "As it is"), ("no", "Not safe"), ("yes", _SAID_SAFE)]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    if question.key in DETAIL_LABELS:
        field = field_for(question, {})
        field.label, field.help_text = label, "Leave it empty to keep what we have."
        return field
    if question.kind is Kind.ONE:
        choices = [("", "Not answered"), *question.choices]
        return forms.ChoiceField(label=label, choices=choices, required=False, show_hidden_initial=True)
    field = field_for(question, {})
    field.label, field.help_text, field.show_hidden_initial = label, "", True
    return field


def _put(data: Any, name: str, value: Value) -> None:
    if isinstance(value, list):
        data.setlist(name, value)
    else:
        data[name] = value
