"""Who sees what of a referral is one rule: who knows the person nothing, who holds it all of it, others with a reason."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfreferral.actions.revealing import reveal
from selfreferral.models import Acquaintance, Referral, Reveal
from selfreferral.people import knows_them, standing
from selfreferral.seeing.eyes import sight
from selfreferral.seeing.sight import REVEAL_LASTS, Sight, Whose, sight_of
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral, claimed

ANY = st.booleans()


def known(referral: Referral, person: Person, **lifted: object) -> Acquaintance:
    return Acquaintance.objects.create(referral=referral, known_by=person.user, said_at=WEDNESDAY, **lifted)


@given(is_lead=ANY, whose=st.sampled_from(Whose), said_why=ANY)
def test_who_knows_the_person_sees_nothing_whatever_else_they_are(is_lead: bool, whose: Whose, said_why: bool) -> None:
    assert sight_of(knows_them=True, is_lead=is_lead, whose=whose, said_why=said_why) is Sight.BLOCKED


@given(is_lead=ANY, whose=st.sampled_from(Whose), said_why=ANY)
def test_what_another_holds_takes_a_reason_and_the_lead_none(is_lead: bool, whose: Whose, said_why: bool) -> None:
    seen = sight_of(knows_them=False, is_lead=is_lead, whose=whose, said_why=said_why)
    if is_lead or whose is not Whose.ANOTHERS:
        assert seen is Sight.OPEN
    else:
        assert seen is (Sight.READ_ONLY if said_why else Sight.MASKED)


@pytest.mark.django_db
def test_whoever_holds_it_sees_it_and_a_colleague_sees_that_it_is_there(
    navigator: Person, other_navigator: Person, lead: Person, administrator: Person, partner: Person
) -> None:
    referral = claimed(by=navigator.user)
    expected = {
        navigator: Sight.OPEN,
        lead: Sight.OPEN,
        other_navigator: Sight.MASKED,
        administrator: Sight.BLOCKED,
        partner: Sight.BLOCKED,
    }
    for person, seen in expected.items():
        assert sight(referral, by=person.user, now=WEDNESDAY) is seen


@pytest.mark.django_db
def test_what_nobody_holds_is_open_to_every_navigator(navigator: Person, other_navigator: Person) -> None:
    referral = a_referral()
    for person in (navigator, other_navigator):
        assert sight(referral, by=person.user, now=WEDNESDAY) is Sight.OPEN


@pytest.mark.django_db
def test_what_somebody_held_who_left_is_nobodys(navigator: Person, other_navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    navigator.user.groups.clear()
    assert sight(referral, by=other_navigator.user, now=WEDNESDAY) is Sight.OPEN


@pytest.mark.django_db
def test_what_is_finished_stays_with_whoever_held_it_last(navigator: Person, other_navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    Referral.objects.filter(pk=referral.pk).update(state="closed")
    navigator.user.groups.clear()
    referral.refresh_from_db()
    assert sight(referral, by=other_navigator.user, now=WEDNESDAY) is Sight.MASKED


@pytest.mark.django_db
def test_a_reason_holds_for_an_hour_for_one_worker_and_one_referral(
    navigator: Person, other_navigator: Person, lead: Person
) -> None:
    referral, another = claimed(by=navigator.user), claimed(by=navigator.user)
    reveal(referral=referral, why=Reveal.Why.COVER, by=other_navigator.user, now=WEDNESDAY)
    almost, over = WEDNESDAY + REVEAL_LASTS - timedelta(seconds=1), WEDNESDAY + REVEAL_LASTS
    assert sight(referral, by=other_navigator.user, now=almost) is Sight.READ_ONLY
    assert sight(referral, by=other_navigator.user, now=over) is Sight.MASKED
    assert sight(another, by=other_navigator.user, now=WEDNESDAY) is Sight.MASKED


@pytest.mark.django_db
def test_who_knows_the_person_is_nothing_to_the_referral_until_it_is_lifted(lead: Person, navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    for person in (lead, navigator):
        row = known(referral, person)
        assert sight(referral, by=person.user, now=WEDNESDAY) is Sight.BLOCKED
        assert standing(referral, person.user) == frozenset()
        assert knows_them(referral, person.user)
        row.lifted_at = WEDNESDAY
        row.save()
        assert sight(referral, by=person.user, now=WEDNESDAY) is Sight.OPEN
        assert standing(referral, person.user)


@pytest.mark.django_db
def test_lists_leave_out_whom_the_worker_knows(navigator: Person, other_navigator: Person) -> None:
    first, second = a_referral(), a_referral()
    known(first, navigator)
    known(second, navigator, lifted_at=WEDNESDAY)
    assert list(Referral.objects.unknown_to(navigator.user)) == [second]
    assert set(Referral.objects.unknown_to(other_navigator.user)) == {first, second}
