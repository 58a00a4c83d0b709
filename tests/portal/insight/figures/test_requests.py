"""Requests for help are counted by when, by whom, how, and what became of them; people go, and their number stays."""

from datetime import UTC, date, datetime

import pytest

from portal.insight.figures.requests import (
    A_WORKER,
    OTHER_SERVICES,
    THEMSELVES,
    WORD_OF_MOUTH,
    outcomes,
    referrals_by_month,
    referrals_by_source,
    routes_in,
    self_share,
)
from portal.insight.periods import financial_year, month_of, quarter
from portal.insight.rounding import published
from portal.insight.table import ERASED, Cell, Table
from selfreferral.models import Referral, ReferralSource
from selfreferral.workflow import State
from tests.factories.figures import asked, erased

pytestmark = pytest.mark.django_db

SPRING = quarter(2026, 2)
MAY = datetime(2026, 5, 6, 10, tzinfo=UTC)
LATER = datetime(2027, 1, 4, 10, tzinfo=UTC)


def counts(table: Table) -> dict[Cell, Cell]:
    """The numbers of a table by the names of its rows."""
    return {row[0]: row[1] for row in table.rows if row[1]}


def test_a_request_counts_for_the_month_that_london_has_and_empty_months_are_there() -> None:
    # Half past eleven at night by the sun is half past midnight on the first of April in London.
    asked(2, datetime(2026, 3, 31, 23, 30, tzinfo=UTC))
    asked(1, datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
    asked(3, datetime(2026, 6, 30, 22, 59, tzinfo=UTC))
    asked(4, datetime(2026, 6, 30, 23, 0, tzinfo=UTC))
    table = referrals_by_month(SPRING)
    assert table.rows == ((date(2026, 4, 1), 2), (date(2026, 5, 1), 0), (date(2026, 6, 1), 3))
    assert table.n == 5
    assert referrals_by_month(financial_year(2026)).n == 9
    # In winter London's clocks and the sun's agree.
    assert referrals_by_month(month_of(date(2026, 3, 1))).n == 1


def test_a_financial_year_takes_what_came_in_before_its_end_however_late_it_ended() -> None:
    asked(1, datetime(2027, 3, 31, 22, 59, tzinfo=UTC), state=State.ACTIVE)
    asked(1, datetime(2027, 3, 31, 23, 0, tzinfo=UTC))
    assert referrals_by_month(financial_year(2026)).n == 1
    assert referrals_by_month(financial_year(2027)).n == 1


def test_an_empty_time_has_every_table_with_every_row_and_no_share_of_nothing() -> None:
    for make in (referrals_by_month, referrals_by_source, self_share, routes_in, outcomes):
        table = make(SPRING)
        assert table.n == 0
        assert table.rows
        assert all(cell in {0, None} for row in table.rows for cell in row[1:])


def test_the_ten_services_that_asked_most_have_rows_and_the_person_and_word_of_mouth_always_do() -> None:
    police, *others = [ReferralSource.objects.create(name=f"Example service {number:02}") for number in range(12)]
    asked(6, MAY, source="worker", came_from=police)
    for service in others:
        asked(1, MAY, source="worker", came_from=service)
    asked(3, MAY, source="worker")
    asked(2, MAY, source="self")
    table = referrals_by_source(SPRING)
    assert [row[0] for row in table.rows][:3] == [THEMSELVES, WORD_OF_MOUTH, "Example service 00"]
    assert counts(table)["Example service 00"] == 6
    assert (counts(table)[OTHER_SERVICES], counts(table)[A_WORKER]) == (2, 3)
    assert table.n == 22
    assert len(table.rows) == 2 + 10 + 4
    shown = published(table)
    assert [row[0] for row in shown.rows] == [
        *(THEMSELVES, WORD_OF_MOUTH, "Example service 00", OTHER_SERVICES, A_WORKER),
        *("A comment about a place, with leave", ERASED),
    ]


def test_the_share_of_self_referrals_comes_out_as_the_printed_report_has_it() -> None:
    """22% came from the person, or by word of mouth of family and friends."""
    asked(7, MAY, source="self")
    asked(4, MAY, source="family_or_friend")
    asked(39, MAY, source="worker")
    assert self_share(SPRING).rows[0] == ("They asked themselves, or family or a friend did", 11, 22)


def test_ways_in_and_outcomes_are_of_the_same_requests() -> None:
    asked(3, MAY, came_by="paper", state=State.SIGNPOSTED)
    asked(2, MAY, came_by="phone", state=State.DOOR_OPEN)
    asked(1, MAY, state=State.NEW)
    assert counts(routes_in(SPRING)) == {"A paper form": 3, "A talk on the phone or at a table": 2, "The web form": 1}
    assert counts(outcomes(SPRING)) == {"Signposted": 3, "Door open": 2, "New": 1}
    assert [row[2] for row in outcomes(SPRING).rows if row[1]] == [17, 33, 50]


def test_what_is_the_same_as_another_is_counted_once_also_when_both_are_erased() -> None:
    (one,), (two,) = asked(1, MAY), asked(1, MAY)
    Referral.objects.filter(pk=two.pk).update(state=State.MERGED, merged_into=one)
    assert [make(SPRING).n for make in (referrals_by_month, referrals_by_source, routes_in, outcomes)] == [1] * 4
    two.refresh_from_db()
    erased(two, LATER)
    erased(one, LATER)
    assert [make(SPRING).n for make in (referrals_by_month, referrals_by_source, routes_in, outcomes)] == [1] * 4


def test_people_are_erased_and_their_number_stays_in_every_table() -> None:
    asked(2, MAY, source="self", came_by="phone", state=State.CLOSED)
    going = asked(3, MAY, source="family_or_friend", came_by="paper", state=State.SIGNPOSTED)
    before = [counts(make(SPRING)) for make in (referrals_by_month, outcomes, routes_in, self_share)]
    for referral in going:
        erased(referral, LATER)
    assert [counts(make(SPRING)) for make in (referrals_by_month, outcomes, routes_in, self_share)] == before
    # Who asked for them is known as a number alone.
    assert counts(referrals_by_source(SPRING)) == {THEMSELVES: 2, WORD_OF_MOUTH: 3}
    wardens = ReferralSource.objects.create(name="Wardens")
    (kept,), (gone,) = (asked(1, MAY, source="worker", came_from=wardens) for _ in range(2))
    erased(gone, LATER)
    ReferralSource.objects.filter(pk=wardens.pk).update(name="Street wardens")
    assert counts(referrals_by_source(SPRING)) == {THEMSELVES: 2, WORD_OF_MOUTH: 3, "Street wardens": 2}
    erased(kept, LATER)
    before = [counts(referrals_by_month(SPRING))]
    Referral.objects.filter(state=State.ERASED).delete()
    assert counts(referrals_by_month(SPRING)) == before[0]
    assert counts(routes_in(SPRING)) == {"A talk on the phone or at a table": 2, ERASED: 5}
