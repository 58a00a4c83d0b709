"""What people fill in to get the newspaper, or to change what they get."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms

from newsletter.addresses import HOW_TO, LONGEST_LETTER, LONGEST_NAME, BadAddress, tidy_address, tidy_letter, tidy_name
from newsletter.choices import EACH_ISSUE, WEEKLY, Choices
from newsletter.models import Subscriber, Topic
from newsletter.models.settings import newspaper_settings
from newsletter.workflow import end_of_winter
from portal import clock
from portal.forms import PlainField, PublicForm
from portal.geo.models import Area
from portal.spam import Guarded

EVERYWHERE = "everywhere"
LONGEST_PAUSE = timedelta(days=366)


class AddressField(forms.CharField):
    """An e-mail address that we can write to, or words that say what to type."""

    def __init__(self, **kwargs: Any) -> None:
        messages = dict.fromkeys(("required", "null_characters_not_allowed"), HOW_TO)
        super().__init__(
            widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
            error_messages=messages,
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        try:
            return tidy_address(typed) if typed else ""
        except BadAddress as refusal:
            raise forms.ValidationError(str(refusal)) from None


class ChoicesForm(PublicForm):
    """What about, where and how often; what nobody keeps a list of is not asked, nor how often without a weekly mail."""

    topics = forms.MultipleChoiceField(
        label="What would you like to hear about?",
        help_text="Tick none, and you get everything.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Tick topics from the list", "invalid_list": "Tick topics from the list"},
    )
    place = forms.ChoiceField(
        label="Where?", required=False, error_messages={"invalid_choice": "Choose a place from the list"}
    )
    frequency = forms.ChoiceField(
        label="How often?",
        required=False,
        widget=forms.RadioSelect,
        choices=[(EACH_ISSUE, "Each new issue"), (WEEKLY, "One mail a week")],
        error_messages={"invalid_choice": "Choose one of the two"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_topics = {topic.slug: topic for topic in Topic.objects.in_order()}
        self.known_places = {area.code: area for area in Area.objects.defer("outline")}
        about, where = self.fields["topics"], self.fields["place"]
        assert isinstance(about, forms.MultipleChoiceField)
        assert isinstance(where, forms.ChoiceField)
        about.choices = [(slug, topic.name) for slug, topic in self.known_topics.items()]
        where.choices = [
            (EVERYWHERE, "Everywhere"),
            *((code, a.name) for code, a in self.known_places.items()),
        ]
        self.initial.setdefault("frequency", EACH_ISSUE)
        for name, known in (("topics", self.known_topics), ("place", self.known_places)):
            if not known:
                del self.fields[name]
        if not newspaper_settings().sends_weekly:
            del self.fields["frequency"]

    @property
    def choices(self) -> Choices:
        """What was chosen, once the form is valid."""
        cleaned = self.cleaned_data
        place = self.known_places.get(cleaned.get("place", ""))
        return Choices(
            frequency=cleaned.get("frequency") or EACH_ISSUE,
            topics=tuple(sorted(self.known_topics[slug].pk for slug in cleaned.get("topics", []))),
            place=place.pk if place else None,
        )


def chosen_by(reader: Subscriber) -> dict[str, Any]:
    """A reader's choices as a form begins with them."""
    return {
        "topics": [topic.slug for topic in reader.topics.all()],
        "place": reader.place.code if reader.place else EVERYWHERE,
        "frequency": reader.frequency,
    }


class LetterForm(PublicForm):
    """Where a printed copy goes."""

    name = PlainField(
        label="Your name",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name", "max_length": "Use 100 letters or fewer for your name"},
    )
    postal_address = PlainField(
        label="Your address, with the postcode",
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
        error_messages={
            "required": "Enter your street, your village or town, and the postcode",
            "max_length": "Use 300 letters or fewer for your address",
        },
    )

    wants_large_print = forms.BooleanField(label="In large print, please", required=False)

    def clean_name(self) -> str:
        return self._tidied("name", tidy_name)

    def clean_postal_address(self) -> str:
        return self._tidied("postal_address", tidy_letter)

    def _tidied(self, field: str, tidy: Callable[[str], str]) -> str:
        """What was typed as it is kept; nothing typed is right where the field may be left empty."""
        typed = str(self.cleaned_data[field])
        try:
            return tidy(typed) if typed else ""
        except BadAddress as refusal:
            raise forms.ValidationError(str(refusal)) from None


class MoveForm(LetterForm):
    """Where it goes from now on, for who has it posted."""

    name = None  # type: ignore[assignment]
    wants_large_print = None  # type: ignore[assignment]


class PrintForm(PublicForm):
    """Large print or not, for who has it posted."""

    wants_large_print = forms.BooleanField(label="Send it in large print", required=False)


class Uncounted(forms.CharField):
    """A question whose answer does not count this time: nothing typed into it is wrong."""

    def clean(self, value: Any) -> str:
        return ""


class SubscribeForm(Guarded, LetterForm, ChoicesForm):
    """Where to send it; the rest may be left alone. Whoever fills in only a name and an address wants it posted."""

    MAIL, POST = Subscriber.Channel.EMAIL, Subscriber.Channel.POST

    email = AddressField(label="Your e-mail address")

    field_order = ("email",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel = self._channel()
        unwanted = ("email",) if self.channel == self.POST else ("name", "postal_address")
        for name in unwanted:
            asked = self.fields[name]
            self.fields[name] = Uncounted(label=asked.label, widget=asked.widget)

    def _channel(self) -> str:
        if self.data.get("channel") == self.POST:
            return self.POST
        has_mail, has_letter = self._has("email"), self._has("name", "postal_address")
        return self.POST if has_letter and not has_mail else self.MAIL

    def _has(self, *names: str) -> bool:
        return any(str(self.data.get(name, "")).strip() for name in names)

    @property
    def shows_choices(self) -> bool:
        """Whether the part with choices stands open: something in it is wrong or was chosen."""
        usual = {"topics": (None, ""), "place": (None, EVERYWHERE), "frequency": (None, EACH_ISSUE)}
        asked = {name: values for name, values in usual.items() if name in self.fields}
        return any(name in self.errors or self.data.get(name) not in values for name, values in asked.items())

    @property
    def has_choices(self) -> bool:
        """Whether there is anything to choose."""
        return any(name in self.fields for name in ("topics", "place", "frequency"))

    @property
    def shows_post(self) -> bool:
        return bool(self.is_bound and (self.channel == self.POST or self._has("name", "postal_address")))


class PauseForm(PublicForm):
    """Until when nothing is sent."""

    WINTER, DAY, BACK = "winter", "day", "back"

    pause = forms.ChoiceField(
        label="Send nothing",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose until when", "invalid_choice": "Choose one of the three"},
    )
    day = forms.DateField(
        label="Until this day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a day like 1/3/2027"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = clock.now().date()
        until = self.fields["pause"]
        assert isinstance(until, forms.ChoiceField)
        until.choices = [
            (self.WINTER, f"for the winter, until {clock.say_whole_date(end_of_winter(self.today))}"),
            (self.DAY, "until a day I choose"),
            (self.BACK, "until I come back here"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("day")
        if cleaned.get("pause") == self.DAY and "day" not in self.errors:
            if day is None:
                self.add_error("day", "Enter the day on which it starts again")
            elif not self.today < day <= self.today + LONGEST_PAUSE:
                self.add_error("day", "Choose a day after today, within a year")
        elif cleaned.get("pause") in {self.WINTER, self.BACK}:
            self.errors.pop("day", None)
        return cleaned

    @property
    def until(self) -> date | None:
        """The day on which it starts again; None: when they come back."""
        chosen = self.cleaned_data["pause"]
        if chosen == self.WINTER:
            return end_of_winter(self.today)
        return self.cleaned_data["day"] if chosen == self.DAY else None
