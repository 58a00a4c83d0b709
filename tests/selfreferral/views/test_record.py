"""The record on the page: risks beside the card, notes put right, numbers that nobody may use, and who may do what."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from selfreferral.actions.acquaintances import say_i_know_them
from selfreferral.actions.merging import merge
from selfreferral.actions.record import raise_flag
from selfreferral.contact.card import Channel
from selfreferral.models import Note, Referral, RiskFlag, SafeguardingDecision
from selfreferral.reading import card_of
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MYSELF, a_referral, being_contacted, claimed

pytestmark = pytest.mark.django_db


def at(referral: Referral, deed: str = "") -> str:
    return f"/staff/referrals/{referral.reference}/" + (f"{deed}/" if deed else "")


def do(person: Person, referral: Referral, deed: str, **given: object) -> Any:
    referral.refresh_from_db()
    return person.post(at(referral, deed), {"seen_version": referral.version, **given})


def page(person: Person, referral: Referral) -> str:
    return str(person.get(at(referral)).content.decode())


def test_a_note_is_written_and_put_right(navigator: Person) -> None:
    referral = claimed(by=navigator.user, now=timezone.now())
    assert do(navigator, referral, "note", words="A dog called Bess.").status_code == 302
    first = Note.objects.get()
    given = {"words": "A dog called Tess.", "corrects": first.pk, "is_about_others": "on"}
    assert do(navigator, referral, "note", **given).status_code == 302
    shown = page(navigator, referral)
    assert "<s>A dog called Bess.</s>" in shown
    assert "Tells about somebody else" in shown
    refused = do(navigator, referral, "note", words="Once more.", corrects=first.pk)
    assert refused.status_code == 400
    assert "Once more." in refused.content.decode()


def test_a_risk_stands_out_when_its_day_is_past(navigator: Person) -> None:
    now = timezone.now()
    referral = claimed(by=navigator.user, now=now)
    due = {"review_on": timezone.localdate() + timedelta(days=9)}
    assert do(navigator, referral, "flag", words="A dog.", source="person", **due).status_code == 302
    assert "Look at it again: that was due" not in page(navigator, referral)
    long_ago = now - timedelta(days=40)
    old = raise_flag(
        referral=referral,
        words="A loose step.",
        source=RiskFlag.Source.WORKER,
        review_on=timezone.localdate(long_ago) + timedelta(days=9),
        by=navigator.user,
        now=long_ago,
    )
    assert "Look at it again: that was due" in page(navigator, referral)
    assert do(navigator, referral, "review", flag=old.pk, is_over="no", why="Still loose.").status_code == 400
    assert do(navigator, referral, "review", flag=old.pk, is_over="yes", why="Mended.").status_code == 302
    assert "Look at it again: that was due" not in page(navigator, referral)


def test_safeguarding_is_written_down(navigator: Person) -> None:
    referral = claimed(by=navigator.user, now=timezone.now())
    sent = {"outcome": "sent", "about": "child", "why": "Bruises."}
    assert do(navigator, referral, "safeguarding", **sent).status_code == 400
    sent |= {"consent": "not_asked", "sent_at": f"{timezone.localtime() - timedelta(hours=1):%Y-%m-%dT%H:%M}"}
    assert do(navigator, referral, "safeguarding", **sent).status_code == 302
    assert SafeguardingDecision.objects.get().sent_at
    assert "Sent to safeguarding on" in page(navigator, referral)


def test_whoever_knows_them_sees_nothing_from_then_on(navigator: Person, lead: Person) -> None:
    referral = claimed(by=navigator.user, now=timezone.now())
    assert do(navigator, referral, "know").status_code == 302
    hidden = navigator.get(at(referral))
    assert hidden.status_code == 403
    assert "energy people" not in hidden.content.decode()
    assert do(navigator, referral, "note", words="One more.").status_code == 403
    assert "Closed to Navigator" in page(lead, referral)
    assert do(lead, referral, "lift", known_by=navigator.user.pk, reason="Another Jo.").status_code == 302
    assert "energy people" in page(navigator, referral)


def test_a_way_is_closed_with_one_form(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now(), safe_email="yes")
    assert do(navigator, referral, "narrow", channels=["text"], why="He has the phone.").status_code == 302
    assert card_of(Referral.objects.get()).allowed == (Channel.EMAIL,)
    assert "sms:" not in page(navigator, referral)
    assert do(navigator, referral, "narrow", channels=[], why="x").status_code == 400


def test_the_card_is_put_right_and_the_old_number_is_barred(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    form = navigator.get(at(referral)).context["forms"]["correct-card"]
    as_it_stands = {f"answer-{key}": value for key, value in FOR_MYSELF.items() if f"answer-{key}" in form.fields}
    as_it_stands |= {"answer-phone": "", "answer-email": "", "said_by": "somebody_else", "why": "Her sister rang."}
    # Nothing was changed; a number that is left empty is kept.
    assert do(navigator, referral, "correct-card", **as_it_stands).status_code == 400
    wider = {**as_it_stands, "answer-safe_ring": "yes"}
    assert do(navigator, referral, "correct-card", **wider).status_code == 403
    new = {**as_it_stands, "answer-phone": "07700 900999", "said_by": "in_a_talk", "why": "She rang us."}
    assert do(navigator, referral, "correct-card", **new).status_code == 302
    shown = page(navigator, referral)
    assert "sms:07700900999" in shown
    assert "Do not use:</strong> 07700 900123" in shown
    assert "07700 900123 → 07700 900999" in shown
    gone = {**as_it_stands, "gone": ["phone"], "said_by": "our_slip", "why": "A wrong number."}
    assert do(navigator, referral, "correct-card", **gone).status_code == 302
    assert "sms:" not in page(navigator, referral)


def test_no_number_is_shown_that_nobody_may_use(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now(), safe_text="no", safe_email="yes")
    assert "07700" not in page(navigator, referral)


def test_another_answer_is_put_right(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    given = {"answer-what_would_help": "The gas people.", "answer-danger": "no", "answer-needs": ["large_print"]}
    given |= {"said_by": "in_writing", "why": "Her letter."}
    assert do(navigator, referral, "correct-story", **given).status_code == 302
    shown = page(navigator, referral)
    assert "The gas people." in shown
    assert "Her letter." in shown


def test_a_refused_correction_keeps_every_tick(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    given = {"answer-needs": ["large_print", "hearing"], "said_by": "in_writing", "why": ""}
    response = do(navigator, referral, "correct-story", **given)
    assert response.status_code == 400
    assert response.context["forms"]["correct-story"]["answer-needs"].value() == ["large_print", "hearing"]


def test_requests_of_one_person_are_put_together_and_taken_apart(navigator: Person, lead: Person) -> None:
    now = timezone.now()
    one, other = a_referral(now=now, what_would_help="The first words."), claimed(by=navigator.user, now=now)
    seen = lead.get(at(one))
    assert "Somebody like this asked before" in seen.content.decode()
    assert seen.context["forms"]["merge"]["into"].value() == other.reference
    assert do(lead, one, "merge", into="NOT-ONE", reason="Same.").status_code == 400
    assert do(navigator, one, "merge", into=other.reference, reason="Same.").status_code == 403
    assert do(lead, one, "merge", into=other.reference.lower(), reason="Same.").status_code == 302
    assert "The first words." in page(navigator, other)
    there = page(navigator, one)
    assert f'The same person as in <a href="{at(other)}">{other.reference}</a>' in there
    assert set(navigator.get(at(one)).context["forms"]) <= {"know"}
    assert do(lead, one, "unmerge", reason="Her sister.").status_code == 302
    one.refresh_from_db()
    assert one.state == State.NEW


def test_one_whose_person_the_worker_knows_is_not_among_those_like_this(navigator: Person) -> None:
    now = timezone.now()
    one, other = a_referral(now=now), a_referral(now=now)
    assert other.reference in page(navigator, one)
    say_i_know_them(referral=other, by=navigator.user, now=now)
    assert other.reference not in page(navigator, one)


def test_however_much_was_put_together_the_page_asks_little_more(
    navigator: Person, lead: Person, django_assert_max_num_queries: Any
) -> None:
    now = timezone.now()
    referral = being_contacted(by=navigator.user, now=now)
    for _ in range(3):
        one = a_referral(now=now)
        merge(referral=one, into=referral, reason="Same.", seen_version=one.version, by=lead.user, now=now)
    page(navigator, referral)
    # Each of the three that were put together has a look of its own, and that is written; one more asks who is restricted.
    with django_assert_max_num_queries(56):
        page(navigator, referral)
