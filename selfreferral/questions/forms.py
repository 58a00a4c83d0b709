"""The forms of the people who ask: one for each step of the path, and the one that sends."""

import re
from typing import Any

from django import forms
from django.utils import timezone

from portal.forms import PlainField, PublicForm
from portal.spam import Guarded
from selfreferral.models import PersonsWords
from selfreferral.questions.flow import Path, Step, is_year, walk
from selfreferral.questions.shapes import LONGEST, Answers, Kind, Question
from selfreferral.vault import normal_phone

# Nothing that is typed here may be offered to the next person at this phone.
FORGET = {"autocomplete": "off"}
# A mobile number has eleven digits, another number of this country ten or eleven; without its area six to eight.
_PHONE = re.compile(r"07\d{9}|0[1-689]\d{8,9}|[1-9]\d{5,14}")


def is_phone(digits: str) -> bool:
    """Whether these digits can be rung: a slip of one digit in a number of this country is told at once."""
    return bool(_PHONE.fullmatch(digits))


class PhoneField(PlainField):
    """A telephone number as people write it."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_phone(normal_phone(value)):
            raise forms.ValidationError("Enter a phone number like 07700 900123")


class YearField(PlainField):
    """A year of birth."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not (is_year(value) and int(value) <= timezone.localdate().year):
            raise forms.ValidationError("Enter a year with four numbers, like 1984")


class StepForm(PublicForm):
    """The questions of one page. Which page it is goes with it, in case the path changed in another window."""

    page = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, step: Step, answers: Answers, **kwargs: Any) -> None:
        self.step, self.answers = step, answers
        initial = {key: answers[key] for key in step.keys if key in answers}
        super().__init__(*args, initial={**initial, "page": step.page.key}, **kwargs)
        for question in step.questions:
            self.fields[question.key] = field_for(question, answers)

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[question.key] for question in self.step.questions]

    def given(self) -> dict[str, Any]:
        return {key: self.cleaned_data.get(key, "") for key in self.step.keys}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self._ask_for_what_is_lacking(walk({**self.answers, **self.given()}))
        return cleaned

    def _ask_for_what_is_lacking(self, path: Path) -> None:
        lacking = path.lacks(self.step)
        if lacking:
            self.add_error(self.step.keys[0], lacking)


class SendForm(Guarded, PublicForm):
    """Sends the whole; what a machine would do only marks it, for nobody who asks for help is turned away."""


class ComeBackForm(PublicForm):
    """The six words of somebody who comes back."""

    words = PlainField(
        label="Your six words",
        help_text="With a space between them, in the same order.",
        max_length=400,
        widget=forms.TextInput(attrs={**FORGET, "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Enter your six words"},
    )


class SayForm(PublicForm):
    """More words, or something put right."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(PersonsWords.Kind.MORE, "Something more"), (PersonsWords.Kind.WRONG, "Something was wrong")],
        initial=PersonsWords.Kind.MORE,
        widget=forms.RadioSelect(attrs=FORGET),
        error_messages={"required": "Choose what it is", "invalid_choice": "Choose what it is"},
    )
    words = PlainField(
        label="Write it here",
        help_text="For example: a new number, or a way that is not safe any more.",
        max_length=LONGEST[Kind.WORDS],
        widget=forms.Textarea(attrs={**FORGET, "rows": 5}),
        error_messages={"required": "Write something first"},
    )


def field_for(question: Question, answers: Answers) -> forms.Field:
    """The field of one question, the same wherever it is answered: on the web or typed in from paper."""
    words: dict[str, Any] = {"label": question.label(answers), "help_text": question.help(answers)}
    words["required"] = bool(question.must)
    messages = {"required": question.must} if question.must else {}
    match question.kind:
        case Kind.ONE:
            return forms.ChoiceField(choices=question.choices, widget=forms.RadioSelect(attrs=FORGET), **words)
        case Kind.MANY:
            return forms.MultipleChoiceField(
                choices=question.choices, widget=forms.CheckboxSelectMultiple(attrs=FORGET), **words
            )
        case Kind.WORDS:
            area = forms.Textarea(attrs={**FORGET, "rows": 6})
            return PlainField(max_length=LONGEST[question.kind], widget=area, **words)
        case Kind.PHONE:
            widget = forms.TextInput(attrs={**FORGET, "type": "tel"})
            return PhoneField(max_length=LONGEST[question.kind], widget=widget, **words)
        case Kind.EMAIL:
            return forms.EmailField(
                widget=forms.EmailInput(attrs=FORGET),
                error_messages={"invalid": "Enter an e-mail address like name@example.org"},
                **words,
            )
        case Kind.YEAR:
            widget = forms.TextInput(attrs={**FORGET, "inputmode": "numeric"})
            return YearField(max_length=LONGEST[question.kind], widget=widget, **words)
        case Kind.LINE:
            widget = forms.TextInput(attrs=FORGET)
            return PlainField(max_length=LONGEST[question.kind], widget=widget, error_messages=messages, **words)
