"""The form in which an editor writes an issue: a new one has the next number, and what the gate finds is told part by part."""

from typing import Any

from django.forms import Script
from wagtail.admin.forms import WagtailAdminPageForm

# What the column of the number can hold.
LAST_NUMBER = 32767


class IssueForm(WagtailAdminPageForm):
    """Wagtail's form; the number is a proposal and can be changed or taken out."""

    class Media:
        css = {"all": ["newsletter/editor.css"]}
        js = [Script("newsletter/checks.js", type="module")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.instance.number is None:
            highest = type(self.instance).objects.highest_number()
            self.initial["number"] = highest + 1 if highest < LAST_NUMBER else None
