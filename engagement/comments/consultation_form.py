"""What the coordinator fills in about a consultation."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from engagement.comments.models import Theme


class ConsultationForm(WagtailAdminModelForm):
    """Sees to it that days and hours follow each other, and that the edges of an area become the consultation's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Theme.objects.active_or_chosen(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for first, last, words in (
            ("opens_on", "closes_on", "The last day must not be before the first."),
            ("staffed_from", "staffed_until", "Somebody must be there for some time."),
        ):
            if cleaned.get(first) and cleaned.get(last) and cleaned[last] < cleaned[first]:
                self.add_error(last, ValidationError(words))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if "area" in self.changed_data and "area" not in self.errors:
            self.instance.lie_in(self.cleaned_data["area"])
