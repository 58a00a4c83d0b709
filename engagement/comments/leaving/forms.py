"""What residents fill in to leave a comment, and, where it sounds as if they need help, so that we may reach them."""

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from engagement.comments.actions.leaving import (
    LONGEST_NAME,
    LONGEST_REACH,
    LONGEST_WHERE,
    LONGEST_WORDS,
    NO_PLACE,
    Consent,
    check_inside,
)
from engagement.comments.actions.photos import LONGEST_WORDS as LONGEST_PHOTO_WORDS
from engagement.comments.forms import BAD_PIN, WhereChoiceField, WhereField
from engagement.comments.hearing.forms import AddressField
from engagement.comments.map.inside import is_inside, swapped
from engagement.comments.models import Consultation, Photo, PlaceComment, Theme
from engagement.comments.words.screening import EMAIL, PHONE, personal_marks
from portal.forms import PlainField, PublicForm
from portal.geo.coordinates import Point
from portal.geo.models import NamedPlace, Postcode
from portal.geo.postcodes import normalise
from portal.refusals import Refused
from portal.spam import Guarded

LONGEST_TYPED = 20_000
# What the page carries for itself.
NOT_SAID = {"website", "shown", "page", "latitude", "longitude", "photo", "leave_photo_out"}
# What belongs to one page alone, and is not handed on to the next.
NOT_CARRIED = {"photo", "leave_photo_out"}


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
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        max_length=LONGEST_TYPED,
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
    photo = forms.FileField(
        label="A photo", required=False, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
    )
    photo_words = PlainField(
        label="What does the photo show?",
        help_text="For people who cannot see it.",
        required=False,
        widget=forms.TextInput,
        max_length=LONGEST_TYPED,
    )
    leave_photo_out = forms.BooleanField(label="Leave this photo out", required=False)
    author_name = PlainField(
        label="Your name",
        required=False,
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    is_name_shown = forms.BooleanField(label="Show my name with my words", required=False)
    address = AddressField(
        label="Your e-mail address",
        help_text="To hear what becomes of it. Nobody else sees it. We send a link to make sure that it is yours.",
        required=False,
    )
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput, error_messages={"invalid": BAD_PIN})
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput, error_messages={"invalid": BAD_PIN})
    # A photo that was taken in already, while the words were still being written.
    photo_key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    # The same page sent twice is one comment; other words on the same page are another.
    page = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.initial.setdefault("page", uuid.uuid4().hex)
        self._offer("named_place", NamedPlace.objects.listed())
        self._offer("theme", consultation.offered_themes())

    @classmethod
    def again(cls, typed: Mapping[str, Any], *, consultation: Consultation) -> "CommentForm":
        """The form as somebody filled it in, to be changed: nothing is missed, and nothing is called wrong."""
        return cls(initial={name: typed[name] for name in cls.base_fields if name in typed}, consultation=consultation)

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

    def clean_photo_words(self) -> str:
        return self._not_longer("photo_words", LONGEST_PHOTO_WORDS)

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
        known = Postcode.objects.lookup(code)
        if known is None and Postcode.objects.exists():
            raise forms.ValidationError(f"We do not know {code}. Check it, choose a place, or use your own words")
        area = self.consultation
        if known and not is_inside(known.point, bounds=area.bounds, outline=area.outline):
            raise forms.ValidationError(f"{code} is outside the area of “{area.name}”. Choose a place in it")
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        cleaned["pin"] = None if latitude is None or longitude is None else Point(latitude, longitude)
        where = ("postcode", "named_place", "where_words", "latitude", "longitude")
        if not cleaned["pin"] and not any(cleaned.get(name) or name in self.errors for name in where):
            self.add_error("postcode", NO_PLACE.removesuffix("."))
        try:
            check_inside(cleaned["pin"], self.consultation)
        except Refused as reason:
            self.add_error(None, reason.sentence)
        else:
            if self.meant:
                self.add_error(None, "The pin is far away from here. Put it again, or say where in words.")
        if cleaned.get("photo_key") and self.photo_so_far is None:
            self.add_error("photo", "We keep a photo for a day while you write. Choose it again")
        return cleaned

    @property
    def meant(self) -> Point | None:
        """The place that was meant by a pin whose latitude and longitude stand in each other's place."""
        pin = getattr(self, "cleaned_data", {}).get("pin")
        return swapped(pin, bounds=self.consultation.bounds, outline=self.consultation.outline) if pin else None

    @property
    def photo_so_far(self) -> Photo | None:
        """The photo that was taken in with these words."""
        key = self["photo_key"].value()
        return Photo.objects.with_key(str(key)).first() if key else None

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Everything that was typed, as hidden boxes carry it from page to page."""
        typed = ((name, self[name].value()) for name, field in self.fields.items() if name not in NOT_CARRIED)
        return [
            (name, "on" if value is True else str(value)) for name, value in typed if value not in (None, "", False)
        ]

    def as_comment(self) -> dict[str, Any]:
        """What `leave_comment` takes."""
        cleaned = self.cleaned_data
        said = {name: value for name, value in cleaned.items() if name not in NOT_SAID}
        typed = "\x1f".join([cleaned["page"], *(str(value) for value in said.values())])
        key = hashlib.sha256(typed.encode()).hexdigest()[:40] if cleaned["page"] else None
        return {**said, "consultation": self.consultation, "source_key": key and f"form:{key}"}


# What people who ring are told where the author gave no name.
NO_NAME = "Somebody who wrote a comment"


class HelpForm(PublicForm):
    """Leave to pass a comment to the people who can help, with one way to reach its author that is safe."""

    may_pass_on = forms.BooleanField(label="Yes, tell the people who can help me what I wrote", required=False)
    help_name = PlainField(
        label="What should we call you?",
        help_text="A first name, or a name that is not yours.",
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    help_reach = WhereField(
        label="One safe way to reach you",
        help_text="If you ticked yes: a phone number or an e-mail address that nobody else answers or reads.",
        max_length=LONGEST_REACH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("may_pass_on"):
            if cleaned.get("help_reach"):
                self.add_error("may_pass_on", "Tick the box if we may use this to reach you, or take it out")
            return cleaned
        ways = {mark.kind for mark in personal_marks(cleaned.get("help_reach", ""))}
        if not ways & {EMAIL, PHONE}:
            self.add_error("help_reach", "Write a phone number like 07700 900123, or an e-mail address")
        return cleaned

    @property
    def consent(self) -> Consent | None:
        """What the author gave leave for; none where they did not."""
        cleaned = self.cleaned_data
        return Consent(cleaned["help_name"] or NO_NAME, cleaned["help_reach"]) if cleaned["may_pass_on"] else None
