"""The demo's figures: what is known by the month of people whose records are kept no longer, and a report of last quarter."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from portal.accounts.models import User
from portal.demo.pages import publish
from portal.insight.audiences import Audience, offered
from portal.insight.builder.drafting import draft_report
from portal.insight.models import ReportPage
from portal.insight.periods import Period, month_of
from portal.privacy.counting import Counted, keep_counts
from portal.privacy.models import MonthlyCount
from selfreferral.actions.erasing import REQUESTS, REQUESTS_BY_WHOM
from selfreferral.models import Referral
from selfreferral.workflow import State

MONTHS = 20
# Month by month, over and over: requests for help, and of them those who asked themselves.
REQUESTS_A_MONTH = (
    (14, 3),
    (9, 2),
    (16, 4),
    (12, 2),
    (21, 5),
    (11, 3),
    (18, 4),
    (15, 3),
    (8, 2),
    (13, 3),
    (17, 4),
    (19, 4),
)
SAID = "<p>These are examples. When the portal is used, the figures are its own.</p>"
QUOTE = {
    "words": "I did not think that anybody would ring back. They did, the same day.",
    "who": "An example",
    "said_yes": "group",
    "said_yes_on": "2026-01-15",
    "said_yes_how": "written",
    "kept_where": "Example",
}


def load_insight(*, people: dict[str, User], now: datetime) -> None:
    """Loaded once: numbers of past months, then a report for residents that is out, and one for funders that is begun."""
    today = timezone.localdate(now)
    if MonthlyCount.objects.of(REQUESTS).exists() or ReportPage.objects.exists():
        return
    keep_counts(dict(_counts(today)))
    last_quarter: Period = next(offered(today)).period
    page = draft_report(period=last_quarter, audience=Audience.RESIDENTS, by=people["lead"], now=now)
    page.body = [("words", SAID), *((block.block_type, block.value) for block in page.body), ("quote", QUOTE)]
    publish(page)
    draft_report(period=last_quarter, audience=Audience.FUNDER, by=people["lead"], now=now)


def _counts(today: date) -> list[tuple[Counted, int]]:
    """What is left of people whose records went; nobody in it was ever real."""
    found = []
    month = month_of(today)
    for back in range(MONTHS):
        month = month_of(month.begins_on - timedelta(days=1))
        asked, themselves = REQUESTS_A_MONTH[back % len(REQUESTS_A_MONTH)]
        signposted, withdrawn = asked // 3, asked // 8
        by_word = themselves // 2
        for state, number in (
            (State.CLOSED, asked - signposted - withdrawn),
            (State.SIGNPOSTED, signposted),
            (State.WITHDRAWN, withdrawn),
        ):
            found.append((Counted(month.begins_on, REQUESTS, state), number))
        for source, number in (
            (Referral.Source.SELF, themselves),
            (Referral.Source.FAMILY_OR_FRIEND, by_word),
            (Referral.Source.WORKER, asked - themselves - by_word),
        ):
            found.append((Counted(month.begins_on, REQUESTS_BY_WHOM, source), number))
    return found
