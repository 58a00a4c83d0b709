"""Freezing an issue, and starting, holding and stopping its sending."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError
from django.utils import timezone

from newsletter.actions import freezing
from newsletter.actions.campaigns import finish, freeze, go_on, hold, note_trouble, start, stop
from newsletter.actions.freezing import CannotSend
from newsletter.models import Campaign, IssuePage, Subscriber
from newsletter.rendering.parts import Row
from newsletter.workflow import CampaignState, DeliveryState, Reason, SubscriberState
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.newsletter import (
    a_campaign,
    a_reader,
    a_silenced_reader,
    an_issue,
    block,
    lead,
    readers,
    work_waiting,
)

pytestmark = pytest.mark.django_db
LIVE = Row(title="Café 100", detail="Wednesday 25 November", url="/activities/cafe-100/", is_live=True)


def test_freezing_gives_each_confirmed_reader_one_row(editor: Person) -> None:
    readers(3)
    a_silenced_reader()
    a_reader("paused@example.org", wants_issues=False)
    a_reader("new@example.org", state=SubscriberState.PENDING)
    campaign = a_campaign(editor.user)
    assert campaign.candidates == campaign.deliveries.count() == 5
    assert campaign.deliveries.counts() == {
        DeliveryState.QUEUED: 3,
        DeliveryState.EXCLUDED: 1,
        DeliveryState.SUPPRESSED: 1,
    }
    assert campaign.deliveries.reasons() == [
        ("Left out", "asked for a pause", 1),
        ("Not to be written to", "no mail may go to this address", 1),
    ]
    assert campaign.created_by == editor.user


def test_each_copy_has_a_message_id_before_anything_is_sent(editor: Person) -> None:
    readers(5)
    ids = set(a_campaign(editor.user).deliveries.values_list("message_id", flat=True))
    assert len(ids) == 5


def test_the_words_are_frozen_and_later_changes_stay_out(editor: Person) -> None:
    a_reader()
    issue = an_issue()
    campaign = a_campaign(editor.user, issue=issue)
    issue.body = [("story", {"heading": "Something else", "words": "<p>New</p>"})]
    issue.save()
    campaign.refresh_from_db()
    assert "The hall is warm again" in campaign.html
    assert "The hall is warm again" in campaign.text
    assert "Something else" not in campaign.html
    assert campaign.subject == "Winter in Horden"


def test_live_rows_are_looked_up_once_and_the_web_page_keeps_saying_them(editor: Person, resident: Person) -> None:
    a_reader()
    issue = an_issue(body=[lead(), block("whats_on", heading="What is on")])
    with patch("newsletter.rendering.live.sessions", return_value=(LIVE,)):
        campaign = a_campaign(editor.user, issue=issue)
    assert campaign.parts[1]["rows"][0]["title"] == "Café 100"
    with patch("newsletter.rendering.live.sessions", return_value=()) as looked_up:
        page = resident.get(issue.path_on_site).content.decode()
    assert "Café 100" in page
    looked_up.assert_not_called()


def test_the_worker_gets_the_work_after_the_time_to_stop_it(editor: Person) -> None:
    a_reader()
    now = timezone.now()
    campaign = freeze(issue=an_issue(), by=editor.user, now=now)
    (work,) = work_waiting("deliver_campaign")
    assert work.run_after == campaign.starts_at == now + timedelta(seconds=30)
    assert work.args_kwargs["kwargs"] == {"campaign_id": campaign.pk}


def test_the_history_has_counts_and_no_address(editor: Person) -> None:
    a_reader("ann@example.org")
    a_campaign(editor.user)
    event = AuditEvent.objects.get(action="newsletter.freeze")
    assert event.detail["queued"] == 1
    assert "ann@" not in str(event.detail)


def refusal(by: Person, issue: IssuePage, **seen: Any) -> str:
    with pytest.raises(CannotSend) as refused:
        freeze(issue=issue, by=by.user, **seen)
    return str(refused.value)


def test_a_draft_is_not_sent(editor: Person) -> None:
    a_reader()
    assert "Publish the issue first" in refusal(editor, an_issue(live=False))


def test_an_empty_issue_is_not_sent(editor: Person) -> None:
    a_reader()
    assert "nothing in this issue" in refusal(editor, an_issue(body=[]))


def test_an_issue_is_not_sent_to_nobody(editor: Person) -> None:
    a_reader(wants_issues=False)
    assert "Nobody would get it" in refusal(editor, an_issue())
    assert Campaign.objects.count() == 0


def test_an_issue_is_not_sent_twice(editor: Person) -> None:
    a_reader()
    issue = an_issue()
    a_campaign(editor.user, issue=issue)
    assert "has been sent already" in refusal(editor, issue)


def test_the_database_refuses_a_second_sending_too(editor: Person) -> None:
    a_reader()
    campaign = a_campaign(editor.user)
    campaign.pk = None
    with pytest.raises(IntegrityError):
        campaign.save()


def test_an_issue_that_was_changed_since_the_editor_looked_is_not_sent(editor: Person) -> None:
    a_reader()
    issue = an_issue()
    seen = issue.live_revision_id
    issue.save_revision().publish()
    assert "changed a moment ago" in refusal(editor, issue, seen_revision=seen)
    issue.refresh_from_db()
    assert freeze(issue=issue, by=editor.user, seen_revision=issue.live_revision_id)


def test_a_ledger_that_does_not_add_up_sends_nothing(editor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    readers(2)
    monkeypatch.setattr(freezing, "write_ledger", lambda rows: 2)
    assert "does not add up" in refusal(editor, an_issue())
    assert work_waiting("deliver_campaign") == []


def test_a_sending_can_be_stopped_before_its_first_mail_and_sent_again_later(editor: Person) -> None:
    a_reader()
    issue = an_issue()
    campaign = a_campaign(editor.user, issue=issue)
    stop(campaign=campaign, by=editor.user)
    assert campaign.state == CampaignState.STOPPED
    assert campaign.deliveries.get().reason == Reason.STOPPED
    assert not start(campaign=campaign)
    assert a_campaign(editor.user, issue=issue).state == CampaignState.WAITING


def test_once_mails_go_it_can_be_held_and_not_stopped(editor: Person) -> None:
    a_reader()
    campaign = a_campaign(editor.user)
    assert start(campaign=campaign)
    with pytest.raises(CannotSend, match="too late to stop"):
        stop(campaign=campaign, by=editor.user)
    hold(campaign=campaign, because="A wrong date.", by=editor.user)
    assert (campaign.state, campaign.held_because) == (CampaignState.HELD, "A wrong date.")
    go_on(campaign=campaign, by=editor.user)
    assert (campaign.state, campaign.held_because) == (CampaignState.SENDING, "")


def test_what_is_not_under_way_cannot_be_held_and_what_is_not_held_cannot_go_on(editor: Person) -> None:
    a_reader()
    campaign = a_campaign(editor.user)
    with pytest.raises(CannotSend, match="not on hold"):
        go_on(campaign=campaign, by=editor.user)
    stop(campaign=campaign, by=editor.user)
    with pytest.raises(CannotSend, match="not under way"):
        hold(campaign=campaign, because="x", by=editor.user)


def test_only_one_worker_starts_it(editor: Person) -> None:
    a_reader()
    campaign = a_campaign(editor.user)
    other = Campaign.objects.get(pk=campaign.pk)
    assert start(campaign=campaign)
    assert not start(campaign=other)


def test_it_is_not_finished_while_a_copy_has_no_answer(editor: Person) -> None:
    a_reader()
    campaign = a_campaign(editor.user)
    start(campaign=campaign)
    assert not finish(campaign=campaign, now=timezone.now())
    campaign.deliveries.update(state=DeliveryState.SUBMITTED)
    assert finish(campaign=campaign, now=timezone.now())
    assert campaign.finished_at is not None
    assert not finish(campaign=campaign, now=timezone.now())


def test_a_mail_server_in_trouble_five_times_in_a_row_puts_it_on_hold(editor: Person) -> None:
    a_reader()
    campaign = a_campaign(editor.user)
    start(campaign=campaign)
    for _ in range(4):
        note_trouble(campaign=campaign, code=535)
    assert campaign.state == CampaignState.SENDING
    note_trouble(campaign=campaign, code=535)
    assert campaign.state == CampaignState.HELD
    assert (
        campaign.held_because
        == "The mail server does not let us in. Are the name and the password right? It answers 535."
    )
    note_trouble(campaign=campaign, code=None)
    assert campaign.troubles == 6


def test_a_deleted_issue_keeps_its_history(editor: Person) -> None:
    a_reader()
    campaign = a_campaign(editor.user)
    IssuePage.objects.get().delete()
    campaign.refresh_from_db()
    assert campaign.issue is None
    assert campaign.subject == "Winter in Horden"


def test_an_erased_reader_leaves_the_counts(editor: Person, run_worker: Callable[[], None]) -> None:
    a_reader()
    campaign = a_campaign(editor.user)
    Subscriber.objects.get().delete()
    assert campaign.deliveries.get().subscriber is None


def test_freezing_costs_few_queries_for_many_readers(editor: Person, django_assert_max_num_queries: Any) -> None:
    readers(60)
    issue = an_issue()
    with django_assert_max_num_queries(40):
        freeze(issue=issue, by=editor.user)
