"""The filters above both lists: GET forms, so that a choice is an address; what cannot be read is said beside the list."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from engagement.directory.features import BY_KEY, Feature
from engagement.directory.lists.around import MILES
from engagement.directory.lists.wanted import SessionsWanted, Stretch, Wanted, What, When
from engagement.directory.themes import Theme
from portal.forms import PlainField, PublicForm
from portal.geo.coordinates import Point
from portal.geo.places import Place, find_place
from portal.pages.settings import site_identity

NOT_ON_THE_LIST = {"invalid_choice": "Choose from this list."}
UNKNOWN_PLACE = "We do not know this place. Enter a postcode like SR8 4LX, or the name of a place."
OFFERS = ("free", "food", "step-free", "toilets", "wifi")
FOR_WHOM = ("children", "dementia-friendly")
AUDIENCES = {"men": "A men’s group", "women": "A women’s group"}


def _boxes(label: str, choices: list[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=NOT_ON_THE_LIST,
    )


def _one_of(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices, error_messages=NOT_ON_THE_LIST)


def _labelled(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(key, BY_KEY[key].label) for key in keys]


class AskingForm(PublicForm):
    """What both lists ask: where, what is offered and for whom; doubtful entries and a wider reach by links."""

    near = PlainField(
        label="Where",
        help_text="Near a postcode like SR8 4LX, or near a place by its name.",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"max_length": UNKNOWN_PLACE},
    )
    only = _boxes("What it offers", _labelled(OFFERS))
    who = _boxes("For whom", _labelled(FOR_WHOM))
    miles = forms.CharField(required=False, widget=forms.HiddenInput)
    maybe = forms.BooleanField(required=False, widget=forms.HiddenInput)
    unchecked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        self.asked = asked
        self.point: Point | None = None
        self.is_valid()
        for field in self.fields.values():
            # Nothing here has to be filled in, so nothing says that it can be skipped.
            field.required = not field.widget.is_hidden

    def clean_near(self) -> str:
        """Find the point that is meant; one we do not know is said."""
        typed: str = self.cleaned_data["near"]
        if not typed:
            return typed
        home = site_identity()
        place = find_place(typed, home=Place(home.place_name, Point(home.latitude, home.longitude)))
        if place is None:
            raise ValidationError(UNKNOWN_PLACE)
        self.point = place.point
        return place.name

    @property
    def near_name(self) -> str:
        """The place from which distances are told."""
        return self.cleaned_data.get("near", "") if self.point else ""

    @property
    def problems(self) -> list[str]:
        """What could not be read, to be said beside the list too."""
        return [
            str(error) if name == "near" else f"{self.fields[name].label}: we do not know this choice. {error}"
            for name, errors in self.errors.items()
            for error in errors
        ]

    @property
    def in_force(self) -> list[dict[str, str]]:
        """Each choice made, with the address without it."""
        made = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if not value or field.widget.is_hidden:
                continue
            if name == "near":
                made.append({"label": f"Near {value}", "url": self._without(name)})
                continue
            labels = dict(cast(forms.ChoiceField, field).choices)  # type: ignore[arg-type]
            several = value if isinstance(value, list) else [value]
            made += [{"label": str(labels[one]), "url": self._without(name, one)} for one in several]
        return made

    def links(self, further: int | None) -> dict[str, str]:
        """Addresses of the same question with more in its answer."""
        return {
            "not_known": self._with(maybe="on"),
            "unchecked": self._with(unchecked="on"),
            "further": self._with(miles=further) if further else "",
        }

    def _with(self, **extra: Any) -> str:
        kept = self._kept()
        for name, value in extra.items():
            kept[name] = str(value)
        return f"?{kept.urlencode()}"

    def _without(self, name: str, value: str | None = None) -> str:
        kept = self._kept()
        kept.setlist(name, [one for one in kept.getlist(name) if value is not None and one != value])
        return f"?{kept.urlencode()}"

    def _kept(self) -> QueryDict:
        kept = self.asked.copy()
        kept.pop("page", None)
        return kept

    @property
    def _common(self) -> dict[str, Any]:
        said = self.cleaned_data
        typed = said.get("miles") or ""
        return {
            "features": self._features(),
            "near": self.point,
            "miles": next((miles for miles in MILES if str(miles) == typed), None),
            "takes_not_known": said.get("maybe", False),
            "takes_unchecked": said.get("unchecked", False),
        }

    def _features(self) -> tuple[Feature, ...]:
        keys = [*self.cleaned_data.get("only", []), *self.cleaned_data.get("who", [])]
        return tuple(BY_KEY[key] for key in keys if key in BY_KEY)


class PlacesForm(AskingForm):
    """Filters of the places."""

    what = _one_of("What kind of place", [("", What.WARM.label), *What.choices[1:]])
    when = _one_of("When it is open", list(When.choices))
    field_order = ("what", "when", "near", "only", "who")

    @property
    def what_for(self) -> What:
        return What(self.cleaned_data.get("what") or What.WARM)

    @property
    def wanted(self) -> Wanted:
        """What was asked, without the parts that could not be read."""
        return Wanted(what=self.what_for, when=When(self.cleaned_data.get("when") or ""), **self._common)


class SessionsForm(AskingForm):
    """Filters of what is on."""

    when = _one_of("When", list(Stretch.choices))
    theme = _one_of("What it is about", [("", "Anything"), *Theme.choices])
    who = _boxes("For whom", [*_labelled(FOR_WHOM), *AUDIENCES.items()])
    field_order = ("when", "theme", "near", "only", "who")

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.cleaned_data.get("when") or "")

    @property
    def wanted(self) -> SessionsWanted:
        """What was asked, without the parts that could not be read."""
        audiences = tuple(key for key in AUDIENCES if key in self.cleaned_data.get("who", []))
        theme = self.cleaned_data.get("theme", "")
        return SessionsWanted(stretch=self.stretch, theme=theme, audiences=audiences, **self._common)
