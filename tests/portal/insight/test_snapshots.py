"""What was counted stays as it was counted, is checked when it is read, and staff are told what would differ today."""

import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.audit.models import AuditEvent
from portal.insight import snapshots
from portal.insight.figures import DEFINITIONS, EVERY, Figure
from portal.insight.models import Snapshot
from portal.insight.models.snapshots import Altered
from portal.insight.periods import Period, financial_year, month_of, quarter
from portal.insight.rounding import PUBLISHED
from portal.insight.snapshots import compare, figures_of, take_snapshot
from portal.insight.table import Column, Table
from portal.refusals import Refused
from selfreferral.models import Referral, ReferralSource
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.comments import make_published, make_theme
from tests.factories.figures import asked
from tests.factories.newsletter import an_issue

pytestmark = pytest.mark.django_db

SPRING = quarter(2026, 2)
MAY = datetime(2026, 5, 6, 10, tzinfo=UTC)
JULY = datetime(2026, 7, 6, 10, tzinfo=UTC)


def kept(snapshot: Snapshot) -> Snapshot:
    """As the database has it."""
    return Snapshot.objects.get(pk=snapshot.pk)


def test_a_snapshot_keeps_every_figure_with_who_made_it_and_when(lead: Person) -> None:
    asked(7, MAY)
    snapshot = take_snapshot(period=SPRING, by=lead.user, now=JULY)
    again = kept(snapshot)
    assert again.tables == tuple(figures_of(SPRING))
    assert [table.name for table in again.tables] == [figure.name for figure in EVERY]
    assert (again.period, again.made_by, again.made_at, again.definitions) == (SPRING, lead.user, JULY, DEFINITIONS)
    event = AuditEvent.objects.get(action="insight.take_snapshot")
    assert event.detail["digest"] == again.digest
    assert str(again) == "April to June 2026, counted on 6 July 2026, 11:00"


def test_what_was_counted_stays_and_staff_are_told_what_would_differ(lead: Person) -> None:
    asked(7, MAY)
    snapshot = take_snapshot(period=SPRING, by=lead.user, now=JULY)
    assert compare(snapshot) == []
    asked(2, MAY, source="family_or_friend")
    Referral.objects.filter(source="self").update(state=State.SIGNPOSTED)
    assert kept(snapshot).tables[0].n == 7
    changes = {
        (change.figure, change.row, change.column): (change.was, change.would_be) for change in compare(snapshot)
    }
    assert changes["Requests for help by month", "May 2026", "Requests"] == ("7", "9")
    assert changes["What became of the requests", "Signposted", "Requests"] == ("0", "7")
    assert changes["Who asked", "They asked themselves", "Share"] == ("100%", "78%")


def test_a_figure_that_is_made_no_more_or_anew_is_said_too(lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = take_snapshot(period=SPRING, by=lead.user, now=JULY)
    monkeypatch.setattr(snapshots, "EVERY", EVERY[1:])
    assert [(change.figure, change.would_be) for change in compare(snapshot)] == [
        ("Requests for help by month", "not made any more")
    ]


def test_a_snapshot_is_never_edited_nor_deleted(lead: Person) -> None:
    snapshot = take_snapshot(period=SPRING, by=lead.user, now=JULY)
    with pytest.raises(TypeError):
        kept(snapshot).save()
    with pytest.raises(TypeError):
        kept(snapshot).delete()


@pytest.mark.parametrize("column", ["exact", "quarters", "begins_on", "made_at", "definitions", "digest"])
def test_a_snapshot_that_was_changed_behind_our_back_is_not_shown(lead: Person, column: str) -> None:
    asked(7, MAY)
    snapshot = take_snapshot(period=SPRING, by=lead.user, now=JULY)
    other: dict[str, Any] = {
        "exact": copy.deepcopy(snapshot.exact),
        "quarters": [[]],
        "begins_on": date(2026, 3, 1),
        "made_at": JULY + timedelta(microseconds=1),
        "definitions": DEFINITIONS + 1,
        "digest": "0" * 64,
    }
    other["exact"][0]["title"] = "Another"
    Snapshot.objects.filter(pk=snapshot.pk).update(**{column: other[column]})
    for read in (lambda: kept(snapshot).tables, lambda: kept(snapshot).public_tables):
        with pytest.raises(Altered, match="not as they were made"):
            read()


def test_everybody_sees_the_fixed_list_rounded_and_of_other_times_nothing(lead: Person) -> None:
    asked(41, MAY)
    asked(16, datetime(2026, 8, 5, tzinfo=UTC), source="worker")
    spring, year, month = (
        kept(take_snapshot(period=period, by=lead.user, now=JULY))
        for period in (SPRING, financial_year(2026), month_of(date(2026, 5, 1)))
    )
    assert month.public_tables == ()
    assert {table.name for table in spring.public_tables} <= set(PUBLISHED)
    assert "self_share" not in {table.name for table in year.public_tables}
    by_month = {table.name: table for table in year.public_tables}["referrals_by_month"]
    assert by_month.cells("requests") == [0, 40, 0, 0, 15, *[0] * 7]
    assert by_month.n == 55


@pytest.mark.parametrize(
    ("period", "says"),
    [
        (Period(date(2026, 4, 2), date(2026, 4, 30)), "whole months"),
        (quarter(2026, 4), "still to come"),
    ],
)
def test_some_times_are_refused(lead: Person, period: Period, says: str) -> None:
    with pytest.raises(Refused, match=says):
        take_snapshot(period=period, by=lead.user, now=JULY)
    assert not Snapshot.objects.exists()


def test_those_who_make_no_reports_are_refused(coordinator: Person, navigator: Person, partner: Person) -> None:
    for person in (coordinator, navigator, partner):
        with pytest.raises(Refused, match="does not make reports"):
            take_snapshot(period=SPRING, by=person.user, now=JULY)


def test_figures_that_do_not_agree_are_not_stored(lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def at_odds(period: Period) -> Table:
        return Table("odd", "Odd", "Counted.", (Column("a", "A", "text"),), (), 3, about="requests for help")

    monkeypatch.setattr(snapshots, "EVERY", (*EVERY, Figure("odd", "Odd", at_odds)))
    with pytest.raises(Refused, match="do not agree"):
        take_snapshot(period=SPRING, by=lead.user, now=JULY)
    assert not Snapshot.objects.exists()


def test_how_often_the_database_is_asked_does_not_grow_with_what_is_in_it(coordinator: Person) -> None:
    counts = []
    for how_many in (1, 20):
        for number in range(how_many):
            service = ReferralSource.objects.create(name=f"Example service {how_many}, {number}")
            asked(1, MAY, source="worker", came_from=service)
            make_published(by=coordinator.user, theme=make_theme(f"theme_{how_many}_{number}"), now=MAY)
            an_issue(slug=f"issue-{how_many}-{number}", issued_on=MAY.date()).save_revision().publish()
        with CaptureQueriesContext(connection) as queries:
            figures_of(SPRING)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_database_itself_refuses_a_period_that_ends_before_it_begins(lead: Person) -> None:
    snapshot = take_snapshot(period=SPRING, by=lead.user, now=JULY)
    assert connection.features.supports_table_check_constraints
    with pytest.raises(Exception, match="snapshot_begins_before_it_ends"):
        Snapshot.objects.filter(pk=snapshot.pk).update(ends_on=date(2026, 3, 1))
