"""A resident, watched by the person they fear, asks for help on an old phone with no JavaScript."""

import re

import pytest

from selfreferral.models import DraftReferral, Referral
from tests.conftest import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


def step(resident: Person, path: str, **given: str) -> str:
    """Answer one page as a browser does, with all that stands in its form, and follow."""
    page = resident.get(path).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    response = resident.post(path, {**hidden, **given})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def test_a_resident_asks_for_help_leaves_comes_back_and_sends() -> None:
    resident = Person(enforce_csrf_checks=True)

    # They begin, write something, hear a key in the door and leave.
    here = step(resident, "/get-help/")
    here = step(resident, here, for_whom="self")
    here = step(resident, here, what_would_help="I want to leave, and I do not know where to go.")
    away = resident.get("/here/leave/")
    assert away.status_code == 303
    assert not DraftReferral.objects.exists()

    # Whoever presses Back sees the front page.
    for path in ("/here/3/", "/here/2/", "/here/check/"):
        assert resident.get(path)["Location"] == "/"

    # The next day, in the library, they begin again and get to the end.
    here = step(resident, "/get-help/")
    here = step(resident, here, for_whom="self")
    here = step(resident, here, what_would_help="I want to leave, and I do not know where to go.")
    here = step(resident, here, danger="worried")
    assert resident.get(here).content.decode().index("116 123") < resident.get(here).content.decode().index("Go on")
    here = step(resident, here, name="Robin")
    here = step(resident, here, phone="07700 900123")
    here = step(resident, here, safe_ring="no", safe_voicemail="no", safe_text="yes")
    here = step(resident, here, good_times="School days, 10 to 2", who_may_answer="Only me")
    here = step(resident, here)
    assert here == "/here/check/"
    check = resident.get(here).content.decode()
    assert "Is it safe to ring you?" in check

    # They change their mind about one thing, and send.
    changed = re.search(r'href="(/here/\d+/)">Change<span class="hidden-words">: What should we call you', check)
    assert changed
    assert step(resident, changed[1], name="Kim") == "/here/check/"
    here = step(resident, "/here/check/")
    done = resident.get(here).content.decode()
    referral = Referral.objects.get()
    assert referral.reference in done
    assert "We only use ways that you said yes to" in done
    assert not DraftReferral.objects.exists()

    # The reference has no power, and leaving takes even that away.
    assert "Kim" not in done
    resident.get("/here/leave/")
    assert resident.get("/here/sent/")["Location"] == "/"
