"""What is said before and after erasing: what is held and why, what went and what stays; and both certificates as papers."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.privacy.holds import place_hold
from portal.privacy.purging import purge
from portal.rights.actions.erasing import erase_everything
from tests.conftest import PASSWORD, Person
from tests.factories.rights import being_decided, somebody_everywhere

pytestmark = pytest.mark.django_db
TO_PRINT = "What was erased, to print"


def seen(person: Person, address: str) -> str:
    person.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return " ".join(str(person.get(address).content.decode()).split())


def test_what_is_held_is_said_before_the_press_with_why_and_until_when(lead: Person, coordinator: Person) -> None:
    there, now = somebody_everywhere(by=coordinator.user), timezone.now()
    request = being_decided("erase", by=lead.user)
    address = f"/staff/rights/{request.reference}/erase/"
    assert "Erase all of it" in seen(lead, address)
    day = timezone.localdate(now) + timedelta(days=30)
    place_hold(subject=there.reader, reason="A complaint", review_on=day, by=lead.user, now=now)
    page = seen(lead, address)
    assert "This will erase 4 of 5." in page
    assert "is held until somebody ends that: “A complaint”" in page
    assert f"Somebody looks again on {day:%-d %B %Y}." in page
    assert ('href="/staff/kept/soon/#held"' in page) is lead.user.has_perm("privacy.hold_record")
    assert "Erase what is not held, for good" in page


def test_afterwards_it_says_what_went_and_what_stays_and_not_before(lead: Person, coordinator: Person) -> None:
    somebody_everywhere(by=coordinator.user)
    request = being_decided("erase", by=lead.user)
    addresses = [f"/staff/rights/{request.reference}/{page}" for page in ("", "erase/")]
    assert all(TO_PRINT not in seen(lead, address) for address in addresses)
    assert "nothing yet" in seen(lead, f"/staff/rights/{request.reference}/erased/")
    assert erase_everything(request=request, by=lead.user, now=timezone.now()) == {}
    assert all(TO_PRINT in seen(lead, address) for address in addresses)
    page = seen(lead, addresses[1])
    assert "Went: 1 comments, 1 addresses</td>" in page
    assert "Went: nothing" not in page
    stays = request.found.get(room="comments", label__icontains="comment").stays
    assert stays[0] in page


def test_both_certificates_are_papers_and_say_days_in_words(lead: Person, administrator: Person) -> None:
    certificate: Any = purge(now=timezone.now())
    line = next(iter(certificate.lines.values()))
    line["rows"] = 3
    certificate.save()
    answer = lead.get(f"/staff/kept/certificates/{certificate.pk}/")
    page = answer.content.decode()
    assert [one["rows"] for one in answer.context["lines"]] == [3]
    assert len(answer.context["rest"]) == len(certificate.lines) - 1
    assert f"{answer.context['lines'][0]['before']:%-d %B %Y}</td>" in page
    assert f"{line['cutoff'][:10]}</td>" not in page
    request = being_decided("erase", by=lead.user)
    for paper in (page, seen(lead, f"/staff/rights/{request.reference}/erased/")):
        assert "portal/staff/paper" in paper
