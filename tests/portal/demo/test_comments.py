"""The demo's comments: on the map of the home area, and one example consultation whose page and report can be seen."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from engagement.comments.map.inside import is_inside
from engagement.comments.models import Consultation, PlaceComment
from portal.demo.comments import load_comments, load_consultation
from portal.demo.places import load_places
from portal.demo.sessions import load_session
from portal.geo.coordinates import Point
from portal.geo.models import NamedPlace
from tests.conftest import Person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def demo(coordinator: Person) -> None:
    """Loaded twice, which changes nothing the second time."""
    for later in (timedelta(0), timedelta(days=3)):
        load_places()
        load_comments(coordinator=coordinator.user, now=NOW + later)
        load_consultation(coordinator=coordinator.user, now=NOW + later)
        load_session(coordinator=coordinator.user, now=NOW + later)


@pytest.mark.usefixtures("demo")
def test_every_comment_lies_in_the_home_area_and_a_pin_in_london_does_not() -> None:
    standing = Consultation.objects.standing()
    area: dict[str, Any] = {"bounds": standing.bounds, "outline": standing.outline}
    assert standing.area is not None
    assert standing.area.is_home
    assert not is_inside(Point(51.5, -0.12), **area)
    points = [comment.point for comment in PlaceComment.objects.with_pin()]
    assert len(points) > 30
    assert all(point and is_inside(point, **area) for point in points)


@pytest.mark.usefixtures("demo")
def test_what_is_said_of_a_street_stands_on_the_map() -> None:
    assert not NamedPlace.objects.filter(kind="street").without_a_point().exists()
    assert not PlaceComment.objects.filter(named_place__kind="street").without_a_pin().exists()


@pytest.mark.usefixtures("demo")
def test_one_example_with_dates_is_listed_once_and_has_a_report(resident: Person) -> None:
    asked = Consultation.objects.get(is_standing=False)
    today = timezone.localdate(NOW)
    assert asked.name.startswith("Example: ")
    assert (asked.opens_on, asked.closes_on) == (today - timedelta(days=30), today + timedelta(days=35))
    assert (asked.comments.count(), asked.comments.published().count()) == (8, 7)
    assert asked.themes.count() == 3
    assert asked.name in resident.get("/have-your-say/").content.decode()
    page = resident.get(asked.get_absolute_url()).content.decode()
    assert "This is an example." in page
    assert "Everybody can read 7 comments" in page
    report = resident.get(f"{asked.get_absolute_url()}report.csv")
    assert report.status_code == 200
