"""Tables that leave this room: numbers without people, and, seldom, people by name for somebody who is owed them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.clock import LONDON
from portal.spreadsheets import csv_text
from selfreferral.contact.card import CHANNEL_LABELS, card_from
from selfreferral.exports import numbers
from selfreferral.models import Referral
from selfreferral.questions.shapes import Part
from selfreferral.reading.answers import opened_answers
from selfreferral.workflow import STAFF_LABELS, State

PEOPLE_COLUMNS = (
    "reference", "received on", "state", "asked by", "name", "safe ways", "handle with care",
)  # fmt: skip

ASKED_US_TO_STOP = "asked us to stop"


class Why(StrEnum):
    """What people's names may leave for."""

    HANDOVER = "handover"
    INSPECTION = "inspection"
    LAW = "law"
    OUTAGE = "outage"


WHY_WORDS: dict[Why, str] = {
    Why.HANDOVER: "The work goes over to another system or team",
    Why.INSPECTION: "An inspection or audit is owed it",
    Why.LAW: "A court, or the law, asks for it",
    Why.OUTAGE: "A list on paper while the system is down",
}


@dataclass(frozen=True)
class SavedFile:
    """A file to save: its name and what is in it."""

    name: str
    text: str
    rows: int


def numbers_sheet(quarter: numbers.Quarter) -> SavedFile:
    """What came in in a quarter, as numbers from which nobody can be picked out."""
    lines = list(numbers_of(quarter).lines())
    return SavedFile(f"numbers-{quarter}.csv", csv_text(numbers.COLUMNS, lines), len(lines))


def quarters_begun(*, now: datetime) -> list[numbers.Quarter]:
    """Those of which there are numbers, the newest first: from when the first person asked until now."""
    first = Referral.objects.order_by("received_at").values_list("received_at", flat=True).first() or now
    return numbers.Quarter.begun(first=first.astimezone(LONDON).date(), today=now.astimezone(LONDON).date())


def numbers_of(quarter: numbers.Quarter) -> numbers.Numbers:
    """Count what came in in a quarter."""
    words = {
        "source": dict(Referral.Source.choices),
        "came_by": dict(Referral.CameBy.choices),
        "state": {state.value: label for state, label in STAFF_LABELS.items()},
    }
    came = Referral.objects.received_between(quarter.since, quarter.until).values_list(*numbers.Came._fields)
    return numbers.count_up((numbers.Came(*row) for row in came.iterator()), quarter=quarter, words=words)


def people_sheet(referrals: Iterable[Referral], *, exported_by: str, at: datetime) -> SavedFile:
    """Names and safe ways, one line a referral, each marked with who took it out and when; what they told us stays."""
    here = at.astimezone(LONDON)
    mark = f"Taken out by {exported_by} on {here:%Y-%m-%d %H:%M}. Keep locked, destroy when done."
    rows = [{**_row(referral), "handle with care": mark} for referral in referrals]
    return SavedFile(f"people-{here:%Y-%m-%d-%H%M}.csv", csv_text(PEOPLE_COLUMNS, rows), len(rows))


def _row(referral: Referral) -> dict[str, str]:
    answers = opened_answers(referral, referral.strongbox(), (Part.CONTACT, Part.REFERRER))
    card = card_from(answers)
    ways = [f"{CHANNEL_LABELS[channel]}: {card.detail(channel)}" for channel in card.allowed]
    return {
        "reference": referral.reference,
        "received on": f"{referral.received_at.astimezone(LONDON):%Y-%m-%d}",
        "state": referral.get_state_display(),
        "asked by": referral.get_source_display(),
        "name": str(answers.get("name", "")),
        "safe ways": ASKED_US_TO_STOP if referral.where is State.WITHDRAWN else "; ".join(ways) or "none",
    }
