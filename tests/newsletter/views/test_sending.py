"""The editor's sending screens, and who may not open them."""

from typing import Any

import pytest
from django.urls import reverse

from newsletter.gate import Finding
from newsletter.models import Campaign, IssuePage
from newsletter.workflow import CampaignState, DeliveryState, Reason
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from tests.conftest import Person
from tests.factories.newsletter import (
    a_campaign,
    a_reader,
    a_silenced_reader,
    an_issue,
    lead,
    readers,
    story,
    work_waiting,
)

pytestmark = pytest.mark.django_db
WRONG_ROLES = ["coordinator", "navigator", "lead", "partner", "administrator"]


@pytest.fixture
def issue() -> IssuePage:
    readers(3)
    return an_issue()


def addresses(campaign: Campaign) -> list[tuple[str, str]]:
    """Every staff address of this room with the method it takes."""
    assert campaign.issue is not None
    issue = [campaign.issue.pk]
    return [
        ("get", reverse("newspaper_issues")),
        ("get", reverse("newspaper_issue", args=issue)),
        ("post", reverse("newspaper_test", args=issue)),
        ("post", reverse("newspaper_send", args=issue)),
        ("post", reverse("newspaper_plan", args=issue)),
        ("get", reverse("newspaper_week", args=["2026-11-27"])),
        *(("post", reverse("newspaper_change_week", args=["2026-11-27", word])) for word in ("hold", "go-on", "end")),
        *(("get", reverse(name, args=[campaign.pk])) for name in ("newspaper_sending", "newspaper_progress")),
        *(("get", reverse(name, args=[campaign.pk])) for name in ("newspaper_words", "newspaper_mail")),
        *(
            ("post", reverse("newspaper_change", args=[campaign.pk, word]))
            for word in ("stop", "hold", "go-on", "cancel")
        ),
    ]


def test_a_stranger_is_asked_to_sign_in(stranger: Person, editor: Person, issue: IssuePage) -> None:
    campaign = a_campaign(editor.user, issue=issue)
    for method, address in addresses(campaign):
        response = getattr(stranger, method)(address)
        assert response.status_code == 302, address
        assert "login" in response["Location"]
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.WAITING


@pytest.mark.parametrize("role", WRONG_ROLES)
def test_a_wrong_role_is_refused(role: str, request: pytest.FixtureRequest, editor: Person, issue: IssuePage) -> None:
    campaign = a_campaign(editor.user, issue=issue)
    person: Person = request.getfixturevalue(role)
    for method, address in addresses(campaign):
        assert getattr(person, method)(address).status_code == 403, address
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.WAITING
    assert "Newspaper" not in person.get("/staff/").content.decode()


def test_what_changes_something_takes_only_posts(editor: Person, issue: IssuePage) -> None:
    campaign = a_campaign(editor.user, issue=issue)
    for method, address in addresses(campaign):
        if method == "post":
            assert editor.get(address).status_code == 405


def test_the_menu_leads_an_editor_to_the_newspaper(editor: Person) -> None:
    assert "/staff/newspaper/" in editor.get("/staff/").content.decode()


def test_the_list_has_each_issue_with_its_state_and_no_address(editor: Person, issue: IssuePage) -> None:
    an_issue(title="Spring", live=False)
    an_issue(title="Autumn")
    a_campaign(editor.user, issue=issue)
    page = editor.get(reverse("newspaper_issues")).content.decode()
    for words in ("Draft", "Ready to send", "Starts in a moment", "0 of 3"):
        assert words in page
    assert "@example.org" not in page


def test_an_empty_list_says_what_to_do(editor: Person) -> None:
    assert "No issue is written yet" in editor.get(reverse("newspaper_issues")).content.decode()


def test_a_longer_list_costs_no_more_queries(editor: Person, django_assert_max_num_queries: Any) -> None:
    a_reader()
    for number in range(8):
        a_campaign(editor.user, issue=an_issue(title=f"Issue {number}", body=[lead()]))
    editor.get(reverse("newspaper_issues"))
    with django_assert_max_num_queries(25):
        editor.get(reverse("newspaper_issues"))


def test_before_sending_an_editor_sees_how_many_and_what_is_missing(editor: Person) -> None:
    readers(2)
    a_silenced_reader()
    issue = an_issue(body=[story()])
    page = editor.get(reverse("newspaper_issue", args=[issue.pk])).content.decode()
    assert "Send now to 2 readers" in page
    assert "left out: no mail may go to this address" in page
    assert "There is no lead story" in page
    assert "@example.org" not in page


def test_a_draft_and_changes_that_are_not_published_are_told(editor: Person, issue: IssuePage) -> None:
    draft = an_issue(title="Draft", live=False)
    page = editor.get(reverse("newspaper_issue", args=[draft.pk])).content.decode()
    assert "This issue is a draft" in page
    assert "Send now" not in page
    assert "Plan it" not in page
    issue.save_revision()
    page = editor.get(reverse("newspaper_issue", args=[issue.pk])).content.decode()
    assert "The draft is not what readers will get." in page
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[issue.pk, "live", "latest"])
    assert compare in page
    assert editor.get(compare).status_code == 200
    issue.get_latest_revision().publish()
    page = editor.get(reverse("newspaper_issue", args=[issue.pk])).content.decode()
    assert "The draft is not what readers will get." not in page


def test_with_no_readers_there_is_no_button(editor: Person) -> None:
    issue = an_issue()
    page = editor.get(reverse("newspaper_issue", args=[issue.pk])).content.decode()
    assert "<dt>0</dt><dd>readers by e-mail</dd>" in page
    assert "Send now" not in page


def test_a_test_goes_into_the_queue(editor: Person, issue: IssuePage) -> None:
    response = editor.post(reverse("newspaper_test", args=[issue.pk]), follow=True)
    assert "on its way to your own address" in response.content.decode()
    assert len(work_waiting("send_test_mail")) == 1


def send(editor: Person, issue: IssuePage, seen: object) -> str:
    return editor.post(
        reverse("newspaper_send", args=[issue.pk]), {"seen_revision": seen}, follow=True
    ).content.decode()


def test_sending_and_stopping(editor: Person, issue: IssuePage) -> None:
    page = send(editor, issue, issue.live_revision_id)
    assert "Until then you can stop it" in page
    campaign = Campaign.objects.get()
    page = editor.post(reverse("newspaper_change", args=[campaign.pk, "stop"]), follow=True).content.decode()
    assert "No mail has gone" in page
    assert "this sending was stopped" in page
    page = editor.post(reverse("newspaper_change", args=[campaign.pk, "stop"]), follow=True).content.decode()
    assert "too late to stop" in page


def test_an_issue_that_changed_meanwhile_is_not_sent(editor: Person, issue: IssuePage) -> None:
    seen = issue.live_revision_id
    issue.save_revision().publish()
    assert "changed a moment ago" in send(editor, issue, seen)
    assert "changed a moment ago" in send(editor, issue, "nonsense")
    assert Campaign.objects.count() == 0


def test_a_reason_that_is_too_long_stays_to_be_shortened(editor: Person, issue: IssuePage) -> None:
    typed = {"seen_revision": issue.live_revision_id, "reason": "because " * 40}
    answer = editor.post(reverse("newspaper_send", args=[issue.pk]), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "because because" in page
    assert "at most 300 characters" in page
    assert "changed a moment ago" not in page
    assert Campaign.objects.count() == 0


def test_what_was_typed_stays_when_the_issue_changed_and_the_next_press_is_for_what_is_shown(
    editor: Person, issue: IssuePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Finding(kind="no_alt", where="x", words="The picture has no words.")
    for module in ("actions.freezing", "views.sending"):
        monkeypatch.setattr(f"newsletter.{module}.findings_of", lambda issue: [found])
    seen = issue.live_revision_id
    issue.save_revision().publish()
    issue.refresh_from_db()
    typed = {"seen_revision": seen, "reason": "It is a drawing."}
    page = editor.post(reverse("newspaper_send", args=[issue.pk]), typed).content.decode()
    assert "changed a moment ago" in page
    assert "It is a drawing." in page
    assert f'name="seen_revision" value="{issue.live_revision_id}"' in page


def test_a_screen_that_does_not_say_what_was_seen_sends_nothing(editor: Person, issue: IssuePage) -> None:
    for typed in ({}, {"seen_revision": ""}):
        page = editor.post(reverse("newspaper_send", args=[issue.pk]), typed).content.decode()
        assert "changed a moment ago" in page
    assert Campaign.objects.count() == 0
    IssuePage.objects.update(live_revision=None)
    assert "Until then you can stop it" in send(editor, issue, "")


def test_a_second_press_sends_nothing_more(editor: Person, issue: IssuePage) -> None:
    send(editor, issue, issue.live_revision_id)
    assert "has been sent already" in send(editor, issue, issue.live_revision_id)
    assert Campaign.objects.count() == 1


def test_holding_and_going_on(editor: Person, issue: IssuePage) -> None:
    campaign = a_campaign(editor.user, issue=issue)
    page = editor.post(reverse("newspaper_change", args=[campaign.pk, "hold"]), follow=True).content.decode()
    assert "Somebody put it on hold." in page
    assert "Go on sending" in page
    page = editor.post(reverse("newspaper_change", args=[campaign.pk, "go-on"]), follow=True).content.decode()
    assert "goes on from where it stood" in page
    assert "Put on hold" in page


def test_there_is_no_other_change(editor: Person, issue: IssuePage) -> None:
    campaign = a_campaign(editor.user, issue=issue)
    assert editor.post(reverse("newspaper_change", args=[campaign.pk, "delete"])).status_code == 404


def test_the_progress_has_every_state_and_the_reasons(editor: Person, issue: IssuePage) -> None:
    a_silenced_reader()
    campaign = a_campaign(editor.user, issue=issue)
    first, second, _ = campaign.deliveries.order_by("pk").values_list("pk", flat=True)[:3]
    campaign.deliveries.numbered([first]).update(state=DeliveryState.UNCERTAIN, reason=Reason.LOST)
    campaign.deliveries.numbered([second]).update(state=DeliveryState.SUBMITTED)
    page = editor.get(reverse("newspaper_sending", args=[campaign.pk])).content.decode()
    for words in (
        "Still to go",
        "Handed to the mail server",
        "Failed",
        "Uncertain",
        "Left out",
        "the worker stopped while the copy went over",
        "no mail may go to this address",
        "4 readers on the list",
    ):
        assert words in page
    assert "@example.org" not in page


def test_what_does_not_exist_is_not_found(editor: Person) -> None:
    assert editor.get(reverse("newspaper_issue", args=[999])).status_code == 404
    assert editor.get(reverse("newspaper_sending", args=[999])).status_code == 404
    assert editor.post(reverse("newspaper_send", args=[999])).status_code == 404


def test_an_editor_whose_own_address_is_stopped_is_told_that_no_test_comes(editor: Person) -> None:
    suppress(address=editor.user.email, reason=Suppression.Reason.BOUNCED)
    said = editor.post(f"/staff/newspaper/{an_issue().pk}/test/", follow=True).content.decode()
    assert "No mail may go to your own address" in said
    assert "on its way" not in said
