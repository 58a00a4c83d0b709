"""Counts of the figures, and reports that show them."""

from datetime import UTC, date, datetime

from portal.accounts.models import User
from portal.insight.audiences import Audience
from portal.insight.models import ReportIndexPage, ReportPage, Snapshot
from portal.insight.periods import Period, quarter
from portal.insight.table import Column, Table

SUMMER = quarter(2026, 3)
COUNTED_AT = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
# Exact numbers that nobody but the board may see: rounded they are 15, 25 and 30.
EXACT = (13, 23, 31)


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
