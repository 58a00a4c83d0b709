"""What happened around a place: what people said, what was answered, and what was done."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.comments.actions.answering import respond
from engagement.comments.actions.moderating import decide
from engagement.comments.hearing.news import MOST_ITEMS, News, news_for
from engagement.comments.models import Consultation, PlaceComment
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_action, make_place, make_published
from tests.factories.following import MIDDLE, make_alert

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
# About 290 and 310 metres north, and a corner of the square that is outside the circle.
INSIDE, OUTSIDE = Point(54.7656, -1.315), Point(54.7658, -1.315)
CORNER = Point(54.7656, -1.3105)


def at(hours: int) -> datetime:
    return MONDAY + hours * HOUR


def titles(news: News) -> list[str]:
    return [item.title for item in (*news.outcomes, *news.said)]


def test_new_comments_within_reach_are_told_the_newest_first(coordinator: Person) -> None:
    alert = make_alert()
    for words, pin in (("Inside", INSIDE), ("Outside", OUTSIDE), ("Corner", CORNER), ("Middle", MIDDLE)):
        make_published(words, by=coordinator.user, pin=pin, now=at(1 if words == "Inside" else 2))
    news = news_for(alert, until=at(24))
    assert titles(news) == ["Middle", "Inside"]
    assert (news.count, news.more, news.said[0].kind) == (2, 0, "New")
    assert news.said[0].url.startswith("http://localhost:8000/have-your-say/comments/")


def test_only_what_happened_since_is_told_and_nothing_twice(coordinator: Person) -> None:
    alert = make_alert()
    for hours in (-1, 0, 5, 24):
        make_published(f"Hour {hours}", by=coordinator.user, pin=MIDDLE, now=at(hours))
    assert titles(news_for(alert, until=at(24))) == ["Hour 5", "Hour 0"]
    alert.told_until = at(24)
    assert titles(news_for(alert, until=at(48))) == ["Hour 24"]


def test_a_named_place_has_its_comments_without_a_pin_too(coordinator: Person) -> None:
    place, far = make_place(), make_place("the-pier", latitude=54.79, longitude=-1.29)
    make_published("At the place", by=coordinator.user, named_place=place, now=at(1))
    make_published("At the pier", by=coordinator.user, named_place=far, now=at(1))
    unpinned = make_published("Somewhere in the street", by=coordinator.user, where_words="there", now=at(1))
    PlaceComment.objects.filter(pk=unpinned.pk).update(named_place=place, latitude=None, longitude=None)
    alert = make_alert(named_place=place)
    assert sorted(titles(news_for(alert, until=at(24)))) == ["At the place", "Somewhere in the street"]


def test_outcomes_are_told_like_new_comments(coordinator: Person) -> None:
    old = make_published("The bins blow over.", by=coordinator.user, pin=MIDDLE, now=at(-100))
    far = make_published("The pier.", by=coordinator.user, pin=OUTSIDE, now=at(-100))
    alert = make_alert()
    for comment in (old, far):
        respond(comment=comment, words="Thank you.", by=coordinator.user, now=at(1))
    make_action(old, far, by=coordinator.user, title="Clips for bins", status="planned")
    make_action(far, by=coordinator.user, title="A new pier")
    news = news_for(alert, until=at(24))
    assert [(item.kind, item.title) for item in news.outcomes] == [
        ("Answered", "The bins blow over."),
        ("Planned", "Clips for bins"),
    ]


def test_a_comment_that_was_answered_at_once_is_told_of_once(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user, pin=MIDDLE, now=at(1))
    for words in ("Thank you.", "We are on it."):
        respond(comment=comment, words=words, by=coordinator.user, now=at(2))
    news = news_for(make_alert(), until=at(24))
    assert ([item.kind for item in news.outcomes], news.said, news.count) == (["Answered"], [], 1)


def test_ten_things_at_most_and_neither_kind_crowds_the_other_out(coordinator: Person) -> None:
    alert = make_alert()
    for number in range(12):
        make_published(f"New {number}", by=coordinator.user, pin=MIDDLE, now=at(1))
        old = make_published(f"Old {number}", by=coordinator.user, pin=MIDDLE, now=at(-9))
        if number < 8:
            respond(comment=old, words="Thank you.", by=coordinator.user, now=at(2))
    news = news_for(alert, until=at(24))
    assert (len(news.outcomes), len(news.said), news.count, news.more) == (5, 5, 20, 10)
    assert len(news.outcomes) + len(news.said) == MOST_ITEMS
    alert.told_until = at(2)
    alone = news_for(alert, until=at(24))
    assert (len(alone.outcomes), alone.said, alone.more) == (8, [], 0)


def test_what_is_hidden_or_not_for_everybody_is_not_told(coordinator: Person) -> None:
    hidden = make_published("Hidden", by=coordinator.user, pin=MIDDLE, now=at(1))
    respond(comment=hidden, words="Thank you.", by=coordinator.user, now=at(1))
    decide(comment=hidden, change="hold", by=coordinator.user, reason="personal")
    quiet = Consultation.objects.create(name="Quiet", slug="quiet")
    make_published("Unlisted", by=coordinator.user, pin=MIDDLE, now=at(1), consultation=quiet)
    assert news_for(make_alert(), until=at(24)).count == 0


def test_a_busy_place_costs_no_more_queries(coordinator: Person) -> None:
    alert = make_alert()

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            news_for(alert, until=at(24))
        return len(caught)

    def add(count: int) -> None:
        for number in range(count):
            comment = make_published(f"Comment {number}", by=coordinator.user, pin=MIDDLE, now=at(1))
            respond(comment=comment, words="Thank you.", by=coordinator.user, now=at(2))
            make_action(comment, by=coordinator.user)

    add(1)
    before = queries()
    add(9)
    assert queries() == before <= 4


def test_an_example_says_so(coordinator: Person) -> None:
    make_published("Example: a bench.", by=coordinator.user, pin=MIDDLE, now=at(1), is_example=True)
    make_published("More trees.", by=coordinator.user, pin=MIDDLE, now=at(2), is_example=True)
    assert titles(news_for(make_alert(), until=at(24))) == ["Example: More trees.", "Example: a bench."]
