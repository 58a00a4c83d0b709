"""What a keeper may want changed, field by field, how a value reads, and which wishes staff put in by hand."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import models

from engagement.directory.features import FEATURES, Known
from engagement.directory.models import Activity, Venue

# No column of an activity: its times are rows of rules, which staff choose in the activity's form.
TIMES = "times"
HOURS = "hours_text"
# Each with what of the entry changes when staff put it in.
BY_HAND = {HOURS: frozenset({HOURS, "opening_hours"}), TIMES: frozenset({"schedules"})}
LONGEST_TIMES = 400
NOTHING = "nothing"


@dataclass(frozen=True)
class Wishable:
    """One field that may be wished for: its words on the form, and whether it takes many lines."""

    field: str
    label: str
    hint: str = ""
    is_long: bool = False


_FEATURES = tuple(Wishable(feature.field, feature.label) for feature in FEATURES)
_REACH = (
    Wishable("phone", "Phone number"),
    Wishable("email", "E-mail address that everybody may see"),
    Wishable("website", "Website", "Such as https://example.org"),
)
VENUE_FIELDS = (
    Wishable("name", "Name of the place"),
    Wishable("description", "What it is, in a few words", is_long=True),
    Wishable("hours_text", "Opening hours, in plain words", "Such as “Monday to Thursday, 9 to 4”.", is_long=True),
    Wishable("address", "Street and number"),
    Wishable("postcode", "Postcode", "Like SR8 4LX"),
    *_REACH,
    *_FEATURES,
)
ACTIVITY_FIELDS = (
    Wishable("name", "What it is called"),
    Wishable("description", "What it is, in a few words", is_long=True),
    Wishable(TIMES, "Times, in plain words", "Such as “every other Friday, 10 to 12, not in August”.", True),
    Wishable("cost", "What it costs", "Such as “Free” or “£3.50 with a hot drink”."),
    Wishable("who_for", "Who it is for"),
    Wishable("what_to_expect", "What to expect the first time", is_long=True),
    *_REACH,
)


def wishable(entry: models.Model) -> tuple[Wishable, ...]:
    """The fields of an entry that its keeper may want otherwise."""
    if isinstance(entry, Venue):
        return VENUE_FIELDS
    assert isinstance(entry, Activity)
    return ACTIVITY_FIELDS


def label_of(entry: models.Model, field: str) -> str:
    """What a field is called, also one that can no longer be wished for."""
    return next((one.label for one in wishable(entry) if one.field == field), field.replace("_", " "))


def value_now(entry: models.Model, field: str) -> str:
    """What the entry says today; for the times of an activity the words that its rules make."""
    if field == TIMES:
        assert isinstance(entry, Activity)
        placed = entry if hasattr(entry, "live_schedules") else Activity.objects.with_places().get(pk=entry.pk)
        return placed.schedule_in_words
    value: Any = getattr(entry, field)
    return str(value)


def in_words(field: str, value: Any) -> str:
    """A value as people read it: yes, no, not known, or the words themselves."""
    if field in {feature.field for feature in FEATURES} and value in Known.values:
        return str(Known(value).label)
    return str(value or "") or NOTHING


def fingerprint(value: Any) -> str:
    """A few letters that tell whether a value is still the one that was shown."""
    return hashlib.sha256(str(value).encode()).hexdigest()[:16]
