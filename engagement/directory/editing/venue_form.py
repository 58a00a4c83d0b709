"""The form in which staff keep a venue; saving it calls the action, so that history is written."""

from typing import Any

from django.forms.utils import ErrorDict
from django.forms.widgets import Script

from engagement.directory.actions import add_or_update_venue
from engagement.directory.editing.hours_rows import PREFIX, filled_rows, refilled_rows, taken_out, typed_rows
from engagement.directory.editing.two_tabs import OnceForm, mark
from engagement.directory.hours import read_text
from engagement.directory.hours.row_values import from_value, in_term_where_noted
from engagement.directory.hours.rows import UsualHours, to_value
from engagement.directory.hours.words import usual_in_words
from engagement.directory.models import Venue
from engagement.directory.phones import check_phone
from portal.geo.models import Postcode

ADD_ROW, DROP_ROW, READ_BACK, READ_WORDS, REPLACE = (
    f"{PREFIX}-{name}" for name in ("add", "drop", "back", "read", "replace")
)
CANNOT_READ = "We cannot read these words without guessing. Fill in the rows by hand, or ring and ask."
IS_READ = "This is how we read the words. Nothing is saved yet: look at each row, put it right, then save."
ROW_ADDED = "There is room for another row. Nothing is saved yet."
ROW_DROPPED = "The row is out. Nothing is saved yet."
READ_ONLY = "Nothing is saved yet."
NOT_READ = "Not read yet: look at the rows."


class VenueForm(OnceForm):
    """A venue, its hours in plain rows; the point is taken from the postcode where nobody gave one.

    Hours that no rows make stay as they are until somebody fills in a row or asks to replace them.
    """

    class Media:
        css = {"all": ["directory/css/forms.css"]}
        js = [Script("directory/js/hours.js", type="module")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_rows_typed = f"{PREFIX}-TOTAL_FORMS" in self.data
        self.hours_typed = taken_out(self.data, self.data.get(DROP_ROW, ""))
        self.hours_rows = typed_rows(self.hours_typed) if self.has_rows_typed else filled_rows(self.usual_now)
        self.is_only_asking = self.has_rows_typed and any(
            name in self.data for name in (ADD_ROW, DROP_ROW, READ_BACK, READ_WORDS)
        )
        self.hours_said = ""
        self.usual_typed: UsualHours | None = None
        self.fields[
            "latitude"
        ].help_text = "North to south, such as 54.763. Leave both empty to use the middle of the postcode."
        self.fields["longitude"].help_text = "West to east, such as -1.315."

    def also_shown(self) -> dict[str, str]:
        self.usual_now = from_value(self.instance.opening_hours)
        as_rows = self.instance.opening_hours if self.usual_now is None else to_value(self.usual_now)
        return {"opening_hours": mark(as_rows)}

    def clean(self) -> dict[str, Any]:
        words: dict[str, Any] = super().clean()
        has_point = words.get("latitude") is not None or words.get("longitude") is not None
        if not has_point and (postcode := Postcode.objects.lookup(words.get("postcode") or "")):
            words["latitude"], words["longitude"] = postcode.latitude, postcode.longitude
        if self.has_rows_typed:
            self._take_rows(words)
        return words

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        if "phone" in self.changed_data:
            check_phone(typed)
        return typed

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_only_asking:
            self._errors = ErrorDict()

    def is_valid(self) -> bool:
        """Whether it can be saved, which who only asks does not want yet."""
        return bool(super().is_valid()) and not self.is_only_asking

    @property
    def hours_words(self) -> str:
        """The line above the rows: what is saved, or how the rows would read."""
        if self.has_rows_typed:
            return f"It would read: {usual_in_words(self.usual_typed)}" if self.usual_typed else NOT_READ
        return (
            f"Saved now: {self.instance.hours_in_words}" if self.instance.pk else "Leave the rows empty if not known."
        )

    def _take_rows(self, words: dict[str, Any]) -> None:
        if READ_WORDS in self.data:
            self._read(words.get("hours_text", ""))
            return
        drop = self.data.get(DROP_ROW, "")
        self.usual_typed = self.hours_rows.usual if self.hours_rows.is_valid() else None
        if ADD_ROW in self.data or drop:
            self.hours_rows = refilled_rows(self.hours_typed, spare=0 if drop else 1)
            self.hours_said = ROW_DROPPED if drop else ROW_ADDED
        elif READ_BACK in self.data:
            self.hours_said = READ_ONLY
        elif self.usual_typed is None:
            self.add_error(None, "The hours cannot be kept as they are: look at the rows.")
        elif self.usual_now is not None or self.usual_typed.rows or REPLACE in self.data:
            words["opening_hours"] = self.instance.opening_hours = to_value(self.usual_typed)

    def _read(self, text: str) -> None:
        value = read_text(text) if text.strip() else None
        usual = from_value(value) if value else None
        if usual is None or not usual.rows:
            self.hours_said = CANNOT_READ
            return
        self.usual_typed = in_term_where_noted(usual)
        self.hours_rows = filled_rows(self.usual_typed)
        self.hours_said = IS_READ

    def save(self, commit: bool = True) -> Venue:
        if self.instance.pk is None:
            return self.once(lambda: add_or_update_venue(venue=self.instance, by=self.for_user))
        return add_or_update_venue(venue=self.instance, by=self.for_user, **self.typed)
