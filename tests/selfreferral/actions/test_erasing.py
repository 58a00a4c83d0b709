"""Two people decide that nothing is kept about somebody; then nobody can read any of it again, and the numbers still add up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from portal.audit.models import AuditEvent
from selfreferral import vault
from selfreferral.actions.erasing import STAYS, ask_to_erase, erase, refuse_erasure
from selfreferral.actions.looking import look
from selfreferral.actions.returning import come_back, keep_words
from selfreferral.models import (
    Acquaintance,
    Answer,
    BlindMark,
    ErasureRequest,
    Note,
    PersonsWords,
    Referral,
    Reveal,
    RiskFlag,
    SafeguardingDecision,
    TriageDecision,
)
from selfreferral.models.sealing import place
from selfreferral.readiness import check_open
from selfreferral.refusals import NoDraft, NotYours
from selfreferral.tasks import sweep_out
from selfreferral.vault import CannotOpen
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral, being_contacted, talked_with
from tests.factories.together import TODAY, a_way_back, a_wish_to_erase, back_again, shared_with

pytestmark = pytest.mark.django_db


def lived(by: Person, partner: Person, friend: Person) -> Referral:
    """A referral to which everything has happened that can."""
    referral = talked_with(by=by.user)
    box = referral.strongbox()
    shared_with(partner.user, by=by.user, referral=referral)
    back_again(referral)
    Acquaintance.objects.create(referral=referral, known_by=friend.user, said_at=WEDNESDAY)
    Reveal.objects.create(referral=referral, why="cover", revealed_at=WEDNESDAY, revealed_by=friend.user)
    for row, part in (
        (Note(referral=referral, written_at=WEDNESDAY), "words"),
        (RiskFlag(referral=referral, source="worker", review_on=TODAY, raised_at=WEDNESDAY), "words"),
        (PersonsWords(referral=referral, kind="more", said_at=WEDNESDAY), "words"),
        (SafeguardingDecision(referral=referral, outcome="sent", about="adult", decided_at=WEDNESDAY), "why"),
    ):
        setattr(row, f"sealed_{part}", box.seal("Something.", place=place(row, part)))
        row.save(force_insert=True)
    return referral


def rows_about(referral: Referral) -> dict[str, int]:
    """How many rows of each kind point to it."""
    return {
        str(relation.get_accessor_name()): relation.related_model._default_manager.filter(  # type: ignore[union-attr]
            **{relation.field.name: referral}
        ).count()
        for relation in Referral._meta.related_objects
    }


def test_asked_and_agreed_nothing_is_left_that_says_anything(
    lead: Person, other_navigator: Person, partner: Person, administrator: Person
) -> None:
    referral = lived(lead, partner, other_navigator)
    before = {name for name, number in rows_about(referral).items() if number}
    assert {"answers", "marks", "notes", "door", "shared_views", "acquaintances", "attempts"} <= before
    decisions = referral.decisions.count()
    old_key = bytes(referral.wrapped_key)
    erase(wish=a_wish_to_erase(referral, by=lead.user), by=administrator.user, now=WEDNESDAY)
    referral.refresh_from_db()
    assert {name for name, number in rows_about(referral).items() if number} == {"decisions", "erasure_requests"}
    assert (referral.where, referral.erased_at) == (State.ERASED, WEDNESDAY)
    assert (bytes(referral.wrapped_key), referral.nickname, referral.source) == (b"", "", "")
    assert (referral.owner, referral.says_danger, referral.is_urgent) == (None, False, False)
    assert referral.received_at == WEDNESDAY
    told = list(referral.decisions.values_list("from_state", "to_state"))
    assert len(told) == decisions + 1
    assert ("talking", "erased") in told
    assert {bytes(sealed) for sealed in referral.decisions.values_list("sealed_reason", flat=True)} == {b""}
    with pytest.raises(CannotOpen):
        referral.strongbox()
    with pytest.raises(CannotOpen):
        vault.open_strongbox(b"", place=place(referral))
    assert old_key not in everything_stored()


def everything_stored() -> bytes:
    """Every row of the table as it is; on SQLite the file itself, with what lies between the rows."""
    if connection.vendor == "sqlite":
        return bytes(connection.connection.serialize())
    return b"".join(bytes(key) for key in Referral.objects.values_list("wrapped_key", flat=True))


def test_every_table_that_points_to_a_referral_is_thought_of() -> None:
    names = {str(relation.get_accessor_name()) for relation in Referral._meta.related_objects}
    assert names > STAYS
    sealed = {
        name
        for name in STAYS - {"merged"}
        for field in getattr(Referral, name).rel.related_model._meta.local_fields
        if field.name.startswith("sealed_")
        for name in [f"{name}.{field.name}"]
    }
    assert sealed == {"decisions.sealed_reason"}


def test_history_says_who_did_it_and_nothing_else(lead: Person, administrator: Person) -> None:
    referral = a_referral()
    wish = a_wish_to_erase(referral, by=lead.user)
    events = AuditEvent.objects.about(referral).count()
    erase(wish=wish, by=administrator.user, now=WEDNESDAY)
    assert AuditEvent.objects.about(referral).count() == events + 1
    event = AuditEvent.objects.about(referral).get(action="selfreferral.erase")
    assert (event.done_by, event.detail) == (str(administrator.user.pk), {"wish": str(wish.pk)})


def test_only_the_lead_asks_and_only_once(navigator: Person, lead: Person, administrator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    for person in (navigator, administrator):
        with pytest.raises(NotYours):
            a_wish_to_erase(referral, by=person.user)
    a_wish_to_erase(referral, by=lead.user)
    with pytest.raises(NotYours, match="already"):
        a_wish_to_erase(referral, by=lead.user)
    assert ErasureRequest.objects.count() == 1


def test_nobody_agrees_with_themselves(lead: Person) -> None:
    lead.user.groups.add(Group.objects.get(name="Administrator"))
    wish = a_wish_to_erase(a_referral(), by=lead.user)
    for decide in (erase, refuse_erasure):
        with pytest.raises(NotYours, match="Somebody else"):
            decide(wish=wish, by=lead.user, now=WEDNESDAY)


def test_only_an_administrator_agrees(lead: Person, navigator: Person) -> None:
    wish = a_wish_to_erase(a_referral(), by=lead.user)
    for decide in (erase, refuse_erasure):
        with pytest.raises(NotYours, match="administrator"):
            decide(wish=wish, by=navigator.user, now=WEDNESDAY)


def test_refused_it_stays_and_can_be_asked_for_again(lead: Person, administrator: Person) -> None:
    referral = a_referral()
    refuse_erasure(wish=a_wish_to_erase(referral, by=lead.user), by=administrator.user, now=WEDNESDAY)
    opened = look(referral=referral, by=lead.user, now=WEDNESDAY)
    assert opened.name == "Example Jo"
    assert "Did not agree that it is erased" in [entry.what for entry in opened.history]
    a_wish_to_erase(referral, by=lead.user)


def test_what_is_decided_is_decided(lead: Person, administrator: Person) -> None:
    wish = a_wish_to_erase(a_referral(), by=lead.user)
    refuse_erasure(wish=wish, by=administrator.user, now=WEDNESDAY)
    for decide in (erase, refuse_erasure):
        with pytest.raises(NotYours, match="decided already"):
            decide(wish=wish, by=administrator.user, now=WEDNESDAY)
    assert Referral.objects.get().where is State.NEW


def test_erased_it_cannot_be_asked_for_again(lead: Person, administrator: Person) -> None:
    referral = a_referral()
    erase(wish=a_wish_to_erase(referral, by=lead.user), by=administrator.user, now=WEDNESDAY)
    referral.refresh_from_db()
    with pytest.raises(NotYours):
        ask_to_erase(referral=referral, why=ErasureRequest.Why.PERSON, by=lead.user, now=WEDNESDAY)


def merged_into(same: Referral, other: Referral) -> Referral:
    Referral.objects.filter(pk=same.pk).update(state=State.MERGED, merged_into=other, merged_at=WEDNESDAY)
    same.refresh_from_db()
    return same


def test_what_was_put_together_with_it_is_erased_with_it(lead: Person, administrator: Person) -> None:
    referral, near, far = a_referral(), a_referral(), a_referral()
    merged_into(near, referral)
    merged_into(far, near)
    a_wish_to_erase(far, by=lead.user)
    erase(wish=a_wish_to_erase(referral, by=lead.user), by=administrator.user, now=WEDNESDAY)
    assert {row.where for row in Referral.objects.all()} == {State.ERASED}
    assert not Answer.objects.exists()
    assert not BlindMark.objects.exists()
    assert not ErasureRequest.objects.waiting().exists()
    told = TriageDecision.objects.filter(to_state="erased").values_list("from_state", flat=True)
    assert sorted(told) == ["merged", "merged", "new"]


def test_one_that_is_the_same_as_another_can_go_alone(lead: Person, administrator: Person) -> None:
    other = a_referral()
    same = merged_into(a_referral(), other)
    erase(wish=a_wish_to_erase(same, by=lead.user), by=administrator.user, now=WEDNESDAY)
    assert [Referral.objects.get(pk=row.pk).where for row in (same, other)] == [State.ERASED, State.NEW]
    assert look(referral=other, by=lead.user, now=WEDNESDAY).name == "Example Jo"


@pytest.mark.parametrize("where", ["change", "record", "_leave_a_tombstone"])
def test_broken_off_in_the_middle_all_is_as_it_was(
    lead: Person, administrator: Person, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    referral = being_contacted(by=lead.user)
    same = merged_into(a_referral(), referral)
    wish = a_wish_to_erase(referral, by=lead.user)
    rows = rows_about(referral)
    real: Callable[..., Any] = getattr(__import__("selfreferral.actions.erasing", fromlist=[where]), where)
    calls = []

    def breaks(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(f"selfreferral.actions.erasing.{where}", breaks)
    with pytest.raises(KeyboardInterrupt):
        erase(wish=wish, by=administrator.user, now=WEDNESDAY)
    wish.refresh_from_db()
    assert (wish.decided_at, rows_about(referral)) == (None, rows)
    for one in (referral, same):
        one.refresh_from_db()
        assert one.strongbox()
    assert look(referral=referral, by=lead.user, now=WEDNESDAY).name == "Example Jo"


def test_six_words_of_an_erased_one_are_words_that_nobody_knows(lead: Person, administrator: Person) -> None:
    referral = a_referral()
    words = a_way_back(referral)
    key = come_back(typed=words, now=WEDNESDAY)[0]
    erase(wish=a_wish_to_erase(referral, by=lead.user), by=administrator.user, now=WEDNESDAY)
    with pytest.raises(NoDraft):
        come_back(typed=words, now=WEDNESDAY)
    with pytest.raises(NoDraft):
        keep_words(key=key, now=WEDNESDAY)


def test_the_door_to_new_ones_stays_open(lead: Person, administrator: Person) -> None:
    """What is kept of an erased one does not make the room think that its keys are wrong."""
    for _ in range(4):
        erase(wish=a_wish_to_erase(a_referral(), by=lead.user), by=administrator.user, now=WEDNESDAY)
    check_open()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_old_key_lies_neither_in_the_file_nor_in_its_log(lead: Person, administrator: Person) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its files to itself.")
    referral = a_referral()
    old_key = bytes(referral.wrapped_key)
    files = [Path(f"{connection.settings_dict['NAME']}{ending}") for ending in ("", "-wal")]

    def kept() -> bytes:
        return b"".join(path.read_bytes() for path in files if path.exists())

    assert old_key in kept()
    erase(wish=a_wish_to_erase(referral, by=lead.user), by=administrator.user, now=WEDNESDAY)
    sweep_out.call()
    assert old_key not in kept()
