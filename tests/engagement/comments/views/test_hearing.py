"""Asking to hear what becomes of a comment, confirming it and stopping."""

import pytest

from engagement.comments.actions import following
from engagement.comments.hearing.links import hear_path, stop_path, yours_path
from engagement.comments.models import Alert, Follower, PlaceComment
from portal.emails.links import sign
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import make_comment, make_published
from tests.factories.following import make_alert, make_follower, waiting_work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


@pytest.fixture
def comment(coordinator: Person) -> PlaceComment:
    return make_published(by=coordinator.user)


def ask(person: Person, comment: PlaceComment, address: str) -> str:
    path = f"{comment.get_absolute_url()}hear/"
    shown = person.get(path).context["form"].initial["shown"]
    return person.post(path, {"address": address, "shown": shown}, follow=True).content.decode()


def test_the_answer_is_the_same_for_a_known_address(resident: Person, comment: PlaceComment) -> None:
    make_follower(comment)
    known, new = ask(resident, comment, "ann@example.org"), ask(resident, comment, "ben@example.org")
    assert "Look in your mail" in known
    assert known == new
    assert [work["follower_id"] for work in waiting_work("ask_whether_theirs")] == [
        Follower.objects.at("ben@example.org").get().pk
    ]


@pytest.mark.parametrize("address", ["", "nonsense", "ann@exämple.org", "x" * 250 + "@example.org", "a@b\x00.org"])
def test_what_is_no_address_is_said_so_and_kept(resident: Person, comment: PlaceComment, address: str) -> None:
    html = ask(resident, comment, address)
    assert "Error: " in html
    assert "name@example.org" in html
    assert not Follower.objects.exists()


def test_a_machine_is_not_taken_for_a_person(resident: Person, comment: PlaceComment) -> None:
    answer = resident.post(f"{comment.get_absolute_url()}hear/", {"address": "ann@example.org", "website": "x"})
    assert "That was very quick" in answer.content.decode()
    assert not Follower.objects.exists()


def test_one_connection_asks_so_often(resident: Person, comment: PlaceComment) -> None:
    codes = [resident.post(f"{comment.get_absolute_url()}hear/", {}).status_code for _ in range(31)]
    assert codes.count(429) == 1


def test_what_is_refused_is_said_beside_the_address(
    resident: Person, comment: PlaceComment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**said: object) -> None:
        raise Refused("It was taken back just now.")

    monkeypatch.setattr(following, "ask_to_hear", refuse)
    html = ask(resident, comment, "ann@example.org")
    assert "It was taken back just now." in html
    assert "ann@example.org" in html


def test_nobody_asks_about_a_comment_that_is_not_shown(resident: Person) -> None:
    assert resident.get(f"{make_comment().get_absolute_url()}hear/").status_code == 404


def test_opening_a_link_changes_nothing_and_pressing_confirms(resident: Person, comment: PlaceComment) -> None:
    path = hear_path(make_follower(comment, is_confirmed=False))
    assert "Yes, tell me" in resident.get(path).content.decode()
    assert not Follower.objects.confirmed().exists()
    assert "We will write to you" in resident.post(path).content.decode()
    assert "We will write to you" in resident.get(path).content.decode()
    assert Follower.objects.confirmed().exists()


def test_an_author_who_confirms_is_shown_their_own_page_and_nobody_else_is(
    resident: Person, comment: PlaceComment
) -> None:
    # The rest of the link is the second in which it was signed.
    own = yours_path(comment).partition(":")[0]
    author = make_follower(comment, is_confirmed=False, is_author=True)
    assert own not in resident.get(hear_path(author)).content.decode()
    assert own in resident.post(hear_path(author)).content.decode()
    neighbour = make_follower(comment, "ben@example.org", is_confirmed=False)
    assert own not in resident.post(hear_path(neighbour)).content.decode()


def test_one_press_stops_and_the_link_stays_true(resident: Person, comment: PlaceComment) -> None:
    follower = make_follower(comment)
    path = stop_path(follower)
    assert "Stop mails about this comment" in resident.get(path).content.decode()
    assert Follower.objects.exists()
    assert "We have stopped" in resident.post(path, {"what": "this"}).content.decode()
    assert not Follower.objects.exists()
    assert "We have stopped" in resident.get(path).content.decode()
    assert "We have stopped" in resident.post(path, {"what": "this"}).content.decode()


def test_a_mail_program_stops_with_one_click_and_no_cookie(comment: PlaceComment) -> None:
    follower = make_follower(comment)
    mail_program = Person(enforce_csrf_checks=True)
    assert mail_program.post(stop_path(follower), {"what": "this"}).status_code == 403
    assert Follower.objects.exists()
    answer = mail_program.post(stop_path(follower), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Follower.objects.exists()


def test_one_press_stops_everything(resident: Person, comment: PlaceComment) -> None:
    follower = make_follower(comment)
    make_follower(make_comment("More trees."))
    make_alert()
    resident.post(stop_path(follower), {"what": "everything"})
    assert not Follower.objects.exists()
    assert not Alert.objects.exists()


@pytest.mark.parametrize("where", ["hear", "stop"])
def test_a_false_link_opens_nothing(resident: Person, comment: PlaceComment, where: str) -> None:
    follower = make_follower(comment)
    for token in ("nonsense", sign("comments.yours", follower.pk)):
        for answer in (resident.get, resident.post):
            assert answer(f"/have-your-say/{where}/{token}/").status_code == 404
    assert Follower.objects.exists()
