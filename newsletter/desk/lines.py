"""What the editor's sending screens show: issues with their state, counts of readers and copies, never an address."""

from collections import Counter
from dataclasses import dataclass

from newsletter.audience import candidates
from newsletter.models import Campaign, Delivery, IssuePage
from newsletter.rendering.checks import warnings_about
from newsletter.rendering.edition import parts_of_issue
from newsletter.workflow import IN_WORDS, REASONS_IN_WORDS, DeliveryState

ISSUES_SHOWN = 50
SHOWN_STATES = (
    DeliveryState.QUEUED,
    DeliveryState.SENDING,
    DeliveryState.SUBMITTED,
    DeliveryState.FAILED,
    DeliveryState.UNCERTAIN,
    DeliveryState.EXCLUDED,
)


@dataclass(frozen=True)
class IssueLine:
    """One issue in the list, with the sending that counts, where there is one."""

    issue: IssuePage
    campaign: Campaign | None
    counts: Counter[str]

    @property
    def state(self) -> str:
        if self.campaign is not None:
            return self.campaign.state_in_words
        return "Ready to send" if self.issue.live else "Draft"


@dataclass(frozen=True)
class Readers:
    """How many would get an issue now, and how many would not and why."""

    receiving: int
    left_out: list[tuple[str, int]]


@dataclass(frozen=True)
class CountLine:
    """One state of the ledger with its number."""

    label: str
    how_many: int
    state: str


def issue_lines() -> list[IssueLine]:
    """The newest issues, in three queries however many there are."""
    issues = list(IssuePage.objects.newest_first()[:ISSUES_SHOWN])
    sendings = {one.issue_id: one for one in Campaign.objects.that_count().of_issues(issues).without_words()}
    counts = Delivery.objects.counts_by_campaign([one.pk for one in sendings.values()])
    lines = []
    for issue in issues:
        sending = sendings.get(issue.pk)
        lines.append(IssueLine(issue, sending, counts[sending.pk] if sending else Counter()))
    return lines


def readers_now() -> Readers:
    """The readers as a sending would find them at this moment."""
    counted = Counter(reason for _, reason in candidates())
    left_out = [(REASONS_IN_WORDS[reason], how_many) for reason, how_many in sorted(counted.items(), key=str) if reason]
    return Readers(receiving=counted[None], left_out=left_out)


def warnings_for(issue: IssuePage) -> list[str]:
    """What to look at before this issue goes out."""
    unpublished = (
        ["Some changes are not published yet: they will not be in the mail."] if issue.has_unpublished_changes else []
    )
    return unpublished + warnings_about(parts_of_issue(issue))


def count_lines(campaign: Campaign) -> list[CountLine]:
    """The ledger of a sending by state; zeroes too, so that nothing is passed over in silence."""
    counts = campaign.deliveries.counts()
    return [CountLine(IN_WORDS[state], counts[state], state) for state in SHOWN_STATES]
