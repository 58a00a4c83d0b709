"""How soon people hear from us, who waits, who comes back, and where they go."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.insight.figures.contact import first_contact, repeat_and_reopened, signposts, waiting
from portal.insight.figures.counting import middle, nine_of_ten
from portal.insight.periods import quarter
from portal.insight.table import Cell
from portal.insight.wording import NOTHING, sentence
from selfreferral.models import BlindMark, Referral, Signpost
from selfreferral.workflow import State
from tests.factories.figures import asked, erased, stood

pytestmark = pytest.mark.django_db

SPRING = quarter(2026, 2)
MAY = datetime(2026, 5, 6, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tenths", "half", "most"),
    [
        ({}, None, None),
        ({7: 1}, 0.7, 0.7),
        ({10: 1, 20: 1}, 1.5, 2.0),
        (dict.fromkeys(range(10, 110, 10), 1), 5.5, 9.0),
        ({10: 90, 300: 10}, 1.0, 1.0),
        ({10: 89, 300: 11}, 1.0, 30.0),
    ],
)
def test_middles_are_worked_out_from_how_many_waited_how_long(tenths: dict[int, int], half: Cell, most: Cell) -> None:
    assert (middle(tenths), nine_of_ten(tenths)) == (half, most)


def test_days_to_the_first_talk_are_those_of_who_talked_and_of_what_we_promised() -> None:
    for days in (1, 2, 2.5, 9):
        asked(1, MAY, talked_after=days)
    asked(2, MAY)
    asked(1, MAY, talked_after=30, episode=2)
    gone = asked(1, MAY, talked_after=2)
    erased(gone[0], MAY + timedelta(days=700))
    assert first_contact(SPRING).rows == (("Until the first talk", 5, 2.0, 9.0, 4, 1, 80),)
    assert first_contact(SPRING).n == 5


def test_those_of_whom_nothing_is_kept_are_counted_beside() -> None:
    for referral in asked(3, MAY, talked_after=2):
        erased(referral, MAY + timedelta(days=700))
    assert (first_contact(SPRING).gone, signposts(SPRING).gone) == (0, 3)
    assert sentence(signposts(SPRING)) == "Not known any more: 3 requests for help of this time were erased since."
    Referral.objects.all().delete()
    assert first_contact(SPRING).gone == 3
    assert sentence(first_contact(SPRING)).startswith("Not known any more: 3 requests")
    assert sentence(first_contact(quarter(2026, 1))) == NOTHING


def test_a_clock_change_is_no_wait() -> None:
    """A day by the sun is 24 hours, whatever the clocks on the wall did in the night."""
    asked(1, datetime(2026, 4, 1, tzinfo=UTC), talked_after=1)
    asked(1, datetime(2026, 3, 28, 12, tzinfo=UTC), talked_after=1)
    assert first_contact(quarter(2026, 1)).rows[0][2] == 1.0


def test_who_waits_is_who_waited_at_the_end_whenever_they_asked_and_whatever_happened_since() -> None:
    end = SPRING.ends_at
    (talked_since,) = asked(1, end - timedelta(days=400), state=State.CLOSED)
    stood(talked_since, State.CLOSED, end + timedelta(days=1), before="new")
    (on_the_list,) = asked(1, end - timedelta(days=10), state=State.ACTIVE)
    stood(on_the_list, State.WAITING, end - timedelta(days=3), before="talking")
    stood(on_the_list, State.ACTIVE, end + timedelta(days=3), before="waiting")
    (done,) = asked(1, end - timedelta(days=10))
    stood(done, State.CLOSED, end - timedelta(days=1), before="new")
    (back,) = asked(1, end - timedelta(days=300), state=State.NEW)
    stood(back, State.CLOSED, end - timedelta(days=200), before="new")
    stood(back, State.NEW, end - timedelta(days=4), before="closed", episode=2)
    asked(1, end + timedelta(hours=1), state=State.NEW)
    assert waiting(SPRING).rows == (
        ("To hear from us for the first time", 2, 202.0, 400.0),
        ("On our list, after a first talk", 1, 10.0, 10.0),
    )


def test_who_came_back_and_whose_number_we_knew_are_of_those_who_asked() -> None:
    (first,) = asked(1, MAY - timedelta(days=300))
    (again,), (other,) = asked(1, MAY), asked(1, MAY, episode=2)
    (same,) = asked(1, MAY - timedelta(days=301), state=State.CLOSED)
    for referral, kind, mark in (
        (first, "phone", "one"),
        (again, "phone", "one"),
        (again, "email", "two"),
        (same, "email", "two"),
        (same, "name", "three"),
        (other, "name", "three"),
    ):
        BlindMark(referral=referral, kind=kind, mark=mark).save()
    asked(2, MAY)
    assert [row[1:] for row in repeat_and_reopened(SPRING).rows] == [(1, 4, 25), (1, 4, 25)]
    for referral in asked(6, MAY):
        erased(referral, MAY + timedelta(days=700))
    table = repeat_and_reopened(SPRING)
    assert [row[1:] for row in table.rows] == [(1, 10, 10), (1, 4, 25)], "whose number is gone could not be known again"
    assert table.n == 10


def test_signposts_count_by_whether_our_directory_has_the_place() -> None:
    (referral,) = asked(1, MAY)
    for sealed, is_duty in ((b"x", True), (b"x", False), (b"", False)):
        Signpost(
            referral=referral, sealed_words=b"", sealed_service=sealed, is_duty_to_refer=is_duty, signposted_at=MAY
        ).save(force_insert=True)
    assert [row[1:] for row in signposts(SPRING).rows] == [(2, 1), (1, 0)]
