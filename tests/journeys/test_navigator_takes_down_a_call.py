"""Somebody who does not use the web tells a navigator at a table, goes home with six words, and sees how far it is."""

import re

import pytest
from django.utils import timezone

from selfreferral.models import Referral
from selfreferral.questions.shapes import Part
from selfreferral.reading.answers import answered
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MYSELF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]
PHONE = "/staff/referrals/new/phone/"


def test_from_the_table_to_the_persons_own_page(navigator: Person, lead: Person, resident: Person) -> None:
    # The lead asks it in the way that people here say it.
    lead.post("/staff/referrals/questions/what_would_help/", {"asks": "What would make it better?"})

    # The navigator reads the questions out and writes the answers down.
    page = navigator.get(PHONE).content.decode()
    assert "What would make it better?" in page
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    told = {**FOR_MYSELF, "born": "1984", "talk_with": "woman", "agreed": "said", "token": token[1]}
    done = navigator.post(PHONE, told)["Location"]
    referral = Referral.objects.get()
    assert (referral.came_by, referral.taken_by) == (Referral.CameBy.PHONE, navigator.user)
    assert referral.due_at > timezone.now()

    # They go home with six words, which open their own page and nothing else.
    said = navigator.post(f"{done}words/").content.decode()
    words = re.search(r'class="asked-say">((?:[a-z]+ ){5}[a-z]+)<', said)
    assert words
    assert resident.post("/here/return/", {"words": words[1].upper()})["Location"] == "/here/yours/"
    assert "We have it" in resident.get("/here/yours/").content.decode()

    # The question is asked in other words later; what was said stays under the words that were said.
    lead.post("/staff/referrals/questions/what_would_help/", {"asks": ""})
    labels = [line.label for line in answered(referral, referral.strongbox()).lines(Part.STORY)]
    assert "What would make it better?" in labels
