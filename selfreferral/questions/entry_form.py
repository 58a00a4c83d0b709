"""The one page on which a paper form or a talk is typed in: every question of the path, made as on the web."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from selfreferral import vault
from selfreferral.actions.entering import AGREED_BY, AGREED_WORDS, Agreed, CameBy
from selfreferral.contact.card import DETAIL_OF
from selfreferral.questions import flow
from selfreferral.questions.forms import field_for
from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Answers, Page, Value

LONGEST_TOKEN = 64
# All is asked on one page, so whether a way is safe is asked before we know that there is a number for it.
AS_IF_GIVEN: Answers = dict.fromkeys(DETAIL_OF.values(), "07700 900000")


@dataclass(frozen=True)
class AskedPart:
    """What the web asks on one page."""

    heading: str
    hint: str
    fields: list[forms.BoundField]


class EntryForm(forms.Form):
    """Asks what the answer to "Who is this for?" calls for; `begun` is what was typed so far, where it may not be whole yet.

    `shown_for` goes with the page: a changed answer can call for questions that the page did not have.
    """

    use_required_attribute = False
    token = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_TOKEN)

    def __init__(
        self, data: Any = None, *, came_by: CameBy, pages: tuple[Page, ...] = PAGES, begun: Any = None
    ) -> None:
        super().__init__(data, auto_id="typed_%s", label_suffix="", initial={"token": vault.new_draft_key()})
        typed = self.data if begun is None else begun
        self.shown_for = typed.get("for_whom", "")
        self.steps = _asked(self.shown_for, pages)
        for step in self.steps:
            for question in step.questions:
                self.fields[question.key] = field_for(question, self.for_whom)
        if came_by is CameBy.PAPER:
            self.fields["handed_in_on"] = forms.DateField(
                label="Handed in on",
                help_text="From then on they wait to hear from us.",
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
                error_messages={"required": "Say on which day it was handed in", "invalid": "Enter a day"},
            )
        self.fields["agreed"] = forms.ChoiceField(
            label="How do we know that they want this?",
            choices=[(agreed.value, AGREED_WORDS[agreed]) for agreed in AGREED_BY[came_by]],
            widget=forms.RadioSelect,
            error_messages={"required": "Say how we know that they want this"},
        )
        if begun is not None:
            self.initial = {
                name: field.widget.value_from_datadict(begun, {}, name) for name, field in self.fields.items()
            }

    @property
    def for_whom(self) -> Answers:
        return {"for_whom": self.shown_for}

    @property
    def sections(self) -> Iterator[AskedPart]:
        for step in self.steps:
            bound = [self[question.key] for question in step.questions]
            yield AskedPart(step.page.title(self.for_whom), step.page.hint, bound)

    @property
    def asks_more(self) -> bool:
        """Whether there are questions now that the page which was sent did not have."""
        return not _keys(self.steps) <= _keys(_asked(self.data.get("shown_for", ""), PAGES))

    @property
    def answers(self) -> dict[str, Value]:
        return {key: self.cleaned_data.get(key, "") for key in _keys(self.steps)}

    @property
    def says_danger(self) -> bool:
        """Whether somebody is in danger now, however little else is filled in yet."""
        return bool(self["danger"].value() == "yes")

    @property
    def handed_in_on(self) -> date | None:
        return self.cleaned_data.get("handed_in_on")

    @property
    def agreed(self) -> Agreed:
        return Agreed(self.cleaned_data["agreed"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            path = flow.walk({key: cleaned.get(key, "") for key in _keys(self.steps)})
            for step in path.steps:
                asked = next(one for one in self.steps if one.page.key == step.page.key)
                if lacking := path.lacks(step):
                    self.add_error(asked.keys[0], lacking)
                    break
        return cleaned


def _asked(for_whom: str, pages: tuple[Page, ...]) -> tuple[flow.Step, ...]:
    return flow.walk({**AS_IF_GIVEN, "for_whom": for_whom}, pages).steps


def _keys(steps: tuple[flow.Step, ...]) -> set[str]:
    return {key for step in steps for key in step.keys}
