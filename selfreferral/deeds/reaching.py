"""Reaching the person, and where they were helped to go."""

from collections.abc import Collection, Iterator
from typing import Any, Self

from django import forms

from portal.forms import PlainField
from portal.geo.coordinates import Point
from portal.pages.settings import site_identity
from portal.text import plain
from selfreferral.actions import contact
from selfreferral.contact.card import CHANNEL_LABELS, Channel
from selfreferral.contact.outcomes import OUTCOME_LABELS, Outcome, fits
from selfreferral.contact.services import Service, all_if_few, choices, left_out, service_called, services
from selfreferral.deeds.shapes import DayInput, Deed, Group, Situation, StaffForm, VersionedForm, words
from selfreferral.people import WORK
from selfreferral.workflow import CONTACT, HELD

_CHANNELS = [(channel.value, label) for channel, label in CHANNEL_LABELS.items()]
_OUTCOMES = [("", "Choose one"), *((outcome.value, label) for outcome, label in OUTCOME_LABELS.items())]

NOTHING_FOUND = "Nothing in the directory has all these words. Try one word."


def _outcomes_of(channels: Collection[Channel]) -> Iterator[tuple[str, str]]:
    """What can come of these ways; where there are several, each says of which."""
    for outcome, label in OUTCOME_LABELS.items():
        of = [CHANNEL_LABELS[channel].lower() for channel in channels if fits(channel, outcome)]
        if of:
            yield outcome.value, f"{label} ({', '.join(of)})" if len(channels) > 1 else label


def _may_reach(here: Situation) -> bool:
    return here.is_near and here.referral.where in CONTACT


class AttemptForm(VersionedForm):
    """A try to reach the person. Only ways that may be used are shown; the action refuses all others."""

    name = "attempt"
    heading = "Write down a try"
    button = "Write it down"
    group = Group.REACH
    channel = forms.TypedChoiceField(label="How", coerce=Channel, choices=_CHANNELS)
    outcome = forms.TypedChoiceField(label="What came of it", coerce=Outcome, choices=_OUTCOMES)
    answered = words("Who answered, if it was not them", is_required=False, rows=1)
    how_known = words(
        "For a talk: how you knew that it was them",
        is_required=False,
        rows=1,
        hint="For example: she told me what she had written to us.",
    )
    note = words("Note", is_required=False, hint="What was said. Only people in this room can read it.")
    next_try_on = forms.DateField(label="Try again on", required=False, widget=DayInput)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return _may_reach(here) and bool(here.opened.usable)

    def shown_with(self, here: Situation) -> Self:
        usable = here.opened.usable
        self.offer("channel", ((way.channel.value, way.label) for way in usable))
        self.offer("outcome", [("", "Choose one"), *_outcomes_of([way.channel for way in usable])])
        return super().shown_with(here)


class CameForm(VersionedForm):
    """The person came or rang by themselves; no way of theirs was used."""

    name = "came"
    heading = "They came to us, or rang"
    intro = "When you talked with the person without having to reach them. It counts as a real talk."
    button = "Write it down"
    group = Group.CARD
    how_known = words("How you knew that it was them", rows=1)
    note = words("Note", is_required=False, hint="What was said. Only people in this room can read it.")
    next_try_on = forms.DateField(label="Try to reach them on", required=False, widget=DayInput)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return here.is_near and here.referral.where in HELD


class OverrideForm(StaffForm):
    """Leave to use a way that the card does not allow."""

    name = "override"
    heading = "No safe way will do"
    intro = (
        "To use a way that the card does not allow can put somebody in danger. Your reason is kept, with your name. "
        "You may use the way for an hour."
    )
    button = "Use it all the same"
    group = Group.CARD
    channel = forms.TypedChoiceField(label="Which way", coerce=Channel, choices=_CHANNELS)
    reason = words("Why it cannot wait, and why no safe way will do", rows=2)

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return _may_reach(here) and bool(here.opened.barred)

    def shown_with(self, here: Situation) -> Self:
        self.offer("channel", ((way.channel.value, f"{way.label} ({way.said.lower()})") for way in here.opened.barred))
        return super().shown_with(here)


class ServiceField(forms.ChoiceField):
    """A service by its choice, whatever was on the screen when it was chosen."""

    def to_python(self, value: Any) -> Any:
        return value or ""

    def validate(self, value: Any) -> None:
        """Whether it is still there is asked by `clean`."""

    def clean(self, value: Any) -> Service | None:
        typed = super().clean(value)
        found = service_called(str(typed))
        if typed and found is None:
            raise forms.ValidationError("This is not in the directory any more. Look for it again.")
        return found


class SignpostForm(StaffForm):
    """A service of the directory that we helped the person to find."""

    name = "signpost"
    finds_with = "look_for"
    heading = "Somewhere you helped them to find"
    button = "Write it down"
    look_for = PlainField(
        label="Look for it in our directory",
        required=False,
        max_length=100,
        help_text="A word or two, such as “food” or a street. Press Find, then choose from what is found.",
    )
    service = ServiceField(
        label="Where", required=False, help_text="If it is not in our directory, ask for it to be put in."
    )
    words = words("How you told them, and how you helped them to get there", rows=2)
    follow_up_on = forms.DateField(label="Ask how it went on", required=False, widget=DayInput)
    is_duty_to_refer = forms.BooleanField(
        label="I told the council, under the duty to refer",
        required=False,
        help_text="Only where they said yes to being referred, to which council, and to what we tell.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sought = plain(self.data.get("look_for", ""), limit=100)
        chosen = service_called(self.data.get("service", ""))
        self._found = services(sought, near=_middle()) if sought else all_if_few()
        offered = [chosen, *self._found] if chosen and chosen not in self._found else self._found
        first = "Choose one" if offered else "Look for it first"
        self.offer("service", [("", first), *choices(offered)])
        if sought:
            self.fields["service"].help_text = _what_is_left_out(sought) if self._found else NOTHING_FOUND

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        return _may_reach(here)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        sought = told.pop("look_for", "")
        if sought and not told.get("service") and "service" not in self.errors:
            if self._found:
                self.add_error("service", "Choose one of these, or look for other words.")
            else:
                self.add_error("look_for", NOTHING_FOUND)
        return told


def _middle() -> Point:
    """The middle of the place that this site is for."""
    identity = site_identity()
    return Point(identity.latitude, identity.longitude)


def _what_is_left_out(sought: str) -> str:
    more = left_out(sought)
    return f"{'; '.join(more)}, the nearest first. Add a word, such as the place." if more else ""


DEEDS = (
    Deed(AttemptForm, WORK, contact.record_attempt, "Written down."),
    Deed(CameForm, WORK, contact.record_coming, "Written down."),
    Deed(OverrideForm, WORK, contact.override_channel, "You may use this way for an hour."),
    Deed(SignpostForm, WORK, contact.signpost, "Written down."),
)
