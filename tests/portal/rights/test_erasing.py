"""What is theirs goes in every room, and what is held, waits for somebody or is another's stays and is said."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from engagement.comments.models import Alert, Follower, PlaceComment
from engagement.directory.models import Keeper
from newsletter.models import Subscriber
from portal.accounts.blanking import blank_account
from portal.accounts.models import User
from portal.privacy.holds import place_hold
from portal.privacy.people import Clues
from portal.refusals import Refused
from portal.rights.actions import erasing
from portal.rights.actions.moving import move
from portal.rights.gathering import gather
from selfreferral.actions.erasing import erase as agree_to_erase
from selfreferral.models import ErasureRequest
from tests.conftest import Person, member_of_staff
from tests.factories.comments import make_comment
from tests.factories.newsletter import a_reader
from tests.factories.rights import (
    WREN,
    being_decided,
    being_looked_for,
    somebody_everywhere,
    the_found,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_erased_in_one_go_and_what_stays_is_said(lead: Person, coordinator: Person, administrator: Person) -> None:
    there = somebody_everywhere(by=coordinator.user)
    request = being_decided("erase", by=lead.user)
    lines = erasing.preview(request=request, by=lead.user)
    assert all(line.foreseen.goes for line in lines)
    assert erasing.erase_everything(request=request, by=lead.user, now=NOW) == {}
    assert PlaceComment.objects.get(pk=there.comment.pk).status == "erased"
    assert not Follower.objects.exists()
    assert not Alert.objects.exists()
    assert not Subscriber.objects.exists()
    assert not Keeper.objects.exists()
    waiting = the_found(request, "referrals")
    assert (waiting.erased_at, "administrator" in waiting.waits_for) == (None, True)
    for premature in (
        lambda: move(request=request, change="finish", by=lead.user, now=NOW),
        lambda: settle(waiting, lead),
    ):
        with pytest.raises(Refused):
            premature()
    agree_to_erase(wish=ErasureRequest.objects.get(), by=administrator.user, now=NOW)
    settle(waiting, lead)
    assert not request.found.theirs().still_there().exists()
    assert the_found(request, "comments", "comment").went == {"comments": 1, "photos": 0, "addresses": 1}


def settle(record: Any, by: Person) -> None:
    erasing.settle(record=record, by=by.user, now=NOW)


def test_cut_short_it_shows_what_is_left_and_is_pressed_again(
    lead: Person, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody_everywhere(by=coordinator.user)
    request = being_decided("erase", by=lead.user)
    real, done = erasing.erase_one, list[int]()

    def dies_after_two(**given: Any) -> Any:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(given["record"].pk)
        return real(**given)

    monkeypatch.setattr(erasing, "erase_one", dies_after_two)
    with pytest.raises(KeyboardInterrupt):
        erasing.erase_everything(request=request, by=lead.user, now=NOW)
    assert request.found.filter(erased_at=None).count() == 3
    monkeypatch.setattr(erasing, "erase_one", real)
    assert erasing.erase_everything(request=request, by=lead.user, now=NOW) == {}
    assert erasing.erase_everything(request=request, by=lead.user, now=NOW) == {}
    assert list(request.found.still_there().values_list("room", flat=True)) == ["referrals"]
    assert ErasureRequest.objects.count() == 1


def test_what_is_held_is_not_erased_and_the_rest_is(lead: Person, coordinator: Person) -> None:
    there = somebody_everywhere(by=coordinator.user)
    request = being_decided("erase", by=lead.user)
    review_on = timezone.localdate(NOW) + timedelta(days=30)
    place_hold(subject=there.reader, reason="A complaint", review_on=review_on, by=lead.user, now=NOW)
    refused = erasing.erase_everything(request=request, by=lead.user, now=NOW)
    assert list(refused) == [the_found(request, "newspaper").pk]
    assert Subscriber.objects.exists()
    assert not Keeper.objects.exists()
    told = [one for one in gather(request=request, by=lead.user, now=NOW).laid if one.item.words == "A complaint"]
    assert [one.item.doubt for one in told] == ["crime"]


def test_erasing_is_refused_where_nobody_asked_for_it_or_nobody_has_decided(lead: Person) -> None:
    a_reader(WREN)
    for request in (being_decided(by=lead.user), being_looked_for("erase", by=lead.user)):
        with pytest.raises(Refused):
            erasing.erase_everything(request=request, by=lead.user, now=NOW)
    not_theirs = being_decided("erase", by=lead.user, theirs=[])
    with pytest.raises(Refused, match="theirs"):
        erasing.erase_one(record=not_theirs.found.get(), by=lead.user, now=NOW)
    assert Subscriber.objects.exists()


def test_an_account_in_use_is_not_blanked_and_a_closed_one_is(lead: Person, administrator: Person) -> None:
    gone = member_of_staff("gone_long", "navigator").user
    request = being_decided("erase", by=lead.user, clues=Clues(email=gone.email))
    [why] = erasing.erase_everything(request=request, by=lead.user, now=NOW).values()
    assert "in use" in why
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert erasing.erase_everything(request=request, by=lead.user, now=NOW) == {}
    gone.refresh_from_db()
    assert (gone.first_name, gone.email, gone.groups.count()) == ("", f"gone-{gone.pk}@nobody.invalid", 0)
    assert blank_account(user=gone, by=None, now=NOW).pk == gone.pk


def test_words_of_somebody_else_are_not_erased_for_who_is_named_in_them(lead: Person) -> None:
    comment = make_comment("Wren Canary never sweeps.")
    request = being_decided("erase", by=lead.user)
    erasing.erase_everything(request=request, by=lead.user, now=NOW)
    assert "moderator" in the_found(request, "comments").waits_for
    comment.refresh_from_db()
    assert comment.words == "Wren Canary never sweeps."


def test_a_coordinator_erases_a_comment_and_nobody_without_the_right_does(coordinator: Person, editor: Person) -> None:
    comment = make_comment("Bins.", author_name="Wren Canary")
    request = being_decided("erase", by=coordinator.user, scope="everyday")
    with pytest.raises(Refused):
        erasing.erase_everything(request=request, by=editor.user, now=NOW)
    assert erasing.erase_everything(request=request, by=coordinator.user, now=NOW) == {}
    assert PlaceComment.objects.get(pk=comment.pk).words == ""
