"""An answer is put right beside what it was; a way opens only because the person said so."""

import ast
import importlib
import pkgutil
from datetime import timedelta
from typing import Any

import pytest
from django.db import migrations as operations

import selfreferral.migrations
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from selfreferral import vault
from selfreferral.actions.correcting import correct_answers, narrow
from selfreferral.actions.revealing import reveal
from selfreferral.contact.card import Channel, Safe
from selfreferral.contact.narrowing import SaidBy
from selfreferral.marks import marks_of
from selfreferral.models import Answer, BlindMark, Referral, Reveal
from selfreferral.reading import card_of
from selfreferral.reading.answers import answered
from selfreferral.refusals import ChangedMeanwhile, ChannelNotSafe, Hidden, NotYours, SomethingMissing
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MY_SISTER, FOR_MYSELF, WEDNESDAY, a_referral, being_contacted

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)


def put_right(referral: Referral, by: User, said_by: SaidBy = SaidBy.IN_A_TALK, **more: Any) -> list[Answer]:
    given = {"why": "She rang us.", "seen_version": referral.version, "now": LATER, **more}
    return correct_answers(referral=referral, said_by=said_by, by=by, **given)


def test_the_new_answer_counts_and_the_old_one_stays(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    (row,) = put_right(referral, navigator.user, changes={"name": "Example Joan", "safe_ring": "yes"})
    assert (row.revision, row.part, row.given_by) == (2, "contact", navigator.user)
    given = answered(referral, referral.strongbox())
    assert given.answers["name"] == "Example Joan"
    assert card_of(referral).allows(Channel.RING)
    assert given.answers["what_would_help"] == FOR_MYSELF["what_would_help"]
    assert referral.answers.filter(part="contact").count() == 2
    assert b"She rang" not in bytes(row.sealed_why)
    assert "She rang us." in next(sheet.why for sheet in given.sheets.values() if sheet.why)
    assert AuditEvent.objects.about(referral).filter(action="selfreferral.correct_answers").count() == 1


@pytest.mark.parametrize("said_by", [SaidBy.SOMEBODY_ELSE, SaidBy.OUR_SLIP])
def test_nobody_else_opens_a_way(navigator: Person, lead: Person, said_by: SaidBy) -> None:
    referral = being_contacted(by=navigator.user)
    for user in (navigator.user, lead.user):
        with pytest.raises(ChannelNotSafe, match="Only the person can say that a way is safe: ring"):
            put_right(referral, user, said_by, changes={"safe_ring": "yes"})
        with pytest.raises(ChannelNotSafe, match="who may answer"):
            put_right(referral, user, said_by, changes={"who_may_answer": "Her husband"})
    assert referral.answers.filter(part="contact").count() == 1


@pytest.mark.parametrize("said_by", [SaidBy.SOMEBODY_ELSE, SaidBy.OUR_SLIP])
def test_a_number_from_somebody_else_is_kept_and_not_used(navigator: Person, said_by: SaidBy) -> None:
    referral = being_contacted(by=navigator.user)
    put_right(referral, navigator.user, said_by, changes={"phone": "07700 900999", "safe_text": "yes"})
    card = card_of(referral)
    assert card.detail(Channel.TEXT) == "07700 900999"
    assert not card.allowed
    put_right(referral, navigator.user, changes={"safe_text": "yes"})
    assert card_of(referral).allowed == (Channel.TEXT,)


def test_anybody_can_say_that_a_way_is_not_safe(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    put_right(referral, navigator.user, SaidBy.SOMEBODY_ELSE, changes={"safe_text": "no"})
    assert not card_of(referral).allowed


def test_blind_marks_follow(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    put_right(referral, navigator.user, changes={"phone": "07700 900999", "safe_text": "yes", "born": "1984"})
    wanted = marks_of({**FOR_MYSELF, "phone": "07700 900999", "born": "1984"})
    assert set(BlindMark.objects.values_list("kind", "mark")) == wanted
    assert vault.blind_index("phone", "07700900123") not in {mark for _, mark in wanted}


def test_danger_follows_the_answer_and_only_the_person_takes_it_back(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    put_right(referral, navigator.user, SaidBy.SOMEBODY_ELSE, changes={"danger": "yes"})
    assert (referral.says_danger, referral.rank) == (True, 0)
    put_right(referral, navigator.user, SaidBy.SOMEBODY_ELSE, changes={"danger": "no"})
    assert referral.says_danger
    put_right(referral, navigator.user, changes={"danger": "worried"})
    assert not referral.says_danger


def test_what_is_refused(navigator: Person, other_navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user)
    with pytest.raises(NotYours):
        put_right(referral, other_navigator.user, changes={"name": "X"})
    with pytest.raises(SomethingMissing, match="how you know"):
        put_right(referral, navigator.user, changes={"name": "X"}, why=" ")
    with pytest.raises(SomethingMissing, match="Give a name"):
        put_right(referral, navigator.user, changes={"name": ""})
    for nothing in ({}, {"name": FOR_MYSELF["name"]}, {"for_whom": "worker"}, {"no_such_question": "x"}):
        with pytest.raises(SomethingMissing, match="Nothing was changed"):
            put_right(referral, navigator.user, changes=nothing)
    with pytest.raises(ChangedMeanwhile):
        put_right(referral, navigator.user, changes={"name": "X"}, seen_version=0)
    other = a_referral()
    Referral.objects.filter(pk=referral.pk).update(state=State.MERGED, merged_into=other)
    referral.refresh_from_db()
    with pytest.raises(NotYours, match="Put it right there"):
        put_right(referral, lead.user, changes={"name": "X"})
    assert referral.answers.count() == len({row.part for row in referral.answers.all()})


def test_the_person_closes_ways_from_their_own_page(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, safe_email="yes")
    seen = referral.version
    narrow(referral=referral, channels={Channel.TEXT, Channel.RING}, why="They said so.", by=None, now=LATER)
    card = card_of(referral)
    assert card.allowed == (Channel.EMAIL,)
    assert card.said[Channel.TEXT] is Safe.NO
    assert referral.version == seen + 1
    narrow(referral=referral, channels={Channel.TEXT}, why="Again.", by=None, now=LATER)
    assert referral.version == seen + 1


def test_whoever_may_read_it_closes_a_way_and_a_colleague_says_why_first(
    navigator: Person, other_navigator: Person, lead: Person, coordinator: Person
) -> None:
    referral = being_contacted(by=navigator.user)
    with pytest.raises(NotYours):
        narrow(referral=referral, channels={Channel.TEXT}, why="No.", by=coordinator.user, now=LATER)
    with pytest.raises(SomethingMissing, match="how you know"):
        narrow(referral=referral, channels={Channel.TEXT}, why=" ", by=None, now=LATER)
    with pytest.raises(SomethingMissing, match="Choose a way"):
        narrow(referral=referral, channels=set(), why="No.", by=None, now=LATER)
    with pytest.raises(Hidden):
        narrow(referral=referral, channels={Channel.TEXT}, why="She rang.", by=other_navigator.user, now=LATER)
    assert card_of(referral).allowed
    reveal_once(referral, other_navigator)
    narrow(referral=referral, channels={Channel.TEXT}, why="She rang.", by=other_navigator.user, now=LATER)
    assert not card_of(referral).allowed
    waits = a_referral()
    narrow(referral=waits, channels={Channel.TEXT}, why="She rang.", by=other_navigator.user, now=LATER)
    assert not card_of(waits).allowed


def reveal_once(referral: Referral, person: Person) -> None:
    if not referral.reveals.exists():
        reveal(referral=referral, why=Reveal.Why.RANG, by=person.user, now=LATER)


def test_of_what_was_erased_no_way_is_closed(lead: Person) -> None:
    referral = a_referral()
    Referral.objects.filter(pk=referral.pk).update(state=State.ERASED, wrapped_key=b"", erased_at=LATER)
    referral.refresh_from_db()
    with pytest.raises(NotYours, match="erased"):
        narrow(referral=referral, channels={Channel.TEXT}, why="So.", by=lead.user, now=LATER)
    answer = lead.post(f"/staff/referrals/{referral.reference}/narrow/", {"channels": ["text"], "why": "So."})
    assert answer.status_code == 403


def test_what_it_was_merged_into_is_closed_too() -> None:
    one, other = a_referral(), a_referral()
    Referral.objects.filter(pk=one.pk).update(state=State.MERGED, merged_into=other)
    one.refresh_from_db()
    narrow(referral=one, channels={Channel.TEXT}, why="They said so.", by=None, now=LATER)
    assert not card_of(one).allowed
    assert not card_of(Referral.objects.get(pk=other.pk)).allowed


def test_a_way_through_somebody_else_goes_with_their_number(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, **FOR_MY_SISTER)
    rows = put_right(referral, navigator.user, changes={"referrer_contact": ""})
    assert {row.part for row in rows} == {"contact", "referrer"}
    assert not card_of(referral).allows(Channel.REFERRER)


def test_no_migration_of_this_room_touches_what_was_answered() -> None:
    """A migration may make room for answers; it may not write any, for one that did once made every "no" a yes elsewhere."""
    found = list(pkgutil.iter_modules(selfreferral.migrations.__path__))
    assert found
    for module in found:
        migration = importlib.import_module(f"selfreferral.migrations.{module.name}")
        for operation in migration.Migration.operations:
            written = [operation]
            if isinstance(operation, operations.SeparateDatabaseAndState):
                written = [*operation.database_operations, *operation.state_operations]
            for one in written:
                assert not isinstance(one, operations.RunSQL), module.name
                if isinstance(one, operations.RunPython):
                    assert "answer" not in _source(migration).casefold(), module.name


def _source(migration: Any) -> str:
    """The words of a migration without its docstrings, which may speak of answers."""
    with open(migration.__file__, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    return ast.unparse([node for node in tree.body if not isinstance(node, ast.Expr)])  # type: ignore[arg-type]
