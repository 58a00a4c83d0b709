"""The demo's past fills every figure about people of the last quarter and year, and stands once however often it is loaded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.comments.models import EngagementEvent
from engagement.directory.models import Venue
from newsletter.models import DropRound
from portal.accounts.models import User
from portal.demo.assessing import load_assessments, load_surveys
from portal.demo.insight import load_past
from portal.demo.newspaper import load_newspaper
from portal.demo.past_requests import TOKEN
from portal.demo.places import load_places
from portal.insight.audiences import offered
from portal.insight.figures import EVERY
from portal.insight.figures.requests import ERASED, referrals_by_source, routes_in
from portal.insight.periods import Period
from portal.insight.wording import has_something
from portal.pages.models import HomePage
from selfreferral.models import Referral, ReferrerFeedback, SelfAssessment, TriageDecision
from tests.conftest import Person
from tests.factories.directory import make_activity

pytestmark = pytest.mark.django_db
ABOUT_COMMENTS = {"comments_by_feeling", "comments_by_theme", "comments_by_place", "comments_came_by"}


def spans() -> tuple[Period, Period]:
    """The last quarter and the last financial year."""
    found = [one.period for one in offered(timezone.localdate())]
    return found[0], next(one for one in found if len(one.months()) == 12)


@pytest.fixture
def people(lead: Person, navigator: Person, coordinator: Person, editor: Person) -> dict[str, User]:
    named = {"lead": lead, "navigator": navigator, "coordinator": coordinator, "editor": editor}
    return {name: person.user for name, person in named.items()}


@pytest.fixture
def village(people: dict[str, User]) -> dict[str, User]:
    now = timezone.now()
    load_places()
    make_activity()
    load_newspaper(HomePage.objects.get(), today=timezone.localdate(now))
    load_assessments(people=people, now=now)
    load_surveys(people=people, now=now)
    load_past(people=people, now=now)
    return people


def test_every_figure_but_those_of_comments_has_something_and_nothing_is_loaded_twice(
    village: dict[str, User],
) -> None:
    for period in spans():
        empty = {one.name for one in EVERY if not has_something(one.make(period))}
        assert empty <= ABOUT_COMMENTS
    kinds = (Referral, SelfAssessment, ReferrerFeedback, EngagementEvent, DropRound, TriageDecision)
    before = [kind._default_manager.count() for kind in kinds]
    load_past(people=village, now=timezone.now())
    assert [kind._default_manager.count() for kind in kinds] == before


def test_ten_kinds_of_service_asked_and_most_are_still_known(village: dict[str, User]) -> None:
    quarter, year = spans()
    for period in (quarter, year):
        rows = {row[0]: row[1] for row in referrals_by_source(period).rows}
        assert sum(bool(number) for number in rows.values()) >= 13
        routes = {str(row[0]): int(str(row[1])) for row in routes_in(period).rows}
        assert routes[ERASED] < sum(routes.values()) / 4


def test_the_past_is_finished_made_up_and_open_to_the_navigator(village: dict[str, User], navigator: Person) -> None:
    past = Referral.objects.filter(submission_token__startswith=TOKEN)
    assert past.exists()
    assert not past.filter(is_example=False).exists()
    assert not past.in_hand().exists()
    assert not past.filter(changed_at__gt=timezone.now()).exists()
    shown = navigator.get(f"/staff/referrals/{past.order_by('-received_at')[0].reference}/")
    assert shown.status_code == 200
    assert "Example" in shown.content.decode()


def test_whose_time_is_over_is_known_by_dates_alone(village: dict[str, User]) -> None:
    gone = Referral.objects.filter(state="erased")
    assert gone.exists()
    assert not gone.exclude(wrapped_key=b"").exists()
    assert not gone.exclude(source="", nickname="").exists()
    assert not TriageDecision.objects.filter(referral__in=gone).exclude(sealed_reason=b"").exists()


def test_the_directory_was_there_and_was_looked_at(village: dict[str, User]) -> None:
    venue = Venue.objects.all()[0]
    assert venue.added_at < timezone.now() - timedelta(days=800)
    assert venue.checked_at is not None
    assert venue.checked_at > timezone.now() - timedelta(days=1)
