"""The desk says now what will stop a planned sending when its hour comes, and offers no button that would be refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from newsletter.actions import campaigns, plans
from newsletter.gate import Finding
from newsletter.models import Campaign, IssuePage
from newsletter.week import sendings_to_look_at
from tests.conftest import Person
from tests.factories.newsletter import a_reader, an_issue

pytestmark = pytest.mark.django_db
STALE = Finding(kind="stale", where="y", words="The hall was not asked for a year.")


@pytest.fixture
def planned(editor: Person) -> Campaign:
    a_reader()
    now = timezone.now()
    return plans.plan(issue=an_issue(), at=now + timedelta(days=1), by=editor.user, now=now)


def issue_of(campaign: Campaign) -> IssuePage:
    assert campaign.issue_id is not None
    return IssuePage.objects.get(pk=campaign.issue_id)


def screens(editor: Person, campaign: Campaign) -> list[str]:
    """The list, the issue and its sending, as an editor sees them now."""
    addresses = [reverse("newspaper_issues"), reverse("newspaper_issue", args=[campaign.issue_id])]
    addresses.append(reverse("newspaper_sending", args=[campaign.pk]))
    return [editor.get(address).content.decode() for address in addresses]


def test_nothing_is_said_of_a_plan_that_will_go(editor: Person, planned: Campaign) -> None:
    assert not any("will wait" in screen for screen in screens(editor, planned))
    assert sendings_to_look_at(editor.user) is None


def test_a_plan_whose_issue_was_changed_says_now_that_it_will_wait(editor: Person, planned: Campaign) -> None:
    issue_of(planned).save_revision().publish()
    for screen in screens(editor, planned):
        assert "will wait, and not go" in screen or "will wait and not go" in screen
        assert "changed after this was planned. Look at it, then send it or plan it again." in screen
    line = sendings_to_look_at(editor.user)
    assert line is not None
    assert (line.count, line.is_urgent) == (1, True)


def test_a_plan_whose_issue_is_off_the_website_says_so(editor: Person, planned: Campaign) -> None:
    issue_of(planned).unpublish()
    for screen in screens(editor, planned):
        assert "taken off the website after this was planned. Publish it again" in screen
    assert sendings_to_look_at(editor.user) is not None


def test_a_plan_with_something_new_in_the_way_says_what(
    editor: Person, planned: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.actions.freezing.findings_of", lambda issue: [STALE])
    assert all("The hall was not asked for a year." in screen for screen in screens(editor, planned))
    known = [{"kind": STALE.kind, "where": STALE.where, "words": STALE.words}]
    Campaign.objects.update(overridden=known, override_reason="They ring on Monday.")
    assert not any("will wait" in screen for screen in screens(editor, planned))


def test_what_the_desk_says_is_what_happens_at_the_hour(editor: Person, planned: Campaign) -> None:
    issue = issue_of(planned)
    issue.save_revision().publish()
    issue.refresh_from_db()
    told = plans.in_its_way(campaign=planned, issue=issue)
    assert plans.begin_planned(campaign=planned, now=planned.starts_at).held_because == told


@pytest.mark.parametrize("change", ["changed", "off the website"])
def test_send_it_now_is_offered_only_where_it_can_go(editor: Person, planned: Campaign, change: str) -> None:
    campaigns.hold(campaign=planned, because="It should have gone at 9.", by=editor.user)
    assert "Send it now" in screens(editor, planned)[2]
    issue = issue_of(planned)
    if change == "changed":
        issue.save_revision().publish()
    else:
        issue.unpublish()
    _, on_issue, on_sending = screens(editor, planned)
    assert "Send it now" not in on_sending
    assert "It cannot be sent from here now." in on_sending
    assert "Take it back" in on_sending
    assert ("Publish it, then send it here" in on_issue) == (change == "off the website")


def test_a_sending_whose_issue_was_deleted_is_still_on_the_list(editor: Person, planned: Campaign) -> None:
    issue_of(planned).delete()
    listed = editor.get(reverse("newspaper_issues")).content.decode()
    assert "its issue was deleted" in listed
    planned.refresh_from_db()
    assert "Take this back." in editor.get(reverse("newspaper_sending", args=[planned.pk])).content.decode()
    campaigns.stop(campaign=planned, by=editor.user)
    assert "its issue was deleted" not in editor.get(reverse("newspaper_issues")).content.decode()


@pytest.mark.parametrize("stands", ["planned", "waiting"])
def test_what_is_planned_or_waits_can_be_put_on_hold(editor: Person, planned: Campaign, stands: str) -> None:
    if stands == "waiting":
        campaigns.freeze(issue=issue_of(planned), by=editor.user)
    address = reverse("newspaper_change", args=[planned.pk, "hold"])
    assert address in screens(editor, planned)[2]
    assert "On hold." in editor.post(address, follow=True).content.decode()
    planned.refresh_from_db()
    assert planned.state == "held"
