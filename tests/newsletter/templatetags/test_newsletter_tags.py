"""The lead story on the home page."""

from datetime import date
from typing import Any

import pytest

from newsletter.templatetags.newsletter_tags import lead_story
from tests.factories.newsletter import a_picture, an_issue, lead, story

pytestmark = pytest.mark.django_db


def test_there_is_none_before_the_first_issue() -> None:
    assert lead_story() is None


def test_the_lead_of_the_newest_live_issue() -> None:
    an_issue(title="Autumn", issued_on=date(2026, 9, 1), body=[lead("Autumn leaves")])
    an_issue(title="Winter", issued_on=date(2026, 11, 19), body=[story(), lead("Warm again")], number=4)
    an_issue(title="Spring", issued_on=date(2027, 3, 1), live=False)
    found = lead_story()
    assert found is not None
    assert (found.title, found.url, found.date) == ("Warm again", "/news/winter/", date(2026, 11, 19))
    assert found.summary == "Nobody has to sit in a coat."
    assert found.kicker == "From the newspaper, number 4"


def test_without_an_opening_the_first_words_stand_in() -> None:
    an_issue(body=[lead(standfirst="", words=f"<p>{'Warm words. ' * 40}</p>")], number=None)
    found = lead_story()
    assert found is not None
    assert found.summary.startswith("Warm words.")
    assert len(found.summary) <= 240
    assert found.kicker == "From the newspaper"


def test_an_issue_without_a_lead_stands_for_itself() -> None:
    an_issue(body=[story()])
    found = lead_story()
    assert found is not None
    assert (found.title, found.summary) == ("Winter in Horden", "Warm rooms and open doors.")


def test_it_costs_at_most_two_queries(django_assert_max_num_queries: Any) -> None:
    picture = {"image": a_picture().pk, "alt_text": "The hall", "decorative": False}
    an_issue(body=[lead(picture=picture)])
    with django_assert_max_num_queries(2):
        found = lead_story()
    assert found is not None
    assert found.image is not None
