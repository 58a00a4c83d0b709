"""The plain rows in which staff say when a place is open: one small form a row, together the usual hours."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from engagement.directory.hours.row_words import MONTH_NAMES, day_of_year
from engagement.directory.hours.rows import (
    LONGEST_NOTE,
    BankHolidays,
    DayOfYear,
    How,
    Part,
    Problem,
    Row,
    UsualHours,
    problems,
    to_value,
)
from engagement.directory.hours.words import LONGEST_VALUE
from portal.clock import WEEKDAYS

PREFIX = "hours"
SPARE_ROWS = 2
MOST_ROWS = 30
ON_BANK_HOLIDAYS = "PH"
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})")


class DayOfYearField(forms.CharField):
    """A day without its year, written as people write it: "1 November"."""

    def to_python(self, value: Any) -> DayOfYear | None:  # type: ignore[override]
        words = (super().to_python(value) or "").lower()
        if not words:
            return None
        found = _DAY.fullmatch(words)
        months = [n for n, name in enumerate(MONTH_NAMES, start=1) if found and name.lower().startswith(found[2])]
        if found is None or len(months) != 1:
            raise forms.ValidationError("Write a day of the year, such as 1 November.")
        return months[0], int(found[1])

    def prepare_value(self, value: Any) -> Any:
        return day_of_year(value) if isinstance(value, tuple) else value


class RowForm(forms.Form):
    """One row; a row of which nothing is chosen is no row."""

    days = forms.MultipleChoiceField(
        label="Days",
        required=False,
        choices=[
            *((str(number), name[:3]) for number, name in enumerate(WEEKDAYS)),
            (ON_BANK_HOLIDAYS, "bank holidays"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    weeks = forms.MultipleChoiceField(
        label="Only in these weeks of the month",
        required=False,
        choices=[("1", "first"), ("2", "second"), ("3", "third"), ("4", "fourth"), ("-1", "last")],
        widget=forms.CheckboxSelectMultiple,
    )
    how = forms.ChoiceField(
        label="It is",
        required=False,
        choices=[
            (How.OPEN.value, "open"),
            (How.ALL_DAY.value, "open all day and night"),
            (How.BY_APPOINTMENT.value, "by appointment"),
            (How.CLOSED.value, "closed"),
        ],
    )
    opens = forms.TimeField(
        label="From", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes = forms.TimeField(label="To", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    note = forms.CharField(
        label="A short note, such as “while the soup lasts”", required=False, max_length=LONGEST_NOTE, strip=True
    )
    part = forms.ChoiceField(
        label="Part of the year",
        required=False,
        choices=[
            (Part.ALL_YEAR.value, "all year"),
            (Part.DATES.value, "between two dates"),
            (Part.TERM_TIME.value, "in term time only"),
            (Part.SCHOOL_HOLIDAYS.value, "in the school holidays only"),
        ],
    )
    first = DayOfYearField(label="First day, such as 1 November", required=False, max_length=20)
    last = DayOfYearField(label="Last day, such as 31 March", required=False, max_length=20)

    @property
    def says_more(self) -> bool:
        """Whether anything beside days and times is chosen in it, or is wrong there."""
        more = ("weeks", "note", "first", "last")
        has_part = (self["part"].value() or Part.ALL_YEAR.value) != Part.ALL_YEAR.value
        return has_part or any(self[name].value() or self[name].errors for name in more)

    @property
    def is_empty(self) -> bool:
        said = self.cleaned_data
        is_removed = bool(said.get(forms.formsets.DELETION_FIELD_NAME))
        chosen = any(said.get(name) for name in ("days", "weeks", "opens", "closes", "note", "first", "last"))
        is_open = (said.get("how") or How.OPEN.value) == How.OPEN.value
        plain = is_open and (said.get("part") or Part.ALL_YEAR.value) == Part.ALL_YEAR.value
        return is_removed or (not chosen and plain and not self.errors)

    @property
    def row(self) -> Row:
        said = self.cleaned_data
        days = said.get("days", [])
        part = Part(said.get("part") or Part.ALL_YEAR)
        goes_by_dates = part is Part.DATES
        return Row(
            days=tuple(int(day) for day in days if day != ON_BANK_HOLIDAYS),
            on_bank_holidays=ON_BANK_HOLIDAYS in days,
            weeks=tuple(int(week) for week in said.get("weeks", [])),
            how=How(said.get("how") or How.OPEN),
            opens=said.get("opens"),
            closes=said.get("closes"),
            note=said.get("note", ""),
            part=part,
            first=said.get("first") if goes_by_dates else None,
            last=said.get("last") if goes_by_dates else None,
        )


class HolidaysForm(forms.Form):
    """What holds on bank holidays."""

    bank_holidays = forms.ChoiceField(
        label="On bank holidays",
        required=False,
        choices=[
            (BankHolidays.NOT_SAID.value, "nobody has said"),
            (BankHolidays.CLOSED.value, "closed"),
            (BankHolidays.AS_USUAL.value, "as usual"),
            (BankHolidays.BY_ROWS.value, "as the rows say that tick bank holidays"),
        ],
    )


class RowFormSet(forms.BaseFormSet):
    """All rows of a place, checked together; what is wrong stands at its row."""

    holidays: HolidaysForm
    usual: UsualHours | None = None
    default_error_messages = {
        **forms.BaseFormSet.default_error_messages,
        "missing_management_form": "The rows did not arrive. Open this page again.",
    }

    def clean(self) -> None:
        self.holidays.full_clean()
        if any(self.errors) or not self.holidays.is_valid():
            return
        kept = [form for form in self.forms if not form.is_empty]
        said = self.holidays.cleaned_data["bank_holidays"] or BankHolidays.NOT_SAID
        usual = UsualHours(tuple(form.row for form in kept), BankHolidays(said))
        for problem in problems(usual):
            self._say(problem, kept)
        if len(to_value(usual) if not problems(usual) else "") > LONGEST_VALUE:
            raise forms.ValidationError("These are more rows than we can keep. Shorten the notes, or join rows.")
        if not any(form.errors for form in kept) and not self.holidays.errors:
            self.usual = usual

    def _say(self, problem: Problem, kept: list[Any]) -> None:
        if problem.row is not None:
            kept[problem.row].add_error(problem.field, problem.words)
        elif problem.field:
            self.holidays.add_error(problem.field, problem.words)
        else:
            raise forms.ValidationError(problem.words)


_Rows = forms.formset_factory(
    RowForm, RowFormSet, extra=0, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 5
)


def typed_rows(data: QueryDict) -> Any:
    """The rows as somebody has typed them."""
    formset: Any = _Rows(data, prefix=PREFIX)
    formset.holidays = HolidaysForm(data, prefix=PREFIX)
    return formset


def taken_out(data: QueryDict, number: str) -> QueryDict:
    """What was typed, with one row marked as taken out; as it is where none is named."""
    if not number:
        return data
    marked = data.copy()
    marked[f"{PREFIX}-{number}-{forms.formsets.DELETION_FIELD_NAME}"] = "on"
    return marked


def refilled_rows(data: QueryDict, *, spare: int) -> Any:
    """The rows as somebody has typed them, right or wrong, without those taken out, with room for more."""
    typed = typed_rows(data)
    kept = [form for form in typed.forms if not form["DELETE"].value()]
    initial = [{name: form[name].value() for name in RowForm.base_fields} for form in kept]
    formset: Any = _Rows(initial=[*initial, *({} for _ in range(spare if initial else 1))][:MOST_ROWS], prefix=PREFIX)
    formset.holidays = HolidaysForm(initial={"bank_holidays": data.get(f"{PREFIX}-bank_holidays", "")}, prefix=PREFIX)
    return formset


def filled_rows(usual: UsualHours | None, *, spare: int = SPARE_ROWS) -> Any:
    """Rows to fill in: those of the hours, then a few that are empty."""
    usual = usual or UsualHours()
    formset: Any = _Rows(initial=[*_initial(usual.rows), *({} for _ in range(spare))], prefix=PREFIX)
    formset.holidays = HolidaysForm(initial={"bank_holidays": usual.bank_holidays.value}, prefix=PREFIX)
    return formset


def _initial(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [
        {
            "days": [*(str(day) for day in row.days), *([ON_BANK_HOLIDAYS] if row.on_bank_holidays else [])],
            "weeks": [str(week) for week in row.weeks],
            "how": row.how.value,
            "opens": row.opens,
            "closes": row.closes,
            "note": row.note,
            "part": row.part.value,
            "first": row.first,
            "last": row.last,
        }
        for row in rows
    ]
