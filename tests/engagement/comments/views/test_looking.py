"""Beside deciding: a colleague who has it open, the checklist, saved answers, and a cry for help passed on from its own page."""

import pytest

from engagement.comments.models import ChecklistItem, HelpConsent, PlaceComment, SavedReply
from selfreferral.models import Referral
from tests.conftest import Person, member_of_staff
from tests.engagement.comments.views.test_desk_decisions import DESK
from tests.factories.comments import MONDAY, make_at_risk, make_comment, make_published

pytestmark = pytest.mark.django_db


def page_of(comment: PlaceComment) -> str:
    return f"{DESK}{comment.reference}/"


def test_a_colleague_who_has_it_open_is_named_on_the_page_and_on_the_desk(coordinator: Person) -> None:
    olive, comment = member_of_staff("olive", "coordinator"), make_comment()
    assert "has this open" not in olive.get(page_of(comment)).content.decode()
    assert "Olive has this open just now" in coordinator.get(page_of(comment)).content.decode()
    assert "Olive has this open just now" in coordinator.get(DESK).content.decode()
    assert "Coordinator has this open" in olive.post(f"{page_of(comment)}open/").content.decode()
    assert olive.post(f"{page_of(comment)}shut/").status_code == 204
    assert "has this open" not in coordinator.get(DESK).content.decode()


def test_the_checklist_is_ticked_and_kept(coordinator: Person) -> None:
    comment, item = make_comment(), ChecklistItem.objects.in_use()[0]
    done = coordinator.post(f"{page_of(comment)}check/", {"items": [item.pk]}, follow=True).content.decode()
    assert "The checklist is kept." in done
    assert "(Coordinator," in done
    coordinator.post(f"{page_of(comment)}check/", {"items": ["nonsense"]})
    assert comment.ticks.count() == 1


def test_a_line_that_was_ticked_is_not_deleted(coordinator: Person) -> None:
    used, unused = ChecklistItem.objects.in_use()[:2]
    comment = make_comment()
    coordinator.post(f"{page_of(comment)}check/", {"items": [used.pk]})
    refused = coordinator.post(f"/staff/comment-checklist/delete/{used.pk}/", follow=True).content.decode()
    assert "Take it off the list instead" in refused
    assert coordinator.post(f"/staff/comment-checklist/delete/{unused.pk}/").status_code == 302
    assert comment.ticks.get().item == used
    assert not ChecklistItem.objects.filter(pk=unused.pk).exists()


def test_an_answer_can_begin_with_saved_words(coordinator: Person) -> None:
    comment, reply = make_published(by=coordinator.user), SavedReply.objects.answers()[0]
    page = coordinator.get(page_of(comment), {"reply": reply.pk})
    assert page.context["answer_form"].initial == {"words": reply.words}
    assert coordinator.get(page_of(comment), {"reply": "\x00"}).context["answer_form"].initial == {}


def test_a_cry_for_help_is_not_published_in_passing(coordinator: Person) -> None:
    comment = make_at_risk(3, "I am frightened in this house")
    row = coordinator.get(DESK).context["rows"][0]
    assert "publish" not in {choice.name for choice in row.choices}
    assert "They have not said that it may be passed on" in coordinator.get(DESK).content.decode()
    page = coordinator.get(page_of(comment))
    assert "publish" in {choice.name for choice in page.context["row"].choices}
    assert "so nothing is" in page.content.decode()
    refused = coordinator.post(f"{page_of(comment)}pass-on/", follow=True).content.decode()
    assert "has not said that this may be passed on" in refused


def test_a_cry_for_help_goes_to_the_people_who_help_and_the_coordinator_sees_no_referral(coordinator: Person) -> None:
    comment = make_at_risk(3, "I am frightened in this house")
    HelpConsent.objects.create(comment=comment, name="Josephine", reach="07700 900123", given_at=MONDAY)
    assert "The author, Josephine," in coordinator.get(page_of(comment)).content.decode()
    done = coordinator.post(f"{page_of(comment)}pass-on/", {"cannot_wait": "on"}, follow=True).content.decode()
    referral = Referral.objects.get()
    assert referral.is_urgent
    assert "It is with the people who help." in done
    assert referral.reference not in done
    assert "Josephine" not in done
    assert "It went to the people who help" in done
