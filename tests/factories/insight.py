"""Counts of the figures, and reports that show them."""

from datetime import UTC, date, datetime, timedelta

from portal.accounts.models import User
from portal.insight.audiences import Audience
from portal.insight.figures import EVERY
from portal.insight.models import ReportIndexPage, ReportPage, Snapshot
from portal.insight.periods import Period, financial_year, quarter
from portal.insight.table import Column, Table
from selfreferral.actions.surveys import answer, make_links
from selfreferral.models import Survey
from tests.factories.comments import make_published
from tests.factories.directory import make_venue
from tests.factories.interim import IMPOSSIBLE, PRINTED, the_cohort
from tests.factories.newsletter import an_issue
from tests.factories.sessions import make_session

SUMMER = quarter(2026, 3)
COUNTED_AT = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
# Exact numbers that nobody but the board may see: rounded they are 15, 25 and 30.
EXACT = (13, 23, 31)
YEAR = financial_year(2026)
APRIL = datetime(2026, 4, 6, 10, tzinfo=UTC)


def by_month(*counts: int) -> Table:
    """A figure that is published."""
    columns = (Column("month", "Month", "month"), Column("requests", "Requests", "count", adds_up=True))
    rows = tuple((date(2026, 7 + number, 1), count) for number, count in enumerate(counts))
    return Table("referrals_by_month", "Requests by month", "Every request.", columns, rows, sum(counts))


def self_share() -> Table:
    """A figure that is never published."""
    columns = (Column("source", "Who", "text"), Column("requests", "Requests", "count", adds_up=True))
    return Table("self_share", "Themselves", "Every request.", columns, (("Themselves", 17), ("Others", 50)), 67)


def ways() -> Table:
    """Another figure that is published."""
    columns = (Column("route", "Way", "text"), Column("requests", "Requests", "count", adds_up=True))
    rows = (("On the web", 44), ("=Paper", 23))
    return Table("routes_in", "How requests came in", "Every request.", columns, rows, 67)


def a_snapshot(*tables: Table, period: Period = SUMMER, made_at: datetime = COUNTED_AT) -> Snapshot:
    snapshot = Snapshot(
        begins_on=period.begins_on,
        ends_on=period.ends_on,
        exact=[table.to_json() for table in tables or (by_month(*EXACT), self_share(), ways())],
        definitions=1,
        made_at=made_at,
    )
    snapshot.seal()
    snapshot.save()
    return snapshot


def a_report(
    *figures: str,
    snapshot: Snapshot | None = None,
    audience: str = Audience.FUNDER,
    slug: str = "summer",
    by: User | None = None,
    is_out: bool = True,
) -> ReportPage:
    """A report with these figures placed; without any, with the requests by month."""
    page = ReportPage(
        title="What we did, July to September 2026",
        slug=slug,
        snapshot=snapshot or a_snapshot(),
        audience=audience,
        body=[("figure", name) for name in figures or ("referrals_by_month",)],
        live=False,
        owner=by,
    )
    ReportIndexPage.objects.get().add_child(instance=page)
    revision = page.save_revision()
    if is_out:
        revision.publish()
        page.refresh_from_db()
    return page


def a_full_year(*, lead: User, coordinator: User) -> list[Table]:
    """Every figure of a year in which there was something of everything."""
    the_cohort(begins=APRIL, rows={name: row for name, row in PRINTED.items() if name != IMPOSSIBLE})
    closes_on = APRIL.date() + timedelta(days=40)
    for token in make_links(audience=Survey.Audience.REFERRERS, how_many=23, closes_on=closes_on, by=lead, now=APRIL)[
        :16
    ]:
        answer(token=token, stars=4, good="", better="", now=APRIL)
    for number in range(7):
        make_published(by=coordinator, feeling="good", now=APRIL + timedelta(days=number))
    make_session(by=coordinator, held_on=APRIL.date())
    an_issue()
    make_venue("Example hall")
    return [figure.make(YEAR) for figure in EVERY]
