"""What somebody fills in to keep a record beyond its time, and to let it go again."""

from typing import Any

from django import forms

from portal.forms import PlainField
from portal.privacy.models import LONGEST_REASON

Words = forms.Textarea(attrs={"rows": 3})


class HoldForm(forms.Form):
    """Why a record must stay, and when somebody looks again."""

    use_required_attribute = False
    reason = PlainField(
        label="Why must it stay?",
        max_length=LONGEST_REASON,
        widget=Words,
        help_text="A complaint, a court, a question about safety. No names.",
    )
    review_on = forms.DateField(
        label="When do you look again?",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Three months is usual.",
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)


class EndForm(forms.Form):
    """Why it need not stay any longer."""

    use_required_attribute = False
    because = PlainField(label="Why need it not stay any longer?", max_length=LONGEST_REASON, widget=Words)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
