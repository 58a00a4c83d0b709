"""The form of an agreement to share."""

from typing import Any

from django import forms

from portal.forms import PlainField
from selfreferral.deeds.shapes import DayInput


class AgreementForm(forms.Form):
    """An agreement that was signed on paper; here is only what the software needs to know of it."""

    use_required_attribute = False
    partner_name = PlainField(label="Partner", max_length=120, help_text="The organisation, such as the food bank.")
    purpose = PlainField(label="What for", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    lawful_basis = PlainField(
        label="Lawful basis",
        max_length=300,
        help_text="Article 6 and, for sensitive words, Article 9 of UK GDPR.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    begins_on = forms.DateField(label="First day", widget=DayInput)
    ends_on = forms.DateField(label="Last day", widget=DayInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
