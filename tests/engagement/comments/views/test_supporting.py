"""One press to agree, from the comment's page or a row of the list, and one to take that back."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.comments.leaving.browsers import COOKIE
from engagement.comments.models import Consultation, PlaceComment, Support
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.factories.comments import make_comment, make_published

pytestmark = pytest.mark.django_db
AGREE = "/have-your-say/agree/"
LIST = "/have-your-say/"


@pytest.fixture
def comment(coordinator: Person) -> PlaceComment:
    return make_published(by=coordinator.user)


def count(comment: PlaceComment) -> int:
    comment.refresh_from_db()
    return comment.support_count


def test_one_press_from_the_list_comes_back_to_the_row(resident: Person, comment: PlaceComment) -> None:
    page = f"{LIST}?q=bins"
    assert "I agree" in resident.get(page).content.decode()
    answer = resident.post(AGREE, {"agree": comment.reference, "page": page})
    assert answer.headers["Location"] == f"{page}#comment-{comment.reference}"
    assert count(comment) == 1
    html = resident.get(page).content.decode()
    assert f'id="comment-{comment.reference}"' in html
    for words in ("You agree.", "Take it back", "Somebody else here agrees too", "Hear what becomes of it"):
        assert words in html


def test_pressing_twice_counts_once_and_can_be_taken_back(resident: Person, comment: PlaceComment) -> None:
    for _ in range(2):
        answer = resident.post(AGREE, {"agree": comment.reference}, follow=True)
        assert "We have counted you" in answer.content.decode()
    assert count(comment) == 1
    resident.post(AGREE, {"take_back": comment.reference})
    assert count(comment) == 0
    assert "I agree" in resident.get(comment.get_absolute_url()).content.decode()


def test_a_shared_computer_shuts_nobody_out(resident: Person, comment: PlaceComment) -> None:
    resident.post(AGREE, {"agree": comment.reference})
    first = resident.cookies[COOKIE].value
    resident.post(AGREE, {"somebody_else": comment.reference})
    assert resident.cookies[COOKIE].value != first
    assert count(comment) == 2
    assert "You agree, with 1 other." in resident.get(comment.get_absolute_url()).content.decode()
    resident.post(AGREE, {"take_back": comment.reference})
    assert count(comment) == 1


def test_many_people_agree_at_one_library_and_no_machine_a_thousand_times(
    resident: Person, comment: PlaceComment
) -> None:
    codes = [resident.post(AGREE, {"somebody_else": comment.reference}).status_code for _ in range(21)]
    assert codes == [302] * 20 + [429]
    assert count(comment) == 20
    codes = [Person().post(AGREE, {"agree": comment.reference}).status_code for _ in range(40)]
    assert 429 in codes


def test_a_strange_cookie_is_replaced(resident: Person, comment: PlaceComment) -> None:
    resident.cookies[COOKIE] = "1"
    resident.post(AGREE, {"take_back": comment.reference})
    resident.post(AGREE, {"agree": comment.reference})
    assert resident.cookies[COOKIE].value != "1"
    assert count(comment) == 1


@pytest.mark.parametrize("page", ["https://example.org/", "//example.org", "javascript:alert(1)", "have-your-say/"])
def test_a_press_never_leads_to_another_site(resident: Person, comment: PlaceComment, page: str) -> None:
    answer = resident.post(AGREE, {"agree": comment.reference, "page": page})
    assert answer.headers["Location"] == f"{comment.get_absolute_url()}#comment-{comment.reference}"


def test_nobody_agrees_with_what_is_not_there(resident: Person) -> None:
    for reference in (make_comment().reference, "", "nonsense"):
        assert resident.post(AGREE, {"agree": reference}).status_code == 404
    assert resident.post(AGREE, {}).status_code == 404
    assert not Support.objects.exists()


def test_another_site_cannot_press(comment: PlaceComment) -> None:
    assert Person(enforce_csrf_checks=True).post(AGREE, {"agree": comment.reference}).status_code == 403
    assert Person().get(AGREE).status_code == 405


def looks_at_who_agrees(person: Person) -> int:
    """How often a list asks who agreed."""
    with CaptureQueriesContext(connection) as caught:
        person.get(LIST)
    return len([query for query in caught if 'FROM "comments_support"' in query["sql"]])


def test_a_list_asks_once_and_only_for_those_who_agreed_somewhere(resident: Person, coordinator: Person) -> None:
    comments = [make_published(f"Comment {number}", by=coordinator.user) for number in range(5)]
    assert looks_at_who_agrees(resident) == 0
    resident.post(AGREE, {"agree": comments[0].reference})
    assert looks_at_who_agrees(resident) == 1


KEPT = ["comments.geojson", "comments.columns", "comments.csv", "comments.rss", "about/{slug}/report.csv"]


@pytest.mark.parametrize("address", KEPT)
def test_nothing_that_is_kept_shows_how_many_agree(resident: Person, coordinator: Person, address: str) -> None:
    """Whoever shows the number in one of these has a press pass through `keep` again; see ADR 9."""
    comment = make_published(by=coordinator.user, pin=Point(54.76, -1.31))
    bodies = []
    for count in (31877, 41983):
        PlaceComment.objects.filter(pk=comment.pk).update(support_count=count)
        cache.clear()
        answer = resident.get(LIST + address.format(slug=Consultation.objects.standing().slug))
        assert answer.status_code == 200
        bodies.append(b"".join(answer) if answer.streaming else answer.content)
    assert bodies[0] == bodies[1]
    assert b"31877" not in bodies[0]
