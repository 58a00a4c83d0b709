"""The form in which staff keep a venue; saving it calls the action, so that history is written."""

from typing import Any

from django.forms.widgets import Script
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminModelForm

from engagement.directory.actions import add_or_update_venue
from engagement.directory.models import Venue
from portal.geo.models import Postcode

HOURS_HELP = (
    "Like “Mo-Fr 09:00-17:00”, “We 11:30-13:30; PH off” or “Mo[1] 10:00-12:00” for the first Monday. "
    "PH is a bank holiday."
)


class VenueForm(WagtailAdminModelForm):
    """A venue; the point is taken from the postcode where nobody gave one."""

    class Media:
        js = [Script("directory/js/hours.js", type="module")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = self.fields["opening_hours"]
        words = self.instance.hours_in_words
        hours.help_text = f"{HOURS_HELP} Now it reads: {words}"
        hours.widget.attrs["data-hours"] = reverse("directory_hours_in_words")
        self.fields[
            "latitude"
        ].help_text = "North to south, such as 54.763. Leave both empty to use the middle of the postcode."
        self.fields["longitude"].help_text = "West to east, such as -1.315."

    def clean(self) -> dict[str, Any]:
        words: dict[str, Any] = super().clean()
        has_point = words.get("latitude") is not None or words.get("longitude") is not None
        if not has_point and (postcode := Postcode.objects.lookup(words.get("postcode") or "")):
            words["latitude"], words["longitude"] = postcode.latitude, postcode.longitude
        return words

    def save(self, commit: bool = True) -> Venue:
        return add_or_update_venue(venue=self.instance, by=self.for_user)
