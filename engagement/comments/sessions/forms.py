"""What the coordinator fills in about a face-to-face session."""

from typing import Any

from django import forms
from django.utils import timezone

from engagement.comments.actions.sessions import HIGHEST_NUMBER, MOST_STICKERS
from engagement.comments.map.bounds import Bounds
from engagement.comments.models import Consultation, EngagementEvent
from engagement.comments.sessions.paper.grid import COLUMNS, around, fit, rows_for
from portal.forms import PlainField
from portal.geo.models import Area, NamedPlace, Postcode
from portal.geo.postcodes import normalise

METRES = (400, 800, 1600, 3200, 6400)
USUAL_METRES = 1600
KEEP = "keep"


class SessionForm(forms.Form):
    """Where, when and with whom; and which ground the map shows: an area, or so many metres around a place."""

    name = PlainField(max_length=120, label="Name", help_text="It is printed on the paper.", widget=forms.TextInput)
    place = PlainField(max_length=160, label="Where we meet", widget=forms.TextInput)
    held_on = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts_at = forms.TimeField(
        label="From", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    group = PlainField(
        max_length=160,
        label="Whom we meet",
        required=False,
        help_text="A group, not the names of people: the lunch club, year 6.",
        widget=forms.TextInput,
    )
    going = PlainField(max_length=300, label="Who goes", required=False, widget=forms.TextInput)
    consultation = forms.ModelChoiceField(
        queryset=Consultation.objects.all(), label="Conversation", help_text="What people say goes here."
    )
    ground = forms.ChoiceField(label="The map shows")
    postcode = PlainField(
        max_length=20, label="Around this postcode", required=False, widget=forms.TextInput(attrs={"size": 10})
    )
    named_place = forms.ModelChoiceField(
        queryset=NamedPlace.objects.with_a_point(), required=False, label="Or around this place"
    )
    metres = forms.TypedChoiceField(
        label="How much of it",
        coerce=int,
        initial=USUAL_METRES,
        choices=[(metres, f"{metres:,} metres from left to right") for metres in METRES],
    )
    columns = forms.TypedChoiceField(
        label="Squares",
        coerce=int,
        initial=8,
        choices=[(columns, f"{columns} across and {rows_for(columns)} down") for columns in COLUMNS],
        help_text="More squares say more exactly where a sticker was.",
    )
    first_sticker = forms.IntegerField(label="First number", min_value=1, max_value=HIGHEST_NUMBER, initial=1)
    stickers = forms.IntegerField(label="How many stickers", min_value=1, max_value=MOST_STICKERS, initial=60)
    headcount = forms.IntegerField(
        label="How many people came", required=False, min_value=0, max_value=9999, help_text="After the session."
    )
    notes = PlainField(
        max_length=3000,
        label="Notes for the team",
        required=False,
        help_text="No names of people who came.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, session: EngagementEvent | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        open_ones = Consultation.objects.to_plan_for(
            timezone.localdate(), kept=session.consultation if session else None
        )
        self.fields["consultation"].queryset = open_ones  # type: ignore[attr-defined]
        areas = [(f"area:{area.pk}", area.name) for area in Area.objects.order_by("-is_home", "name")]
        asked = [(f"consultation:{one.pk}", f"The ground of “{one.name}”") for one in open_ones if one.bounds]
        around_a_place = ("around", "The ground around a postcode or a place")
        kept = [(KEEP, "What it shows now")] if session else []
        self.fields["ground"].choices = [*kept, *areas, *asked, around_a_place]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, session: EngagementEvent, data: Any = None) -> "SessionForm":
        """The form with what a session says."""
        fields = [name for name in cls.base_fields if hasattr(session, name)]
        return cls(data, session=session, initial={name: getattr(session, name) for name in fields} | {"ground": KEEP})

    def clean_postcode(self) -> Postcode | None:
        typed = self.cleaned_data["postcode"]
        known = Postcode.objects.lookup(typed) if typed else None
        if typed and known is None:
            code = normalise(typed)
            raise forms.ValidationError(f"We do not know {code}." if code else "Enter a postcode like SR8 4LX.")
        return known

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_somewhere = cleaned.get("postcode") or cleaned.get("named_place") or "postcode" in self.errors
        if cleaned.get("ground") == "around" and not is_somewhere:
            self.add_error("postcode", "Say around which postcode, or which place, the map is.")
        return cleaned

    def as_session(self) -> dict[str, Any]:
        """What `plan_session` takes."""
        said = dict(self.cleaned_data)
        postcode, named_place = said.pop("postcode"), said.pop("named_place")
        bounds = self._bounds(said.pop("ground"), postcode or named_place, said.pop("metres"))
        return {**said, "bounds": bounds}

    def _bounds(self, ground: str, middle: Any, metres: int) -> Bounds | None:
        kind, _, number = ground.partition(":")
        if kind == KEEP:
            return None
        if kind == "around":
            return around(middle.point, metres)
        if kind == "area":
            area = Area.objects.get(pk=number)
            return fit(Bounds(area.west, area.south, area.east, area.north))
        asked = Consultation.objects.get(pk=number).bounds
        return fit(asked) if asked else None


class PromiseForm(forms.Form):
    """What was promised, to whom, and by when."""

    words = PlainField(max_length=300, label="What we promised", widget=forms.TextInput)
    to_whom = PlainField(
        max_length=160,
        label="To whom",
        help_text="A group rather than a name, where that is enough.",
        widget=forms.TextInput,
    )
    due_on = forms.DateField(
        label="By when", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class FileForm(forms.Form):
    """The file of a session, chosen or (after a look at what it would do) as it was."""

    file = forms.FileField(label="CSV file", required=False)
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
