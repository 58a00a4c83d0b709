"""What somebody can ask of the lists, and what staff say about a session."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from engagement.directory.actions.sessions import LONGEST_REASON
from engagement.directory.features import BY_KEY, FEATURES
from engagement.directory.listing import Wanted
from portal.forms import PlainField, PublicForm
from portal.geo.coordinates import Point
from portal.geo.models import NamedPlace, Postcode

OPEN_NOW = "open-now"


class WarmSpacesForm(PublicForm):
    """Filters of the warm spaces; a GET form, so that a choice is an address."""

    near = PlainField(
        label="Near",
        help_text="A postcode like SR8 4LX, or the name of a place.",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    only = forms.MultipleChoiceField(
        label="Only show",
        required=False,
        choices=[(OPEN_NOW, "Open now"), *((feature.key, feature.label) for feature in FEATURES)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from this list."},
    )
    maybe = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_near(self) -> str:
        """Find the point that is meant; one we do not know is said, and the list still shows."""
        self.point: Point | None = None
        typed: str = self.cleaned_data["near"]
        if not typed:
            return typed
        if postcode := Postcode.objects.lookup(typed):
            self.point = postcode.point
            return postcode.code
        if place := self._place_called(typed):
            self.point = place.point
            return place.name
        raise ValidationError("We do not know this place. Enter a postcode like SR8 4LX, or the name of a place.")

    @staticmethod
    def _place_called(typed: str) -> NamedPlace | None:
        places = NamedPlace.objects.listed().with_a_point()
        return next((place for place in places if place.name.casefold() == typed.casefold()), None)

    @property
    def wanted(self) -> Wanted:
        """What was asked, without the parts that could not be read."""
        self.is_valid()
        chosen = self.cleaned_data.get("only", [])
        return Wanted(
            features=tuple(BY_KEY[key] for key in chosen if key in BY_KEY),
            is_open_now=OPEN_NOW in chosen,
            takes_not_known=self.cleaned_data.get("maybe", False),
            near=self.point if self.cleaned_data.get("near") else None,
        )

    def in_force(self, asked: QueryDict) -> list[dict[str, str]]:
        """Each choice made, with the address without it."""
        labels = dict(self.fields["only"].choices)  # type: ignore[attr-defined]
        made = [
            {"label": labels[key], "url": _without(asked, "only", key)} for key in self.cleaned_data.get("only", [])
        ]
        if near := self.cleaned_data.get("near"):
            made.append({"label": f"Near {near}", "url": _without(asked, "near")})
        return made


class SessionForm(forms.Form):
    """Which session, and why it is off."""

    on = forms.DateField()
    reason = PlainField(required=False, max_length=LONGEST_REASON)


def with_maybe(asked: QueryDict) -> str:
    """The same question, with places that have not said."""
    return _address(asked, maybe="on")


def _without(asked: QueryDict, name: str, value: str | None = None) -> str:
    kept = asked.copy()
    left = [one for one in kept.getlist(name) if value is not None and one != value]
    kept.setlist(name, left)
    return _address(kept)


def _address(asked: QueryDict, **extra: Any) -> str:
    kept = asked.copy()
    kept.pop("page", None)
    for name, value in extra.items():
        kept[name] = value
    return f"?{kept.urlencode()}"
