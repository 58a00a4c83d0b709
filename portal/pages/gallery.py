"""Sample data for the page that shows every component; about nobody, and nothing is stored."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.utils.datastructures import MultiValueDict

from portal.paging import Page

SHAPES = [
    *("circle", "triangle", "diamond", "square", "ring", "cross", "tick"),
    *("window", "shutters", "info", "warning"),
]


class _DateBoxes(forms.MultiWidget):
    """Day, month and year in three boxes, as the date field component draws them."""

    use_fieldset = True

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(("day", "month", "year"), forms.TextInput))

    def decompress(self, value: Any) -> list[str]:
        return list(value or ["", "", ""])


class _DateField(forms.MultiValueField):
    widget = _DateBoxes

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields=[forms.CharField() for _ in range(3)], **kwargs)

    def compress(self, data_list: list[str]) -> list[str]:
        return data_list


class SampleForm(forms.Form):
    """One field of each kind, with the words a resident would meet."""

    name = forms.CharField(label="What should we call you?", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    postcode = forms.CharField(
        label="Your postcode",
        help_text="We use it to show what is near. For example, SR8 4LX.",
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"required": "Enter a postcode like SR8 4LX, or choose a street"},
    )
    words = forms.CharField(
        label="Tell us what would help", help_text="A few words are enough.", required=False, widget=forms.Textarea
    )
    street = forms.ChoiceField(
        label="Street",
        required=False,
        choices=[("", "Choose a street"), ("third", "Third Street"), ("park", "The park")],
    )
    feeling = forms.ChoiceField(
        label="How do you feel about this place?",
        widget=forms.RadioSelect,
        choices=[("good", "It is good"), ("needs_work", "It needs work"), ("idea", "I have an idea")],
        error_messages={"required": "Choose how you feel about it"},
    )
    ways = forms.MultipleChoiceField(
        label="How may we reach you?",
        help_text="Tick all that are safe.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("ring", "Ring me"), ("text", "Text me"), ("letter", "Write to me")],
    )
    moved_on = _DateField(label="When did you move here?", help_text="For example, 27 3 2019.", required=False)
    photo = forms.FileField(label="A photo", required=False)
    agrees = forms.BooleanField(label="You may show my words on the map", required=False)


class SamplePin(forms.Form):
    """The two boxes that a pin fills."""

    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)


class SampleFilters(forms.Form):
    """What a list can be narrowed by."""

    kind = forms.MultipleChoiceField(
        label="What for?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("warm", "Somewhere warm"), ("food", "Something to eat"), ("advice", "Advice")],
    )


def _form_with_mistakes() -> SampleForm:
    form = SampleForm({"name": "Ann", "ways": ["ring"]}, files=MultiValueDict(), auto_id="mistake_%s")
    form.full_clean()
    return form


def sample() -> dict[str, object]:
    """Everything the gallery's template shows, by the name of the component."""
    open_line = SimpleNamespace(is_open=True, label="Open until 4pm")
    shut_line = SimpleNamespace(is_open=False, label="Opens Wednesday 11:30am")
    return {
        "form": SampleForm(auto_id="sample_%s"),
        "filters": SampleFilters(auto_id="filter_%s"),
        "pin": SamplePin(),
        "mistakes": _form_with_mistakes(),
        "rows": [
            {
                "title": "Horden Youth and Community Centre",
                "url": "#youth-centre",
                "status": open_line,
                "distance": "6 minutes' walk",
                "meta": "Warm, free, hot drinks, computers",
            },
            {
                "title": "Cafe 100, Centennial Centre",
                "url": "#cafe",
                "status": shut_line,
                "distance": "9 minutes' walk",
                "meta": "Breakfast sandwiches and scones, £3.50",
                "tag": SimpleNamespace(label="Not this Wednesday: boiler broken", shape="cross"),
            },
            {
                "title": "The back lane is never lit",
                "url": "#lane",
                "meta": "Third Street, 12 days ago",
                "tag": SimpleNamespace(label="Needs work", shape="triangle"),
            },
        ],
        "open_line": open_line,
        "shut_line": shut_line,
        "shapes": SHAPES,
        "messages": [
            Message(constants.SUCCESS, "Thank you. We have your words, and a person will read them."),
            Message(constants.ERROR, "That did not work. Nothing was lost: send it again, or ring us."),
        ],
        "page": Page([], before="before", after="after"),
        "answers": [
            {"label": "What should we call you?", "value": "Ann", "change_url": "#name"},
            {"label": "What would help?", "value": "Somebody to ring the council with me", "change_url": "#words"},
            {"label": "Your postcode", "value": "", "change_url": "#postcode"},
        ],
        "in_force": [{"label": "Warm spaces", "url": "#warm"}, {"label": "Free", "url": "#free"}],
    }
