"""Who gets an issue and who is left out."""

from typing import Any

import pytest

from newsletter import audience
from newsletter.audience import Target, candidates, target_of
from newsletter.models import Subscriber, Topic
from newsletter.workflow import Reason, SubscriberState
from portal.geo.models import Area
from tests.factories.newsletter import a_reader, a_silenced_reader, a_weekly_mail, an_issue, readers

pytestmark = pytest.mark.django_db


def test_everybody_confirmed_is_accounted_for() -> None:
    ann = a_reader("Ann@example.org")
    paused = a_reader("paused@example.org", wants_issues=False)
    silenced = a_silenced_reader()
    a_reader("new@example.org", state=SubscriberState.PENDING)
    a_reader("gone@example.org", state=SubscriberState.LEFT)
    assert dict(candidates()) == {ann.pk: None, paused.pk: Reason.PAUSED, silenced.pk: Reason.SUPPRESSED}


def test_a_pause_does_not_hide_that_no_mail_may_go() -> None:
    silenced = a_silenced_reader()
    silenced.wants_issues = False
    silenced.save()
    assert dict(candidates()) == {silenced.pk: Reason.SUPPRESSED}


def test_readers_are_looked_up_in_helpings(monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any) -> None:
    monkeypatch.setattr(audience, "CHUNK", 4)
    readers(10)
    with django_assert_max_num_queries(5 + 1 + 3):
        assert len(list(candidates())) == 10


def an_area(code: str) -> Area:
    edges = {"west": -1.4, "south": 54.7, "east": -1.3, "north": 54.8}
    return Area.objects.create(code=code, name=code, outline={}, **edges)


def reason_of(reader: Subscriber, target: Target) -> Reason | None:
    return dict(candidates(target))[reader.pk]


def test_by_post_and_once_a_week_are_left_out_with_their_reason() -> None:
    a_weekly_mail()
    posted = a_reader("", channel=Subscriber.Channel.POST, name="Ann", postal_address="1 High Street")
    nameless = a_reader("")
    weekly = a_reader("weekly@example.org", frequency=Subscriber.Frequency.WEEKLY)
    both = a_reader("both@example.org", frequency=Subscriber.Frequency.WEEKLY, wants_issues=False)
    assert dict(candidates()) == {
        posted.pk: Reason.BY_POST,
        nameless.pk: Reason.BY_POST,
        weekly.pk: Reason.WEEKLY,
        both.pk: Reason.PAUSED,
    }


def test_who_chose_a_weekly_mail_gets_each_issue_while_there_is_none() -> None:
    weekly = a_reader("weekly@example.org", frequency=Subscriber.Frequency.WEEKLY)
    assert dict(candidates()) == {weekly.pk: None}
    a_weekly_mail()
    assert dict(candidates()) == {weekly.pk: Reason.WEEKLY}


def test_an_issue_about_some_topics_goes_to_who_chose_one_of_them_or_none() -> None:
    health, garden = (Topic.objects.create(name=name, slug=name) for name in ("Our health", "Our garden"))
    about_health, about_both, about_all = (a_reader(f"{name}@example.org") for name in ("one", "two", "three"))
    about_health.topics.set([health])
    about_both.topics.set([health, garden])
    target = Target(topics=frozenset({garden.pk}))
    assert reason_of(about_health, target) == Reason.OTHER_TOPIC
    assert reason_of(about_both, target) is None
    assert reason_of(about_all, target) is None
    assert reason_of(about_health, Target()) is None


def test_an_issue_for_some_places_goes_to_who_lives_there_or_told_us_none() -> None:
    here, there = an_area("here"), an_area("there")
    at_home, away = a_reader("a@example.org", place=here), a_reader("b@example.org", place=there)
    anywhere = a_reader("c@example.org")
    target = Target(places=frozenset({here.pk}))
    found = dict(candidates(target))
    assert found == {at_home.pk: None, away.pk: Reason.OTHER_PLACE, anywhere.pk: None}


def test_an_issue_says_for_whom_it_is() -> None:
    garden, here = Topic.objects.create(name="Our garden", slug="our-garden"), an_area("here")
    issue = an_issue()
    assert target_of(issue) == Target()
    issue.topics.set([garden])
    issue.places.set([here])
    assert target_of(issue) == Target(topics=frozenset({garden.pk}), places=frozenset({here.pk}))
