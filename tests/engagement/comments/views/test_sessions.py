"""The coordinator's screens about face-to-face sessions: for nobody else, and whole without scripts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from engagement.comments.actions.sessions import promise
from engagement.comments.map.bounds import Bounds
from engagement.comments.models import EngagementEvent, Promise
from engagement.comments.sessions.paper.grid import fit
from portal import clock
from portal.geo.models import Area
from tests.conftest import Person
from tests.factories.comments import make_place, make_postcode
from tests.factories.sessions import GROUND, enter, make_session, typed_row

pytestmark = pytest.mark.django_db


def make_area(name: str = "Horden") -> Area:
    ring = [[-1.33, 54.75], [-1.3, 54.75], [-1.3, 54.77], [-1.33, 54.75]]
    return Area.objects.create(
        code=name[:9],
        name=name,
        outline={"type": "Polygon", "coordinates": [ring]},
        west=-1.33,
        south=54.75,
        east=-1.3,
        north=54.77,
        is_home=True,
    )


def filled_in(area: Area, **typed: Any) -> dict[str, Any]:
    """The form as somebody fills it in."""
    from engagement.comments.models import Consultation

    usual = {
        "name": "Year 6",
        "place": "The school",
        "held_on": "2026-03-09",
        "starts_at": "10:00",
        "group": "year 6",
        "going": "Two of us",
        "consultation": Consultation.objects.standing().pk,
        "ground": f"area:{area.pk}",
        "metres": "1600",
        "columns": "8",
        "first_sticker": "1",
        "stickers": "60",
    }
    return {**usual, **typed}


def every_address(session: EngagementEvent, made: Promise) -> list[tuple[str, str]]:
    """Each screen with the way in which it is asked for."""
    one = [session.code]
    return [
        ("get", reverse("comments_sessions")),
        ("get", reverse("comments_session_plan")),
        ("get", reverse("comments_promises")),
        ("get", reverse("comments_session", args=one)),
        ("get", reverse("comments_session_change", args=one)),
        ("post", reverse("comments_session_promise", args=one)),
        ("get", reverse("comments_session_enter", args=one)),
        ("post", reverse("comments_session_enter", args=one)),
        ("get", reverse("comments_session_file", args=one)),
        ("get", reverse("comments_session_download", args=one)),
        ("get", reverse("comments_session_paper", args=[session.code, "stickers"])),
        ("post", reverse("comments_promise_change", args=[made.pk, "kept"])),
    ]


def test_only_those_who_run_sessions_come_in(
    coordinator: Person, stranger: Person, editor: Person, navigator: Person, partner: Person, administrator: Person
) -> None:
    session = make_session(by=coordinator.user)
    made = promise(event=session, words="Ask", to_whom="all", by=coordinator.user)
    for method, address in every_address(session, made):
        answer = getattr(stranger, method)(address)
        assert (answer.status_code, "login" in answer["Location"]) == (302, True), address
        for person in (editor, navigator, partner, administrator):
            assert getattr(person, method)(address).status_code == 403, address
    made.refresh_from_db()
    assert not made.is_kept


def test_a_session_is_planned_for_an_area(coordinator: Person) -> None:
    area = make_area()
    answer = coordinator.post(reverse("comments_session_plan"), filled_in(area))
    session = EngagementEvent.objects.get()
    assert answer["Location"] == reverse("comments_session", args=[session.code])
    assert session.bounds == fit(Bounds(-1.33, 54.75, -1.3, 54.77))
    assert (session.columns, session.rows, session.going) == (8, 6, "Two of us")
    page = coordinator.get(answer["Location"]).content.decode()
    assert "Year 6" in page
    assert "Print its paper" in page


@pytest.mark.parametrize("how", ["postcode", "named_place"])
def test_a_session_is_planned_around_a_place(coordinator: Person, how: str) -> None:
    place, postcode = make_place(), make_postcode()
    around = {"postcode": "sr84lx"} if how == "postcode" else {"named_place": place.pk}
    data = filled_in(make_area(), ground="around", metres="800", **around)
    coordinator.post(reverse("comments_session_plan"), data)
    session = EngagementEvent.objects.get()
    assert round(session.grid.metres_wide) == 800
    middle = postcode.point if how == "postcode" else place.point
    assert middle is not None
    assert session.bounds.has(middle)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ground": "around"}, "Say around which postcode"),
        ({"ground": "around", "postcode": "SR8 9ZZ"}, "We do not know SR8 9ZZ."),
        ({"ground": "around", "postcode": "Horden"}, "Enter a postcode like SR8 4LX."),
        ({"ground": "area:999"}, "999"),
        ({"columns": "5"}, "5"),
        ({"stickers": "9999"}, "567"),
        ({"name": ""}, "required"),
        ({"held_on": "soon"}, "valid date"),
        ({"first_sticker": "9999", "stickers": "2"}, "numbers up to 9999"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(coordinator: Person, wrong: dict[str, str], says: str) -> None:
    answer = coordinator.post(reverse("comments_session_plan"), filled_in(make_area(), place="The tea room", **wrong))
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert "The tea room" in answer.content.decode()
    assert not EngagementEvent.objects.exists()


def test_headcount_is_written_down_afterwards_and_the_map_stays(coordinator: Person) -> None:
    area = make_area()
    session = make_session(by=coordinator.user)
    enter(session, typed_row(), by=coordinator.user)
    address = reverse("comments_session_change", args=[session.code])
    form = coordinator.get(address).context["form"]
    assert form.initial["ground"] == "keep"
    data = filled_in(area, ground="keep", columns="4", stickers="20", headcount="14")
    coordinator.post(address, data)
    session.refresh_from_db()
    assert (session.headcount, session.bounds) == (14, GROUND)
    refused = coordinator.post(address, {**data, "ground": f"area:{area.pk}"})
    assert "is entered already" in refused.content.decode()


def test_the_page_of_a_session_has_its_paper_its_comments_and_its_promises(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(2), typed_row(11, words="Later."), typed_row(3), by=coordinator.user)
    page = coordinator.get(reverse("comments_session", args=[session.code]))
    content = page.content.decode()
    for sheet in ("map.pdf?paper=a4", "map.pdf?paper=a3", "stickers.pdf", "writing-sheet.pdf"):
        assert sheet in content
    assert [(comment.sticker, where) for comment, where in page.context["rows"]] == [
        ("2", "B2"),
        ("3", "B2"),
        ("11", "B2"),
    ]
    assert "?correct=11" in content


def test_nothing_can_be_entered_before_the_day(coordinator: Person) -> None:
    session = make_session(by=coordinator.user, held_on=clock.now().date() + timedelta(days=2))
    assert (
        "on the day or after it" in coordinator.get(reverse("comments_session", args=[session.code])).content.decode()
    )


def test_a_promise_is_written_down_kept_and_undone(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    here = reverse("comments_session", args=[session.code])
    empty = coordinator.post(reverse("comments_session_promise", args=[session.code]), {"words": "", "to_whom": "x"})
    assert empty.status_code == 200
    coordinator.post(
        reverse("comments_session_promise", args=[session.code]),
        {"words": "Ask about the kerb", "to_whom": "the club", "due_on": "2026-03-09"},
    )
    made = Promise.objects.get()
    assert (made.words, made.due_on) == ("Ask about the kerb", date(2026, 3, 9))
    assert "Overdue" in coordinator.get(here).content.decode()
    kept = coordinator.post(reverse("comments_promise_change", args=[made.pk, "kept"]), {"here": here})
    assert kept["Location"] == f"{here}#promises"
    assert "Overdue" not in coordinator.get(reverse("comments_promises")).content.decode()
    refused = coordinator.post(reverse("comments_promise_change", args=[made.pk, "drop"]), follow=True)
    assert "was kept, so it stays" in refused.content.decode()
    coordinator.post(reverse("comments_promise_change", args=[made.pk, "not-kept"]))
    coordinator.post(reverse("comments_promise_change", args=[made.pk, "drop"]))
    assert not Promise.objects.exists()


def test_the_lists_take_the_same_few_questions_however_long(
    coordinator: Person, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(12):
        session = make_session(by=coordinator.user, name=f"Club {number}")
        promise(event=session, words="Ask", to_whom="all", by=coordinator.user)
    enter(session, *(typed_row(number) for number in range(1, 15)), by=coordinator.user)
    coordinator.get(reverse("comments_sessions"))
    one = [session.code]
    addresses = [
        (reverse("comments_sessions"), 16),
        (reverse("comments_promises"), 16),
        (reverse("comments_session", args=one), 18),
        (reverse("comments_session_enter", args=one), 18),
        (reverse("comments_session_download", args=one), 14),
    ]
    for address, most in addresses:
        with django_assert_max_num_queries(most):
            assert coordinator.get(address).status_code == 200
