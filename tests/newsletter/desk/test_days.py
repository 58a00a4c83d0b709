"""The weekly mail of a whole day is held, carried on and ended in one press, whatever each version of it is doing."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from newsletter.actions import campaigns
from newsletter.actions.days import hold_day
from newsletter.models import Campaign
from newsletter.workflow import CampaignState, DeliveryState, Reason
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.newsletter import a_reader, work_waiting

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)


def a_version(segment: str, state: CampaignState, *copies: DeliveryState, **fields: Any) -> Campaign:
    now = timezone.now()
    fields = {"frozen_at": now, "starts_at": now, "subject": "This week", **fields}
    made = Campaign.objects.create(digest_on=FRIDAY, segment=segment, state=state, **fields)
    for number, copy in enumerate(copies):
        gone = now if copy == DeliveryState.SUBMITTED else None
        reader = a_reader(f"reader{made.pk}-{number}@example.org")
        made.deliveries.create(subscriber=reader, message_id=f"<{made.pk}-{number}@x>", state=copy, submitted_at=gone)
    return made


@pytest.fixture
def versions() -> list[Campaign]:
    """One that has ended, one on its way, one that starts in a moment."""
    return [
        a_version("", CampaignState.SENT, DeliveryState.SUBMITTED),
        a_version("/1", CampaignState.SENDING, DeliveryState.SUBMITTED, DeliveryState.QUEUED),
        a_version("/2", CampaignState.WAITING, DeliveryState.QUEUED),
    ]


def states() -> list[str]:
    return list(Campaign.objects.order_by("pk").values_list("state", flat=True))


def screen(editor: Person) -> str:
    return editor.get(reverse("newspaper_week", args=[FRIDAY.isoformat()])).content.decode()


def press(editor: Person, word: str) -> str:
    return editor.post(reverse("newspaper_change_week", args=[FRIDAY.isoformat(), word]), follow=True).content.decode()


def test_one_press_holds_all_that_is_under_way_and_another_carries_on(editor: Person, versions: list[Campaign]) -> None:
    assert "Put all of it on hold" in screen(editor)
    assert "On hold, all of it." in press(editor, "hold")
    assert states() == [CampaignState.SENT, CampaignState.HELD, CampaignState.HELD]
    assert AuditEvent.objects.filter(action="newsletter.hold").count() == 2
    assert "Go on with all of it" in screen(editor)
    assert "goes on from where it stood" in press(editor, "go-on")
    assert states() == [CampaignState.SENT, CampaignState.SENDING, CampaignState.SENDING]
    assert len(work_waiting("deliver_campaign")) == 2


def test_one_press_ends_all_and_what_has_gone_has_gone(editor: Person, versions: list[Campaign]) -> None:
    assert "Cancel the rest of it" in screen(editor)
    assert "Nothing more of this day goes" in press(editor, "end")
    assert states() == [CampaignState.SENT, CampaignState.CANCELLED, CampaignState.STOPPED]
    left_out = {"state": DeliveryState.EXCLUDED, "reason": Reason.STOPPED}
    assert [one.deliveries.filter(**left_out).count() for one in versions] == [0, 1, 1]
    assert "All of this day at once" not in screen(editor)
    assert "Nothing of this day" in press(editor, "end")


def test_before_the_first_mail_all_is_taken_back(editor: Person) -> None:
    for segment in ("", "/1"):
        a_version(segment, CampaignState.WAITING, DeliveryState.QUEUED)
    assert "Take all of it back" in screen(editor)
    press(editor, "end")
    assert states() == [CampaignState.STOPPED, CampaignState.STOPPED]


def test_a_day_held_before_anything_was_fixed_is_sent_from_its_screen(editor: Person) -> None:
    a_version("", CampaignState.HELD, frozen_at=None, held_because="It should have gone at 9.")
    assert "Send it now" in screen(editor)
    assert "/hold/" not in screen(editor)
    press(editor, "go-on")
    assert states() == [CampaignState.STOPPED]  # Nobody reads it, so there was nothing to send.


def test_one_that_ended_by_itself_meanwhile_is_let_be(
    editor: Person, versions: list[Campaign], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*, campaign: Campaign, because: str, by: object) -> None:
        if campaign.segment == "/1":
            raise campaigns.CannotSend("This sending is not under way.")

    monkeypatch.setattr(campaigns, "hold", ended)
    assert [one.segment for one in hold_day(day=FRIDAY, because="x", by=editor.user)] == ["/2"]


def test_nothing_else_can_be_done_to_a_day_and_no_day_is_made_up(editor: Person, versions: list[Campaign]) -> None:
    for address in (f"{FRIDAY}/burn", "nonsense/hold", "2026-13-01/hold"):
        assert editor.post(f"/staff/newspaper/weekly/{address}/").status_code == 404
    assert (
        "Nothing of this day"
        in editor.post(
            reverse("newspaper_change_week", args=[FRIDAY.isoformat(), "go-on"]), follow=True
        ).content.decode()
    )
    assert editor.get(reverse("newspaper_change_week", args=[FRIDAY.isoformat(), "hold"])).status_code == 405
