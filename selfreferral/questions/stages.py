"""The form on which somebody says how they are, from 1 to 10 in each part of life: for themselves, or typed in by a worker."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from portal.forms import PlainField, PublicForm
from selfreferral.actions.assessments import LONGEST_WORDS
from selfreferral.deeds.shapes import DayInput
from selfreferral.models import Domain, SelfAssessment
from selfreferral.models.assessments import HIGHEST, LOWEST
from selfreferral.questions.forms import FORGET
from selfreferral.reading.assessments import Given

ENDS = {LOWEST: "very hard", HIGHEST: "going well"}
STAGES = [
    (str(stage), f"{stage}: {ENDS[stage]}" if stage in ENDS else str(stage)) for stage in range(LOWEST, HIGHEST + 1)
]


class StagesForm(forms.Form):
    """One question for each part of life; every one may be left."""

    use_required_attribute = False

    def __init__(self, *args: Any, domains: Iterable[Domain], **more: Any) -> None:
        super().__init__(*args, **more)
        self.domains = {_key(domain): domain for domain in domains}
        asked = {key: self._question(domain) for key, domain in self.domains.items()}
        self.fields = {**asked, **self.fields}

    def _question(self, domain: Domain) -> forms.Field:
        return forms.TypedChoiceField(
            label=domain.asks,
            coerce=int,
            empty_value=None,
            required=False,
            choices=[("", self.no_answer), *STAGES],
            widget=forms.Select(attrs=FORGET),
            error_messages={"invalid_choice": f"Choose a number from {LOWEST} to {HIGHEST}"},
        )

    no_answer = "I would rather not say"

    @property
    def stages(self) -> dict[Domain, int]:
        """What was chosen; what was left is not there."""
        chosen = {domain: self.cleaned_data.get(key) for key, domain in self.domains.items()}
        return {domain: stage for domain, stage in chosen.items() if stage is not None}


class OwnStagesForm(StagesForm, PublicForm):
    """For the person: numbers, and words if they like."""

    words = PlainField(
        label="Anything you want to add",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={**FORGET, "rows": 4}),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and not self.stages:
            raise forms.ValidationError("Choose a number for one part at least. You can leave the others.")
        return cleaned


class TypedStagesForm(StagesForm):
    """For a worker who types in a sheet or a talk, or puts right what was typed in wrongly."""

    no_answer = "Left empty"
    given_on = forms.DateField(label="On which day they said it", widget=DayInput)
    way = forms.TypedChoiceField(
        label="How",
        coerce=SelfAssessment.Way,
        choices=[(way.value, way.label) for way in (SelfAssessment.Way.PAPER, SelfAssessment.Way.TALK)],
        widget=forms.RadioSelect,
    )
    words = PlainField(
        label="What they said about it, in their words",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    corrects = forms.ModelChoiceField(
        queryset=SelfAssessment.objects.none(),
        label="It puts an earlier one right",
        required=False,
        empty_label="No, it is a new one",
        help_text="The earlier one stays to be read, and does not count.",
    )

    def __init__(self, *args: Any, given: Iterable[Given], today: date, **more: Any) -> None:
        super().__init__(*args, label_suffix="", **more)
        standing = {str(one.pk): f"{one.day:%-d %B %Y}, {one.way}" for one in given if not one.is_struck and not one.of}
        field: Any = self.fields["corrects"]
        field.queryset = SelfAssessment.objects.numbered(standing)
        field.choices = [("", "No, it is a new one"), *standing.items()]
        self.fields["given_on"].initial = today


class CodeForm(PublicForm):
    """The code that somebody was given."""

    code = PlainField(
        label="Your code",
        help_text="Eight letters and numbers, such as K7MP-2QXR.",
        max_length=40,
        widget=forms.TextInput(attrs={**FORGET, "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Enter the code that you were given"},
    )


def _key(domain: Domain) -> str:
    return f"part_{domain.pk}"
