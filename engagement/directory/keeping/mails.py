"""Mails of this room: a keeper's link, what became of their wishes, and that somebody says an entry is wrong."""

from typing import Any

from django.urls import reverse

from engagement.directory.actions.proposals import note_told
from engagement.directory.keeping.links import OPEN_FOR, keep_path
from engagement.directory.keeping.tasks import send_correction_mail, send_keeper_link, tell_decided
from engagement.directory.keeping.told import places_of
from engagement.directory.keeping.wishes import in_words, label_of
from engagement.directory.models import Correction, Keeper, ProposedChange, Venue
from engagement.directory.staff_menu import CHANGE_VENUE
from portal.accounts.permissions import holders
from portal.emails.again import tried_again
from portal.emails.links import absolute
from portal.emails.sending import send
from portal.pages.settings import site_identity
from portal.tasks import enqueue_on_commit

BY_ITSELF = {"Auto-Submitted": "auto-generated"}


def write_link(keeper_id: int, *, is_first: bool, tries: int = 0) -> None:
    """Send a keeper the way to their page, while they keep the place."""
    keeper = Keeper.objects.active().in_use().with_venue().filter(pk=keeper_id).first()
    if keeper is None:
        return
    context = {"keeper": keeper, "venue": keeper.venue, **_about(keeper), "is_first": is_first}
    mail = f"The link of keeper {keeper_id}"
    with tried_again(send_keeper_link, mail=mail, tries=tries, keeper_id=keeper_id, is_first=is_first):
        # The first one is sent by the team; any other to whoever typed the address.
        send(
            to=keeper.email,
            template="directory/keeper_link",
            context=context,
            headers=BY_ITSELF,
            caused_by_stranger=not is_first,
        )


def write_decided(keeper_id: int, *, tries: int = 0) -> None:
    """Tell a keeper what was taken, what not and why; what they have heard already is left out."""
    keeper = Keeper.objects.active().in_use().with_venue().filter(pk=keeper_id).first()
    wishes = list(ProposedChange.objects.to_tell().by_keeper(keeper).with_entry().oldest_first()) if keeper else []
    if keeper is None or not wishes:
        return
    rows = [
        {
            "entry": wish.entry,
            "label": label_of(wish.entry, wish.field),
            "wanted": in_words(wish.field, wish.wanted),
            "is_taken": wish.decision == ProposedChange.Decision.TAKEN,
            "reason": wish.reason,
        }
        for wish in wishes
    ]
    context = {
        "keeper": keeper,
        "venue": keeper.venue,
        "taken": [row for row in rows if row["is_taken"]],
        "left": [row for row in rows if not row["is_taken"]],
        **_about(keeper),
    }
    with tried_again(tell_decided, mail=f"What keeper {keeper_id} wished", tries=tries, keeper_id=keeper_id):
        send(to=keeper.email, template="directory/decided", context=context, headers=BY_ITSELF)
        note_told(changes=[wish.pk for wish in wishes])


def hand_out_correction(correction_id: int) -> None:
    """One mail for each keeper of the places that it is about, for a place without one to its own address, and for the team."""
    correction = Correction.objects.open().with_entry().filter(pk=correction_id).first()
    if correction is None:
        return
    for venue in places_of(correction.entry):
        keepers = Keeper.objects.active().of_venue(venue)
        for keeper in keepers.in_use().in_order():
            enqueue_on_commit(send_correction_mail, correction_id=correction_id, keeper_id=keeper.pk)
        if venue.email and not keepers.exists():
            enqueue_on_commit(send_correction_mail, correction_id=correction_id, venue_id=venue.pk)
    for person in holders(CHANGE_VENUE):
        enqueue_on_commit(send_correction_mail, correction_id=correction_id, person_id=person.pk)


def write_correction(correction_id: int, *, keeper_id: int, venue_id: int, person_id: int, tries: int = 0) -> None:
    """Send one of them, while nobody has seen to it."""
    correction = Correction.objects.open().with_entry().filter(pk=correction_id).first()
    keeper = Keeper.objects.active().in_use().with_venue().filter(pk=keeper_id).first()
    venue = Venue.objects.filter(pk=venue_id).first()
    person = holders(CHANGE_VENUE).filter(pk=person_id).first()
    to = getattr(keeper or venue or person, "email", "")
    if correction is None or not to:
        return
    url = keep_path(keeper) if keeper else reverse("directory_wrong") if person else ""
    context = {
        "correction": correction,
        "entry": correction.entry,
        "entry_url": absolute(correction.entry.get_absolute_url()),
        "url": absolute(url) if url else "",
        "is_team": person is not None,
        "identity": site_identity(),
    }
    again: dict[str, Any] = {"keeper_id": keeper_id, "venue_id": venue_id, "person_id": person_id}
    mail = f"Correction {correction_id}"
    with tried_again(send_correction_mail, mail=mail, tries=tries, correction_id=correction_id, **again):
        # Our own team always hears.
        send(
            to=to,
            template="directory/wrong",
            context=context,
            headers=BY_ITSELF,
            caused_by_stranger=person is None,
        )


def _about(keeper: Keeper) -> dict[str, Any]:
    return {
        "identity": site_identity(),
        "url": absolute(keep_path(keeper)),
        "new_link_url": absolute(reverse("keeping_new_link")),
        "days": OPEN_FOR.days,
    }
