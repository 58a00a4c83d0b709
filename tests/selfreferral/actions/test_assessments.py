"""How people say they are is appended, once a day, by whoever may write in the record or by the person with a code."""

from datetime import date, timedelta
from typing import Any

import pytest

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.privacy.models import MonthlyCount
from selfreferral.actions.assessments import check_code, fill_in, give_code, record_assessment
from selfreferral.actions.erasing import ask_to_erase, erase
from selfreferral.actions.merging import merge
from selfreferral.models import AssessmentCode, Domain, DomainScore, ErasureRequest, Referral, SelfAssessment
from selfreferral.models.assessments import CODE_LASTS
from selfreferral.reading import read
from selfreferral.reading.held import KeptBack, held_sections
from selfreferral.reading.opening import Opener
from selfreferral.refusals import Hidden, NoCode, NotYours, SomethingMissing
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral, claimed

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)
TODAY = date(2026, 11, 18)
Way = SelfAssessment.Way


@pytest.fixture
def home(db: None) -> Domain:
    return Domain.objects.create(name="Home", asks="How are things with where you live?")


def assess(referral: Referral, by: User, home: Domain, stage: int = 4, **more: Any) -> SelfAssessment:
    given = {"way": Way.PAPER, "given_on": TODAY, "now": LATER, **more}
    return record_assessment(referral=referral, stages={home: stage}, by=by, **given)


def test_what_they_say_is_kept_with_the_words_under_seal(navigator: Person, home: Domain) -> None:
    referral = claimed(by=navigator.user)
    row = assess(referral, navigator.user, home, words="The roof leaks.")
    assert b"roof" not in bytes(row.sealed_words)
    opened = read(referral, by=navigator.user, now=LATER).how_they_are
    assert [(one.day, one.words) for one in opened.given] == [(TODAY, "The roof leaks.")]
    assert [(line.name, line.stages) for line in opened.lines] == [("Home", (4,))]
    event = AuditEvent.objects.get(action="selfreferral.self_assess")
    assert "roof" not in str(event.detail)
    with pytest.raises(TypeError):
        row.save()


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": 0},
        {"stage": 11},
        {"given_on": TODAY + timedelta(days=1)},
        {"given_on": date(1999, 1, 1)},
    ],
)
def test_what_cannot_be_is_refused(navigator: Person, home: Domain, wrong: dict[str, Any]) -> None:
    with pytest.raises(SomethingMissing):
        assess(claimed(by=navigator.user), navigator.user, home, **wrong)
    assert not SelfAssessment.objects.exists()


def test_a_day_before_they_came_is_a_slip(navigator: Person, lead: Person, home: Domain) -> None:
    referral = claimed(by=navigator.user)
    said = "first asked us for help on 18 November 2026, and 17 November 2026 is before that"
    with pytest.raises(SomethingMissing, match=said):
        assess(referral, navigator.user, home, given_on=TODAY - timedelta(days=1))
    assert not SelfAssessment.objects.exists()
    earlier = a_referral(now=WEDNESDAY - timedelta(days=1))
    merge(referral=earlier, into=referral, reason="The same.", seen_version=earlier.version, by=lead.user, now=LATER)
    assert assess(referral, navigator.user, home, given_on=TODAY - timedelta(days=1)).given_on.day == 17


def test_a_short_answer_empties_no_other_part(navigator: Person, home: Domain) -> None:
    money, friends = (Domain.objects.create(name=name, asks=f"{name}?") for name in ("Money", "Friends"))
    referral = claimed(by=navigator.user)
    for days, stages in ((0, {home: 3, money: 6}), (1, {home: 5, money: 4}), (2, {money: 5, friends: 2})):
        record_assessment(
            referral=referral,
            stages=stages,
            way=Way.TALK,
            given_on=TODAY + timedelta(days=days),
            by=navigator.user,
            now=LATER + timedelta(days=days),
        )
    opened = read(referral, by=navigator.user, now=LATER).how_they_are
    assert {line.name: (line.stages, line.change_in_words) for line in opened.lines} == {
        "Home": ((3, 5, None), "up 2"),
        "Money": ((6, 4, 5), "down 1"),
        "Friends": ((None, None, 2), ""),
    }


def test_that_they_answered_by_themselves_stands_in_what_was_done(navigator: Person, home: Domain) -> None:
    referral = claimed(by=navigator.user)
    assess(referral, navigator.user, home, given_on=TODAY)
    code = give_code(referral=referral, by=navigator.user, now=LATER)
    fill_in(code=code, stages={home: 7}, words="The roof leaks.", now=LATER + timedelta(days=1))
    told = [(one.who, one.what, one.words) for one in read(referral, by=navigator.user, now=LATER).history]
    assert [one for one in told if "how they are" in one[1]] == [
        ("The person", "Said how they are, on a screen. See “How they say that they are”.", "")
    ]


def test_nothing_at_all_is_refused(navigator: Person) -> None:
    with pytest.raises(SomethingMissing):
        record_assessment(
            referral=claimed(by=navigator.user),
            stages={},
            way=Way.TALK,
            given_on=TODAY,
            by=navigator.user,
            now=LATER,
        )


def test_twice_a_day_is_once_unless_the_first_is_put_right(navigator: Person, home: Domain) -> None:
    referral = claimed(by=navigator.user)
    wrong = assess(referral, navigator.user, home, 9)
    with pytest.raises(SomethingMissing, match="already"):
        assess(referral, navigator.user, home, 2)
    assess(referral, navigator.user, home, 2, corrects=wrong)
    with pytest.raises(SomethingMissing, match="put right already"):
        assess(referral, navigator.user, home, 3, corrects=wrong)
    opened = read(referral, by=navigator.user, now=LATER).how_they_are
    assert [line.stages for line in opened.lines] == [(2,)]
    assert [one.is_struck for one in opened.given].count(True) == 1


def test_one_of_another_person_cannot_be_put_right_here(navigator: Person, home: Domain) -> None:
    other = assess(claimed(by=navigator.user), navigator.user, home)
    with pytest.raises(SomethingMissing):
        assess(claimed(by=navigator.user), navigator.user, home, corrects=other)


def test_whoever_may_not_read_it_may_not_write_it(
    navigator: Person, other_navigator: Person, coordinator: Person, home: Domain
) -> None:
    referral = claimed(by=navigator.user)
    with pytest.raises(Hidden):
        assess(referral, other_navigator.user, home)
    with pytest.raises(NotYours):
        assess(referral, coordinator.user, home)
    with pytest.raises(NotYours):
        give_code(referral=referral, by=coordinator.user, now=LATER)


def test_a_code_works_once_and_shows_nothing(navigator: Person, home: Domain) -> None:
    referral = claimed(by=navigator.user)
    code = give_code(referral=referral, by=navigator.user, now=LATER)
    assert code.replace("-", "") not in str(AssessmentCode.objects.values())
    assert check_code(typed=code.lower().replace("-", " "), now=LATER) == code
    row = fill_in(code=code, stages={home: 7}, words="", now=LATER)
    assert (row.referral, row.way, row.written_by) == (referral, Way.SCREEN, None)
    with pytest.raises(NoCode):
        fill_in(code=code, stages={home: 7}, words="", now=LATER)
    referral.refresh_from_db()
    assert referral.wrote_at is None


@pytest.mark.parametrize("days", [7, 8])
def test_a_code_is_over_after_a_week(navigator: Person, home: Domain, days: int) -> None:
    code = give_code(referral=claimed(by=navigator.user), by=navigator.user, now=LATER)
    with pytest.raises(NoCode):
        fill_in(code=code, stages={home: 7}, words="", now=LATER + timedelta(days=days))
    assert timedelta(days=7) == CODE_LASTS


@pytest.mark.parametrize("typed", ["", "K7MP-2QXR", "x" * 5000, "\x00", "’; drop"])
def test_a_code_that_nobody_was_given_opens_nothing(db: None, typed: str) -> None:
    with pytest.raises(NoCode):
        check_code(typed=typed, now=LATER)


def test_a_new_code_takes_the_place_of_the_old_one(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    old = give_code(referral=referral, by=navigator.user, now=LATER)
    give_code(referral=referral, by=navigator.user, now=LATER)
    with pytest.raises(NoCode):
        check_code(typed=old, now=LATER)


def test_words_that_they_write_by_themselves_are_to_be_read_by_somebody(navigator: Person, home: Domain) -> None:
    referral = claimed(by=navigator.user)
    code = give_code(referral=referral, by=navigator.user, now=LATER)
    fill_in(code=code, stages={home: 1}, words="I cannot go on.", now=LATER)
    referral.refresh_from_db()
    assert referral.wrote_at == LATER


def test_a_code_of_a_request_that_became_a_link_goes_to_the_other(
    navigator: Person, lead: Person, home: Domain
) -> None:
    old, new = a_referral(), claimed(by=navigator.user)
    code = give_code(referral=old, by=lead.user, now=LATER)
    merge(referral=old, into=new, reason="The same.", seen_version=old.version, by=lead.user, now=LATER)
    assert fill_in(code=code, stages={home: 5}, words="", now=LATER).referral == new


def test_the_person_gets_it_when_they_ask_what_we_hold(navigator: Person, home: Domain) -> None:
    referral = claimed(by=navigator.user)
    assess(referral, navigator.user, home, words="The roof leaks.")
    sections = held_sections(Opener([referral]), kept_back=KeptBack(False, False))
    lines = {section.heading: section.lines for section in sections}["How you said that you were"]
    assert lines == (("18 November 2026, on the paper sheet", "Home: 4 of 10\nThe roof leaks."),)


def test_erased_with_the_person_only_how_often_stays(
    navigator: Person, lead: Person, administrator: Person, home: Domain
) -> None:
    referral = claimed(by=navigator.user)
    assess(referral, navigator.user, home)
    give_code(referral=referral, by=navigator.user, now=LATER)
    wish = ask_to_erase(referral=referral, why=ErasureRequest.Why.PERSON, by=lead.user, now=LATER)
    erase(wish=wish, by=administrator.user, now=LATER)
    assert not SelfAssessment.objects.exists()
    assert not DomainScore.objects.exists()
    assert not AssessmentCode.objects.exists()
    kept = MonthlyCount.objects.get(what="self-assessments")
    assert (kept.month, kept.number) == (date(2026, 11, 1), 1)
