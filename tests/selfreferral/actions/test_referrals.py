"""What is sent becomes one sealed referral, on time, and only when it can be kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django_tasks_db.models import DBTaskResult

from portal.audit.models import AuditEvent
from selfreferral import vault
from selfreferral.actions import referrals
from selfreferral.actions.drafts import save_answers
from selfreferral.actions.referrals import send_referral, take_referral
from selfreferral.models import Answer, Canary, DraftReferral, Referral
from selfreferral.models.sealing import place
from selfreferral.questions.flow import Progress
from selfreferral.questions.shapes import Part
from selfreferral.queue.pressing import CANNOT_WAIT
from selfreferral.refusals import NoDraft, NotFinished
from selfreferral.workflow import State
from tests.factories.selfreferral import FOR_MY_SISTER, FOR_MYSELF, WEDNESDAY, a_draft, a_referral

pytestmark = pytest.mark.django_db


def opened(referral: Referral, part: Part) -> dict[str, Any]:
    answer = referral.answers.get(part=part)
    return referral.strongbox().open(answer.sealed_answers, place=place(answer, "answers"))


def test_sending_makes_a_new_referral_and_forgets_the_draft() -> None:
    referral = send_referral(key=a_draft(), now=WEDNESDAY)
    assert referral.state == State.NEW
    assert referral.owner is None
    assert referral.due_at > WEDNESDAY
    assert opened(referral, Part.STORY)["what_would_help"] == FOR_MYSELF["what_would_help"]
    assert opened(referral, Part.CONTACT)["safe_text"] == "yes"
    assert not referral.answers.filter(part=Part.REFERRER).exists()
    assert not DraftReferral.objects.exists()
    assert len(referral.nickname.split()) == 2
    assert str(referral) == referral.reference
    assert referral.public_label == "We have it"
    assert referral.is_open


def test_sending_twice_makes_one_and_both_get_the_same_reference() -> None:
    key = a_draft()
    assert send_referral(key=key, now=WEDNESDAY) == send_referral(key=key, now=WEDNESDAY)
    assert Referral.objects.count() == 1
    assert DBTaskResult.objects.count() == 1


def test_the_database_itself_refuses_a_second_one() -> None:
    referral = a_referral()
    with pytest.raises(IntegrityError), transaction.atomic():
        take_referral(answers=FOR_MYSELF, submission_token=referral.submission_token, now=WEDNESDAY)
    assert Referral.objects.count() == 1


def test_nothing_is_sent_without_a_draft() -> None:
    with pytest.raises(NoDraft):
        send_referral(key=vault.new_draft_key(), now=WEDNESDAY)


def test_nothing_is_sent_before_it_is_finished_and_the_draft_stays() -> None:
    key = a_draft()
    reach = next(step for step in Progress(FOR_MYSELF, {}).path.steps if step.page.key == "reach")
    save_answers(key=key, step=reach, given={}, now=WEDNESDAY)
    with pytest.raises(NotFinished):
        send_referral(key=key, now=WEDNESDAY)
    assert DraftReferral.objects.count() == 1
    assert not Referral.objects.exists()


def test_answers_off_the_path_are_dropped_again_when_it_is_taken() -> None:
    referral = a_referral(**{**FOR_MY_SISTER, "for_whom": "self"})
    assert not referral.answers.filter(part=Part.REFERRER).exists()
    assert "safe_referrer" not in opened(referral, Part.CONTACT)


def test_who_told_us_is_sealed_apart() -> None:
    referral = a_referral(**FOR_MY_SISTER)
    assert referral.source == Referral.Source.FAMILY_OR_FRIEND
    assert opened(referral, Part.REFERRER)["relationship"] == "Her sister"


def test_somebody_in_danger_is_read_first_and_nothing_is_decided_by_itself() -> None:
    calm, danger = a_referral(), a_referral(danger="yes")
    assert danger.says_danger
    assert not a_referral(danger="worried").says_danger
    assert Referral.objects.of_rank(CANNOT_WAIT).get() == danger
    assert (danger.is_urgent, danger.due_at) == (False, calm.due_at)


def test_one_part_copied_to_another_referral_does_not_open() -> None:
    mine, other = a_referral(), a_referral()
    stolen = other.answers.get(part=Part.STORY)
    Answer.objects.filter(referral=mine, part=Part.STORY).update(sealed_answers=stolen.sealed_answers)
    with pytest.raises(vault.CannotOpen):
        opened(mine, Part.STORY)
    Referral.objects.filter(pk=mine.pk).update(wrapped_key=other.wrapped_key)
    mine.refresh_from_db()
    with pytest.raises(vault.CannotOpen):
        mine.strongbox()


def kinds(referral: Referral) -> set[str]:
    return set(referral.marks.values_list("kind", flat=True))


def test_the_same_phone_has_the_same_index_and_the_number_is_nowhere() -> None:
    one, other = a_referral(), a_referral(phone="+44 7700 900123")
    none = a_referral(phone="", email="", place="The food table", safe_visit="yes")
    assert kinds(one) == kinds(other) == {"phone", "email", "name"}
    assert one.marks.get(kind="phone").mark == other.marks.get(kind="phone").mark
    assert kinds(none) == {"name"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM selfreferral_referral")
        assert "900123" not in str(cursor.fetchall())


def test_two_never_share_a_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["AAA-AAA", "AAA-AAA", "BBB-BBB"])
    monkeypatch.setattr(referrals, "new_reference", lambda: next(drawn))
    assert [a_referral().reference, a_referral().reference] == ["AAA-AAA", "BBB-BBB"]


def test_without_keys_nothing_is_taken_and_the_draft_stays(settings: Any) -> None:
    key = a_draft()
    settings.REFERRAL_KEYS = []
    with pytest.raises(vault.VaultIsShut):
        send_referral(key=key, now=WEDNESDAY)
    assert DraftReferral.objects.count() == 1


def test_with_a_wrong_key_nothing_is_taken(settings: Any) -> None:
    a_referral()
    settings.REFERRAL_KEYS = ["d3Jvbmcta2V5LXdyb25nLWtleS13cm9uZy1rZXktd3I="]
    with pytest.raises(vault.VaultIsShut):
        a_referral()


def test_the_first_referral_of_all_needs_only_a_key_of_the_right_shape(settings: Any) -> None:
    Canary.objects.all().delete()
    settings.REFERRAL_KEYS = ["d3Jvbmcta2V5LXdyb25nLWtleS13cm9uZy1rZXktd3I="]
    assert a_referral().state == State.NEW


def test_one_damaged_row_does_not_shut_the_room() -> None:
    a_referral()
    Referral.objects.filter(pk=a_referral(now=WEDNESDAY + timedelta(hours=1)).pk).update(wrapped_key=b"broken")
    assert a_referral().state == State.NEW


def test_a_flood_is_taken_without_a_flood_of_mail() -> None:
    send_referral(key=a_draft(), now=WEDNESDAY, is_doubted=True, alerts=False)
    assert Referral.objects.get().is_doubted
    assert not DBTaskResult.objects.exists()


def test_one_event_tells_of_it_and_names_nobody() -> None:
    key = a_draft()
    referral = send_referral(key=key, now=WEDNESDAY)
    event = AuditEvent.objects.about(referral).get()
    assert (event.action, event.done_by) == ("selfreferral.send", "")
    assert event.detail == {}


@pytest.mark.parametrize(
    "broken", [{"state": "nowhere"}, {"state": State.NEW, "owner": 1}, {"state": State.DOOR_OPEN, "next_try_on": None}]
)
def test_the_database_refuses_what_the_table_does_not_have(broken: dict[str, Any]) -> None:
    referral = a_referral()
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**broken)
