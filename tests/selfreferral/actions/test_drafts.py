"""A draft opens with its own cookie only, keeps no more than its path, and dies."""

from datetime import timedelta

import pytest

from portal.audit.models import AuditEvent
from selfreferral import vault
from selfreferral.actions.drafts import leave, open_draft, opened, save_answers
from selfreferral.models import DraftReferral
from selfreferral.questions.flow import Progress
from selfreferral.refusals import NoDraft
from tests.factories.purging import purged
from tests.factories.selfreferral import WEDNESDAY, a_draft

pytestmark = pytest.mark.django_db
FIRST = Progress.empty().path.steps[0]


def test_a_new_draft_is_empty_and_names_nobody() -> None:
    key = vault.new_draft_key()
    draft = open_draft(key=key, now=WEDNESDAY)
    assert opened(key=key, now=WEDNESDAY)[1] == Progress.empty()
    assert key not in str(draft.__dict__)
    assert str(draft) == "A draft"


def test_another_key_finds_nothing() -> None:
    a_draft()
    with pytest.raises(NoDraft):
        opened(key=vault.new_draft_key(), now=WEDNESDAY)


def test_what_is_in_the_database_does_not_open_without_the_cookie() -> None:
    a_draft()
    stored = DraftReferral.objects.get()
    assert b"Example" not in bytes(stored.sealed_progress)
    for guess in (stored.finder, str(stored.pk), vault.new_draft_key()):
        with pytest.raises(vault.CannotOpen):
            stored.open(key=guess)


def test_answers_are_kept_and_a_branch_that_is_left_is_dropped() -> None:
    key = vault.new_draft_key()
    open_draft(key=key, now=WEDNESDAY)
    progress = save_answers(key=key, step=FIRST, given={"for_whom": "worker"}, now=WEDNESDAY)
    progress = save_answers(key=key, step=progress.path.steps[1], given={"referrer_name": "Ann"}, now=WEDNESDAY)
    assert progress.answers["referrer_name"] == "Ann"
    progress = save_answers(key=key, step=FIRST, given={"for_whom": "self"}, now=WEDNESDAY)
    assert opened(key=key, now=WEDNESDAY)[1].answers == {"for_whom": "self"} == progress.answers


def test_answers_of_another_page_are_not_taken() -> None:
    key = vault.new_draft_key()
    open_draft(key=key, now=WEDNESDAY)
    assert save_answers(key=key, step=FIRST, given={"name": "Jo"}, now=WEDNESDAY).answers == {}


@pytest.mark.parametrize("later", [timedelta(hours=1), timedelta(days=8)])
def test_a_draft_that_rested_too_long_does_not_open(later: timedelta) -> None:
    key = a_draft()
    opened(key=key, now=WEDNESDAY + timedelta(minutes=59))
    with pytest.raises(NoDraft):
        opened(key=key, now=WEDNESDAY + later)
    with pytest.raises(NoDraft):
        save_answers(key=key, step=FIRST, given={}, now=WEDNESDAY + later)


def test_a_draft_lives_seven_days_at_most_however_busy() -> None:
    key = a_draft()
    DraftReferral.objects.update(saved_at=WEDNESDAY + timedelta(days=7))
    with pytest.raises(NoDraft):
        opened(key=key, now=WEDNESDAY + timedelta(days=7))


def test_a_draft_that_was_changed_in_the_database_is_no_draft() -> None:
    key = a_draft()
    DraftReferral.objects.update(sealed_progress=b"\x01" + bytes(300))
    with pytest.raises(NoDraft):
        opened(key=key, now=WEDNESDAY)


def test_one_draft_copied_over_another_does_not_open() -> None:
    mine, other = a_draft(), a_draft()
    stolen = DraftReferral.objects.under(other).get()
    DraftReferral.objects.under(mine).update(sealed_progress=stolen.sealed_progress)
    with pytest.raises(NoDraft):
        opened(key=mine, now=WEDNESDAY)


def test_leaving_deletes_and_leaving_twice_is_no_mistake() -> None:
    key, other = a_draft(), a_draft()
    leave(key=key)
    leave(key=key)
    assert DraftReferral.objects.count() == 1
    assert AuditEvent.objects.filter(action="selfreferral.leave").count() == 1
    opened(key=other, now=WEDNESDAY)


def test_dead_drafts_are_forgotten_and_living_ones_stay() -> None:
    living = a_draft()
    a_draft(now=WEDNESDAY - timedelta(days=8))
    assert purged(WEDNESDAY, "selfreferral.drafts_with_words") == 1
    opened(key=living, now=WEDNESDAY)


def test_the_history_names_no_draft() -> None:
    leave(key=a_draft())
    events = AuditEvent.objects.filter(action__startswith="selfreferral.")
    assert {(event.subject_id, event.done_by, str(event.detail)) for event in events} == {("", "", "{}")}


def test_whoever_begins_sweeps_out_what_nobody_came_back_to() -> None:
    a_draft(now=WEDNESDAY - timedelta(hours=2))
    living = a_draft(now=WEDNESDAY - timedelta(minutes=30))
    a_draft()
    assert DraftReferral.objects.count() == 2
    assert DraftReferral.objects.under(living).exists()
