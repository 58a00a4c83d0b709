"""What is asked of people about our help, and of the lead before links are made."""

from datetime import date, timedelta
from typing import Any

from django import forms

from portal.forms import PlainField, PublicForm
from portal.spam import Guarded
from selfreferral.actions.surveys import LONGEST_WORDS, MOST_LINKS
from selfreferral.deeds.shapes import DayInput
from selfreferral.models import Survey
from selfreferral.questions.forms import FORGET, PhoneField

USUAL_ROUND = timedelta(days=28)
STARS = [
    ("5", "5 stars: very good"),
    ("4", "4 stars: good"),
    ("3", "3 stars: all right"),
    ("2", "2 stars: not good"),
    ("1", "1 star: bad"),
]
HOW_MANY = f"Enter a number from 1 to {MOST_LINKS}."
PRINTED, LISTED = "printed", "listed"


def _open_question(label: str, hint: str) -> PlainField:
    area = forms.Textarea(attrs={**FORGET, "rows": 4})
    return PlainField(label=label, help_text=hint, required=False, max_length=LONGEST_WORDS, widget=area)


class AnswerForm(Guarded, PublicForm):
    """Stars, and two open questions."""

    stars = forms.TypedChoiceField(
        label="How good was our help?",
        coerce=int,
        choices=STARS,
        widget=forms.RadioSelect(attrs=FORGET),
        error_messages={"required": "Choose one to five stars", "invalid_choice": "Choose one to five stars"},
    )
    good = _open_question("What was good?", "Leave out names, of others and of yourself.")
    better = _open_question("What could be better?", "")


class CallForm(PublicForm):
    """A number, for somebody who wants us to ring."""

    phone = PhoneField(
        label="Your phone number",
        help_text="Like 01234 567890. We ring, and ask for nobody by name.",
        max_length=40,
        widget=forms.TextInput(attrs={**FORGET, "type": "tel"}),
        error_messages={"required": "Enter a phone number, like 01234 567890"},
    )


class LinksForm(forms.Form):
    """A new round of asking."""

    use_required_attribute = False
    audience = forms.TypedChoiceField(
        label="Whom do you ask?", coerce=Survey.Audience, choices=Survey.Audience.choices, widget=forms.RadioSelect
    )
    how_many = forms.IntegerField(
        label="How many links?",
        min_value=1,
        max_value=MOST_LINKS,
        help_text=f"One for each person. Each works once. {MOST_LINKS} at most; for more, make them twice.",
        error_messages={
            "required": HOW_MANY,
            "invalid": HOW_MANY,
            "min_value": HOW_MANY,
            "max_value": f"Make {MOST_LINKS} at most. For more, make them twice.",
        },
    )
    closes_on = forms.DateField(label="Last day on which they work", widget=DayInput)
    shape = forms.ChoiceField(
        label="What do you need?",
        choices=[(PRINTED, "Slips to print and hand out"), (LISTED, "A list to paste into e-mails")],
        initial=PRINTED,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, label_suffix="")
        self.fields["closes_on"].initial = today + USUAL_ROUND
