"""What staff fill in on the moderation screens."""

from typing import Any

from django import forms

from engagement.comments.actions.answering import LONGEST_ANSWER, LONGEST_TITLE
from engagement.comments.actions.moderating import LONGEST_NOTE
from engagement.comments.models import Action, PlaceComment
from engagement.comments.workflow import REASONS
from portal.forms import PlainField
from portal.geo.coordinates import Point
from portal.geo.models import NamedPlace
from portal.references import normalise_reference


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


class ActionForm(forms.Form):
    """What the partnership does about one or more comments."""

    title = PlainField(max_length=LONGEST_TITLE, help_text="What was done, in a few words.", widget=forms.TextInput)
    words = PlainField(
        max_length=LONGEST_ANSWER,
        help_text="What was done, or why it cannot be.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    status = forms.ChoiceField(label="How far it has come", choices=Action.Status.choices)
    done_on = forms.DateField(
        label="Done on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    comments = PlainField(
        label="Comments that it answers",
        required=False,
        help_text="Their numbers, such as K7M-2QX, with a space or a comma between them.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_comments(self) -> list[PlaceComment]:
        typed = self.cleaned_data["comments"].replace(",", " ").split()
        references = {word: normalise_reference(word) for word in typed}
        found = PlaceComment.objects.in_bulk(
            [reference for reference in references.values() if reference], field_name="reference"
        )
        unknown = [word for word, reference in references.items() if reference not in found]
        if unknown:
            raise forms.ValidationError(f"There is no comment with the number {', '.join(unknown)}.")
        return list(found.values())
