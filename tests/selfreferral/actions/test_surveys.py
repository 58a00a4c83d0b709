"""Links that name nobody: each takes one answer, words are sealed, and only the unhappy are asked for a number."""

from datetime import date, timedelta
from typing import Any

import pytest

from portal.audit.models import AuditEvent
from portal.privacy.periods import period
from selfreferral.actions.calls import forget_numbers, have_rung, nobody_answered, not_rung_after_all
from selfreferral.actions.surveys import MOST_LINKS, answer, ask_for_call, link_called, make_links
from selfreferral.models import CallBack, ReferrerFeedback, Survey, SurveyLink
from selfreferral.models.surveys import UNDO_WITHIN
from selfreferral.refusals import NoLink, NotYours, SomethingMissing
from selfreferral.surveying.calls import is_late, ring_by
from selfreferral.surveying.results import opened, results
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY

pytestmark = pytest.mark.django_db
CLOSES = date(2026, 12, 16)
AFTER = WEDNESDAY + timedelta(days=29)


def links(lead: Person, how_many: int = 1, **more: Any) -> list[str]:
    given = {"audience": Survey.Audience.REFERRERS, "closes_on": CLOSES, "now": WEDNESDAY, **more}
    return make_links(how_many=how_many, by=lead.user, **given)


def say(token: str, stars: int = 5, good: str = "", better: str = "", **more: Any) -> SurveyLink:
    return answer(token=token, stars=stars, good=good, better=better, **{"now": WEDNESDAY, **more})


def test_an_answer_is_kept_without_its_link_and_with_its_words_sealed(lead: Person) -> None:
    first, second = links(lead, 2)
    assert first != second
    assert first not in str(SurveyLink.objects.values())
    say(first, 4, good="Quick and kind.")
    row = ReferrerFeedback.objects.get()
    assert b"kind" not in bytes(row.sealed_good)
    found = results(Survey.objects.get())
    assert (found.answered, found.rate, found.average) == (1, 50, 4)
    assert [(one.stars, one.good) for one in opened(found.survey, [row])] == [(4, "Quick and kind.")]
    assert not AuditEvent.objects.filter(action="selfreferral.answer_survey", detail__icontains="link").exists()


def test_each_link_takes_one_answer(lead: Person) -> None:
    (token,) = links(lead)
    say(token)
    with pytest.raises(NoLink):
        say(token)
    assert ReferrerFeedback.objects.count() == 1


@pytest.mark.parametrize("token", ["", "nobody", "a" * 13, "A" * 13, "a" * 900, "\x00" * 13])
def test_a_link_that_nobody_made_leads_nowhere(db: None, token: str) -> None:
    with pytest.raises(NoLink):
        link_called(token, now=WEDNESDAY)


def test_a_link_works_on_its_last_day_and_not_after(lead: Person) -> None:
    first, second = links(lead, 2)
    say(first, now=AFTER - timedelta(days=1))
    with pytest.raises(NoLink):
        say(second, now=AFTER)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_there_are_one_to_five_stars(lead: Person, stars: int) -> None:
    (token,) = links(lead)
    with pytest.raises(SomethingMissing):
        say(token, stars)
    assert not link_called(token, now=WEDNESDAY).is_used


def test_only_the_unhappy_are_asked_for_a_number_and_once(lead: Person, navigator: Person) -> None:
    happy, unhappy, unused = links(lead, 3)
    assert not say(happy, 3).may_ask_for_call
    assert say(unhappy, 2, better="Nobody rang.").may_ask_for_call
    for token in (happy, unused):
        with pytest.raises(NoLink):
            ask_for_call(token=token, phone="07700 900123", now=WEDNESDAY)
    with pytest.raises(SomethingMissing):
        ask_for_call(token=unhappy, phone="ring me", now=WEDNESDAY)
    call = ask_for_call(token=unhappy, phone="07700 900123", now=WEDNESDAY)
    assert b"900123" not in bytes(call.sealed_phone)
    with pytest.raises(NoLink):
        ask_for_call(token=unhappy, phone="07700 900456", now=WEDNESDAY)
    have_rung(call=call, by=navigator.user, now=WEDNESDAY)
    with pytest.raises(NotYours):
        have_rung(call=call, by=lead.user, now=WEDNESDAY)
    with pytest.raises(NotYours):
        nobody_answered(call=call, by=lead.user, now=WEDNESDAY)


def a_call(lead: Person) -> CallBack:
    (token,) = links(lead)
    say(token, 1)
    return ask_for_call(token=token, phone="07700 900123", now=WEDNESDAY)


def test_the_number_goes_ten_minutes_after_they_were_rung(lead: Person, navigator: Person) -> None:
    call = have_rung(call=a_call(lead), by=navigator.user, now=WEDNESDAY)
    assert forget_numbers(now=WEDNESDAY + timedelta(minutes=9)) == 0
    assert forget_numbers(now=WEDNESDAY + UNDO_WITHIN) == 1
    call.refresh_from_db()
    assert bytes(call.sealed_phone) == b""
    assert timedelta(minutes=10) == UNDO_WITHIN
    with pytest.raises(NotYours, match="too late"):
        not_rung_after_all(call=call, by=navigator.user, now=WEDNESDAY + UNDO_WITHIN)


def test_rung_by_mistake_is_undone_with_the_number_still_there(
    lead: Person, navigator: Person, coordinator: Person
) -> None:
    call = have_rung(call=a_call(lead), by=navigator.user, now=WEDNESDAY)
    with pytest.raises(NotYours):
        not_rung_after_all(call=call, by=coordinator.user, now=WEDNESDAY)
    not_rung_after_all(call=call, by=navigator.user, now=WEDNESDAY + timedelta(minutes=1))
    assert CallBack.objects.waiting().get() == call
    assert forget_numbers(now=WEDNESDAY + timedelta(days=1)) == 0
    assert AuditEvent.objects.filter(action="selfreferral.not_rung_after_all").exists()
    with pytest.raises(NotYours):
        not_rung_after_all(call=call, by=navigator.user, now=WEDNESDAY + timedelta(minutes=2))


def test_a_call_in_vain_is_written_down_and_they_still_wait(
    lead: Person, navigator: Person, coordinator: Person
) -> None:
    call = a_call(lead)
    with pytest.raises(NotYours):
        nobody_answered(call=call, by=coordinator.user, now=WEDNESDAY)
    for hours in (1, 2):
        nobody_answered(call=call, by=navigator.user, now=WEDNESDAY + timedelta(hours=hours))
    call.refresh_from_db()
    assert (call.tries, call.tried_at, call.tried_by) == (2, WEDNESDAY + timedelta(hours=2), navigator.user)
    assert bytes(call.sealed_phone)
    assert CallBack.objects.waiting().count() == 1
    assert AuditEvent.objects.filter(action="selfreferral.nobody_answered").count() == 2


def test_they_are_told_the_day_on_which_anybody_would_hear_from_us(lead: Person) -> None:
    call = a_call(lead)
    assert ring_by(call) == date(2026, 11, 20)
    assert [is_late(call, now=WEDNESDAY + timedelta(days=days)) for days in (2, 3)] == [False, True]


def test_only_the_lead_makes_links_and_only_the_team_rings(
    lead: Person, navigator: Person, coordinator: Person
) -> None:
    with pytest.raises(NotYours):
        links(navigator)
    (token,) = links(lead)
    say(token, 1)
    call = ask_for_call(token=token, phone="07700 900123", now=WEDNESDAY)
    with pytest.raises(NotYours):
        have_rung(call=call, by=coordinator.user, now=WEDNESDAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"how_many": 0},
        {"how_many": MOST_LINKS + 1},
        {"closes_on": WEDNESDAY.date()},
        {"closes_on": WEDNESDAY.date() + timedelta(days=93)},
    ],
)
def test_rounds_that_cannot_be_are_refused(lead: Person, wrong: dict[str, Any]) -> None:
    with pytest.raises(SomethingMissing):
        links(lead, **wrong)
    assert not Survey.objects.exists()


def test_words_go_after_a_year_and_stars_stay(lead: Person) -> None:
    (token,) = links(lead)
    say(token, 1, better="Nobody rang.")
    ask_for_call(token=token, phone="07700 900123", now=WEDNESDAY)
    much_later = WEDNESDAY + timedelta(days=366)
    for name in ("survey_words", "survey_links", "call_backs"):
        kept = period(f"selfreferral.{name}")
        kept.things.destroy(kept.cutoff(much_later), much_later)
    row = ReferrerFeedback.objects.get()
    assert (bytes(row.sealed_better), row.stars) == (b"", 1)
    assert not SurveyLink.objects.exists()
    assert not CallBack.objects.exists()
    assert Survey.objects.get().links_made == 1
