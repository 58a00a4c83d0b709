"""Names and addresses of those who have it posted, for one issue or for all: as a table and as sheets of labels."""

from collections.abc import Sequence
from typing import Any

from newsletter.audience import target_of
from newsletter.models import IssuePage, Subscriber
from portal.pdf import typeset
from portal.spreadsheets import csv_text

LABELS_ON_A_SHEET = 21
COLUMNS = ("name", "address")


def posted_to(issue: IssuePage | None) -> list[Subscriber]:
    """Who has this issue posted: not paused, and of its topics and places; without an issue, everybody not paused."""
    readers = list(Subscriber.objects.receiving().by_post().with_choices().by_name())
    if issue is None:
        return readers
    target = target_of(issue)
    return [
        reader
        for reader in readers
        if target.is_about(frozenset(topic.pk for topic in reader.topics.all())) and target.is_for(reader.place_id)
    ]


def as_table(readers: Sequence[Subscriber]) -> str:
    """A line each; the lines of an address are joined by commas."""
    rows = ({"name": one.name, "address": ", ".join(one.postal_address.splitlines())} for one in readers)
    return csv_text(COLUMNS, rows)


def as_labels(readers: Sequence[Subscriber], *, title: str) -> bytes:
    """A4 sheets of labels, three beside each other and seven rows."""
    return typeset("paper/address-labels", {"title": title, "sheets": sheets_of(readers)})


def sheets_of(readers: Sequence[Subscriber]) -> list[list[dict[str, Any]]]:
    labels = [{"name": one.name, "lines": one.postal_address.splitlines()} for one in readers]
    starts = range(0, len(labels), LABELS_ON_A_SHEET)
    return [labels[start : start + LABELS_ON_A_SHEET] for start in starts]
