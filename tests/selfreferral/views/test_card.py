"""The card on the page: what was said is always shown; a number and a button only when and to whom it is right."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from selfreferral.actions.contact import override_channel
from selfreferral.actions.merging import merge
from selfreferral.actions.record import raise_flag
from selfreferral.actions.triage import move
from selfreferral.contact.card import Channel
from selfreferral.deeds import Group, OfferedForms
from selfreferral.exports.tables import people_sheet
from selfreferral.models import Referral, RiskFlag
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import a_referral, being_contacted, claimed, talked_with

pytestmark = pytest.mark.django_db


def at(referral: Referral) -> str:
    return f"/staff/referrals/{referral.reference}/"


def page(person: Person, referral: Referral) -> str:
    return str(person.get(at(referral)).content.decode())


def stopped(person: Person) -> Referral:
    referral = being_contacted(by=person.user, now=timezone.now())
    seen: dict[str, Any] = {"referral": referral, "by": person.user, "now": timezone.now()}
    override_channel(channel=Channel.RING, reason="A life is in danger.", **seen)
    move(to=State.WITHDRAWN, reason="She said stop.", seen_version=referral.version, **seen)
    return referral


def shows_no_way(shown: str) -> bool:
    return not any(word in shown for word in ("tel:", "sms:", "mailto:", "07700", "jo@example.org"))


def test_after_stop_there_is_no_way_left_to_press(navigator: Person, lead: Person) -> None:
    referral = stopped(navigator)
    for person in (navigator, lead):
        shown = page(person, referral)
        assert "They asked us to stop. Do not reach out to them." in shown
        assert shows_no_way(shown)
        assert "<strong>Text</strong>" in shown


def test_before_it_is_read_and_when_it_is_another_there_is_none_either(navigator: Person, lead: Person) -> None:
    now = timezone.now()
    new, read, other = a_referral(now=now), claimed(by=navigator.user, now=now), a_referral(now=now, born="1980")
    for referral in (new, read):
        assert shows_no_way(page(navigator, referral))
    assert "Start to reach them first" in page(navigator, read)
    merge(referral=other, into=read, reason="Same.", seen_version=other.version, by=lead.user, now=now)
    assert "Go on at the other one" in page(lead, other)
    assert shows_no_way(page(lead, other))


def test_whoever_holds_it_or_leads_presses_and_others_read(
    navigator: Person, other_navigator: Person, lead: Person
) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    assert "sms:07700900123" in page(navigator, referral)
    assert "sms:07700900123" in page(lead, referral)
    other_navigator.post(f"{at(referral)}reveal/", {"why": "cover"})
    shown = page(other_navigator, referral)
    assert "Safe contact" in shown
    assert "07700 900123" in shown
    assert "sms:" not in shown


def test_a_list_by_name_has_no_way_to_somebody_who_asked_us_to_stop(navigator: Person) -> None:
    sheet = people_sheet([stopped(navigator)], exported_by="Lead", at=timezone.now())
    assert "asked us to stop" in sheet.text
    assert "07700" not in sheet.text


@pytest.mark.parametrize("prepare", [a_referral, claimed, being_contacted, talked_with])
def test_every_deed_that_is_offered_stands_on_the_page(navigator: Person, lead: Person, prepare: Any) -> None:
    now = timezone.now()
    referral = prepare(now=now) if prepare is a_referral else prepare(by=navigator.user, now=now)
    flag: dict[str, Any] = {
        "words": "A dog.",
        "source": RiskFlag.Source.PERSON,
        "review_on": timezone.localdate(now) + timedelta(days=9),
    }
    raise_flag(referral=referral, by=navigator.user, now=now, **flag)
    for person in (navigator, lead):
        response = person.get(at(referral))
        for name, form in response.context["forms"].items():
            # One stands on each line that it is about, where there is one.
            if form.group is not Group.LINE:
                assert f'action="{at(referral)}{name}/"' in response.content.decode(), name


def test_the_page_has_a_place_for_each_group() -> None:
    for group in set(Group) - {Group.LINE}:
        assert getattr(OfferedForms(), group) == []


def test_somebody_who_came_by_themselves_is_written_down(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    assert "They came to us, or rang" in page(navigator, referral)
    given = {"seen_version": referral.version, "how_known": "She knew it all.", "note": "A talk."}
    assert navigator.post(f"{at(referral)}came/", given).status_code == 302
    referral.refresh_from_db()
    assert referral.first_contact_at
