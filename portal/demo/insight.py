"""The demo's figures: a past that they can count, and a report of last quarter."""

from datetime import datetime

from django.utils import timezone

from portal.accounts.models import User
from portal.demo.pages import publish
from portal.demo.past_requests import load_past_requests
from portal.demo.past_work import (
    let_the_directory_be_old,
    load_past_assessments,
    load_past_newspapers,
    load_past_sessions,
    load_past_surveys,
)
from portal.insight.audiences import Audience, offered
from portal.insight.builder.drafting import draft_report
from portal.insight.models import ReportPage
from portal.insight.periods import Period
from portal.insight.rounding import quarters_of

SAID = "<p>These are examples. When the portal is used, the figures are its own.</p>"
QUOTE = {
    "words": "I did not think that anybody would ring back. They did, the same day.",
    "who": "An example",
    "said_yes": "group",
    "said_yes_on": "2026-01-15",
    "said_yes_how": "written",
    "kept_where": "Example",
}


def load_past(*, people: dict[str, User], now: datetime) -> None:
    """Everything that the figures of the last quarter and of the last financial year count, once."""
    spans = [one.period for one in offered(timezone.localdate(now))]
    last_quarter, year = spans[0], next(one for one in spans if len(one.months()) == 12)
    quarters = sorted({last_quarter, *quarters_of(year)})
    load_past_requests(people=people, since=year, now=now)
    load_past_assessments(by=people["lead"], year=year, last_quarter=last_quarter)
    load_past_surveys(by=people["lead"], quarters=quarters)
    load_past_sessions(by=people["coordinator"], quarters=quarters)
    load_past_newspapers(by=people["editor"], quarters=quarters)
    let_the_directory_be_old(now=now)


def load_insight(*, people: dict[str, User], now: datetime) -> None:
    """Loaded once: a report for residents that is out, and one for funders that is begun."""
    if ReportPage.objects.exists():
        return
    last_quarter: Period = next(offered(timezone.localdate(now))).period
    page = draft_report(period=last_quarter, audience=Audience.RESIDENTS, by=people["lead"], now=now)
    page.body = [("words", SAID), *((block.block_type, block.value) for block in page.body), ("quote", QUOTE)]
    publish(page)
    draft_report(period=last_quarter, audience=Audience.FUNDER, by=people["lead"], now=now)
