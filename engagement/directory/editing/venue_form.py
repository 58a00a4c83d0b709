"""The form in which staff keep a venue; saving it calls the action, so that history is written."""

from typing import Any

from django.forms.widgets import Script
from wagtail.admin.forms import WagtailAdminModelForm

from engagement.directory.actions import add_or_update_venue
from engagement.directory.editing.hours_rows import PREFIX, filled_rows, typed_rows
from engagement.directory.hours import read_text
from engagement.directory.hours.row_values import from_value, in_term_where_noted
from engagement.directory.hours.rows import to_value
from engagement.directory.models import Venue
from portal.geo.models import Postcode

ADD_ROW, READ_WORDS, REPLACE = f"{PREFIX}-add", f"{PREFIX}-read", f"{PREFIX}-replace"
CANNOT_READ = "We cannot read these words without guessing. Fill in the rows by hand, or ring and ask."
IS_READ = "This is how we read the words. Nothing is saved yet: look at each row, put it right, then save."
ROW_ADDED = "There is room for another row. Nothing is saved yet."


class VenueForm(WagtailAdminModelForm):
    """A venue, its hours in plain rows; the point is taken from the postcode where nobody gave one.

    Hours that no rows make stay as they are until somebody fills in a row or asks to replace them.
    """

    class Media:
        js = [Script("directory/js/hours.js", type="module")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual_now = from_value(self.instance.opening_hours)
        self.has_rows_typed = f"{PREFIX}-TOTAL_FORMS" in self.data
        self.hours_rows = typed_rows(self.data) if self.has_rows_typed else filled_rows(self.usual_now)
        self.hours_said = ""
        self.fields[
            "latitude"
        ].help_text = "North to south, such as 54.763. Leave both empty to use the middle of the postcode."
        self.fields["longitude"].help_text = "West to east, such as -1.315."

    def clean(self) -> dict[str, Any]:
        words: dict[str, Any] = super().clean()
        has_point = words.get("latitude") is not None or words.get("longitude") is not None
        if not has_point and (postcode := Postcode.objects.lookup(words.get("postcode") or "")):
            words["latitude"], words["longitude"] = postcode.latitude, postcode.longitude
        if self.has_rows_typed:
            self._take_rows(words)
        return words

    def _take_rows(self, words: dict[str, Any]) -> None:
        if READ_WORDS in self.data:
            self._read(words.get("hours_text", ""))
        elif not self.hours_rows.is_valid() or self.hours_rows.usual is None:
            self.add_error(None, "The hours cannot be kept as they are: look at the rows.")
        elif ADD_ROW in self.data:
            self.hours_rows = filled_rows(self.hours_rows.usual, spare=3)
            self._not_yet(ROW_ADDED)
        elif self.usual_now is not None or self.hours_rows.usual.rows or REPLACE in self.data:
            self.instance.opening_hours = to_value(self.hours_rows.usual)

    def _read(self, text: str) -> None:
        value = read_text(text) if text.strip() else None
        usual = from_value(value) if value else None
        if usual is None or not usual.rows:
            self._not_yet(CANNOT_READ)
            return
        self.hours_rows = filled_rows(in_term_where_noted(usual))
        self._not_yet(IS_READ)

    def _not_yet(self, words: str) -> None:
        self.hours_said = words
        self.add_error(None, words)

    def save(self, commit: bool = True) -> Venue:
        return add_or_update_venue(venue=self.instance, by=self.for_user)
