"""A person is found in every room, by number alone, and everything found is said to be theirs or not."""

import pytest
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.privacy.people import Clues
from portal.refusals import Refused
from portal.rights.actions.moving import move
from portal.rights.actions.searching import say_whose, search
from portal.rights.models import SubjectRequest
from selfreferral.actions.acquaintances import say_i_know_them
from selfreferral.seeing.sight import LOOK
from tests.conftest import Person
from tests.factories.comments import make_comment
from tests.factories.newsletter import a_reader, a_silenced_reader
from tests.factories.rights import (
    CLUES,
    WREN,
    a_request,
    being_decided,
    being_looked_for,
    somebody_everywhere,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_a_person_is_found_in_every_room_by_number_alone(lead: Person, coordinator: Person) -> None:
    there = somebody_everywhere(by=coordinator.user)
    request = being_looked_for(by=lead.user)
    assert search(request=request, clues=CLUES, by=lead.user, now=NOW) == 5
    found = {(one.room, one.label, one.is_sure) for one in request.found.all()}
    assert found == {
        ("comments", f"Comment {there.comment.reference}", True),
        ("comments", "Hears of a place", True),
        ("newspaper", f"Reader {there.reader.pk}", True),
        ("directory", "Keeps a place", True),
        ("referrals", there.referral.reference, True),
    }
    assert search(request=request, clues=CLUES, by=lead.user, now=NOW) == 0
    kept = str([list(row) for row in request.found.values_list()]) + str(list(AuditEvent.objects.values_list("detail")))
    assert "wren" not in kept.lower().replace(there.referral.nickname.lower(), "")


def test_each_clue_finds_what_it_should_and_says_whether_it_is_sure(lead: Person) -> None:
    theirs = make_comment("Bins.", author_name="Ann Lee")
    spoken = make_comment("Ann Lee at 07700 900111 never sweeps.")
    reader = a_silenced_reader("ann@example.org")
    table = [
        (Clues(name="ann lee"), {f"comment:{theirs.pk}": False, f"spoken_of:{spoken.pk}": False}),
        (Clues(phone="07700 900111"), {f"spoken_of:{spoken.pk}": False}),
        (Clues(reference=theirs.reference), {f"comment:{theirs.pk}": False}),
        (Clues(email="ANN@example.org"), {f"reader:{reader.pk}": True, "stopped": True}),
        (Clues(email="lead@demo.example"), {str(lead.user.pk): True}),
        (Clues(name="Lead Person"), {}),
    ]
    for clues, wanted in table:
        request = being_looked_for(by=lead.user)
        search(request=request, clues=clues, by=lead.user, now=NOW)
        found = {one.key.split(":")[0] if "stopped" in one.key else one.key: one.is_sure for one in request.found.all()}
        assert found == wanted, clues


def test_the_search_among_referrals_is_written_and_keeps_who_is_known_out(lead: Person, coordinator: Person) -> None:
    there = somebody_everywhere(by=coordinator.user)
    say_i_know_them(referral=there.referral, by=lead.user, now=NOW)
    request = being_looked_for(by=lead.user)
    search(request=request, clues=CLUES, by=lead.user, now=NOW)
    assert not request.found.filter(room="referrals").exists()
    [look] = AuditEvent.objects.called(LOOK)
    assert look.detail == {"purpose": "search", "found": 0, "request": request.reference}


def test_a_coordinator_looks_in_everyday_rooms_alone(coordinator: Person) -> None:
    somebody_everywhere(by=coordinator.user)
    request = being_looked_for(by=coordinator.user, scope="everyday")
    search(request=request, clues=CLUES, by=coordinator.user, now=NOW)
    assert {one.room for one in request.found.all()} == {"comments", "newspaper", "directory"}
    assert request.found.model.objects.exists()
    assert not AuditEvent.objects.called(LOOK).exists()


def test_a_search_is_refused_before_we_know_who_asks_and_without_a_clue(lead: Person) -> None:
    with pytest.raises(Refused, match="Make sure first"):
        search(request=a_request(by=lead.user), clues=CLUES, by=lead.user, now=NOW)
    with pytest.raises(Refused, match="at least one"):
        search(request=being_looked_for(by=lead.user), clues=Clues(), by=lead.user, now=NOW)


def test_everything_must_be_said_to_be_theirs_or_not(lead: Person) -> None:
    a_reader(WREN)
    request = being_looked_for(by=lead.user)
    search(request=request, clues=CLUES, by=lead.user, now=NOW)
    with pytest.raises(Refused, match="whether it is about them"):
        move(request=request, change="decide", by=lead.user, now=NOW)
    done = being_decided(by=lead.user)
    SubjectRequest.objects.filter(pk=done.pk).update(state="done")
    with pytest.raises(Refused, match="at this point"):
        say_whose(record=done.found.get(), is_theirs=False, by=lead.user, now=NOW)
