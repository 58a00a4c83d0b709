"""Reading is lent for half an hour: kept by whoever is at it, free for anybody when nobody goes on."""

from datetime import timedelta
from typing import Any

import pytest

from portal.audit.models import AuditEvent
from selfreferral.actions import leases
from selfreferral.actions.allocation import allocate
from selfreferral.actions.changes import need_fresh, put_back
from selfreferral.actions.leases import keep_reading, lapse_all, renew_lease
from selfreferral.actions.triage import claim, move
from selfreferral.models import Allocation, Referral
from selfreferral.models.history import LAPSED
from selfreferral.reading.history import history
from selfreferral.reading.opening import Opener
from selfreferral.refusals import AlreadyClaimed, ChangedMeanwhile, NotYours
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, being_contacted, claimed

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = timedelta(minutes=30)
TOO_LATE = WEDNESDAY + timedelta(minutes=31)


def moves_of(referral: Referral) -> list[tuple[str, str, object]]:
    return [(row.from_state, row.to_state, row.decided_by) for row in referral.decisions.all()]


def test_picking_up_keeps_it_for_half_an_hour(navigator: Person) -> None:
    assert claimed(by=navigator.user).lease_until == WEDNESDAY + HALF_AN_HOUR


def test_until_then_nobody_else_gets_it(navigator: Person, other_navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    with pytest.raises(AlreadyClaimed, match="Navigator has picked up"):
        claim(referral=referral, by=other_navigator.user, now=WEDNESDAY + timedelta(minutes=29))


def test_when_it_lapsed_anybody_picks_it_up_and_the_history_says_so(navigator: Person, other_navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    claim(referral=referral, by=other_navigator.user, now=TOO_LATE)
    assert (referral.owner, referral.state) == (other_navigator.user, State.SCREENING)
    assert referral.lease_until == TOO_LATE + HALF_AN_HOUR
    assert moves_of(referral)[-2:] == [("screening", "new", None), ("new", "screening", other_navigator.user)]
    lapses = [entry.who for entry in history(Opener([referral])) if entry.words == LAPSED]
    assert lapses == ["The clock"]
    actions = AuditEvent.objects.about(referral).order_by("pk").values_list("action", flat=True)
    assert list(actions)[-2:] == ["selfreferral.lapse", "selfreferral.claim"]


def test_of_two_who_reach_for_a_lapsed_one_the_second_is_told(
    navigator: Person, other_navigator: Person, lead: Person
) -> None:
    referral = claimed(by=navigator.user)
    stale = Referral.objects.get(pk=referral.pk)
    claim(referral=referral, by=other_navigator.user, now=TOO_LATE)
    with pytest.raises(AlreadyClaimed, match="Other Navigator has picked up"):
        claim(referral=stale, by=lead.user, now=TOO_LATE)


def test_picked_up_from_a_page_that_the_clock_overtook(navigator: Person, other_navigator: Person) -> None:
    stale = Referral.objects.get(pk=claimed(by=navigator.user).pk)
    assert lapse_all(now=TOO_LATE) == 1
    claim(referral=stale, by=other_navigator.user, now=TOO_LATE)
    assert (stale.owner, stale.state) == (other_navigator.user, State.SCREENING)


def test_the_clock_puts_back_what_nobody_went_on_with(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    assert lapse_all(now=WEDNESDAY + timedelta(minutes=29)) == 0
    assert lapse_all(now=TOO_LATE) == 1
    referral.refresh_from_db()
    assert (referral.owner, referral.state, referral.lease_until) == (None, State.NEW, None)
    assert moves_of(referral)[-1] == ("screening", "new", None)
    assert Allocation.objects.filter(referral=referral, navigator=None, allocated_by=None).count() == 1
    assert AuditEvent.objects.about(referral).filter(action="selfreferral.lapse").count() == 1
    assert lapse_all(now=TOO_LATE) == 0


def test_one_that_is_renewed_while_the_clock_puts_others_back_stays(
    navigator: Person, other_navigator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = claimed(by=other_navigator.user)
    second = claimed(by=navigator.user, now=WEDNESDAY + timedelta(seconds=1))

    def at_that_moment(**given: Any) -> None:
        put_back(**given)
        renew_lease(referral=second, by=navigator.user, now=TOO_LATE)

    monkeypatch.setattr(leases, "put_back", at_that_moment)
    assert lapse_all(now=TOO_LATE) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.owner) == (State.NEW, None)
    assert (second.state, second.owner) == (State.SCREENING, navigator.user)


def test_whoever_reads_can_keep_it_for_longer(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    version = referral.version
    renew_lease(referral=referral, by=navigator.user, now=WEDNESDAY + timedelta(minutes=20))
    referral.refresh_from_db()
    assert referral.lease_until == WEDNESDAY + timedelta(minutes=50)
    assert referral.version == version
    renew_lease(referral=referral, by=navigator.user, now=WEDNESDAY + timedelta(hours=2))
    assert AuditEvent.objects.about(referral).filter(action="selfreferral.renew_lease").count() == 2


def test_nobody_keeps_what_is_not_theirs_to_read(navigator: Person, other_navigator: Person, lead: Person) -> None:
    reading, further = claimed(by=navigator.user), being_contacted(by=navigator.user)
    for referral, by in ((reading, other_navigator), (reading, lead), (further, navigator)):
        with pytest.raises(NotYours, match="not reading this"):
            renew_lease(referral=referral, by=by.user, now=WEDNESDAY)
    keep_reading(referral=reading, by=other_navigator.user, now=WEDNESDAY + timedelta(minutes=20))
    reading.refresh_from_db()
    assert reading.lease_until == WEDNESDAY + HALF_AN_HOUR


def test_picking_up_again_what_one_reads_keeps_it(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    claim(referral=referral, by=navigator.user, now=TOO_LATE)
    assert referral.lease_until == TOO_LATE + HALF_AN_HOUR
    assert Allocation.objects.count() == 1


def test_going_on_to_reach_them_ends_it(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    assert referral.lease_until is None
    assert lapse_all(now=WEDNESDAY + timedelta(days=30)) == 0
    assert referral.owner == navigator.user


def test_what_the_lead_gave_does_not_lapse(navigator: Person, lead: Person) -> None:
    referral = claimed(by=navigator.user)
    allocate(
        referral=referral,
        navigator=navigator.user,
        meeting="Monday, all of us.",
        reason="Knows it.",
        seen_version=referral.version,
        by=lead.user,
        now=WEDNESDAY,
    )
    assert (referral.state, referral.lease_until) == (State.SCREENING, None)
    assert lapse_all(now=WEDNESDAY + timedelta(days=1)) == 0


def test_a_page_of_one_that_lapsed_is_told_so(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    seen = referral.version
    lapse_all(now=TOO_LATE)
    referral.refresh_from_db()
    with pytest.raises(ChangedMeanwhile, match=r"Its time to be read ran out at 10:31 on 18 November"):
        need_fresh(referral=referral, seen_version=seen)


def test_late_but_not_taken_one_can_still_go_on(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    move(
        referral=referral,
        to=State.CONTACTING,
        reason="Took a while.",
        seen_version=referral.version,
        by=navigator.user,
        now=TOO_LATE,
    )
    assert referral.state == State.CONTACTING


def test_how_long_is_a_setting(navigator: Person, settings: object) -> None:
    settings.READING_MINUTES = 5  # type: ignore[attr-defined]
    assert claimed(by=navigator.user).lease_until == WEDNESDAY + timedelta(minutes=5)
