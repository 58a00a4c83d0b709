"""What may be the same is found near by, among published comments of the same conversation, however many there are."""

import pytest

from engagement.comments.map.cells import cell_of, squares_around
from engagement.comments.models import Consultation
from engagement.comments.words import nearby
from engagement.comments.words.likeness import FARTHEST_METRES
from engagement.comments.words.nearby import likely_same, point_said
from portal.geo.coordinates import METRES_A_DEGREE, Point
from tests.conftest import Person
from tests.factories.comments import make_comment, make_place, make_postcode, make_published

pytestmark = pytest.mark.django_db
HERE = Point(54.763, -1.315)
# Eighty metres and a kilometre to the north.
NEAR, FAR = Point(54.76372, -1.315), Point(54.772, -1.315)


def found(words: str = "The lamp is broken", point: Point | None = HERE, where: str = "") -> list[nearby.Like]:
    return likely_same(consultation=Consultation.objects.standing(), words=words, point=point, where_words=where)


def test_near_and_alike_is_offered_with_the_reason(coordinator: Person) -> None:
    known = make_published("Street light is out", by=coordinator.user, pin=NEAR)
    make_published("Street light is out", by=coordinator.user, pin=FAR)
    make_published("The bus is late", by=coordinator.user, pin=NEAR)
    (like,) = found()
    assert like.comment == known
    assert like.reason == "80 metres away. Both say: lamp."


def test_what_nobody_can_read_and_other_conversations_are_not_offered(coordinator: Person) -> None:
    make_comment("Street light is out", pin=HERE)
    other = Consultation.objects.create(name="The park", slug="the-park")
    make_published("Street light is out", by=coordinator.user, pin=HERE, consultation=other)
    assert found() == []


def test_at_most_three_are_offered_the_likeliest_first(coordinator: Person) -> None:
    for words in (
        "Lamp broken",
        "Lamp broken, and the bench too",
        "Broken lamp again",
        "The lamp, the wall and the bench",
    ):
        make_published(words, by=coordinator.user, pin=HERE)
    likes = found()
    assert len(likes) == 3
    assert [like.alike.score for like in likes] == sorted((like.alike.score for like in likes), reverse=True)


def test_without_a_pin_the_words_for_the_place_are_compared(coordinator: Person) -> None:
    known = make_published("No light at all", by=coordinator.user, where_words="the alley by the chapel")
    (like,) = found(point=None, where="alley beside the chapel")
    assert (like.comment, like.alike.metres) == (known, None)
    assert found(point=None, where="at the beach huts") == []


def test_a_place_that_is_not_on_the_map_is_still_one_place(coordinator: Person) -> None:
    place = make_place("sixth-street", latitude=None, longitude=None)
    known = make_published("Street light is out", by=coordinator.user, named_place=place)
    (like,) = likely_same(
        consultation=Consultation.objects.standing(), words="The lamp is broken", point=None, named_place=place
    )
    assert (like.comment, like.reason) == (known, "At the same place. Both say: lamp.")
    assert found(point=None, where="at the beach huts") == []


def test_however_many_there_are_only_so_many_are_compared_the_nearest_first(
    coordinator: Person, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: object
) -> None:
    near = make_published("Street light is out", by=coordinator.user, pin=HERE)
    for number in range(6):
        make_published(f"Lamp {number} broken", by=coordinator.user, pin=Point(54.7655, -1.315))
    monkeypatch.setattr(nearby, "MOST_COMPARED", 3)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert near in [like.comment for like in found()]


def test_the_squares_around_a_place_reach_farther_than_likeness_does() -> None:
    widest = squares_around(HERE, nearby.LEVELS[-1])
    assert len(widest) == 9
    edge = FARTHEST_METRES / METRES_A_DEGREE
    for up, right in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        there = Point(HERE.latitude + up * edge, HERE.longitude + right * edge / 0.577)
        assert cell_of(there, nearby.LEVELS[-1]) in widest


def test_the_place_is_the_most_exact_that_was_said() -> None:
    place, code = make_place(), make_postcode()
    assert point_said(pin=HERE, named_place=place) == HERE
    assert point_said(named_place=place, postcode="SR8 4LX") == place.point
    assert point_said(postcode="SR8 4LX") == code.point
    assert point_said(postcode="SR8 9ZZ") is None
    assert point_said(where_words="the back lane behind third street") == place.point
    assert point_said(where_words="behind Twenty-Third Street") is None
    assert point_said() is None
