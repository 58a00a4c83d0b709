"""Distance travelled from what people said: the interim report's rows, who is compared, and who is not."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from portal.insight.distance import Cohort, distance
from portal.insight.figures.distance import distance_travelled
from portal.insight.periods import Period, financial_year
from portal.insight.table import CannotBe, Table
from selfreferral.actions.merging import merge
from selfreferral.actions.triage import claim
from selfreferral.models import Domain, Referral, SelfAssessment
from tests.conftest import Person
from tests.factories.interim import IMPOSSIBLE, PEOPLE, PRINTED, said, stages_of, the_cohort
from tests.factories.selfreferral import WEDNESDAY, a_referral

pytestmark = pytest.mark.django_db
APRIL = datetime(2022, 4, 4, 10, 0, tzinfo=UTC)
YEAR = financial_year(2022)
POSSIBLE = {name: row for name, row in PRINTED.items() if name != IMPOSSIBLE}
FIRST, SECOND, THIRD = date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)
AUTUMN = Period(date(2026, 9, 1), date(2026, 11, 30))


def shares(table: Table) -> dict[object, tuple[object, ...]]:
    """Each row as the report printed it."""
    names = ("up_percent", "up_stages", "same_percent", "down_percent", "down_stages")
    return {row[0]: tuple(row[table.place(name)] or 0 for name in names) for row in table.rows}


@pytest.fixture
def home(db: None, monkeypatch: pytest.MonkeyPatch) -> Domain:
    """One person is enough to see who is counted; that so few are not shown is tested by itself."""
    monkeypatch.setattr("portal.insight.distance.FEWEST", 1)
    return Domain.objects.create(name="Home", asks="How are things with where you live?")


def person(home: Domain, *stages: tuple[date, int]) -> Referral:
    referral = a_referral()
    for day, stage in stages:
        said(referral, day, {home: stage})
    return referral


def test_eleven_rows_of_the_report_come_out_and_its_n_is_eighteen(django_assert_max_num_queries: Any) -> None:
    the_cohort(begins=APRIL, rows=POSSIBLE)
    with django_assert_max_num_queries(3):
        table = distance_travelled(YEAR)
    assert shares(table) == POSSIBLE
    assert table.n == 18
    assert dict(zip(table.cells("domain"), table.cells("missing"), strict=True))["Money"] == 1
    assert "April 2022 to March 2023" in table.definition


def test_the_twelfth_row_would_take_nineteen_people() -> None:
    made = Counter(stages_of(PRINTED[IMPOSSIBLE]))
    assert made.total() == 19
    with pytest.raises(CannotBe, match="19"):
        distance(moves={IMPOSSIBLE: made}, n=PEOPLE, cohort=Cohort(), when="then")


def test_only_those_who_said_it_often_enough_are_compared(home: Domain) -> None:
    person(home, (FIRST, 2), (THIRD, 9))
    person(home, (FIRST, 2), (SECOND, 3), (THIRD, 4))
    table = distance_travelled(AUTUMN)
    assert (table.n, table.cells("up")) == (1, [1])


def test_the_distance_can_be_counted_from_the_second_time(home: Domain, settings: Any) -> None:
    person(home, (FIRST, 8), (SECOND, 3), (THIRD, 6))
    settings.DISTANCE_BASELINE = 1
    assert distance_travelled(AUTUMN).cells("down") == [1]
    settings.DISTANCE_BASELINE = 2
    table = distance_travelled(AUTUMN)
    assert (table.cells("up"), table.cells("up_stages")) == ([1], [3.0])
    assert "Their second one is compared" in table.definition


def test_a_period_counts_those_who_said_it_last_in_it_and_nothing_later(home: Domain) -> None:
    person(home, (FIRST, 2), (SECOND, 3), (THIRD, 4), (date(2026, 12, 24), 10))
    person(home, (date(2026, 1, 5), 2), (FIRST, 3), (SECOND, 4))
    table = distance_travelled(AUTUMN)
    assert (table.n, table.cells("up_stages")) == (1, [2.0])


def test_what_was_put_right_counts_as_it_is_right_and_once(home: Domain) -> None:
    referral = person(home, (FIRST, 2), (SECOND, 3))
    wrong = said(referral, THIRD, {home: 10})
    assert distance_travelled(AUTUMN).n == 1
    right = SelfAssessment(
        referral=referral, way="paper", given_on=THIRD, written_at=wrong.written_at + timedelta(1), corrects=wrong
    )
    right.save(force_insert=True)
    right.scores.create(referral=referral, domain=home, stage=4)
    table = distance_travelled(AUTUMN)
    assert (table.n, table.cells("up_stages")) == (1, [2.0])


def test_two_requests_of_one_person_are_one_person(home: Domain, lead: Person) -> None:
    old, new = person(home, (FIRST, 2), (SECOND, 3)), person(home, (THIRD, 4))
    assert distance_travelled(AUTUMN).n == 0
    new = claim(referral=new, by=lead.user, now=WEDNESDAY)
    merge(referral=old, into=new, reason="The same.", seen_version=old.version, by=lead.user, now=WEDNESDAY)
    assert distance_travelled(AUTUMN).cells("up_stages") == [2.0]


def test_a_part_of_life_that_nobody_answered_about_is_left_out(home: Domain) -> None:
    Domain.objects.create(name="Garden", asks="How is the garden?")
    person(home, (FIRST, 2), (SECOND, 3), (THIRD, 4))
    assert distance_travelled(AUTUMN).cells("domain") == ["Home"]


def test_nobody_yet_is_a_table_too() -> None:
    assert distance_travelled(AUTUMN).rows == ()
    assert distance_travelled(AUTUMN).n == 0
