"""The weekly mail: each reader in one part of it, once a day, and never late without asking."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter.actions.campaigns import stop
from newsletter.actions.freezing import CannotSend
from newsletter.actions.weekly import NOTHING_TO_DO, see_to_week, send_held_week
from newsletter.models import Campaign, Delivery, Subscriber, Topic
from newsletter.models.settings import newspaper_settings
from newsletter.rendering.html_mail import as_html
from newsletter.rendering.parts import Row
from newsletter.weekly.regular import look_for_weekly_mail, take_up_what_is_due
from newsletter.workflow import CampaignState, DeliveryState, Reason
from portal.clock import LONDON
from portal.tasks import REGULAR
from tests.conftest import Person
from tests.factories.newsletter import a_reader, a_silenced_reader, an_area, an_issue, work_waiting
from tests.newsletter.conftest import Clock
from tests.newsletter.mail_server import MailServer

pytestmark = pytest.mark.django_db
CarryOn = Callable[[Campaign], Campaign]
LONG_AGO = timezone.now() - timedelta(days=365)
WEEKLY: dict[str, Any] = {"frequency": Subscriber.Frequency.WEEKLY, "confirmed_at": LONG_AGO}
SOUP = Row(title="Soup on Fridays", detail="Friday, 12 noon", url="/activities/soup/", is_live=True)


@pytest.fixture
def due() -> datetime:
    return timezone.now().astimezone(LONDON)


@pytest.fixture
def health() -> Topic:
    return Topic.objects.create(name="Our health", slug="our-health")


@pytest.fixture
def news(due: datetime) -> Topic:
    """An issue about the garden came out this week."""
    garden = Topic.objects.create(name="Our garden", slug="our-garden")
    issue = an_issue(title="The garden opens")
    issue.topics.set([garden])
    issue.save()
    return garden


def reader_about(topic: Topic, email: str) -> Subscriber:
    reader = a_reader(email, **WEEKLY)
    reader.topics.set([topic])
    return reader


def state_of(reader: Subscriber) -> list[tuple[str, str]]:
    return list(Delivery.objects.filter(subscriber=reader).values_list("state", "reason"))


def test_each_reader_is_in_one_part_and_accounted_for(due: datetime, news: Topic, health: Topic) -> None:
    everything, gardener = a_reader("all@example.org", **WEEKLY), reader_about(news, "gardener@example.org")
    patient = reader_about(health, "patient@example.org")
    each_issue = a_reader("each@example.org")
    paused = a_reader("paused@example.org", wants_issues=False, **WEEKLY)
    silenced = a_silenced_reader()
    Subscriber.objects.filter(pk=silenced.pk).update(**WEEKLY)
    see_to_week(due_at=due, now=due)
    assert state_of(everything) == state_of(gardener) == [(DeliveryState.QUEUED, "")]
    assert state_of(paused) == [(DeliveryState.EXCLUDED, Reason.PAUSED)]
    assert state_of(silenced) == [(DeliveryState.SUPPRESSED, Reason.SUPPRESSED)]
    # For the patient there is nothing to tell; the other gets each issue.
    assert state_of(patient) == state_of(each_issue) == []
    campaigns = Campaign.objects.of_day(due.date())
    # Who wants all and who chose the garden are told the same, so it is one mail.
    assert {one.segment: one.candidates for one in campaigns} == {"": 4}
    assert {one.state for one in campaigns} == {CampaignState.WAITING}
    assert len(work_waiting("deliver_campaign")) == 1


def sessions_near(**asked: Any) -> tuple[Row, ...]:
    """Soup near one place, nothing elsewhere."""
    near = asked["near"]
    return (SOUP,) if near is None or near.name == "Horden" else ()


def test_readers_of_a_place_are_told_what_is_on_there(due: datetime, news: Topic, health: Topic) -> None:
    here, there = an_area("Horden", "here"), an_area("Easington", "there")
    anybody, at_home = a_reader("any@example.org", **WEEKLY), a_reader("home@example.org", place=here, **WEEKLY)
    away, also_away = (a_reader(f"{name}@example.org", place=there, **WEEKLY) for name in ("away", "also"))
    also_away.topics.set([news])
    at_home_for_health = a_reader("health@example.org", place=here, **WEEKLY)
    at_home_for_health.topics.set([health])
    with patch("newsletter.rendering.live.sessions", side_effect=sessions_near):
        see_to_week(due_at=due, now=due)
    told = {one.subscriber: one.campaign for one in Delivery.objects.select_related("campaign", "subscriber")}
    assert {reader.email for reader in told if reader} == {
        "any@example.org", "home@example.org", "away@example.org", "also@example.org", "health@example.org"
    }  # fmt: skip
    assert Delivery.objects.count() == 5
    assert "What is on in and around Horden" in told[at_home].text
    assert "Soup on Fridays" in told[at_home].text
    assert "Soup" not in told[away].text
    # The same for whoever is told the same, and a mail of its own for whoever is told something else.
    assert told[away] == told[also_away]
    assert len({told[anybody], told[at_home], told[away], told[at_home_for_health]}) == 4
    assert {one.segment for one in told.values()} == {"", f"{here.pk}/", f"{there.pk}/", f"{here.pk}/{health.pk}"}


def test_mails_are_drawn_before_the_database_is_locked(due: datetime, news: Topic, editor: Person) -> None:
    a_reader(**WEEKLY)
    depth, depths = len(connection.savepoint_ids), list[int]()

    def drawn(context: dict[str, Any]) -> str:
        depths.append(len(connection.savepoint_ids))
        return as_html(context)

    with patch("newsletter.rendering.html_mail.as_html", side_effect=drawn):
        see_to_week(due_at=due, now=due)
        an_issue(title="The hall opens", slug="the-hall-opens")
        later = due + timedelta(days=5)
        held = see_to_week(due_at=later, now=later + timedelta(hours=1))
        assert held is not None
        send_held_week(campaign=held, by=editor.user, now=later + timedelta(hours=1))
    assert depths == [depth, depth]


def test_who_chose_something_else_while_it_was_drawn_still_gets_it(due: datetime, news: Topic) -> None:
    late = a_reader(place=an_area(), **WEEKLY)
    with patch("newsletter.actions.weekly.weekly_choices", return_value=set()):
        see_to_week(due_at=due, now=due)
    assert state_of(late) == [(DeliveryState.QUEUED, "")]


def test_the_sums_are_looked_up_once(due: datetime, news: Topic) -> None:
    for number in range(4):
        a_reader(f"reader{number}@example.org", place=an_area(f"Place {number}", f"E{number}"), **WEEKLY)
    with (
        patch("newsletter.rendering.live.sessions", return_value=(SOUP,)),
        CaptureQueriesContext(connection) as asked,
    ):
        see_to_week(due_at=due, now=due)
    assert Campaign.objects.of_day(due.date()).count() == 5  # one for each place, and the record of the day
    sums = [one["sql"] for one in asked if "COUNT(" in one["sql"] and "newsletter_delivery" in one["sql"]]
    assert len(sums) == 1


def test_its_words_say_what_is_new_under_the_place_s_own_head(due: datetime, news: Topic) -> None:
    a_reader(**WEEKLY)
    with patch("newsletter.rendering.live.sessions", return_value=(SOUP,)):
        sent = see_to_week(due_at=due, now=due)
    assert sent is not None
    assert sent.subject == "This week in our village"
    for words in (sent.text, sent.html):
        for said in ("This week in our village", "The garden opens", "Soup on Fridays", "/news/the-garden-opens/"):
            assert said in words
        assert "LEAVE-LINK-OF-THIS-READER" in words


def test_it_goes_out_as_every_mail_does(
    due: datetime, news: Topic, clock: Clock, carry_on: CarryOn, server: MailServer
) -> None:
    a_reader(**WEEKLY)
    sent = see_to_week(due_at=due, now=clock.now)
    assert sent is not None
    clock.wait(timedelta(minutes=1))
    assert carry_on(sent).state == CampaignState.SENT
    assert set(server.copies) == {"ann@example.org"}


def test_a_second_look_changes_nothing(due: datetime, news: Topic) -> None:
    a_reader(**WEEKLY)
    assert see_to_week(due_at=due, now=due)
    assert see_to_week(due_at=due, now=due + timedelta(minutes=5)) is None
    assert see_to_week(due_at=due, now=due + timedelta(hours=5)) is None
    assert Delivery.objects.count() == 1


def test_nothing_to_tell_is_no_mail_and_is_not_asked_about_later(due: datetime) -> None:
    a_reader(**WEEKLY)
    nothing = see_to_week(due_at=due, now=due)
    assert nothing is not None
    assert (nothing.state, nothing.held_because) == (CampaignState.STOPPED, NOTHING_TO_DO)
    assert Delivery.objects.count() == 0
    assert see_to_week(due_at=due, now=due + timedelta(hours=5)) is None


def test_nobody_to_tell_it_to_is_no_mail(due: datetime, news: Topic) -> None:
    a_reader(wants_issues=False, **WEEKLY)
    nothing = see_to_week(due_at=due, now=due)
    assert nothing is not None
    assert (nothing.state, nothing.candidates) == (CampaignState.STOPPED, 1)
    assert work_waiting("deliver_campaign") == []


def test_missed_it_is_held_and_asks_and_goes_when_somebody_says_so(due: datetime, news: Topic, editor: Person) -> None:
    gardener = reader_about(news, "gardener@example.org")
    held = see_to_week(due_at=due, now=due + timedelta(minutes=16))
    assert held is not None
    assert (held.state, held.frozen_at) == (CampaignState.HELD, None)
    assert "Is it still right to send it?" in held.held_because
    assert Delivery.objects.count() == 0
    send_held_week(campaign=held, by=editor.user, now=due + timedelta(hours=1))
    assert state_of(gardener) == [(DeliveryState.QUEUED, "")]
    held.refresh_from_db()
    assert (held.state, held.candidates) == (CampaignState.WAITING, 1)
    with pytest.raises(CannotSend, match="does not wait"):
        send_held_week(campaign=held, by=editor.user, now=due + timedelta(hours=1))


def test_missed_before_its_first_reader_came_nobody_is_asked_about_it(due: datetime, news: Topic) -> None:
    # As in a demo begun at a weekend, whose weekly mail was due on Friday.
    a_reader(frequency=Subscriber.Frequency.WEEKLY)
    a_reader("each-issue@example.org", confirmed_at=LONG_AGO)
    assert see_to_week(due_at=due, now=due + timedelta(days=2)) is None
    assert Campaign.objects.count() == 0
    a_reader("old@example.org", **WEEKLY)
    held = see_to_week(due_at=due, now=due + timedelta(days=2))
    assert held is not None
    assert held.state == CampaignState.HELD


def test_held_and_taken_back_it_never_goes(due: datetime, news: Topic, editor: Person) -> None:
    a_reader(**WEEKLY)
    held = see_to_week(due_at=due, now=due + timedelta(hours=1))
    assert held is not None
    stop(campaign=held, by=editor.user)
    assert see_to_week(due_at=due, now=due + timedelta(hours=2)) is None
    assert Delivery.objects.count() == 0


def test_a_week_later_it_is_too_late_for_an_answer(due: datetime, news: Topic, editor: Person) -> None:
    a_reader(**WEEKLY)
    held = see_to_week(due_at=due, now=due + timedelta(hours=1))
    assert held is not None
    with pytest.raises(CannotSend, match="next one is due"):
        send_held_week(campaign=held, by=editor.user, now=due + timedelta(days=7))


def test_what_the_last_one_told_is_not_told_again(due: datetime, news: Topic) -> None:
    a_reader(**WEEKLY)
    see_to_week(due_at=due, now=timezone.now())
    later = due + timedelta(days=5)
    again = see_to_week(due_at=later, now=later)
    assert again is not None
    assert again.state == CampaignState.STOPPED


def test_many_readers_cost_few_queries(due: datetime, news: Topic, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        a_reader(f"reader{number}@example.org", **WEEKLY)
    with django_assert_max_num_queries(60):
        see_to_week(due_at=due, now=due)


def switch_on(due: datetime) -> None:
    chosen = newspaper_settings()
    chosen.sends_weekly, chosen.weekly_day, chosen.weekly_hour = True, due.weekday(), due.hour
    chosen.save()


def test_the_worker_looks_every_few_minutes_and_only_when_it_is_on(due: datetime, news: Topic) -> None:
    a_reader(**WEEKLY)
    assert REGULAR["newsletter.weekly_mail"].every == timedelta(minutes=5)
    look_for_weekly_mail.call()
    assert Campaign.objects.count() == 0
    switch_on(due)
    look_for_weekly_mail.call()
    assert Campaign.objects.of_day(due.date()).count() == 1


def test_sendings_left_lying_are_taken_up(editor: Person) -> None:
    long_ago = timezone.now() - timedelta(minutes=5)
    fields = {"state": CampaignState.PLANNED, "subject": "x"}
    lying = Campaign.objects.create(starts_at=long_ago, **fields)
    Campaign.objects.create(starts_at=timezone.now() + timedelta(hours=1), **fields)
    take_up_what_is_due.call()
    assert [work.args_kwargs["kwargs"] for work in work_waiting("deliver_campaign")] == [{"campaign_id": lying.pk}]
