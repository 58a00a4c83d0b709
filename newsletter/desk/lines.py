"""What the editor's lists show: issues and weekly mails with their state, counts of readers and copies, never an address."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from newsletter.actions.plans import in_its_way
from newsletter.audience import target_of
from newsletter.desk.counting import counted
from newsletter.desk.progress import went
from newsletter.models import Campaign, Delivery, IssuePage, Subscriber, Topic
from newsletter.models.settings import newspaper_settings
from newsletter.weekly.segments import read_key
from newsletter.workflow import REASONS_IN_WORDS, CampaignState, DeliveryState
from portal.clock import say_moment
from portal.geo.models import Area

ISSUES_SHOWN = 50
DAYS_SHOWN = 10
NEVER_WENT = {DeliveryState.QUEUED, DeliveryState.EXCLUDED, DeliveryState.SUPPRESSED}


@dataclass(frozen=True)
class IssueLine:
    """One issue in the list, with the sending that counts, where there is one."""

    issue: IssuePage
    campaign: Campaign | None
    counts: Counter[str]
    waits_because: str = ""

    @property
    def state(self) -> str:
        if self.campaign is None:
            return "Ready to send" if self.issue.live else "Draft"
        if self.campaign.state == CampaignState.PLANNED:
            return f"Planned for {say_moment(self.campaign.starts_at)}"
        return self.campaign.state_in_words

    @property
    def went(self) -> int:
        return went(self.counts)


@dataclass
class DayLine:
    """The weekly mail of one day: its parts for the different segments, taken together."""

    day: date
    campaigns: list[Campaign] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def state(self) -> str:
        """The state that asks most of somebody; "Nothing to send" where every part was left."""
        order = (CampaignState.HELD, CampaignState.SENDING, CampaignState.WAITING, CampaignState.PLANNED)
        states = {campaign.state: campaign.state_in_words for campaign in self.campaigns}
        for state in (*order, CampaignState.CANCELLED, CampaignState.SENT):
            if state in states:
                return states[state]
        return "Nothing was sent"

    @property
    def is_held(self) -> bool:
        return any(campaign.state == CampaignState.HELD for campaign in self.campaigns)

    @property
    def has_begun(self) -> bool:
        """Whether a mail of it went, or may have gone."""
        return any(self.counts[state] for state in DeliveryState if state not in NEVER_WENT)

    @property
    def parts(self) -> list[Campaign]:
        """Those that had words: the others are only a record."""
        return [campaign for campaign in self.campaigns if campaign.frozen_at]

    @property
    def went(self) -> int:
        return went(self.counts)

    @property
    def candidates(self) -> int:
        return sum(campaign.candidates for campaign in self.campaigns)


@dataclass(frozen=True)
class Readers:
    """How many would get an issue now, and how many would not and why."""

    receiving: int
    left_out: list[tuple[str, int]]
    weekly_get_each_issue: int = 0


@dataclass(frozen=True)
class Roll:
    """How many readers there are, by how they get the newspaper."""

    each_issue: int
    weekly: int
    by_post: int
    is_weekly_on: bool


def issue_lines() -> list[IssueLine]:
    """The newest issues, in three queries however many there are; a planned one is looked at whether it could go."""
    issues = list(IssuePage.objects.newest_first()[:ISSUES_SHOWN])
    sendings = {one.issue_id: one for one in Campaign.objects.that_count().of_issues(issues).without_words()}
    counts = Delivery.objects.counts_by_campaign([one.pk for one in sendings.values()])
    lines = []
    for issue in issues:
        sending = sendings.get(issue.pk)
        if sending is None:
            lines.append(IssueLine(issue, None, Counter()))
            continue
        is_planned = sending.state == CampaignState.PLANNED
        waits_because = in_its_way(campaign=sending, issue=issue) if is_planned else ""
        lines.append(IssueLine(issue, sending, counts[sending.pk], waits_because))
    return lines


def without_issue() -> list[Campaign]:
    """Sendings whose issue was deleted on the way: no line of an issue shows them."""
    return list(Campaign.objects.without_issue().unfinished().newest_first().without_words())


def day_lines() -> list[DayLine]:
    """The weekly mails of the last weeks, newest day first, in three queries."""
    return _by_day(Campaign.objects.of_last_days(DAYS_SHOWN).without_words())


def day_line(day: date) -> DayLine | None:
    """The weekly mail of one day; None where there was none."""
    return next(iter(_by_day(Campaign.objects.of_day(day).without_words())), None)


def _by_day(found: Iterable[Campaign]) -> list[DayLine]:
    campaigns = sorted(found, key=lambda one: one.pk)
    counts = Delivery.objects.counts_by_campaign([one.pk for one in campaigns])
    days: dict[date, DayLine] = {}
    for campaign in campaigns:
        assert campaign.digest_on is not None
        line = days.setdefault(campaign.digest_on, DayLine(campaign.digest_on))
        line.campaigns.append(campaign)
        line.counts += counts[campaign.pk]
    return sorted(days.values(), key=lambda line: line.day, reverse=True)


def segment_labels(campaigns: Iterable[Campaign]) -> dict[int, str]:
    """For whom each part of a weekly mail was made, in words: "Horden: Health, Food"."""
    keys = {campaign.pk: read_key(campaign.segment) for campaign in campaigns}
    areas = dict(Area.objects.numbered(place for place, _ in keys.values() if place).values_list("pk", "name"))
    topics = dict(Topic.objects.values_list("pk", "name"))
    return {
        number: f"{areas.get(place or 0, 'Everywhere')}: {_topics(chosen, topics)}"
        for number, (place, chosen) in keys.items()
    }


def _topics(chosen: list[int], names: dict[int, str]) -> str:
    return ", ".join(names.get(number, "a topic that is gone") for number in chosen) or "all topics"


def readers_of(issue: IssuePage) -> Readers:
    """The readers as a sending of this issue would find them at this moment."""
    found = counted(target_of(issue))
    left_out = [(REASONS_IN_WORDS[reason], how_many) for reason, how_many in sorted(found.items(), key=str) if reason]
    weekly = 0 if newspaper_settings().sends_weekly else Subscriber.objects.receiving().by_email().weekly().count()
    return Readers(receiving=found[None], left_out=left_out, weekly_get_each_issue=weekly)


def roll() -> Roll:
    """How many readers there are now, whatever an issue is about."""
    mailed = Subscriber.objects.receiving().by_email()
    return Roll(
        each_issue=mailed.each_issue().count(),
        weekly=mailed.weekly().count(),
        by_post=Subscriber.objects.receiving().by_post().count(),
        is_weekly_on=newspaper_settings().sends_weekly,
    )
