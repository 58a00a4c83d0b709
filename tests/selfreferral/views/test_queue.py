"""The queue shows who waits and nothing about them, and two who reach for one are told who has it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from selfreferral.models import Referral
from selfreferral.queue.rows import age
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MY_SISTER, a_referral, being_contacted, claimed

pytestmark = pytest.mark.django_db


def test_the_queue_is_masked(navigator: Person) -> None:
    referral = a_referral(now=timezone.now(), **FOR_MY_SISTER)
    page = navigator.get("/staff/referrals/").content.decode()
    assert referral.reference in page
    assert referral.nickname in page
    for secret in ("Example", "07700", "jo@", "sister", "energy", "After tea"):
        assert secret not in page


def test_the_numbers_are_at_the_top(navigator: Person, other_navigator: Person) -> None:
    now = timezone.now()
    a_referral(now=now)
    a_referral(now=now - timedelta(days=10))
    claimed(by=navigator.user, now=now)
    claimed(by=other_navigator.user, now=now)
    response = navigator.get("/staff/referrals/")
    counts = {tab.label: tab.number for tab in response.context["tabs"]}
    assert counts == {
        "Open": "4",
        "New": "2",
        "Overdue": "1",
        "Held by nobody": "2",
        "Mine": "1",
        "Try again today": "0",
        "Finished": "",
    }
    assert "is-urgent" in response.content.decode()


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("", 3),
        ("new", 1),
        ("overdue", 0),
        ("unclaimed", 1),
        ("mine", 1),
        ("again", 1),
        ("finished", 1),
        ("nonsense", 3),
    ],
)
def test_each_tab_shows_its_own(navigator: Person, other_navigator: Person, show: str, expected: int) -> None:
    now = timezone.now()
    a_referral(now=now)
    claimed(by=navigator.user, now=now)
    Referral.objects.filter(pk=being_contacted(by=other_navigator.user, now=now).pk).update(
        next_try_on=timezone.localdate()
    )
    Referral.objects.filter(pk=a_referral(now=now).pk).update(state="closed")
    assert len(navigator.get("/staff/referrals/", {"show": show}).context["rows"]) == expected


def test_danger_comes_first_then_who_has_waited_longest(navigator: Person) -> None:
    now = timezone.now()
    second, third = a_referral(now=now), a_referral(now=now)
    Referral.objects.filter(pk=second.pk).update(due_at=now + timedelta(hours=1))
    first = a_referral(now=now, danger="yes")
    rows = navigator.get("/staff/referrals/").context["rows"]
    assert [row.referral.reference for row in rows] == [first.reference, second.reference, third.reference]


def test_whoever_was_lost_stands_above_all_else(navigator: Person, other_navigator: Person) -> None:
    """Open, overdue and held by nobody: at the top of every tab, whatever else is pressing."""
    now = timezone.now()
    held_and_late = claimed(by=other_navigator.user, now=now - timedelta(days=20))
    a_referral(now=now, danger="yes")
    gone = claimed(by=other_navigator.user, now=now - timedelta(days=15))
    Referral.objects.filter(pk=held_and_late.pk).update(owner=navigator.user)
    nobodys = a_referral(now=now - timedelta(days=10))
    other_navigator.user.groups.clear()
    for show in ("", "new", "overdue", "unclaimed", "mine", "again"):
        response = navigator.get("/staff/referrals/", {"show": show})
        assert [row.referral for row in response.context["lost"]] == [gone, nobodys]
        assert not {gone, nobodys} & {row.referral for row in response.context["rows"]}
        page = response.content.decode()
        assert page.index(nobodys.reference) < page.index("Overdue, and nobody holds them") + 3000
    assert navigator.get("/staff/referrals/", {"show": "finished"}).context["lost"] == []


def test_more_lost_than_fit_above_go_on_below(navigator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfreferral.queue.rows.LOST_SHOWN", 2)
    for days in (12, 11, 10):
        a_referral(now=timezone.now() - timedelta(days=days))
    context = navigator.get("/staff/referrals/").context
    assert (len(context["lost"]), len(context["rows"])) == (2, 1)


def test_it_says_who_is_reading_and_until_when(navigator: Person, other_navigator: Person) -> None:
    now = timezone.now()
    mine = claimed(by=navigator.user, now=now)
    late = claimed(by=other_navigator.user, now=now - timedelta(hours=1))
    response = navigator.get("/staff/referrals/")
    until = timezone.localtime(mine.lease_until).strftime("%H:%M")
    assert f'You<span class="asked-note">, reading until {until}' in response.content.decode()
    assert 'Other Navigator<span class="asked-note">, time to read is over' in response.content.decode()
    assert {row.referral: row.may_claim for row in response.context["rows"]} == {mine: False, late: True}


def test_what_lapsed_can_be_picked_up_from_the_queue(navigator: Person, other_navigator: Person) -> None:
    referral = claimed(by=other_navigator.user, now=timezone.now() - timedelta(hours=1))
    navigator.post(f"/staff/referrals/{referral.reference}/claim/")
    referral.refresh_from_db()
    assert referral.owner == navigator.user


def test_numbers_that_nobody_would_count_are_not_counted(navigator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfreferral.queue.rows.MOST", 2)
    for _ in range(4):
        a_referral(now=timezone.now())
    page = navigator.get("/staff/referrals/").content.decode()
    assert "<strong>2+</strong> Open" in page


def test_it_asks_the_database_as_often_for_many_as_for_few(
    navigator: Person, django_assert_max_num_queries: Any
) -> None:
    now = timezone.now()
    claimed(by=navigator.user, now=now)
    navigator.get("/staff/referrals/")
    with django_assert_max_num_queries(23):
        navigator.get("/staff/referrals/")
    for _ in range(12):
        claimed(by=navigator.user, now=now)
        a_referral(now=now - timedelta(days=10))
    with django_assert_max_num_queries(23):
        navigator.get("/staff/referrals/")


def test_a_click_picks_up_and_opens(navigator: Person) -> None:
    referral = a_referral(now=timezone.now())
    response = navigator.post(f"/staff/referrals/{referral.reference}/claim/")
    assert response["Location"] == f"/staff/referrals/{referral.reference}/"
    referral.refresh_from_db()
    assert referral.owner == navigator.user


def test_who_was_slower_is_told_who_has_it(navigator: Person, other_navigator: Person) -> None:
    referral = claimed(by=navigator.user, now=timezone.now())
    response = other_navigator.post(f"/staff/referrals/{referral.reference}/claim/", follow=True)
    assert f"Navigator has picked up {referral.reference}" in response.content.decode()


def test_what_somebody_who_left_holds_can_be_picked_up(navigator: Person, other_navigator: Person) -> None:
    claimed(by=navigator.user, now=timezone.now())
    navigator.user.is_active = False
    navigator.user.save()
    response = other_navigator.get("/staff/referrals/")
    row = response.context["rows"][0]
    assert row.may_claim
    assert row.holder == "Navigator (no longer a navigator)"


def test_the_queue_is_kept_by_no_browser(navigator: Person) -> None:
    assert "no-store" in navigator.get("/staff/referrals/")["Cache-Control"]


def test_an_empty_queue_says_so(navigator: Person) -> None:
    assert "Nobody is waiting here" in navigator.get("/staff/referrals/").content.decode()


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(minutes=-5), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "1 day"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_ages_are_said_simply(since: timedelta, words: str) -> None:
    assert age(since) == words
