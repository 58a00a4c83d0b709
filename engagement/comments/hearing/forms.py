"""What people fill in to hear from us, and what authors add to their comment."""

from typing import Any

from django import forms

from engagement.comments.actions.authoring import LONGEST_ADDITION
from engagement.comments.forms import BAD_PIN, WhereChoiceField, WhereField
from engagement.comments.models import Alert, PlaceComment
from portal.forms import PlainField, PublicForm
from portal.geo.coordinates import Point, is_on_earth
from portal.geo.models import NamedPlace, Postcode
from portal.geo.postcodes import normalise
from portal.spam import Guarded

HOW_TO = "Enter an e-mail address like name@example.org"
NO_PLACE = "Say which place: one from the list, a postcode, or a pin on the map"
NOT_ALL_HERE = "Some places are not on our map yet. Is yours missing? Give a postcode near it."
LONGEST_TYPED = 20_000


class AddressField(forms.EmailField):
    """An e-mail address in plain letters: one that merely looks like somebody's must not be taken for theirs."""

    def __init__(self, **kwargs: object) -> None:
        usual = {
            "label": "Your e-mail address",
            "max_length": 254,
            "widget": forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
            "error_messages": dict.fromkeys(
                ("required", "invalid", "max_length", "null_characters_not_allowed"), HOW_TO
            ),
        }
        super().__init__(**{**usual, **kwargs})  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        address: str = super().clean(value)
        if not address.isascii():
            raise forms.ValidationError("We can only write to addresses in plain letters, like name@example.org")
        return address


class HearForm(Guarded, PublicForm):
    """One question: where to write when there is an answer."""

    address = AddressField()


class AddWordsForm(PublicForm):
    """More words for a comment that is there already."""

    words = PlainField(
        label="What would you like to add?",
        help_text="Please leave out names, phone numbers and addresses of people.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_TYPED,
        error_messages={"required": "Write what you would like to add"},
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if len(words) > LONGEST_ADDITION:
            more = len(words) - LONGEST_ADDITION
            raise forms.ValidationError(
                f"There is room for {LONGEST_ADDITION:,} letters. Take some out: {more:,} or more"
            )
        return words


class AlertForm(Guarded, PublicForm):
    """Which place to hear about, how often, and where to write."""

    named_place = WhereChoiceField(
        label="A place from our list",
        queryset=NamedPlace.objects.none(),
        empty_label="Choose a place",
        error_messages={"invalid_choice": "Choose a place from the list"},
    )
    postcode = WhereField(
        label="Or a postcode",
        help_text="For example, SR8 4LX.",
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput, error_messages={"invalid": BAD_PIN})
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput, error_messages={"invalid": BAD_PIN})
    often = forms.ChoiceField(
        label="How often?",
        widget=forms.RadioSelect,
        choices=Alert.Often.choices,
        initial=Alert.Often.WEEKLY,
        error_messages={"required": "Choose how often", "invalid_choice": "Choose how often"},
    )
    address = AddressField()

    def __init__(self, *args: Any, around: PlaceComment | None = None, **kwargs: Any) -> None:
        """`around` is the comment from whose page somebody came: its place is filled in already."""
        super().__init__(*args, **kwargs)
        places = NamedPlace.objects.listed().with_a_point()
        if places:
            self.fields["named_place"].queryset = places  # type: ignore[attr-defined]
            if NamedPlace.objects.listed().without_a_point().exists():
                self.fields["named_place"].help_text = NOT_ALL_HERE
        else:
            del self.fields["named_place"]
        if around is not None:
            if around.named_place_id:
                self.initial["named_place"] = around.named_place_id
            elif around.point:
                self.initial["latitude"], self.initial["longitude"] = around.point

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        if not typed:
            return ""
        code = normalise(typed)
        if code is None:
            raise forms.ValidationError("Enter a postcode like SR8 4LX, or choose a place")
        if Postcode.objects.lookup(code) is None:
            raise forms.ValidationError(f"We do not know {code}. Check it, or choose a place")
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        where = ("named_place", "postcode", "latitude", "longitude")
        if not any(name in self.errors for name in where) and self._place(cleaned) is None:
            self.add_error("named_place" if "named_place" in self.fields else "postcode", NO_PLACE)
        return cleaned

    def as_alert(self) -> dict[str, Any]:
        """What `ask_for_alert` takes."""
        place = self._place(self.cleaned_data)
        assert place is not None, "clean refuses a form without a place"
        words, point = place
        return {
            "address": self.cleaned_data["address"],
            "often": self.cleaned_data["often"],
            "named_place": self.cleaned_data.get("named_place"),
            "words": words,
            "point": point,
        }

    def _place(self, cleaned: dict[str, Any]) -> tuple[str, Point] | None:
        """What was chosen in so many words goes before the pin, which may have been filled in for them."""
        chosen, latitude, longitude = cleaned.get("named_place"), cleaned.get("latitude"), cleaned.get("longitude")
        if chosen is not None and chosen.point:
            return chosen.name, chosen.point
        known = Postcode.objects.lookup(cleaned.get("postcode", ""))
        if known is not None:
            return known.code, known.point
        if latitude is None or longitude is None or not is_on_earth(latitude, longitude):
            return None
        pin = Point(round(latitude, 5), round(longitude, 5))
        near = NamedPlace.objects.near(pin)
        return (f"a place near {near}" if near else "a place on the map"), pin
