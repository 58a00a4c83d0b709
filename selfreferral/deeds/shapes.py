"""What a deed is: something that a worker may do with a referral, with its form, its words and who is offered it."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Self

from django import forms
from django.forms.utils import ErrorDict
from django.utils.dateparse import parse_datetime

from portal.accounts.models import User
from portal.forms import PlainField
from selfreferral.models import Referral
from selfreferral.people import standing
from selfreferral.reading import Entry, OpenReferral
from selfreferral.seeing.sight import Sight
from selfreferral.workflow import Who

LONGEST_NOTE = 5000
FIND = "find"
# Whoever holds it, and a colleague who said why.
READ_IT = frozenset({Sight.OPEN, Sight.READ_ONLY})


class Group(StrEnum):
    """Where on the page of a referral a deed stands; the less often it is done, the further down.

    On the card is what may be done about how to reach the person; on the line is a button beside each thing that it is
    about. The page shows every form of a group, so that none is left out.
    """

    CARD = "card"
    REACH = "reach"
    NEXT = "next"
    RECORD = "record"
    MORE = "more"
    LINE = "line"


@dataclass(frozen=True)
class Situation:
    """A worker before an open referral."""

    referral: Referral
    by: User
    opened: OpenReferral

    @cached_property
    def who(self) -> frozenset[Who]:
        return standing(self.referral, self.by)

    @property
    def is_near(self) -> bool:
        """Whether the worker holds it, or leads."""
        return not self.who.isdisjoint({Who.HOLDER, Who.LEAD})


class DayInput(forms.DateInput):
    """The browser's own way to choose a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def words(label: str, *, is_required: bool = True, hint: str = "", rows: int = 3) -> PlainField:
    """Words of a worker: plain text, sealed when they are stored."""
    return PlainField(
        label=label,
        required=is_required,
        help_text=hint,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
    )


def _moment(typed: str) -> datetime | None:
    try:
        moment = parse_datetime(typed)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


class StaffForm(forms.Form):
    """A form about one referral, for one worker.

    `name` is also the last part of its address; `heading` and `intro` stand above it, `button` on it. `at_sight` says
    who may send it: whoever works with the referral and, where it says so, whoever only reads it or may not read it.
    """

    use_required_attribute = False
    name: ClassVar[str] = ""
    heading: str = ""
    intro: str = ""
    button: ClassVar[str] = ""
    group: ClassVar[Group] = Group.MORE
    at_sight: ClassVar[frozenset[Sight]] = frozenset({Sight.OPEN})
    # After this field stands a button that looks something up: it sends nothing off, and keeps all that was typed.
    finds_with: ClassVar[str] = ""

    def __init__(self, data: Any = None, *, referral: Referral, by: User) -> None:
        super().__init__(data, auto_id=f"{self.name}_%s", label_suffix="")
        self.referral, self.by = referral, by
        self.seen_at = _moment(data.get("seen_at", "")) if data else None

    @property
    def is_looking(self) -> bool:
        """Whether the button was pressed that only looks something up."""
        return bool(self.finds_with) and FIND in self.data

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_looking:
            self._errors = ErrorDict()

    def meanwhile(self, history: Iterable[Entry]) -> list[Entry]:
        """What was done since the page was opened on which this was typed, the latest first."""
        return [entry for entry in history if self.seen_at is not None and entry.at > self.seen_at]

    @classmethod
    def is_offered(cls, here: Situation) -> bool:
        """Whether this worker may do it now; the action refuses all others too."""
        raise NotImplementedError

    def shown_with(self, here: Situation) -> Self:
        """Ready to be shown beside what the worker sees now."""
        return self

    def in_words(self) -> list[tuple[str, str]]:
        """What was typed or chosen, field by field, for somebody who can only read it again."""
        filled = [field for field in self.visible_fields() if field.value()]
        return [(str(field.label), _in_words(field)) for field in filled]

    def offer(self, field: str, choices: Iterable[tuple[str, Any]]) -> None:
        """Show these choices alone."""
        self.fields[field].choices = list(choices)  # type: ignore[attr-defined]


def _in_words(field: forms.BoundField) -> str:
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return "Yes"
    chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
    choices = getattr(field.field, "choices", ())
    return ", ".join(str(label) for key, label in choices if str(key) in chosen) or str(value)


class VersionedForm(StaffForm):
    """It carries the version of the referral that it was opened on, and is refused when that has changed."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, referral: Referral, by: User) -> None:
        super().__init__(data, referral=referral, by=by)
        self.initial["seen_version"] = referral.version

    def shown_with(self, here: Situation) -> Self:
        """Sent again, it is about what the worker sees now."""
        if self.is_bound:
            data: Any = copy(self.data)
            data["seen_version"] = str(self.referral.version)
            self.data = data
        return super().shown_with(here)


@dataclass(frozen=True)
class Deed:
    """A form, who may send it, the action that it leads to, and what is said when it is done."""

    form: type[StaffForm]
    permission: str
    act: Callable[..., object]
    thanks: str
