"""The moderation desk: who may open it, what it shows first, and each decision with and without trouble."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement.comments.actions.moderating import decide
from engagement.comments.models import PlaceComment
from tests.conftest import Person, member_of_staff
from tests.factories.comments import MONDAY, make_action, make_comment, make_published

pytestmark = pytest.mark.django_db
DESK = "/staff/comments/"
WRONG_ROLES = ["editor", "navigator", "lead", "partner", "administrator"]


def staff_addresses() -> list[tuple[str, str]]:
    """Every address of this room's staff screens, with the way in which it is asked for."""
    comment = make_comment()
    action = make_action(by=member_of_staff("somebody", "coordinator").user)
    one = f"{DESK}{comment.reference}/"
    return [
        ("get", DESK),
        ("post", f"{DESK}publish/"),
        ("get", one),
        *[("post", f"{one}{word}/") for word in ("decide", "undo", "pin", "answer", "link")],
        ("get", f"{DESK}actions/"),
        ("get", f"{DESK}actions/add/"),
        ("post", f"{DESK}actions/add/"),
        ("get", f"{DESK}actions/{action.pk}/"),
        ("post", f"{DESK}actions/{action.pk}/take-back/"),
        *[("get", f"/staff/{name}/") for name in ("comment-themes", "consultations", "named-places")],
        *[("get", f"/staff/{name}/new/") for name in ("comment-themes", "consultations", "named-places")],
    ]


def test_a_stranger_is_asked_to_sign_in_everywhere(stranger: Person) -> None:
    for method, address in staff_addresses():
        answer = getattr(stranger, method)(address)
        assert answer.status_code == 302, address
        assert "/accounts/login/" in answer.headers["Location"] or "/staff/login/" in answer.headers["Location"]


@pytest.mark.parametrize("role", WRONG_ROLES)
def test_each_wrong_role_is_refused_everywhere(role: str) -> None:
    person = member_of_staff(role, role)
    for method, address in staff_addresses():
        answer = getattr(person, method)(address)
        is_sent_home = answer.status_code == 302 and answer.headers["Location"] == "/staff/"
        assert answer.status_code == 403 or is_sent_home, (address, answer.status_code)
    assert PlaceComment.objects.get().status == "waiting"
    assert "Comments" not in person.get("/staff/").content.decode()


def test_the_coordinator_has_comments_in_the_menu(coordinator: Person) -> None:
    home = coordinator.get("/staff/").content.decode()
    assert '"url": "/staff/comments/"' in home or "/staff/comments/" in home


def test_held_comments_come_first_and_then_the_oldest(coordinator: Person) -> None:
    new = make_comment("New", now=MONDAY + timedelta(days=1))
    old = make_comment("Old")
    held = make_comment("Ring 07700 900123", now=MONDAY + timedelta(days=2))
    make_published(by=coordinator.user)
    context = coordinator.get(DESK).context
    assert [row["comment"] for row in context["rows"]] == [held, old, new]
    assert context["counts"]["held"] == 1
    assert context["counts"]["waiting"] == 2
    assert [row["then"] for row in context["rows"]] == [old.reference, new.reference, ""]


def test_the_reason_for_holding_is_on_the_screen_and_the_name_too(coordinator: Person) -> None:
    make_comment("Ring 07700 900123", author_name="Ann")
    html = coordinator.get(DESK).content.decode()
    assert "It may have a phone number in it." in html
    assert "Ann (name not shown)" in html


@pytest.mark.parametrize("tab", ["", "held", "waiting", "unanswered", "published", "declined", "withdrawn", "nonsense"])
def test_each_tab_shows_its_own(coordinator: Person, tab: str) -> None:
    by = coordinator.user
    long_ago = timezone.now() - timedelta(days=40)
    there = {
        "waiting": make_comment("waiting"),
        "held": make_comment("Ring 07700 900123"),
        "published": make_published("published", by=by, now=timezone.now()),
        "unanswered": make_published("unanswered", by=by, now=long_ago),
        "declined": decide(comment=make_comment(), change="decline", by=by, reason="unkind").comment,
        "withdrawn": decide(comment=make_comment(), change="withdraw", by=by, reason="asked").comment,
    }
    shown = {row["comment"] for row in coordinator.get(DESK, {"status": tab}).context["rows"]}
    wanted = {"": {"waiting", "held"}, "nonsense": {"waiting", "held"}, "published": {"published", "unanswered"}}
    assert shown == {there[name] for name in wanted.get(tab, {tab})}


def test_words_and_numbers_find_a_comment_on_the_desk(coordinator: Person) -> None:
    bins, _ = make_comment("Bins"), make_comment("Trees")
    for query in ("bins", bins.reference):
        assert [row["comment"] for row in coordinator.get(DESK, {"q": query}).context["rows"]] == [bins]
    assert "Nothing here" in coordinator.get(DESK, {"q": "\x00nowhere"}).content.decode()
    assert "Everything has been read" not in coordinator.get(DESK).content.decode()


def test_an_empty_desk_says_so(coordinator: Person) -> None:
    assert "Everything has been read" in coordinator.get(DESK).content.decode()


def decide_by_form(person: Person, comment: PlaceComment, **said: Any) -> str:
    """The page after a decision."""
    last = comment.decisions.last()
    form = {"change": "publish", "seen": last.pk if last else 0, "here": DESK, **said}
    answer = person.post(f"{DESK}{comment.reference}/decide/", form, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_decision_publishes_and_offers_to_undo_it(coordinator: Person) -> None:
    comment = make_comment()
    html = decide_by_form(coordinator, comment)
    assert f"{comment.reference} is published." in html
    assert "You published" in html
    seen = comment.decisions.get().pk
    undo = coordinator.post(f"{DESK}{comment.reference}/undo/", {"seen": seen, "here": DESK}, follow=True)
    assert f"{comment.reference} is waiting again." in undo.content.decode()
    comment.refresh_from_db()
    assert comment.status == "waiting"
    assert "You published" not in coordinator.get(DESK).content.decode()


def test_a_decision_comes_back_to_the_next_row(coordinator: Person) -> None:
    comment = make_comment()
    form = {"change": "publish", "seen": 0, "here": f"{DESK}?status=waiting", "then": "K7M-2QX"}
    answer = coordinator.post(f"{DESK}{comment.reference}/decide/", form)
    assert answer.headers["Location"] == f"{DESK}?status=waiting#K7M-2QX"


@pytest.mark.parametrize("here", ["https://evil.example/", "//evil.example", "", "javascript:alert(1)"])
def test_a_decision_never_leads_off_the_site(coordinator: Person, here: str) -> None:
    comment = make_comment()
    answer = coordinator.post(
        f"{DESK}{comment.reference}/decide/", {"change": "publish", "seen": 0, "here": here, "then": "<x>"}
    )
    assert answer.headers["Location"] == f"{DESK}{comment.reference}/"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"change": "decline"}, "Say why"),
        ({"change": "decline", "reason": "nonsense"}, "Choose a reason"),
        ({"change": "explode"}, "no such change"),
        ({"change": "erase", "reason": "asked"}, "waiting cannot be erased"),
        ({"seen": "x"}, "That did not work"),
        ({"seen": ""}, "That did not work"),
    ],
)
def test_a_decision_that_cannot_be_made_says_why(coordinator: Person, said: dict[str, str], words: str) -> None:
    comment = make_comment()
    assert words in decide_by_form(coordinator, comment, **said)
    comment.refresh_from_db()
    assert comment.status == "waiting"


def test_the_second_of_two_moderators_is_told_who_was_first(coordinator: Person) -> None:
    other, comment = member_of_staff("olive", "coordinator"), make_comment()
    decide_by_form(coordinator, comment)
    assert "Coordinator published this comment first" in decide_by_form(other, comment, seen=0, change="hold")
    late = other.post(f"{DESK}{comment.reference}/undo/", {"seen": 999, "here": DESK}, follow=True)
    assert "Coordinator published this comment first" in late.content.decode()


def test_an_undo_with_nothing_to_undo_says_so(coordinator: Person) -> None:
    comment = make_comment()
    answer = coordinator.post(f"{DESK}{comment.reference}/undo/", {"here": DESK}, follow=True)
    assert "There is no decision to undo" in answer.content.decode()


def test_ticked_comments_are_published_together_but_not_held_ones(coordinator: Person) -> None:
    waiting = [make_comment(f"Comment {number}") for number in range(3)]
    held = make_comment("Ring 07700 900123")
    html = coordinator.get(DESK).content.decode()
    assert html.count('name="comment"') == 3
    ticked = [comment.reference for comment in [*waiting, held]] + ["nonsense", "\x00"]
    answer = coordinator.post(f"{DESK}publish/", {"comment": ticked, "here": DESK}, follow=True).content.decode()
    assert "3 published." in answer
    assert f"Left as they are: {held.reference}." in answer
    assert PlaceComment.objects.published().count() == 3
    nothing = coordinator.post(f"{DESK}publish/", {"here": DESK}, follow=True).content.decode()
    assert "0 published." in nothing


def test_the_desk_has_pages(coordinator: Person) -> None:
    for number in range(26):
        make_comment(f"Comment {number}")
    assert "Next page" in coordinator.get(DESK).content.decode()
    assert "Earlier page" in coordinator.get(f"{DESK}?page=2").content.decode()


def test_the_desk_costs_the_same_for_one_comment_and_for_many(coordinator: Person) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            coordinator.get(DESK)
        return sum('"comments_' in query["sql"] for query in captured)

    make_comment("Ring 07700 900123")
    before = queries()
    for number in range(20):
        make_comment(f"Ring 07700 900123 and ask for {number}")
    assert queries() == before <= 5


def test_the_keyboard_module_is_on_the_page_and_not_needed(coordinator: Person) -> None:
    make_comment()
    html = coordinator.get(DESK).content.decode()
    assert 'type="module" src="/static/comments/desk.js"' in html
    assert "onclick" not in html.split("data-desk")[1].split("</ol>")[0]
