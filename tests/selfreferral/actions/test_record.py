"""Notes, risks and safeguarding are added and never edited; whoever may read may add."""

from datetime import date, timedelta
from typing import Any

import pytest

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from selfreferral.actions.record import decide_safeguarding, raise_flag, review_flag, write_note
from selfreferral.actions.revealing import reveal
from selfreferral.models import FlagReview, Note, Referral, Reveal, RiskFlag, SafeguardingDecision
from selfreferral.models.record import review_due
from selfreferral.reading import OpenReferral, read
from selfreferral.refusals import Hidden, NotYours, SomethingMissing
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral, claimed

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)
IN_A_MONTH = date(2026, 12, 16)
Outcome, About, Consent = SafeguardingDecision.Outcome, SafeguardingDecision.About, SafeguardingDecision.Consent


def note(referral: Referral, by: User, words: str = "A dog called Bess.", **more: Any) -> Note:
    return write_note(referral=referral, words=words, by=by, **{"now": LATER, **more})


def flag(referral: Referral, by: User, **more: Any) -> RiskFlag:
    given = {"words": "A dog that bites.", "source": RiskFlag.Source.WORKER, "review_on": IN_A_MONTH, **more}
    return raise_flag(referral=referral, by=by, now=LATER, **given)


def review(referral: Referral, one: RiskFlag, by: User, **more: Any) -> FlagReview:
    given = {"is_over": True, "why": "The dog is gone.", **more}
    return review_flag(referral=referral, flag=one, by=by, **{"now": LATER, **given})


def decide(referral: Referral, by: User, **more: Any) -> SafeguardingDecision:
    given = {"outcome": Outcome.NOT_SENT, "about": About.ADULT, "why": "She is with her mother.", **more}
    return decide_safeguarding(referral=referral, by=by, now=LATER, **given)


def opened(referral: Referral, by: User) -> OpenReferral:
    return read(Referral.objects.get(pk=referral.pk), by=by, now=LATER)


def test_a_note_is_sealed_and_read_on_the_page(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    row = note(referral, navigator.user, "KESTREL", is_about_others=True)
    assert b"KESTREL" not in bytes(row.sealed_words)
    (line,) = opened(referral, navigator.user).record.notes
    assert (line.words, line.is_about_others, line.is_struck) == ("KESTREL", True, False)
    assert AuditEvent.objects.about(referral).filter(action="selfreferral.write_note").count() == 1
    with pytest.raises(TypeError):
        row.save()


def test_a_note_is_put_right_by_another_and_stays_readable(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    first = note(referral, navigator.user, "A dog called Bess.")
    second = note(referral, navigator.user, "A cat called Bess.", corrects=first, now=LATER + timedelta(minutes=1))
    lines = opened(referral, navigator.user).record.notes
    assert [(line.words, line.is_struck, line.is_correction) for line in lines] == [
        ("A cat called Bess.", False, True),
        ("A dog called Bess.", True, False),
    ]
    with pytest.raises(SomethingMissing, match="put right already"):
        note(referral, navigator.user, corrects=first)
    note(referral, navigator.user, "No pet.", corrects=second)


def test_a_note_needs_words_and_a_note_of_this_person(navigator: Person) -> None:
    referral, other = claimed(by=navigator.user), claimed(by=navigator.user)
    with pytest.raises(SomethingMissing, match="Write something"):
        note(referral, navigator.user, " ")
    with pytest.raises(SomethingMissing, match="not about this person"):
        note(referral, navigator.user, corrects=note(other, navigator.user))


def test_a_colleague_who_may_read_may_add(navigator: Person, other_navigator: Person, lead: Person) -> None:
    referral = claimed(by=navigator.user)
    note(referral, lead.user)
    with pytest.raises(Hidden):
        note(referral, other_navigator.user)
    reveal(referral=referral, why=Reveal.Why.RANG, by=other_navigator.user, now=LATER)
    note(referral, other_navigator.user, "They rang: ring back at 5.")
    flag(referral, other_navigator.user)
    decide(referral, other_navigator.user)
    assert Note.objects.count() == 2


def test_nobody_else_adds_anything(navigator: Person, coordinator: Person, administrator: Person) -> None:
    referral = claimed(by=navigator.user)
    one = flag(referral, navigator.user)
    for user in (coordinator.user, administrator.user):
        for add in (note, flag, decide):
            with pytest.raises(NotYours):
                add(referral, user)
        with pytest.raises(NotYours):
            review(referral, one, user)


def test_what_stands_for_another_is_written_in_no_more(navigator: Person, lead: Person) -> None:
    referral = a_referral()
    Referral.objects.filter(pk=referral.pk).update(state=State.MERGED, merged_into=a_referral())
    referral.refresh_from_db()
    for add in (note, flag, decide):
        with pytest.raises(NotYours, match="Write it down there"):
            add(referral, lead.user)


def test_a_risk_stands_first_until_it_is_over(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    one = flag(referral, navigator.user, words="KESTREL")
    assert b"KESTREL" not in bytes(one.sealed_words)
    (risk,) = opened(referral, navigator.user).record.risks
    assert (risk.words, risk.source, risk.is_past) == ("KESTREL", "a worker saw it", False)
    later = read(referral, by=navigator.user, now=LATER + timedelta(days=60))
    assert later.record.risks[0].is_past
    stays = review(referral, one, navigator.user, is_over=False, review_on=IN_A_MONTH + timedelta(days=7))
    assert opened(referral, navigator.user).record.risks[0].review_on == stays.review_on == review_due(one)
    review(referral, one, navigator.user, now=LATER + timedelta(minutes=1))
    assert opened(referral, navigator.user).record.risks == ()
    assert "Risk is over" in {entry.what for entry in opened(referral, navigator.user).history}


def test_a_risk_takes_words_and_a_day_within_a_year(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    with pytest.raises(SomethingMissing, match="what to know"):
        flag(referral, navigator.user, words="")
    for day in (date(2026, 11, 18), date(2026, 11, 1), date(2028, 1, 1)):
        with pytest.raises(SomethingMissing, match="within a year"):
            flag(referral, navigator.user, review_on=day)
    one = flag(referral, navigator.user)
    days: list[Any] = [None, date(2026, 11, 1)]
    for day in days:
        with pytest.raises(SomethingMissing, match="within a year"):
            review(referral, one, navigator.user, is_over=False, review_on=day)
    with pytest.raises(SomethingMissing, match="Say why"):
        review(referral, one, navigator.user, why=" ")
    with pytest.raises(SomethingMissing, match="not about this person"):
        review(claimed(by=navigator.user), one, navigator.user)
    review(referral, one, navigator.user)
    with pytest.raises(SomethingMissing, match="is over"):
        review(referral, one, navigator.user)


def test_safeguarding_is_written_down_also_when_nothing_was_sent(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    row = decide(referral, navigator.user, why="KESTREL", consent=Consent.AGREED, sent_at=LATER)
    assert (row.consent, row.sent_at) == ("", None)
    assert b"KESTREL" not in bytes(row.sealed_why)
    decided = opened(referral, navigator.user).record.safeguarding
    assert decided is not None
    assert (decided.what, decided.words) == ("Not sent, about an adult", "KESTREL")


def test_sent_it_says_when_and_with_whose_yes(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    sent = {"outcome": Outcome.SENT, "consent": Consent.WITHOUT, "sent_at": LATER}
    with pytest.raises(SomethingMissing, match="whether they said yes"):
        decide(referral, navigator.user, **{**sent, "consent": ""})
    with pytest.raises(SomethingMissing, match="the day and the time"):
        decide(referral, navigator.user, **{**sent, "sent_at": None})
    with pytest.raises(SomethingMissing, match="still to come"):
        decide(referral, navigator.user, **{**sent, "sent_at": LATER + timedelta(minutes=1)})
    with pytest.raises(SomethingMissing, match="Say why"):
        decide(referral, navigator.user, **sent, why="")
    decide(referral, navigator.user, **sent)
    decided = opened(referral, navigator.user).record.safeguarding
    assert decided is not None
    assert (
        decided.what == "Sent to safeguarding on 18 November 2026, about an adult. They said no, and it had to be done"
    )
