"""Sessions, the newspaper and the directory in figures."""

from datetime import date, timedelta

import pytest

from engagement.comments.models import EngagementEvent
from engagement.directory.models import Venue
from newsletter.models import Delivery, DropRound
from newsletter.workflow import DeliveryState
from portal.insight.figures.around import directory_freshness, newspaper_circulation, sessions_held
from portal.insight.periods import financial_year, quarter
from portal.insight.rounding import published, published_year, quarters_of
from tests.conftest import Person
from tests.factories.comments import MONDAY
from tests.factories.directory import make_venue
from tests.factories.newsletter import a_campaign, an_issue, readers
from tests.factories.sessions import make_session

pytestmark = pytest.mark.django_db

WINTER = quarter(2026, 1)


def test_sessions_are_counted_by_month_with_the_people_there(coordinator: Person) -> None:
    for day, people in (
        (date(2026, 1, 1), 13),
        (date(2026, 3, 31), 7),
        (date(2026, 3, 2), None),
        (date(2026, 4, 1), 99),
    ):
        event = make_session(by=coordinator.user, held_on=day)
        EngagementEvent.objects.filter(pk=event.pk).update(headcount=people)
    table = sessions_held(WINTER)
    assert [row[1:] for row in table.rows] == [(1, 13), (0, 0), (2, 7)]
    assert table.notes == ("Nobody counted the people at 1 of them.",)
    shown = published(table)
    assert [row[1:] for row in shown.rows] == [(1, 15), (0, 0), (2, 5)]
    assert shown.n == 3, "a session is no person"


def test_the_newspaper_counts_copies_that_went_and_copies_that_were_printed(editor: Person) -> None:
    issue = an_issue(issued_on=date(2026, 3, 2))
    issue.save_revision().publish()
    everybody = readers(4)
    campaign = a_campaign(by=editor.user, issue=issue)
    states = (DeliveryState.DELIVERED, DeliveryState.SUBMITTED, DeliveryState.BOUNCED, DeliveryState.EXCLUDED)
    Delivery.objects.filter(campaign=campaign).delete()
    for number, (reader, state) in enumerate(zip(everybody, states, strict=True)):
        Delivery.objects.create(campaign=campaign, subscriber=reader, state=state, message_id=f"<{number}>")
    for name, copies in (("Doors", 300), ("The school", 40)):
        DropRound.objects.create(issue=issue, name=name, code=name[:3].lower(), copies=copies, created_at=MONDAY)
    assert newspaper_circulation(WINTER).rows == ((f"{issue.title}, 2 March 2026", 2, 340),)
    assert newspaper_circulation(quarter(2026, 2)).rows == ()


def test_two_issues_of_one_title_are_two_rows_of_a_year_too() -> None:
    for slug, day, copies in (("winter", date(2026, 5, 8), 300), ("winter-again", date(2026, 11, 20), 40)):
        issue = an_issue(slug=slug, issued_on=day)
        issue.save_revision().publish()
        DropRound.objects.create(issue=issue, name="Doors", code=f"r{copies}", copies=copies, created_at=MONDAY)
    quarters = [newspaper_circulation(part) for part in quarters_of(financial_year(2026))]
    shown = published_year(newspaper_circulation(financial_year(2026)), quarters)
    assert shown.rows == (("Winter in Horden, 8 May 2026", 0, 300), ("Winter in Horden, 20 November 2026", 0, 40))


def test_the_directory_is_as_fresh_as_when_somebody_last_looked_before_the_end() -> None:
    end = WINTER.ends_at
    for number, days in enumerate((1, 27, 29, 61, 91, 400)):
        venue = make_venue(f"Example hall {number}")
        Venue.objects.filter(pk=venue.pk).update(
            added_at=end - timedelta(days=500), checked_at=end - timedelta(days=days)
        )
    since, unlisted = make_venue("Built since"), make_venue("Not listed", is_listed=False)
    Venue.objects.filter(pk=since.pk).update(added_at=end + timedelta(days=1), checked_at=None)
    Venue.objects.filter(pk=unlisted.pk).update(added_at=end - timedelta(days=9))
    assert [row[1:4] for row in directory_freshness(WINTER).rows] == [(2, 2, 0), (1, 1, 0), (1, 1, 0), (2, 2, 0)]
    assert published(directory_freshness(WINTER)) == directory_freshness(WINTER), "places are no people"
