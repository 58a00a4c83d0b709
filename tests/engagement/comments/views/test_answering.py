"""A comment's own page for staff: its history, its pin and its answers."""

import pytest
from django.urls import reverse

from engagement.comments.actions.moderating import decide
from engagement.comments.models import ChecklistItem, Consultation, PlaceComment, Theme
from portal.geo.models import NamedPlace
from tests.conftest import Person, member_of_staff
from tests.factories.comments import make_action, make_comment, make_place, make_published, make_theme
from tests.factories.sessions import enter, make_session, typed_row

pytestmark = pytest.mark.django_db
DESK = "/staff/comments/"


def page_of(comment: PlaceComment) -> str:
    return f"{DESK}{comment.reference}/"


def post(person: Person, address: str, **said: object) -> str:
    answer = person.post(address, said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_everything_and_the_whole_history(coordinator: Person) -> None:
    comment = make_comment("Ring 07700 900123", author_name="Ann", theme=make_theme("safety"))
    decide(comment=comment, change="publish", by=coordinator.user)
    post(coordinator, f"{page_of(comment)}answer/", words="Thank you.")
    post(coordinator, f"{page_of(comment)}pin/", latitude="54.76", longitude="-1.31")
    action = make_action(by=coordinator.user)
    post(coordinator, f"{page_of(comment)}link/", action=action.pk)
    html = coordinator.get(page_of(comment)).content.decode()
    history = html[html.index('id="history"') :]
    told = ["sent", "held", "published", "answered", "put the pin", "linked an action"]
    assert [history.index(f"<td>{word}</td>") for word in told] == sorted(
        history.index(f"<td>{word}</td>") for word in told
    )
    for words in ("Ann (not shown)", "Safety", "the back lane", "The rules of the site", "Coordinator", action.title):
        assert words in html


def test_staff_who_wrote_it_down_are_named(coordinator: Person) -> None:
    comment = make_comment(by=coordinator.user)
    assert "<td>Coordinator</td><td>sent</td>" in coordinator.get(page_of(comment)).content.decode()


def test_a_comment_from_a_session_names_it_and_its_sticker(coordinator: Person) -> None:
    session = make_session(by=coordinator.user)
    enter(session, typed_row(7), by=coordinator.user)
    html = coordinator.get(page_of(session.said().get())).content.decode()
    assert f"{session}</a>, sticker 7" in html
    assert reverse("comments_session", args=[session.code]) in html
    assert "<dt>Session</dt>" not in coordinator.get(page_of(make_comment())).content.decode()


def test_a_comment_that_is_not_there_is_not_found(coordinator: Person) -> None:
    assert coordinator.get(f"{DESK}AAA-AAA/").status_code == 404
    for word in ("decide", "undo", "pin", "answer", "link"):
        assert coordinator.post(f"{DESK}AAA-AAA/{word}/").status_code == 404


def test_an_answer_goes_under_the_comment(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    assert "Your answer stands under the comment" in post(coordinator, f"{page_of(comment)}answer/", words="Thank you.")
    assert comment.responses.get().words == "Thank you."


def test_an_answer_that_cannot_stand_is_kept_on_the_screen(coordinator: Person) -> None:
    comment = make_comment()
    assert "Publish the comment first" in post(coordinator, f"{page_of(comment)}answer/", words="Thank you.")
    assert not comment.responses.exists()
    shown = make_published(by=coordinator.user)
    assert "This field is required" in post(coordinator, f"{page_of(shown)}answer/", words="\x00")


def test_a_described_place_gets_a_pin_from_the_list_or_from_numbers(coordinator: Person) -> None:
    comment, place = make_comment(), make_place()
    assert "The pin is on the map" in post(coordinator, f"{page_of(comment)}pin/", named_place=place.pk)
    comment.refresh_from_db()
    assert comment.named_place == place
    post(coordinator, f"{page_of(comment)}pin/", latitude="54.75", longitude="-1.32")
    comment.refresh_from_db()
    assert comment.latitude == 54.75


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Choose a place, or enter both latitude and longitude"),
        ({"latitude": "54.76"}, "Choose a place, or enter both latitude and longitude"),
        ({"latitude": "nan", "longitude": "1"}, "Enter a number"),
        ({"named_place": "99"}, "Select a valid choice"),
    ],
)
def test_a_pin_that_is_no_place_is_refused_in_words(coordinator: Person, said: dict[str, str], words: str) -> None:
    comment = make_comment()
    assert words in post(coordinator, f"{page_of(comment)}pin/", **said)
    comment.refresh_from_db()
    assert comment.point is None


def test_an_erased_comment_offers_nothing_more(coordinator: Person) -> None:
    comment = make_comment("Secret")
    decide(comment=comment, change="withdraw", by=coordinator.user, reason="asked")
    decide(comment=comment, change="erase", by=coordinator.user, reason="asked")
    html = coordinator.get(page_of(comment)).content.decode()
    assert "The words were erased" in html
    for word in ("decide/", "undo/", "pin/", "answer/", "link/"):
        assert f"{comment.reference}/{word}" not in html


def test_a_link_to_nothing_is_refused(coordinator: Person) -> None:
    comment = make_comment()
    assert "Select a valid choice" in post(coordinator, f"{page_of(comment)}link/", action="99")


def test_the_coordinator_keeps_themes_places_and_consultations(coordinator: Person) -> None:
    theme = {"name": "Feeling safe", "slug": "safety", "position": "1", "is_active": "on"}
    assert coordinator.post("/staff/comment-themes/new/", theme).status_code == 302
    place = {"name": "The park", "slug": "the-park", "kind": "green", "position": "1", "is_listed": "on"}
    assert coordinator.post("/staff/named-places/new/", place).status_code == 302
    read_first = {"moderation": "pre", "staffed_from": "09:00", "staffed_until": "17:00"}
    consultation = {"name": "The pit", "slug": "the-pit", "question": "What now?", "is_open": "on", **read_first}
    assert coordinator.post("/staff/consultations/new/", consultation).status_code == 302
    assert Theme.objects.get().is_active
    assert NamedPlace.objects.get().is_listed
    assert not Consultation.objects.get(slug="the-pit").is_standing
    assert Consultation.objects.standing().name == "Have your say"
    for name in ("comment-themes", "named-places", "consultations"):
        assert coordinator.get(f"/staff/{name}/").status_code == 200


def test_a_place_that_comments_point_to_is_not_deleted(coordinator: Person) -> None:
    used, unused = make_place(), make_place("old-pit")
    make_comment(named_place=used)
    refused = coordinator.post(f"/staff/named-places/delete/{used.pk}/", follow=True).content.decode()
    assert "Comments point to Third Street" in refused
    assert coordinator.post(f"/staff/named-places/delete/{unused.pk}/").status_code == 302
    assert list(NamedPlace.objects.all()) == [used]


def test_only_the_coordinator_deletes_a_place() -> None:
    editor, place = member_of_staff("editor", "editor"), make_place()
    editor.post(f"/staff/named-places/delete/{place.pk}/")
    assert NamedPlace.objects.exists()


def test_the_pin_is_put_on_a_map_too_and_its_label_says_who_of_the_staff_put_it(coordinator: Person) -> None:
    comment = make_comment()
    html = coordinator.get(page_of(comment)).content.decode()
    assert 'data-pin-placer data-latitude="id_latitude" data-longitude="id_longitude"' in html
    assert html.count('name="latitude"') == html.count('name="longitude"') == 1
    assert "put there by staff" not in html
    html = post(coordinator, f"{page_of(comment)}pin/", latitude="54.76", longitude="-1.31")
    assert "(pin: in the author&#x27;s own words, put there by staff: Coordinator)" in html
    assert 'value="54.76"' in html


def test_numbers_that_stand_the_wrong_way_round_are_refused_in_words(coordinator: Person) -> None:
    comment = make_comment()
    html = post(coordinator, f"{page_of(comment)}pin/", latitude="-1.31", longitude="54.76")
    assert "These look swapped. Did you mean latitude 54.76 and longitude -1.31?" in html
    assert "far away from here" in post(coordinator, f"{page_of(comment)}pin/", latitude="10", longitude="20")
    comment.refresh_from_db()
    assert comment.point is None


def test_the_page_leads_to_the_next_in_the_queue_and_has_the_checklist_above_the_buttons(coordinator: Person) -> None:
    first, second = make_comment("First"), make_comment("Second")
    ChecklistItem.objects.create(words="It names nobody.")
    html = coordinator.get(page_of(first)).content.decode()
    assert f"Next in the queue: {second.reference}" in html
    assert html.index("It names nobody.") < html.index("decide/")
    assert f"Next in the queue: {first.reference}" in coordinator.get(page_of(second)).content.decode()
    decide(comment=second, change="publish", by=coordinator.user)
    assert "Everything else has been read" in coordinator.get(page_of(first)).content.decode()
