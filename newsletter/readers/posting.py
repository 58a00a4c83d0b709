"""Names and addresses of those who have it posted, for one issue or for all: as a table and as sheets of labels."""

from collections.abc import Sequence
from typing import Any

from newsletter.audience import target_of
from newsletter.links import preferences_path
from newsletter.models import IssuePage, Subscriber
from newsletter.printing.addresses import on_paper
from portal.emails.links import absolute
from portal.pages.settings import site_identity
from portal.pdf import qr_code, typeset
from portal.spreadsheets import csv_text

LABELS_ON_A_SHEET = 21
COLUMNS = ("name", "address", "edition")
STANDARD, LARGE_PRINT = "standard", "large print"


def posted_to(issue: IssuePage | None) -> list[Subscriber]:
    """Who has this issue posted: not paused, and of its topics and places; without an issue, everybody not paused.

    Those with large print stand at the end, for they come from another pile.
    """
    readers = list(Subscriber.objects.receiving().by_post().with_choices().by_edition())
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
    rows = (
        {"name": one.name, "address": ", ".join(one.postal_address.splitlines()), "edition": edition_of(one)}
        for one in readers
    )
    return csv_text(COLUMNS, rows)


def edition_of(reader: Subscriber) -> str:
    return LARGE_PRINT if reader.wants_large_print else STANDARD


def as_labels(readers: Sequence[Subscriber], *, title: str, has_codes: bool = False) -> bytes:
    """A4 sheets of labels, three beside each other and seven rows; with codes, each opens its reader's own page.

    Each also says which number to ring, for those who have no telephone that reads codes.
    """
    codes = {f"code-{one.pk}.svg": qr_code(absolute(preferences_path(one.pk))) for one in readers if has_codes}
    values = {
        "title": title,
        "sheets": sheets_of(readers, has_codes=has_codes),
        "phone": site_identity().contact_phone,
        "site": on_paper(absolute("/")),
    }
    return typeset("paper/address-labels", values, pictures=codes)


def sheets_of(readers: Sequence[Subscriber], *, has_codes: bool = False) -> list[list[dict[str, Any]]]:
    labels = [
        {
            "name": one.name,
            "lines": one.postal_address.splitlines(),
            "edition": LARGE_PRINT.capitalize() if one.wants_large_print else "",
            "code": f"code-{one.pk}.svg" if has_codes else "",
        }
        for one in readers
    ]
    starts = range(0, len(labels), LABELS_ON_A_SHEET)
    return [labels[start : start + LABELS_ON_A_SHEET] for start in starts]
