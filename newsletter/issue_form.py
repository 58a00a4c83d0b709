"""The form in which an editor writes an issue: a new one has the next number in it already."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

# What the column of the number can hold.
LAST_NUMBER = 32767


class IssueForm(WagtailAdminPageForm):
    """Wagtail's form; the number is a proposal and can be changed or taken out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.instance.number is None:
            highest = type(self.instance).objects.highest_number()
            self.initial["number"] = highest + 1 if highest < LAST_NUMBER else None
