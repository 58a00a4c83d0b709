"""The editor's screens of one sending and of a weekly mail: what they show, and what can be done there."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from newsletter.actions import campaigns, plans
from newsletter.actions.freezing import CannotSend
from newsletter.gate import Finding
from newsletter.models import Campaign, IssuePage, Subscriber
from newsletter.workflow import CampaignState, DeliveryState
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, a_reader, an_issue, readers, work_waiting

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


@pytest.fixture
def issue() -> IssuePage:
    readers(4)
    return an_issue()


@pytest.fixture
def planned(editor: Person, issue: IssuePage) -> Campaign:
    now = timezone.now()
    return plans.plan(issue=issue, at=now + TOMORROW, by=editor.user, now=now)


def page_of(editor: Person, campaign: Campaign, name: str = "newspaper_sending") -> str:
    return editor.get(reverse(name, args=[campaign.pk])).content.decode()


def press(editor: Person, campaign: Campaign, word: str) -> str:
    answer = editor.post(reverse("newspaper_change", args=[campaign.pk, word]), follow=True)
    campaign.refresh_from_db()
    return answer.content.decode()


def plan(editor: Person, issue: IssuePage, **typed: Any) -> Any:
    tomorrow = (timezone.localdate() + TOMORROW).isoformat()
    fields = {"seen_revision": issue.live_revision_id, "day": tomorrow, "hour": "09:30", **typed}
    return editor.post(reverse("newspaper_plan", args=[issue.pk]), fields, follow=True)


def test_planning_from_the_issue_s_screen(editor: Person, issue: IssuePage) -> None:
    said = plan(editor, issue).content.decode()
    assert "Planned for" in said
    assert "Take it back" in said
    assert Campaign.objects.get().state == CampaignState.PLANNED
    assert "Choose another time" in editor.get(reverse("newspaper_issue", args=[issue.pk])).content.decode()
    assert "Planned for" in editor.get(reverse("newspaper_issues")).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "2020-01-01"}, "gone by"),
        ({"day": "nonsense"}, "Enter a day like"),
        ({"hour": ""}, "Choose a time."),
        ({"hour": "25:00"}, "Enter a time like"),
    ],
    ids=["day gone by", "no day", "no hour", "no such hour"],
)
def test_a_time_that_cannot_be_is_said_and_what_was_typed_stays(
    editor: Person, issue: IssuePage, typed: dict[str, str], words: str
) -> None:
    answer = plan(editor, issue, **typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Error: " in answer.content.decode()
    assert Campaign.objects.count() == 0


def test_an_issue_that_changed_meanwhile_is_not_planned(editor: Person, issue: IssuePage) -> None:
    assert "changed a moment ago" in plan(editor, issue, seen_revision=0).content.decode()
    assert Campaign.objects.count() == 0


def test_a_plan_can_be_taken_back(editor: Person, planned: Campaign) -> None:
    assert "No mail has gone" in press(editor, planned, "stop")
    assert planned.state == CampaignState.STOPPED


def test_a_plan_on_hold_shows_why_large_and_can_go_now(editor: Person, planned: Campaign) -> None:
    campaigns.hold(campaign=planned, because="It should have gone at 9.", by=editor.user)
    assert "<strong>It should have gone at 9.</strong>" in page_of(editor, planned)
    assert "It starts in half a minute" in press(editor, planned, "go-on")
    assert (planned.state, planned.candidates) == (CampaignState.WAITING, 4)


def test_a_plan_on_hold_whose_issue_changed_has_to_be_looked_at(
    editor: Person, planned: Campaign, issue: IssuePage
) -> None:
    campaigns.hold(campaign=planned, because="x", by=editor.user)
    issue.save_revision().publish()
    assert "changed after this was planned" in press(editor, planned, "go-on")
    assert "On hold: x" in editor.get(reverse("newspaper_issue", args=[issue.pk])).content.decode()
    issue.delete()
    assert "The issue was deleted" in press(editor, planned, "go-on")


def test_send_now_does_not_walk_round_the_gate(
    editor: Person, planned: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaigns.hold(campaign=planned, because="x", by=editor.user)
    new = Finding(kind="stale", where="y", words="The hall was not asked for a year.")
    monkeypatch.setattr("newsletter.actions.freezing.findings_of", lambda issue: [new])
    Campaign.objects.update(override_reason="A drawing.", overridden=[{"kind": "no_alt", "where": "x", "words": "x"}])
    assert "Look at the issue again" in press(editor, planned, "go-on")
    assert (planned.state, planned.deliveries.count()) == (CampaignState.HELD, 0)


def test_a_reason_that_is_too_long_for_a_plan_stays_to_be_shortened(editor: Person, issue: IssuePage) -> None:
    answer = plan(editor, issue, reason="so " * 150)
    assert answer.status_code == 422
    assert "so so so" in answer.content.decode()
    assert Campaign.objects.count() == 0


def test_cancelling_in_the_middle(editor: Person, issue: IssuePage) -> None:
    campaign = a_campaign(editor.user, issue=issue)
    campaigns.start(campaign=campaign)
    gone = campaign.deliveries.oldest_first().values_list("pk", flat=True)[:1]
    campaign.deliveries.numbered(list(gone)).update(state=DeliveryState.SUBMITTED, submitted_at=timezone.now())
    assert "Cancel the rest" in page_of(editor, campaign)
    said = press(editor, campaign, "cancel")
    assert "What had gone has gone" in said
    assert "cannot be sent to everybody again" in said
    assert campaign.state == CampaignState.CANCELLED
    assert "nothing to cancel" in press(editor, campaign, "cancel")


def test_the_part_that_moves_says_how_far_and_how_long(editor: Person, issue: IssuePage) -> None:
    campaign = a_campaign(editor.user, issue=issue)
    campaigns.start(campaign=campaign)
    now = timezone.now()
    Campaign.objects.update(starts_at=now - timedelta(minutes=2))
    gone = list(campaign.deliveries.oldest_first().values_list("pk", flat=True)[:2])
    campaign.deliveries.numbered(gone).update(state=DeliveryState.SUBMITTED, submitted_at=now - timedelta(minutes=1))
    part = page_of(editor, campaign, "newspaper_progress")
    assert "<html" not in part
    for words in ("data-moving", "about 2 minutes left", "about 1 a minute", 'value="2"', "50% done"):
        assert words in part
    campaigns.hold(campaign=campaign, because="x", by=editor.user)
    assert "data-moving" not in page_of(editor, campaign, "newspaper_progress")


def test_without_a_script_the_screen_looks_again_by_itself(editor: Person, issue: IssuePage) -> None:
    assert '<noscript><meta http-equiv="refresh"' in page_of(editor, a_campaign(editor.user, issue=issue))


def test_bounces_complaints_and_uncertain_copies_are_counted(editor: Person, issue: IssuePage) -> None:
    campaign = a_campaign(editor.user, issue=issue)
    numbers = list(campaign.deliveries.oldest_first().values_list("pk", flat=True))
    states = (DeliveryState.BOUNCED, DeliveryState.COMPLAINED, DeliveryState.UNCERTAIN, DeliveryState.DELIVERED)
    for number, state in zip(numbers, states, strict=True):
        campaign.deliveries.numbered([number]).update(state=state)
    page = page_of(editor, campaign)
    for words in ("Came back", "Called spam", "Arrived", reverse("newspaper_settle", args=[campaign.pk])):
        assert words in page
    listed = editor.get(reverse("newspaper_issues")).content.decode()
    for words in ("1 uncertain", "1 came back", "1 called spam", "3 of 4"):
        assert words in listed


def test_the_progress_costs_few_queries(editor: Person, issue: IssuePage, django_assert_max_num_queries: Any) -> None:
    campaign = a_campaign(editor.user, issue=issue)
    page_of(editor, campaign, "newspaper_progress")
    with django_assert_max_num_queries(12):
        page_of(editor, campaign, "newspaper_progress")


def test_the_mail_can_be_read_again_as_it_went(editor: Person, issue: IssuePage) -> None:
    campaign = a_campaign(editor.user, issue=issue)
    words = page_of(editor, campaign, "newspaper_words")
    assert "sandbox" in words
    assert "The hall is warm again" in words
    mail = editor.get(reverse("newspaper_mail", args=[campaign.pk]))
    assert mail.headers["X-Frame-Options"] == "SAMEORIGIN"
    for shown in (words, mail.content.decode()):
        assert "/news/u/example/" in shown
        assert "LINK-OF-THIS-READER" not in shown


def test_what_is_only_planned_has_no_words_yet(editor: Person, planned: Campaign) -> None:
    for name in ("newspaper_words", "newspaper_mail"):
        assert editor.get(reverse(name, args=[planned.pk])).status_code == 404


def test_weekly_mails_are_listed_by_day(editor: Person) -> None:
    fields: dict[str, Any] = {"digest_on": date(2026, 11, 27), "subject": "This week", "starts_at": timezone.now()}
    held = Campaign.objects.create(segment="", state=CampaignState.HELD, held_because="Late.", **fields)
    Campaign.objects.create(segment="/99", state=CampaignState.SENT, frozen_at=timezone.now(), **fields)
    listed = editor.get(reverse("newspaper_issues")).content.decode()
    assert listed.count("Friday 27 November 2026") == 1
    assert "On hold" in listed
    day = editor.get(reverse("newspaper_week", args=["2026-11-27"])).content.decode()
    for words in ("Everywhere: all topics", "a topic that is gone", "Late."):
        assert words in day
    assert "Send it now" in page_of(editor, held)
    assert "next one is due" in press(editor, held, "go-on") or held.state == CampaignState.STOPPED
    for wrong in ("2026-11-28", "nonsense", "2026-13-01", "2026-11-31"):
        assert editor.get(f"/staff/newspaper/weekly/{wrong}/").status_code == 404


def test_readers_of_a_weekly_mail_that_is_off_are_told_of(editor: Person, issue: IssuePage) -> None:
    a_reader("weekly@example.org", frequency=Subscriber.Frequency.WEEKLY)
    for name, arguments in (("newspaper_issue", [issue.pk]), ("newspaper_issues", [])):
        assert "weekly mail is off" in editor.get(reverse(name, args=arguments)).content.decode()


def test_a_test_goes_to_colleagues_and_to_nobody_else(
    editor: Person, coordinator: Person, resident: Person, issue: IssuePage
) -> None:
    address = reverse("newspaper_test", args=[issue.pk])
    said = editor.post(address, {"colleagues": [coordinator.user.pk]}, follow=True).content.decode()
    assert "on its way to you and 1 more" in said
    assert len(work_waiting("send_test_mail")) == 2
    refused = editor.post(address, {"colleagues": [999]})
    assert refused.status_code == 422
    assert "with an account here" in refused.content.decode()
    assert len(work_waiting("send_test_mail")) == 2


def test_six_colleagues_are_too_many(editor: Person, coordinator: Person, issue: IssuePage) -> None:
    with pytest.raises(CannotSend, match="5 colleagues"):
        campaigns.ask_for_test(issue=issue, by=editor.user, to=[coordinator.user] * 6)
