"""Sending an issue later, and everything that may happen to it before then."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from newsletter.actions import freezing
from newsletter.actions.campaigns import freeze, go_on, hold, send_unfrozen, stop
from newsletter.actions.freezing import CannotSend
from newsletter.actions.plans import begin_planned, plan
from newsletter.gate import Finding
from newsletter.models import Campaign, IssuePage
from newsletter.planning import NoSuchMoment
from newsletter.workflow import CampaignState, DeliveryState
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.newsletter import a_reader, an_issue, lead, work_waiting
from tests.newsletter.conftest import Clock
from tests.newsletter.mail_server import MailServer

pytestmark = pytest.mark.django_db
CarryOn = Callable[[Campaign], Campaign]
HOURS = timedelta(hours=2)
IN_THE_WAY = Finding(kind="no_alt", where="x", words="The picture has no words.")


@pytest.fixture
def issue() -> IssuePage:
    a_reader()
    return an_issue()


@pytest.fixture
def due(clock: Clock) -> datetime:
    return clock.now + HOURS


@pytest.fixture
def planned(editor: Person, issue: IssuePage, clock: Clock, due: datetime) -> Campaign:
    return plan(issue=issue, at=due, by=editor.user, now=clock.now, seen_revision=issue.live_revision_id)


def at_its_time(campaign: Campaign, late: timedelta = timedelta()) -> Campaign:
    return begin_planned(campaign=campaign, now=campaign.starts_at + late)


def test_nothing_is_fixed_before_its_time(planned: Campaign, due: datetime) -> None:
    assert (planned.state, planned.frozen_at, planned.starts_at) == (CampaignState.PLANNED, None, due)
    assert planned.deliveries.count() == 0
    assert [work.run_after for work in work_waiting("deliver_campaign")] == [due]
    assert AuditEvent.objects.filter(action="newsletter.plan").count() == 1


def test_it_goes_at_its_time_to_the_readers_of_that_time(
    planned: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock
) -> None:
    carry_on(planned)
    assert (planned.state, server.got) == (CampaignState.PLANNED, [])
    a_reader("later@example.org")
    clock.wait(HOURS)
    carry_on(planned)
    assert set(server.copies) == {"ann@example.org", "later@example.org"}
    assert planned.state == CampaignState.SENT


def test_missed_by_more_than_a_quarter_of_an_hour_it_asks(
    planned: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock
) -> None:
    clock.wait(HOURS + timedelta(minutes=16))
    carry_on(planned)
    assert planned.state == CampaignState.HELD
    assert "Is it still right to send it?" in planned.held_because
    assert (server.got, planned.frozen_at) == ([], None)


def test_a_few_minutes_late_is_no_matter(planned: Campaign) -> None:
    assert at_its_time(planned, timedelta(minutes=14)).state == CampaignState.WAITING


def test_an_issue_that_was_changed_waits_for_somebody_to_look(planned: Campaign, issue: IssuePage) -> None:
    issue.save_revision().publish()
    assert "changed after this was planned" in at_its_time(planned).held_because


def test_an_issue_that_was_taken_off_the_website_waits(planned: Campaign, issue: IssuePage) -> None:
    issue.unpublish()
    assert "taken off the website" in at_its_time(planned).held_because


def test_an_issue_that_was_deleted_waits_and_can_only_be_taken_back(
    planned: Campaign, issue: IssuePage, editor: Person
) -> None:
    issue.delete()
    planned.refresh_from_db()
    assert "deleted" in at_its_time(planned).held_because
    assert stop(campaign=planned, by=editor.user).state == CampaignState.STOPPED


def test_something_new_in_the_way_is_said(planned: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.actions.freezing.findings_of", lambda issue: [IN_THE_WAY])
    assert "The picture has no words." in at_its_time(planned).held_because


def test_what_was_let_through_when_it_was_planned_is_no_news(
    editor: Person, issue: IssuePage, clock: Clock, due: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.actions.freezing.findings_of", lambda issue: [IN_THE_WAY])
    with pytest.raises(CannotSend, match="one thing stands in the way"):
        plan(issue=issue, at=due, by=editor.user, now=clock.now)
    with pytest.raises(CannotSend, match="say why"):
        freeze(issue=issue, by=editor.user, reason="  ")
    planned = plan(issue=issue, at=due, by=editor.user, now=clock.now, reason="A drawing, nothing to say.")
    assert (planned.override_reason, planned.overridden[0]["kind"]) == ("A drawing, nothing to say.", "no_alt")
    assert AuditEvent.objects.get(action="newsletter.plan").detail["let_through"] == ["no_alt"]
    assert at_its_time(planned).state == CampaignState.WAITING


def test_a_reason_lets_through_only_what_it_was_given_for_also_when_it_is_sent_now(
    editor: Person, issue: IssuePage, clock: Clock, due: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [IN_THE_WAY]
    monkeypatch.setattr("newsletter.actions.freezing.findings_of", lambda issue: found)
    planned = plan(issue=issue, at=due, by=editor.user, now=clock.now, reason="A drawing, nothing to say.")
    found.append(Finding(kind="stale", where="y", words="The hall was not asked for a year."))
    assert "The hall was not asked for a year." in at_its_time(planned).held_because
    with pytest.raises(CannotSend, match="Look at the issue again"):
        send_unfrozen(campaign=planned, by=editor.user)
    planned.refresh_from_db()
    assert (planned.state, planned.frozen_at) == (CampaignState.HELD, None)
    del found[1]
    assert send_unfrozen(campaign=planned, by=editor.user).state == CampaignState.WAITING
    assert Campaign.objects.get().override_reason == "A drawing, nothing to say."


def test_nobody_to_send_it_to_is_said(planned: Campaign, issue: IssuePage) -> None:
    planned.refresh_from_db()
    a_reader("other@example.org").delete()
    from newsletter.models import Subscriber

    Subscriber.objects.all().delete()
    assert "Nobody would get it" in at_its_time(planned).held_because


def test_another_time_takes_the_place_of_the_first(
    planned: Campaign, editor: Person, issue: IssuePage, clock: Clock, due: datetime
) -> None:
    later = plan(issue=issue, at=due + HOURS, by=editor.user, now=clock.now)
    assert later.pk == planned.pk
    planned.refresh_from_db()
    assert begin_planned(campaign=planned, now=due).state == CampaignState.PLANNED
    assert begin_planned(campaign=planned, now=due + HOURS).state == CampaignState.WAITING


def test_taken_back_it_never_goes_and_the_issue_can_be_sent(
    planned: Campaign, editor: Person, issue: IssuePage
) -> None:
    stop(campaign=planned, by=editor.user)
    assert at_its_time(planned).state == CampaignState.STOPPED
    assert freeze(issue=issue, by=editor.user).pk != planned.pk


def test_send_now_takes_the_plan_s_place(planned: Campaign, editor: Person, issue: IssuePage) -> None:
    sent = freeze(issue=issue, by=editor.user)
    assert (sent.pk, sent.state, sent.candidates) == (planned.pk, CampaignState.WAITING, 1)
    assert sent.deliveries.counts() == {DeliveryState.QUEUED: 1}
    with pytest.raises(CannotSend, match="sent already"):
        plan(issue=issue, at=timezone.now() + HOURS, by=editor.user, now=timezone.now())


def test_held_before_anything_was_fixed_it_goes_with_the_words_of_now(
    planned: Campaign, editor: Person, issue: IssuePage
) -> None:
    hold(campaign=planned, because="Wait.", by=editor.user)
    with pytest.raises(CannotSend, match="Nothing is fixed yet"):
        go_on(campaign=planned, by=editor.user)
    issue.body = [("lead", lead("The boiler is mended")["value"])]
    issue.save_revision().publish()
    sent = freeze(issue=issue, by=editor.user)
    assert (sent.pk, sent.held_because) == (planned.pk, "")
    assert "The boiler is mended" in sent.text


def test_held_it_can_be_planned_anew(
    planned: Campaign, editor: Person, issue: IssuePage, clock: Clock, due: datetime
) -> None:
    hold(campaign=planned, because="Wait.", by=editor.user)
    again = plan(issue=issue, at=due, by=editor.user, now=clock.now)
    assert (again.pk, again.state, again.held_because) == (planned.pk, CampaignState.PLANNED, "")


def test_the_past_and_next_year_are_refused(editor: Person, issue: IssuePage, clock: Clock) -> None:
    for moment in (clock.now - HOURS, clock.now + timedelta(days=61)):
        with pytest.raises(NoSuchMoment):
            plan(issue=issue, at=moment, by=editor.user, now=clock.now)
    assert Campaign.objects.count() == 0


def test_two_workers_fix_it_once(planned: Campaign) -> None:
    other = Campaign.objects.get(pk=planned.pk)
    at_its_time(planned)
    assert at_its_time(other).deliveries.count() == 1


def test_a_list_that_does_not_add_up_at_its_time_sends_nothing(
    planned: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "write_ledger", lambda rows: 2)
    assert "does not add up" in at_its_time(planned).held_because
    assert planned.deliveries.count() == 0
