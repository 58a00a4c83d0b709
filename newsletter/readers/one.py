"""All that answers “why did I not get it?” about one reader."""

from dataclasses import dataclass

from newsletter.models import Consent, Delivery, Subscriber
from newsletter.readers.said import what_holds
from newsletter.workflow import IN_WORDS, REASONS_IN_WORDS, SubscriberState
from portal.emails.suppression import is_suppressed

COPIES_SHOWN = 20


@dataclass(frozen=True)
class Copy:
    """What became of one issue or weekly mail for this reader."""

    delivery: Delivery
    what: str
    state: str
    reason: str


@dataclass(frozen=True)
class OneReader:
    """One reader with what they chose, the evidence that they asked, and their newest copies."""

    reader: Subscriber
    rows: list[dict[str, str]]
    consents: list[Consent]
    copies: list[Copy]
    is_silenced: bool

    @property
    def is_on_the_list(self) -> bool:
        return self.reader.state != SubscriberState.LEFT


def all_about(reader: Subscriber) -> OneReader:
    """In five queries, however many copies there are."""
    found = Subscriber.objects.with_choices().get(pk=reader.pk)
    deliveries = found.deliveries.with_their_sending().order_by("-pk")[:COPIES_SHOWN]
    return OneReader(
        reader=found,
        rows=what_holds(found),
        consents=list(found.consents.newest_first()),
        copies=[
            Copy(one, one.campaign.subject, IN_WORDS[one.state], REASONS_IN_WORDS.get(one.reason, ""))
            for one in deliveries
        ],
        is_silenced=bool(found.email) and is_suppressed(found.email),
    )
