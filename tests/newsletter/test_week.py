"""The newspaper's numbers on the staff home."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter.actions import campaigns, plans
from newsletter.week import issues_to_send, planned_sendings, sendings_to_look_at
from newsletter.workflow import DeliveryState
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, a_reader, an_issue, readers

pytestmark = pytest.mark.django_db


def test_others_see_no_line_of_the_newspaper(coordinator: Person, administrator: Person) -> None:
    for person in (coordinator, administrator):
        assert sendings_to_look_at(person.user) is None
        assert issues_to_send(person.user) is None
        assert planned_sendings(person.user) is None


def test_issues_that_were_not_sent_are_counted(editor: Person) -> None:
    a_reader()
    an_issue(title="A draft", live=False)
    a_campaign(editor.user)
    line = issues_to_send(editor.user)
    assert line is not None
    assert (line.count, line.label, line.is_urgent) == (1, "issue not sent yet", False)
    assert line.url == "/staff/newspaper/"


def test_a_sending_that_was_stopped_counts_as_not_sent(editor: Person) -> None:
    a_reader()
    campaigns.stop(campaign=a_campaign(editor.user), by=editor.user)
    line = issues_to_send(editor.user)
    assert line is not None
    assert line.count == 1


def test_all_is_well_is_no_line(editor: Person) -> None:
    a_reader()
    a_campaign(editor.user)
    assert sendings_to_look_at(editor.user) is None


def test_a_sending_on_hold_is_urgent(editor: Person) -> None:
    a_reader()
    campaigns.hold(campaign=a_campaign(editor.user), because="x", by=editor.user)
    line = sendings_to_look_at(editor.user)
    assert line is not None
    assert (line.count, line.is_urgent, line.label) == (1, True, "sending to look at")


def test_uncertain_copies_are_one_sending_to_look_at(editor: Person) -> None:
    readers(3)
    campaign = a_campaign(editor.user)
    campaign.deliveries.update(state=DeliveryState.UNCERTAIN, claimed_until=timezone.now())
    line = sendings_to_look_at(editor.user)
    assert line is not None
    assert line.count == 1


def test_what_is_planned_is_counted_and_not_urgent(editor: Person) -> None:
    a_reader()
    now = timezone.now()
    planned = plans.plan(issue=an_issue(), at=now + timedelta(days=1), by=editor.user, now=now)
    line = planned_sendings(editor.user)
    assert line is not None
    assert (line.count, line.label, line.is_urgent) == (1, "sending planned", False)
    campaigns.stop(campaign=planned, by=editor.user)
    line = planned_sendings(editor.user)
    assert line is not None
    assert line.count == 0


def test_the_staff_home_shows_them(editor: Person) -> None:
    a_reader()
    campaigns.hold(campaign=a_campaign(editor.user), because="x", by=editor.user)
    assert "sending to look at" in editor.get("/staff/").content.decode()
