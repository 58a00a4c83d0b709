"""What is theirs is not used for a while, put right, or not written to any more."""

import pytest
from django.utils import timezone

from engagement.comments.models import PlaceComment
from newsletter.models import Subscriber
from portal.emails.suppression import is_suppressed
from portal.privacy.restricting import is_restricted
from portal.refusals import Refused
from portal.rights.actions import using
from portal.rights.actions.searching import search
from selfreferral.seeing.eyes import sight
from selfreferral.seeing.sight import Sight
from tests.conftest import Person
from tests.factories.newsletter import a_reader
from tests.factories.organisations import make_contact, make_group
from tests.factories.rights import (
    CLUES,
    WREN,
    being_decided,
    being_looked_for,
    somebody_everywhere,
    the_found,
)
from tests.factories.selfreferral import claimed

pytestmark = pytest.mark.django_db
NOW = timezone.now()


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


def test_what_no_room_sets_aside_is_kept_and_said_to_be_left_unused_by_hand(lead: Person, coordinator: Person) -> None:
    somebody_everywhere(by=coordinator.user)
    make_contact(make_group("Canary Friends"), email=WREN)
    request = being_decided("restrict", by=lead.user)
    screen = f"/staff/rights/{request.reference}/"
    assert {(one.room, one.key.split(":")[0]) for one in request.found.all() if not one.is_set_aside} == {
        ("directory", "contact")
    }
    assert lead.get(screen).content.decode().count("mail may still go") == 1
    for record, said, kept in (
        (the_found(request, "directory", "contact"), "leave it unused by hand", "kept, to be left unused by hand"),
        (the_found(request, "comments", "comment"), "It is kept and not used.", "not used for now"),
    ):
        page = lead.post(f"{screen}{record.pk}/restrict/", follow=True).content.decode()
        assert said in page
        assert f"{record.label}: {kept}" in {step.what for step in request.steps.all()}
    assert page.count("kept, leave it unused by hand") == 1


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
