"""One person in every room: found, opened with a written look, kept back where that must be, handed out, erased, not used."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from engagement.comments.models import Alert, Follower, PlaceComment
from engagement.directory.models import Keeper
from newsletter.models import Subscriber
from portal.accounts.blanking import blank_account
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.emails.suppression import is_suppressed
from portal.privacy.holds import place_hold
from portal.privacy.people import Clues
from portal.privacy.restricting import is_restricted
from portal.refusals import Refused
from portal.rights import paper
from portal.rights.actions import erasing, using
from portal.rights.actions.giving import choose, hand_out, take_picture
from portal.rights.actions.moving import move
from portal.rights.actions.searching import say_whose, search
from portal.rights.gathering import Gathered, gather
from portal.rights.models import HandOut, ItemChoice, SubjectRequest
from selfreferral.actions.acquaintances import say_i_know_them
from selfreferral.actions.erasing import erase as agree_to_erase
from selfreferral.models import ErasureRequest
from selfreferral.refusals import NotYours
from selfreferral.seeing.eyes import sight
from selfreferral.seeing.sight import LOOK, Sight
from tests.conftest import Person, member_of_staff
from tests.factories.comments import make_comment
from tests.factories.newsletter import a_reader, a_silenced_reader
from tests.factories.rights import (
    CLUES,
    WREN,
    a_request,
    being_decided,
    being_looked_for,
    somebody_everywhere,
    the_found,
)
from tests.factories.selfreferral import FOR_MY_SISTER, a_referral, claimed

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SISTERS = Clues(email="jo@example.org")


def open_all(request: SubjectRequest, by: Person) -> Gathered:
    return gather(request=request, by=by.user, now=NOW)


def said_in(gathered: Gathered) -> str:
    return "\n".join(one.item.words for one in gathered.laid)


# Finding ------------------------------------------------------------------------------------------


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


# Opening and handing out --------------------------------------------------------------------------


def test_what_is_theirs_is_opened_after_a_look_was_written(lead: Person, coordinator: Person) -> None:
    there = somebody_everywhere(by=coordinator.user)
    request = being_decided(by=lead.user)
    before = AuditEvent.objects.called(LOOK).about(there.referral).count()
    told = said_in(open_all(request, lead))
    for words in ("Wren canary words about the bins.", "Wren canary would like company.", WREN, "Canary Hall"):
        assert words in told
    look = AuditEvent.objects.called(LOOK).about(there.referral).latest("pk")
    assert AuditEvent.objects.called(LOOK).about(there.referral).count() == before + 1
    assert (look.detail["purpose"], look.detail["request"]) == ("rights", request.reference)
    assert AuditEvent.objects.called("rights.look").count() == 5


def test_what_is_not_theirs_and_what_is_not_decided_stays_shut(lead: Person, coordinator: Person) -> None:
    somebody_everywhere(by=coordinator.user)
    request = being_decided(by=lead.user, theirs=["newspaper"])
    assert {part.record.room for part in open_all(request, lead).parts} == {"newspaper"}
    with pytest.raises(Refused, match="Say first"):
        open_all(being_looked_for(by=lead.user), lead)


def test_words_of_another_and_risks_are_thought_about_first(lead: Person) -> None:
    a_referral(now=NOW, **FOR_MY_SISTER)
    request = being_decided(by=lead.user, clues=SISTERS)
    gathered = open_all(request, lead)
    assert {one.item.doubt for one in gathered.undecided} == {"third_party"}
    assert any("Example Ann" in one.item.words for one in gathered.undecided)
    with pytest.raises(Refused, match="Decide first"):
        hand_out(request=request, form="file", by=lead.user, now=NOW)


def test_one_is_kept_back_with_the_law_and_the_rest_is_handed_out(lead: Person) -> None:
    a_referral(now=NOW, **FOR_MY_SISTER)
    request = being_decided(by=lead.user, clues=SISTERS)
    first, *others = open_all(request, lead).undecided
    said = {first.number: "third_party", **{one.number: "give" for one in others}}
    assert choose(request=request, chosen=said, by=lead.user, now=NOW) == len(said)
    assert choose(request=request, chosen=said, by=lead.user, now=NOW) == 0
    gathered = hand_out(request=request, form="file", by=lead.user, now=NOW)
    told = json.loads(paper.as_file(request, gathered, at=NOW))
    [kept] = told["kept_back"]
    assert kept["law"] == "Data Protection Act 2018, schedule 2, paragraph 16"
    assert first.item.words not in json.dumps(told["held"], ensure_ascii=False)
    assert "to ring the energy people" in json.dumps(told["held"])
    assert told["what_for_and_how_long"]
    assert paper.as_pages(request, gathered, at=NOW).startswith(b"%PDF")
    [out] = HandOut.objects.all()
    assert out.kept_back == {"third_party": 1}
    assert len(out.given) == len(gathered.given)
    assert "energy" not in str(list(HandOut.objects.values()))


def test_choices_are_refused_for_strange_items_and_reasons(lead: Person) -> None:
    a_reader(WREN)
    request = being_decided(by=lead.user)
    record = request.found.get()
    for number, said in (
        (f"{record.pk}:{'a' * 16}", "bored"),
        (f"{record.pk}:x", "give"),
        ("9999:" + "a" * 16, "give"),
    ):
        with pytest.raises(Refused):
            choose(request=request, chosen={number: said}, by=lead.user, now=NOW)
    with pytest.raises(Refused, match="is decided while"):
        choose(request=being_looked_for(by=lead.user), chosen={}, by=lead.user, now=NOW)
    with pytest.raises(Refused, match="no picture"):
        take_picture(record=record, by=lead.user, now=NOW)
    assert not ItemChoice.objects.exists()


def test_a_lead_who_knows_the_person_opens_nothing(lead: Person) -> None:
    referral = a_referral(now=NOW, email=WREN)
    request = being_decided(by=lead.user)
    say_i_know_them(referral=referral, by=lead.user, now=NOW)
    with pytest.raises(NotYours):
        open_all(request, lead)


def test_somebody_who_works_here_is_told_what_they_did(lead: Person, administrator: Person) -> None:
    request = being_decided(by=lead.user, clues=Clues(email=administrator.user.email))
    AuditEvent.objects.create(action="accounts.try", done_at=NOW, done_by=str(administrator.user.pk))
    told = open_all(request, lead)
    assert "accounts.try" in {one.item.label for one in told.laid}
    assert administrator.user.password not in said_in(told)


# Erasing ------------------------------------------------------------------------------------------


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


# Restricting, putting right, stopping -------------------------------------------------------------


def test_what_is_not_used_is_kept_shown_to_nobody_and_comes_back(
    lead: Person, navigator: Person, coordinator: Person
) -> None:
    there = somebody_everywhere(by=coordinator.user)
    referral = claimed(by=navigator.user, now=NOW, email=WREN)
    request = being_decided("restrict", by=lead.user)
    for record in request.found.theirs():
        using.restrict(record=record, by=lead.user, now=NOW)
        with pytest.raises(Refused, match="already"):
            using.restrict(record=record, by=lead.user, now=NOW)
    assert sight(referral, by=navigator.user, now=NOW) is Sight.RESTRICTED
    assert sight(referral, by=lead.user, now=NOW) is Sight.OPEN
    assert PlaceComment.objects.get(pk=there.comment.pk).status == "withdrawn"
    assert not Subscriber.objects.get(pk=there.reader.pk).wants_issues
    assert is_restricted(there.keeper)
    for record in request.found.theirs():
        with pytest.raises(Refused, match="they were told"):
            using.lift(record=record, because=" ", by=lead.user, now=NOW)
        using.lift(record=record, because="It was right; told them.", by=lead.user, now=NOW)
    assert sight(referral, by=navigator.user, now=NOW) is Sight.OPEN
    assert PlaceComment.objects.get(pk=there.comment.pk).status == "waiting"
    assert not is_restricted(there.keeper)


def test_what_is_right_is_kept_beside_what_stood_there(lead: Person, coordinator: Person) -> None:
    there = somebody_everywhere(by=coordinator.user)
    request = being_decided("rectify", by=lead.user)
    using.put_right(record=the_found(request, "comments", "comment"), words="It was Tuesday.", by=lead.user, now=NOW)
    using.put_right(record=the_found(request, "referrals"), words="My name is Wrenna.", by=lead.user, now=NOW)
    assert [one.words for one in there.comment.additions.all()] == ["It was Tuesday."]
    assert there.referral.notes.count() == 1
    with pytest.raises(Refused, match="own page"):
        using.put_right(record=the_found(request, "newspaper"), words="Wrenna", by=lead.user, now=NOW)
    with pytest.raises(Refused, match="Write what is right"):
        using.put_right(record=the_found(request, "referrals"), words=" ", by=lead.user, now=NOW)


def test_who_objects_gets_no_more_mail(lead: Person, coordinator: Person) -> None:
    somebody_everywhere(by=coordinator.user)
    request = being_decided("object", by=lead.user)
    using.stop_mail(record=the_found(request, "newspaper"), by=lead.user, now=NOW)
    assert is_suppressed(WREN)
    with pytest.raises(Refused, match="No mail goes"):
        using.stop_mail(record=the_found(request, "referrals"), by=lead.user, now=NOW)


def test_nothing_is_done_with_what_is_not_theirs_or_before_it_is_decided(lead: Person) -> None:
    a_reader(WREN)
    not_theirs = being_decided("object", by=lead.user, theirs=[]).found.get()
    early = being_looked_for("object", by=lead.user)
    search(request=early, clues=CLUES, by=lead.user, now=NOW)
    for record in (not_theirs, early.found.get()):
        for act in (using.stop_mail, using.restrict):
            with pytest.raises(Refused):
                act(record=record, by=lead.user, now=NOW)
    assert not is_suppressed(WREN)
