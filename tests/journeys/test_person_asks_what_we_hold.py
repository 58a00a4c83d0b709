"""Wren asks what we hold about her: she is found in every room, one thing is kept back, she gets the rest, and is erased."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from engagement.comments.actions.photos import hang_on, take_in
from engagement.comments.models import PlaceComment
from portal.audit.models import AuditEvent
from portal.rights.models import SubjectRequest
from selfreferral.actions.record import raise_flag
from selfreferral.models import Referral, RiskFlag
from tests.conftest import PASSWORD, Person
from tests.factories.rights import WREN, somebody_everywhere
from tests.portal.rights.test_screens import a_picture
from tests.selfreferral.planted import assert_silent, every_cell

ROOM = "/staff/rights/"
# As the factory has planted them; her postcode and her keeper's row came by the same address.
CANARY = ["Wren Canary", "wren canary", WREN, "900321", "WREN-STORY", "WREN-RISK"]


def again(person: Person) -> Person:
    person.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return person


@pytest.mark.django_db
def test_a_person_asks_what_we_hold_and_then_to_be_forgotten(
    lead: Person, coordinator: Person, administrator: Person, django_capture_on_commit_callbacks: Any
) -> None:
    now = timezone.now()
    there = somebody_everywhere(by=coordinator.user, now=now)
    hang_on(comment=there.comment, key=take_in(file=a_picture()).key, words="Wren Canary at her door")
    photo = there.comment.photo.image
    raise_flag(
        referral=there.referral,
        words="WREN-RISK",
        source=RiskFlag.Source.WORKER,
        review_on=timezone.localdate(now) + timedelta(days=9),
        by=lead.user,
        now=now,
    )
    assert any(b"Wren Canary" in cell for cell in every_cell())

    # She writes to us. The lead writes the letter down, knows her voice, and looks in every room.
    asked = ask(lead, "access")
    lead.post(f"{ROOM}{asked.reference}/look/", {"name": "Wren Canary", "email": WREN, "phone": "07700 900321"})
    say_that_all_is_hers(lead, asked)

    # The risk could harm somebody: it is kept back. All else is handed out, after a second sign-in.
    page = lead.get(f"{ROOM}{asked.reference}/held/")
    [risk] = page.context["gathered"].undecided
    assert "WREN-RISK" in risk.item.words
    again(lead)
    assert lead.post(f"{ROOM}{asked.reference}/handed-out/file/").status_code == 403
    lead.post(f"{ROOM}{asked.reference}/held/", {f"item:{risk.number}": "serious_harm"})
    file = lead.post(f"{ROOM}{asked.reference}/handed-out/file/").content.decode()
    told = json.loads(file)
    assert {part["room"] for part in told["held"]} == {
        "Comments about places",
        "Directory and what is on",
        "Newspaper",
        "People who asked for help",
    }
    assert "Wren canary would like company." in file
    assert "WREN-RISK" not in file
    assert [one["why"] for one in told["kept_back"]] == ["We think that showing it could seriously harm somebody."]
    lead.post(f"{ROOM}{asked.reference}/change/finish/", {"words": "Handed over at the hall."})
    assert SubjectRequest.objects.get(pk=asked.pk).state == "done"

    # Now she wants to be forgotten: all rooms at once, and the referral by a second person.
    wish = ask(lead, "erase")
    lead.post(f"{ROOM}{wish.reference}/look/", {"name": "Wren Canary", "email": WREN, "phone": "07700 900321"})
    say_that_all_is_hers(lead, wish)
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(f"{ROOM}{wish.reference}/erase/", {"is_sure": "yes"})
    unfinished = lead.post(f"{ROOM}{wish.reference}/change/finish/", {"words": "Told her."})
    assert unfinished.status_code == 403
    waiting = wish.found.get(room="referrals")
    administrator.post(f"/staff/erasures/{there.referral.erasure_requests.get().pk}/erase/")
    lead.post(f"{ROOM}{wish.reference}/{waiting.pk}/settled/")
    lead.post(f"{ROOM}{wish.reference}/change/finish/", {"words": "Told her."})
    assert SubjectRequest.objects.get(pk=wish.pk).state == "done"

    # Nothing of her is left in any table or file; what stays is that there was something, by number.
    assert PlaceComment.objects.get(pk=there.comment.pk).status == "erased"
    assert Referral.objects.get(pk=there.referral.pk).state == "erased"
    assert not photo.storage.exists(photo.name)
    kept = b"\n".join(every_cell())
    assert_silent(kept, CANARY)
    assert_silent(uploaded(), CANARY)
    assert there.comment.reference.encode() in kept
    assert AuditEvent.objects.called("rights.erase").count() == 5
    assert_silent(lead.get(f"{ROOM}{wish.reference}/erased/").content, CANARY)


def uploaded() -> bytes:
    """Every file in the folder for uploads, with its name."""
    folder = Path(settings.MEDIA_ROOT)
    return b"".join(str(path.name).encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file())


def ask(lead: Client, kind: str) -> SubjectRequest:
    """It is written down, and we know who asks."""
    said = {"kind": kind, "scope": "everything", "channel": "letter", "letter": "folder 3"}
    address = lead.post(f"{ROOM}new/", {**said, "received_on": timezone.localdate()})["Location"]
    lead.post(f"{address}change/begin/", {"identity": "known"})
    return SubjectRequest.objects.get(reference=address.split("/")[-2])


def say_that_all_is_hers(lead: Client, request: SubjectRequest) -> None:
    for record in request.found.all():
        lead.post(f"{ROOM}{request.reference}/{record.pk}/whose/", {"is_theirs": "yes"})
    lead.post(f"{ROOM}{request.reference}/change/decide/")
    request.refresh_from_db()
    assert request.state == "deciding"
