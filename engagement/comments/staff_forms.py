"""What staff fill in on the moderation screens."""

from typing import Any

from django import forms

from engagement.comments.actions.answering import LONGEST_ANSWER
from engagement.comments.actions.moderating import LONGEST_NOTE
from engagement.comments.models import Action
from engagement.comments.workflow import REASONS
from portal.forms import PlainField
from portal.geo.coordinates import Point
from portal.geo.models import NamedPlace


class DecisionForm(forms.Form):
    """One decision, with what was on the screen when it was made."""

    change = forms.CharField(max_length=20)
    reason = forms.ChoiceField(choices=[("", ""), *REASONS.items()], required=False)
    note = PlainField(max_length=LONGEST_NOTE, required=False)
    seen = forms.IntegerField(min_value=0)


class SeenForm(forms.Form):
    """An undo, with what was on the screen."""

    seen = forms.IntegerField(min_value=0)


class AnswerForm(forms.Form):
    """What the team writes back in public."""

    words = PlainField(label="Answer", max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 4}))


class PinForm(forms.Form):
    """A place from the list, or numbers from a map."""

    named_place = forms.ModelChoiceField(
        queryset=NamedPlace.objects.with_a_point(), required=False, label="A named place"
    )
    latitude = forms.FloatField(required=False)
    longitude = forms.FloatField(required=False)

    def as_pin(self) -> dict[str, Any]:
        """What `place_pin` takes; a place from the list goes before numbers."""
        cleaned = self.cleaned_data
        has_numbers = cleaned["latitude"] is not None and cleaned["longitude"] is not None
        point = Point(cleaned["latitude"], cleaned["longitude"]) if has_numbers else None
        return {"named_place": cleaned["named_place"], "point": point}


class LinkForm(forms.Form):
    """An action that answers this comment too."""

    action = forms.ModelChoiceField(queryset=Action.objects.drafts_first(), label="Something we do or did")
