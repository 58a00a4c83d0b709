"""What residents fill in: a comment, and the choices that narrow the list."""

import hashlib
import uuid
from typing import Any

from django import forms

from engagement.comments.actions.leaving import LONGEST_NAME, LONGEST_WHERE, LONGEST_WORDS, NO_PLACE
from engagement.comments.models import Consultation, PlaceComment, Theme
from engagement.comments.selection import ANSWERED, LONGEST_QUERY, Selection
from portal.forms import PlainField, PublicForm
from portal.geo.coordinates import Point
from portal.geo.models import NamedPlace, Postcode
from portal.geo.postcodes import normalise
from portal.spam import Guarded

BAD_PIN = "The pin is not a place on the map. Put it again, or say where in words."
LONGEST_TYPED = 20_000
NOT_SAID = {"website", "shown", "page", "latitude", "longitude"}


class _OneOfSeveral:
    """Mixed into a field of a group of which one is enough: it is not said to be optional, and not missed alone."""

    def validate(self, value: Any) -> None:
        """The form sees to it that one of the group is filled in."""


class WhereField(_OneOfSeveral, PlainField):
    """A place in words."""


class WhereChoiceField(_OneOfSeveral, forms.ModelChoiceField):
    """A place from the list."""


class CommentForm(Guarded, PublicForm):
    """One comment: what, how it feels, and where in at least one of four ways, three of which need no map."""

    words = PlainField(
        label="What would you like to say?",
        help_text="A few words are enough. Please leave out names, phone numbers and addresses of people.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_TYPED,
        error_messages={"required": "Write what you would like to say"},
    )
    feeling = forms.ChoiceField(
        label="How do you feel about it?",
        widget=forms.RadioSelect,
        choices=PlaceComment.Feeling.choices,
        error_messages={"required": "Choose how you feel about it", "invalid_choice": "Choose how you feel about it"},
    )
    postcode = WhereField(
        label="A postcode",
        help_text="Of the place, not of your home. For example, SR8 4LX.",
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    named_place = WhereChoiceField(
        label="Or a place from our list",
        queryset=NamedPlace.objects.none(),
        empty_label="Choose a place",
        error_messages={"invalid_choice": "Choose a place from the list"},
    )
    where_words = WhereField(
        label="Or your own words",
        help_text="For example, the back lane behind Third Street.",
        widget=forms.TextInput,
        max_length=LONGEST_TYPED,
    )
    theme = forms.ModelChoiceField(
        label="What is it about?",
        queryset=Theme.objects.none(),
        required=False,
        empty_label="Choose what it is about",
        error_messages={"invalid_choice": "Choose what it is about from the list"},
    )
    author_name = PlainField(
        label="Your name",
        required=False,
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    is_name_shown = forms.BooleanField(label="Show my name with my words", required=False)
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput, error_messages={"invalid": BAD_PIN})
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput, error_messages={"invalid": BAD_PIN})
    # The same page sent twice is one comment; other words on the same page are another.
    page = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.initial.setdefault("page", uuid.uuid4().hex)
        self._offer("named_place", NamedPlace.objects.listed())
        self._offer("theme", Theme.objects.active())

    def _offer(self, name: str, choices: Any) -> None:
        """Offer these, or leave the question out where staff keep no list."""
        field = self.fields[name]
        if list(choices):
            field.queryset = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def clean_words(self) -> str:
        return self._not_longer("words", LONGEST_WORDS)

    def clean_where_words(self) -> str:
        return self._not_longer("where_words", LONGEST_WHERE)

    def clean_author_name(self) -> str:
        return self._not_longer("author_name", LONGEST_NAME)

    def _not_longer(self, name: str, most: int) -> str:
        words: str = self.cleaned_data[name]
        if len(words) > most:
            raise forms.ValidationError(
                f"There is room for {most:,} letters. Take some out: {len(words) - most:,} or more"
            )
        return words

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        if not typed:
            return ""
        code = normalise(typed)
        if code is None:
            raise forms.ValidationError("Enter a postcode like SR8 4LX, choose a place, or use your own words")
        if Postcode.objects.lookup(code) is None and Postcode.objects.exists():
            raise forms.ValidationError(f"We do not know {code}. Check it, choose a place, or use your own words")
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        cleaned["pin"] = None if latitude is None or longitude is None else Point(latitude, longitude)
        where = ("postcode", "named_place", "where_words", "latitude", "longitude")
        if not cleaned["pin"] and not any(cleaned.get(name) or name in self.errors for name in where):
            self.add_error("postcode", NO_PLACE.removesuffix("."))
        return cleaned

    def as_comment(self) -> dict[str, Any]:
        """What `leave_comment` takes."""
        cleaned = self.cleaned_data
        said = {name: value for name, value in cleaned.items() if name not in NOT_SAID}
        typed = "\x1f".join([cleaned["page"], *(str(value) for value in said.values())])
        key = hashlib.sha256(typed.encode()).hexdigest()[:40] if cleaned["page"] else None
        return {**said, "consultation": self.consultation, "source_key": key and f"form:{key}"}


class SelectionForm(PublicForm):
    """The choices above the list, showing what was chosen; the address is read by `read_selection`."""

    theme = forms.ChoiceField(label="What it is about", required=False)
    feeling = forms.ChoiceField(
        label="How people feel", required=False, choices=[("", "Any feeling"), *PlaceComment.Feeling.choices]
    )
    status = forms.ChoiceField(label="Answered or not", required=False, choices=[("", "Both"), *ANSWERED.items()])
    q = PlainField(label="Words to look for", required=False, max_length=LONGEST_QUERY, widget=forms.TextInput)
    consultation = forms.CharField(required=False, widget=forms.HiddenInput)
    bbox = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *, selection: Selection, themes: list[Theme]) -> None:
        super().__init__(initial=selection.as_parameters)
        self.fields["theme"].choices = [("", "Anything"), *((theme.slug, theme.name) for theme in themes)]  # type: ignore[attr-defined]
        for name in ("consultation", "bbox"):
            if name not in self.initial:
                del self.fields[name]
        if not themes:
            del self.fields["theme"]
        for field in self.fields.values():
            # Nothing here has to be filled in, so nothing says that it can be skipped.
            field.required = not field.widget.is_hidden
