"""What is in doubt of an entry while our team has not decided: what its keeper wants otherwise, what somebody says is wrong."""

from collections.abc import Iterable

from django.utils.text import Truncator

from engagement.directory.keeping.wishes import label_of
from engagement.directory.models import Activity, Correction, ProposedChange, Venue

LONGEST_SAID = 200


def is_in_doubt(entry: Venue | Activity) -> bool:
    """Whether something of it waits for somebody to look at."""
    waiting = (ProposedChange.objects.about(entry).waiting(), Correction.objects.about(entry).open())
    return any(some.exists() for some in waiting)


def doubts_in_words(entries: Iterable[Venue | Activity]) -> str:
    """All of it, for the keeper who says that everything is right; nothing where nothing waits."""
    some = list(entries)
    wishes = [
        f"{entry}, {label_of(entry, wish.field).lower()}"
        for entry in some
        for wish in ProposedChange.objects.about(entry).waiting().oldest_first()
    ]
    told = [
        f"Somebody says of {entry}: “{Truncator(one.words).chars(LONGEST_SAID)}”"
        for entry in some
        for one in Correction.objects.about(entry).open().oldest_first()
    ]
    return " ".join([*([f"You asked us to change: {'; '.join(wishes)}."] if wishes else []), *told])
