"""Whoever erases by hand asks the holds first: what is held stays whole, and the reason is said in words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone

from engagement.comments.actions.moderating import decide
from engagement.comments.actions.on_request import erase_for_author
from engagement.comments.models import PlaceComment
from engagement.directory.actions.keepers import add_keeper, erase_keeper
from engagement.directory.actions.organisations import remove_contact
from engagement.directory.models import Contact, Keeper, Organisation
from newsletter.actions.erasing import erase_reader
from newsletter.actions.keeping import refuse_post
from newsletter.models import Subscriber
from newsletter.workflow import SubscriberState
from portal.accounts.actions.residents import end_own_account
from portal.accounts.blanking import blank_account, is_blank
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.privacy.holds import Held, end_hold, place_hold
from tests.conftest import Person
from tests.factories.comments import make_comment
from tests.factories.directory import make_venue
from tests.factories.newsletter import a_reader

pytestmark = pytest.mark.django_db
NOW = timezone.now()
KAY = "kay@hall.example"


def a_comment(by: User) -> PlaceComment:
    comment = make_comment("The bins blow over.", author_name="Ann")
    return decide(comment=comment, change="withdraw", by=by, reason="asked").comment


def a_keeper_of_two(by: User) -> Keeper:
    """The hold stands on the second of their places alone."""
    add_keeper(venue=make_venue(), email=KAY, by=by)
    return add_keeper(venue=make_venue("Other Hall"), email=KAY, by=by)


def somebody_who_left(by: User) -> User:
    return User.objects.create(email="left@demo.example", first_name="Lee", is_active=False)


def a_contact(by: User) -> Contact:
    group = Organisation.objects.create(name="Soup Club")
    return Contact.objects.create(organisation=group, name="Lia", email="lia@soup.example")


def a_resident(by: User) -> User:
    return User.objects.create_user("ann@example.org", None)


def a_request_by_post(by: User) -> Subscriber:
    return a_reader("", state=SubscriberState.PENDING, channel="post", name="Ann", postal_address="1 Third Street")


def is_there(row: models.Model) -> bool:
    found = type(row)._base_manager.filter(pk=row.pk).first()
    if isinstance(found, PlaceComment):
        return bool(found.words) and found.status == "withdrawn"
    return found is not None and not (isinstance(found, User) and is_blank(found))


ERASERS: dict[str, tuple[Callable[[User], models.Model], Callable[..., object]]] = {
    "a moderator erases a comment": (
        a_comment,
        lambda row, by: decide(comment=row, change="erase", by=by, reason="asked"),
    ),
    "a comment goes for its author": (a_comment, lambda row, by: erase_for_author(comment=row, by=by, now=NOW)),
    "a keeper is forgotten": (a_keeper_of_two, lambda row, by: erase_keeper(address=KAY, by=by)),
    "a reader is erased": (lambda by: a_reader("ann@example.org"), lambda row, by: erase_reader(subscriber=row, by=by)),
    "somebody to ask is taken out": (a_contact, lambda row, by: remove_contact(contact=row, by=by)),
    "a resident ends a sign-in": (a_resident, lambda row, by: end_own_account(by=row)),
    "a request by post was not real": (a_request_by_post, lambda row, by: refuse_post(subscriber=row, by=by)),
    "an account is blanked": (somebody_who_left, lambda row, by: blank_account(user=row, by=by, now=NOW)),
}


@pytest.mark.parametrize("name", ERASERS)
def test_what_is_held_is_not_erased_by_hand_and_goes_once_the_hold_ends(
    name: str, coordinator: Person, lead: Person
) -> None:
    make, erase = ERASERS[name]
    row = make(coordinator.user)
    review_on = timezone.localdate(NOW) + timedelta(days=90)
    hold = place_hold(subject=row, reason="A complaint", review_on=review_on, by=lead.user, now=NOW)
    events = AuditEvent.objects.count()
    with pytest.raises(Held, match="somebody keeps this for a reason"):
        erase(row, coordinator.user)
    assert is_there(row)
    assert (Keeper.objects.at(KAY).count(), AuditEvent.objects.count()) == (2 * isinstance(row, Keeper), events)
    end_hold(hold=hold, because="It is settled", by=lead.user, now=NOW)
    erase(row, coordinator.user)
    assert not is_there(row)


def test_the_screens_say_why_nothing_was_erased(coordinator: Person, lead: Person) -> None:
    comment, keeper = a_comment(coordinator.user), a_keeper_of_two(coordinator.user)
    contact = a_contact(coordinator.user)
    reader: Subscriber = a_reader("ann@example.org")
    for row in (comment, keeper, reader, contact):
        review_on = timezone.localdate(NOW) + timedelta(days=90)
        place_hold(subject=row, reason="A complaint", review_on=review_on, by=lead.user, now=NOW)
    seen = comment.decisions.get().pk
    presses = [
        (f"/staff/comments/{comment.reference}/decide/", {"change": "erase", "reason": "asked", "seen": seen}),
        (f"/staff/directory/keepers/{keeper.pk}/erase/", {}),
        (f"/staff/newspaper/readers/{reader.pk}/erase/", {"is_sure": "yes"}),
        (reverse("contacts:delete", args=[contact.pk]), {}),
    ]
    for path, words in presses:
        said = coordinator.post(path, words, follow=True).content.decode()
        assert "somebody keeps this for a reason" in said, path
    assert all(is_there(row) for row in (comment, keeper, reader, contact))
