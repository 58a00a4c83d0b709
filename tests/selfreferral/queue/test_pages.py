"""The queue by pages: each is a stretch of an index, and together they show everybody once."""

from datetime import date, timedelta

import pytest
from django.db import connection

from portal.accounts.models import User
from selfreferral.models import Referral
from selfreferral.queue.pages import Mark
from selfreferral.queue.rows import TABS, Queue
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral, claimed

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(days=30)
TODAY = date(2026, 12, 18)


def queue_of(user: User) -> Queue:
    return Queue.before(user, now=NOW, today=TODAY)


def leafed_through(queue: Queue, show: str, size: int) -> list[Referral]:
    stretches = queue.stretches(show)
    found: list[Referral] = []
    after = None
    while True:
        page = stretches.page(after=after, size=size)
        assert len(page.referrals) <= size
        found += page.referrals
        if not page.next_mark:
            return found
        after = stretches.read_mark(page.next_mark)
        assert after is not None


@pytest.fixture
def crowd(navigator: Person, other_navigator: Person, lead: Person) -> None:
    for number in range(4):
        at = WEDNESDAY + timedelta(minutes=number // 2)
        a_referral(now=at, danger="yes" if number == 3 else "no")
        claimed(by=navigator.user, now=at)
        claimed(by=other_navigator.user, now=at)
        again = claimed(by=lead.user, now=at)
        Referral.objects.filter(pk=again.pk).update(next_try_on=TODAY - timedelta(days=number // 2))
        done = a_referral(now=at)
        Referral.objects.filter(pk=done.pk).update(state="closed")
    other_navigator.user.groups.clear()


@pytest.mark.parametrize(
    ("show", "how_many"),
    [("", 16), ("new", 4), ("overdue", 16), ("unclaimed", 8), ("mine", 4), ("again", 4), ("finished", 4)],
)
@pytest.mark.parametrize("size", [1, 3, 50])
@pytest.mark.usefixtures("crowd")
def test_all_pages_together_show_everybody_once(navigator: Person, show: str, how_many: int, size: int) -> None:
    queue = queue_of(navigator.user)
    found = leafed_through(queue, show, size)
    assert len(found) == len(set(found)) == how_many
    assert found == leafed_through(queue, show, 100)
    if show in queue.counts():
        assert queue.counts()[show] == how_many


@pytest.mark.usefixtures("crowd")
def test_the_most_pressing_come_first(navigator: Person) -> None:
    found = leafed_through(queue_of(navigator.user), "", 3)
    keys = [(one.rank, one.due_at) for one in found]
    assert keys == sorted(keys)
    assert found[0].says_danger


def test_of_a_weekend_whoever_came_first_comes_first(navigator: Person) -> None:
    saturday = WEDNESDAY + timedelta(days=3)
    came = [a_referral(now=saturday + timedelta(hours=hours)) for hours in (30, 2, 17, 9)]
    assert len({one.due_at for one in came}) == 1
    found = leafed_through(queue_of(navigator.user), "", 1)
    assert found == sorted(came, key=lambda one: one.received_at)


@pytest.mark.usefixtures("crowd")
def test_what_was_promised_longest_ago_is_tried_first(navigator: Person) -> None:
    days = [one.next_try_on for one in leafed_through(queue_of(navigator.user), "again", 3)]
    assert days == [TODAY - timedelta(days=1)] * 2 + [TODAY] * 2


@pytest.mark.usefixtures("crowd")
def test_finished_shows_the_newest_first(navigator: Person) -> None:
    found = leafed_through(queue_of(navigator.user), "finished", 3)
    assert [one.due_at for one in found] == sorted((one.due_at for one in found), reverse=True)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "0~20261118T100000.000000~" + "a" * 32,
        "0~20261118T100000.000000~20261118T100000.000000~zz",
        "9~20261118T100000.000000~20261118T100000.000000~" + "a" * 32,
        "0~1~2~3~4",
        "0~1~2~3",
        "0~²~²~" + "a" * 32,
    ],
)
def test_an_address_that_names_no_place_shows_the_first_page(navigator: Person, typed: str) -> None:
    assert queue_of(navigator.user).stretches("").read_mark(typed) is None
    assert navigator.get("/staff/referrals/", {"after": typed}).status_code == 200


def test_a_mark_says_nothing_about_anybody() -> None:
    referral = a_referral()
    mark = queue_of(User()).stretches("").mark_of(referral)
    assert str(mark) == f"0~20261120T100000.000000~20261118T100000.000000~{referral.pk.hex}"


def test_pages_lead_on_and_back_to_the_start(navigator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfreferral.views.queue.ON_A_PAGE", 2)
    for number in range(3):
        a_referral(now=WEDNESDAY + timedelta(days=3650, minutes=number))
    first = navigator.get("/staff/referrals/", {"show": "new"})
    assert len(first.context["rows"]) == 2
    second = navigator.get("/staff/referrals/", {"show": "new", "after": first.context["next_mark"]})
    assert len(second.context["rows"]) == 1
    assert "Back to the start" in second.content.decode()
    assert "show=new" in second.content.decode()
    assert "Next page" not in second.content.decode()


@pytest.mark.parametrize("show", sorted(TABS))
@pytest.mark.usefixtures("crowd")
def test_no_tab_is_sorted_or_read_from_end_to_end(navigator: Person, show: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip(
            "these are SQLite's plans; PostgreSQL's hang on what is in the table, and the benchmark measures them"
        )
    queue = queue_of(navigator.user)
    stretches = queue.stretches(show)
    mark = Mark(0, (TODAY,) if show == "again" else (NOW, NOW), a_referral().pk)
    behind = dict(zip(stretches.moments, mark.at, strict=True))
    for part in stretches.parts:
        found = part[0]
        for words in (
            found,
            found.behind(behind, mark.pk, newest_first=stretches.newest_first),
        ):
            plan = words.in_order_of(*stretches.moments, newest_first=stretches.newest_first)[:51].explain()
            assert "TEMP B-TREE" not in plan, plan
            assert "SCAN selfreferral_referral" not in plan, plan
            assert "USING INDEX referral_" in plan, plan
