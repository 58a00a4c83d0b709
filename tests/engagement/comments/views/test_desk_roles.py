"""Who may open the screens of this room: the coordinator, and nobody else."""

import pytest

from engagement.comments.models import Addition, PlaceComment
from tests.conftest import Person, member_of_staff
from tests.factories.comments import MONDAY, make_action, make_comment

pytestmark = pytest.mark.django_db
DESK = "/staff/comments/"
LISTS = ("comment-themes", "consultations", "named-places", "saved-replies", "comment-checklist")
WRONG_ROLES = ["editor", "navigator", "lead", "partner", "administrator"]


def staff_addresses() -> list[tuple[str, str]]:
    """Every address of this room's staff screens, with the way in which it is asked for."""
    comment = make_comment()
    action = make_action(by=member_of_staff("somebody", "coordinator").user)
    addition = Addition.objects.create(comment=comment, words="More", added_at=MONDAY)
    one = f"{DESK}{comment.reference}/"
    return [
        ("get", DESK),
        ("post", f"{DESK}many/"),
        ("post", f"{DESK}many/undo/"),
        ("get", f"{DESK}added/"),
        ("post", f"{DESK}added/{addition.pk}/decide/"),
        ("post", f"{DESK}added/{addition.pk}/undo/"),
        ("get", one),
        *[
            ("post", f"{one}{word}/")
            for word in [
                "decide",
                "undo",
                "take-out",
                "put-back",
                "open",
                "shut",
                "check",
                "pass-on",
                "pin",
                "answer",
                "link",
            ]
        ],
        ("get", f"{DESK}actions/"),
        ("get", f"{DESK}actions/add/"),
        ("post", f"{DESK}actions/add/"),
        ("get", f"{DESK}actions/{action.pk}/"),
        ("post", f"{DESK}actions/{action.pk}/take-back/"),
        *[("get", f"/staff/{name}/") for name in LISTS],
        *[("get", f"/staff/{name}/new/") for name in LISTS],
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
    assert Addition.objects.get().status == "waiting"
    assert "Comments" not in person.get("/staff/").content.decode()


def test_the_coordinator_has_comments_in_the_menu(coordinator: Person) -> None:
    home = coordinator.get("/staff/").content.decode()
    assert '"url": "/staff/comments/"' in home or "/staff/comments/" in home
