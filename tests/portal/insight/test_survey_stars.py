"""Stars in a report: how many answered stands beside every average, and what came later is not in it."""

from datetime import date, timedelta
from typing import Any

import pytest

from portal.insight.figures.surveys import survey_stars
from portal.insight.periods import month_of
from selfreferral.actions.surveys import answer, make_links
from selfreferral.models import Survey
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY

pytestmark = pytest.mark.django_db
NOVEMBER = month_of(date(2026, 11, 1))


def asked(lead: Person, audience: Survey.Audience, stars: tuple[int, ...], links: int, days_later: int = 0) -> None:
    closes_on = WEDNESDAY.date() + timedelta(days=40)
    tokens = make_links(audience=audience, how_many=links, closes_on=closes_on, by=lead.user, now=WEDNESDAY)
    for token, number in zip(tokens, stars, strict=False):
        answer(token=token, stars=number, good="", better="", now=WEDNESDAY + timedelta(days=days_later))


def test_the_reports_stars_come_out_with_how_many_gave_them(lead: Person, django_assert_max_num_queries: Any) -> None:
    # "4.9 out of 5 stars", said the report, and not of how many.
    asked(lead, Survey.Audience.REFERRERS, (5, 5, 5, 5, 5, 5, 5, 5, 5, 4), links=25)
    asked(lead, Survey.Audience.RESIDENTS, (3,), links=4)
    asked(lead, Survey.Audience.RESIDENTS, (5,), links=4)
    with django_assert_max_num_queries(2):
        table = survey_stars(NOVEMBER)
    assert table.rows == (
        ("People who asked for somebody else", 25, 10, 40, 4.9, 15),
        ("People whom we helped", 8, 2, 25, 4.0, 6),
    )
    assert table.n == 12


def test_answers_after_the_last_day_are_not_in_it_and_nobody_is_a_table_too(lead: Person) -> None:
    assert survey_stars(NOVEMBER).rows == ()
    asked(lead, Survey.Audience.REFERRERS, (5,), links=2, days_later=20)
    assert survey_stars(NOVEMBER).rows == (("People who asked for somebody else", 2, 0, 0, None, 2),)
    assert survey_stars(month_of(date(2026, 12, 1))).rows == ()
