"""What somebody says or hands in is taken down once, with who did it and how we know that they want it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from portal.audit.models import AuditEvent
from portal.clock import LONDON
from selfreferral import vault
from selfreferral.actions.entering import Agreed, CameBy, destroy_paper, give_words, take_down
from selfreferral.actions.returning import come_back, visited
from selfreferral.actions.triage import claim
from selfreferral.models import Acquaintance, Referral, ReturnDoor
from selfreferral.models.sealing import place
from selfreferral.models.waiting import ReferralQuerySet
from selfreferral.promises import first_contact_due
from selfreferral.questions.shapes import Part
from selfreferral.reading.answers import opened_answers
from selfreferral.refusals import ChangedMeanwhile, Hidden, NotYours, SomethingMissing
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MY_SISTER, FOR_MYSELF, WEDNESDAY, a_referral

pytestmark = pytest.mark.django_db
TODAY = WEDNESDAY.date()


def taken_down(person: Person, **changes: Any) -> Referral:
    given: dict[str, Any] = {
        "answers": FOR_MYSELF,
        "came_by": CameBy.PAPER,
        "agreed": Agreed.WROTE,
        "now": WEDNESDAY,
        "submission_token": "one page",
        "handed_in_on": TODAY,
        **changes,
    }
    return take_down(by=person.user, **given)


def test_a_paper_form_goes_into_the_queue_with_who_typed_it(navigator: Person) -> None:
    referral = taken_down(navigator)
    assert (referral.state, referral.owner, referral.source) == (State.NEW, None, Referral.Source.SELF)
    assert (referral.came_by, referral.taken_by) == (CameBy.PAPER, navigator.user)
    answer = referral.answers.get(part=Part.STORY)
    assert (answer.given_by, answer.question_set is not None) == (navigator.user, True)
    decision = referral.decisions.get()
    reason = referral.strongbox().open(decision.sealed_reason, place=place(decision, "reason"))
    assert reason == "It came as a paper form. The person wrote it themselves."
    events = AuditEvent.objects.about(referral)
    assert {(event.action, event.done_by) for event in events} == {
        ("selfreferral.send", str(navigator.user.pk)),
        ("selfreferral.take_down", str(navigator.user.pk)),
    }
    assert DBTaskResult.objects.count() == 1


def test_taken_down_twice_it_is_one(navigator: Person) -> None:
    assert taken_down(navigator) == taken_down(navigator)
    assert Referral.objects.count() == 1
    assert DBTaskResult.objects.count() == 1


def test_two_at_one_moment_are_one(navigator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    first = taken_down(navigator)

    def looked_before_the_other_was_stored(self: ReferralQuerySet, token: str) -> ReferralQuerySet:
        monkeypatch.undo()
        return self.none()

    monkeypatch.setattr(ReferralQuerySet, "sent_with", looked_before_the_other_was_stored)
    assert taken_down(navigator) == first == Referral.objects.get()


def test_the_page_of_one_worker_is_not_that_of_another(navigator: Person, other_navigator: Person) -> None:
    assert taken_down(navigator) != taken_down(other_navigator)


def test_answers_off_the_path_are_dropped(navigator: Person) -> None:
    referral = taken_down(navigator, answers={**FOR_MY_SISTER, "for_whom": "self", "safe_post": "yes"})
    opened = opened_answers(referral, referral.strongbox(), tuple(Part))
    assert not {"relationship", "safe_referrer", "safe_post"} & set(opened)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answers": {**FOR_MYSELF, "name": ""}}, "Give us a name"),
        ({"answers": {"name": "Jo"}}, "Give us one way"),
        ({"answers": {"name": "Jo", "phone": "07700 900123"}}, "Say yes to at least one way"),
        ({"came_by": CameBy.PHONE}, "how we know that they want this"),
        ({"came_by": CameBy.WEB}, "how we know that they want this"),
        ({"agreed": Agreed.OTHER}, "Say who it is for"),
    ],
)
def test_what_we_cannot_do_without_is_asked_for(navigator: Person, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SomethingMissing, match=sentence):
        taken_down(navigator, **changes)
    assert not Referral.objects.exists()


def test_nobody_without_the_role_takes_anything_down(coordinator: Person) -> None:
    with pytest.raises(NotYours):
        taken_down(coordinator)


def test_without_keys_nothing_is_taken_down(navigator: Person, settings: Any) -> None:
    settings.REFERRAL_KEYS = []
    with pytest.raises(vault.VaultIsShut):
        taken_down(navigator)


def test_six_words_for_the_person_open_their_own_page_and_are_kept_nowhere(navigator: Person) -> None:
    referral = taken_down(navigator)
    words = give_words(referral=referral, by=navigator.user, now=WEDNESDAY)
    assert len(words.split()) == 6
    key, is_draft = come_back(typed=words, now=WEDNESDAY)
    assert not is_draft
    assert visited(key=key, now=WEDNESDAY) == referral
    assert AuditEvent.objects.filter(action="selfreferral.give_words").get().detail == {}
    with pytest.raises(SomethingMissing, match="six words already"):
        give_words(referral=referral, by=navigator.user, now=WEDNESDAY)


def test_words_are_given_by_who_wrote_it_down_and_within_the_hour(navigator: Person, other_navigator: Person) -> None:
    referral = taken_down(navigator)
    for person, now in ((other_navigator, WEDNESDAY), (navigator, WEDNESDAY + timedelta(hours=2))):
        with pytest.raises(NotYours):
            give_words(referral=referral, by=person.user, now=now)
    with pytest.raises(NotYours):
        give_words(referral=a_referral(), by=navigator.user, now=WEDNESDAY)
    assert not ReturnDoor.objects.exists()


def shredded(person: Person, referral: Referral, on: date = TODAY, seen: int | None = None) -> None:
    version = referral.version if seen is None else seen
    destroy_paper(referral=referral, destroyed_on=on, seen_version=version, by=person.user, now=WEDNESDAY)


def test_the_day_on_which_the_paper_was_destroyed_is_written_down_once(navigator: Person) -> None:
    referral = taken_down(navigator)
    shredded(navigator, referral)
    referral.refresh_from_db()
    assert (referral.paper_destroyed_on, referral.version) == (TODAY, 2)
    assert AuditEvent.objects.about(referral).filter(action="selfreferral.destroy_paper").count() == 1
    with pytest.raises(SomethingMissing, match="already"):
        shredded(navigator, referral)


def test_only_whoever_works_with_them_writes_down_that_the_paper_is_gone(
    navigator: Person, other_navigator: Person, coordinator: Person, lead: Person
) -> None:
    referral = taken_down(navigator)
    with pytest.raises(NotYours):
        shredded(coordinator, referral)
    claim(referral=referral, by=navigator.user, now=WEDNESDAY)
    with pytest.raises(Hidden):
        shredded(other_navigator, referral)
    Acquaintance.objects.create(referral=referral, known_by=lead.user, said_at=WEDNESDAY)
    with pytest.raises(NotYours):
        shredded(lead, referral)
    assert referral.paper_destroyed_on is None
    shredded(navigator, referral)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [(TODAY + timedelta(days=1), "still to come"), (TODAY - timedelta(days=1), "before it was typed")],
)
def test_paper_is_destroyed_after_it_was_typed_in_and_not_tomorrow(navigator: Person, on: date, sentence: str) -> None:
    with pytest.raises(SomethingMissing, match=sentence):
        shredded(navigator, taken_down(navigator), on)


def test_there_is_no_paper_of_a_talk_and_no_change_on_a_page_out_of_date(navigator: Person) -> None:
    with pytest.raises(SomethingMissing, match="on paper"):
        shredded(navigator, taken_down(navigator, came_by=CameBy.PHONE, agreed=Agreed.SAID))
    with pytest.raises(ChangedMeanwhile):
        shredded(navigator, taken_down(navigator), seen=7)


def test_whoever_handed_it_in_waits_from_that_day_on(navigator: Person) -> None:
    monday = TODAY - timedelta(days=2)
    referral = taken_down(navigator, handed_in_on=monday)
    assert referral.received_at == datetime(monday.year, monday.month, monday.day, 9, tzinfo=LONDON)
    assert referral.due_at == first_contact_due(referral.received_at, is_urgent=False)
    assert referral.answers.first().given_at == WEDNESDAY  # type: ignore[union-attr]
    assert give_words(referral=referral, by=navigator.user, now=WEDNESDAY + timedelta(minutes=59))


def test_handed_in_today_they_wait_from_now_on(navigator: Person) -> None:
    assert taken_down(navigator).received_at == WEDNESDAY


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (None, "which day it was handed in"),
        (TODAY + timedelta(days=1), "still to come"),
        (TODAY - timedelta(days=367), "more than a year ago"),
    ],
)
def test_paper_has_a_day(navigator: Person, day: date | None, sentence: str) -> None:
    with pytest.raises(SomethingMissing, match=sentence):
        taken_down(navigator, handed_in_on=day)
    assert not Referral.objects.exists()


def test_a_talk_is_now(navigator: Person) -> None:
    said = {"came_by": CameBy.PHONE, "agreed": Agreed.SAID, "handed_in_on": None}
    assert taken_down(navigator, **said).received_at == WEDNESDAY
