"""What staff fill in on the moderation screens."""

from typing import Any

from django import forms

from engagement.comments.actions.answering import LONGEST_ANSWER
from engagement.comments.models import Action, PlaceComment
from portal.forms import PlainField
from portal.geo.coordinates import Point
from portal.geo.models import NamedPlace


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

    @classmethod
    def of(cls, comment: PlaceComment) -> "PinForm":
        """The form with the pin where it stands, as it was put."""
        point = comment.exact_point
        return cls(initial={"latitude": point.latitude, "longitude": point.longitude} if point else None)

    def as_pin(self) -> dict[str, Any]:
        """What `place_pin` takes; a place from the list goes before numbers."""
        cleaned = self.cleaned_data
        has_numbers = cleaned["latitude"] is not None and cleaned["longitude"] is not None
        point = Point(cleaned["latitude"], cleaned["longitude"]) if has_numbers else None
        return {"named_place": cleaned["named_place"], "point": point}


class LinkForm(forms.Form):
    """An action that answers this comment too."""

    action = forms.ModelChoiceField(queryset=Action.objects.drafts_first(), label="Something we do or did")
