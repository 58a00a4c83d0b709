"""Open311 shows what everybody can read, in the standard's own forms, and nothing else."""

import io
import xml.etree.ElementTree as ElementTree
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from engagement.comments.actions.moderating import decide
from engagement.comments.actions.photos import hang_on, take_in
from engagement.comments.models import Consultation, Photo
from tests.conftest import Person
from tests.factories.comments import (
    MONDAY,
    make_action,
    make_comment,
    make_place,
    make_postcode,
    make_published,
    make_theme,
)

pytestmark = pytest.mark.django_db


def references(resident: Person, **asked: Any) -> list[str]:
    answer = resident.get("/open311/v2/requests.json", asked)
    assert answer.status_code == 200, answer.content
    return [request["service_request_id"] for request in answer.json()]


def test_only_published_comments_of_listed_consultations_are_told(resident: Person, coordinator: Person) -> None:
    shown = make_published(by=coordinator.user)
    make_comment()
    hidden = make_published("Look at number 12.", by=coordinator.user)
    decide(comment=hidden, change="hold", by=coordinator.user, reason="personal")
    unlisted = Consultation.objects.create(slug="quiet", name="Quiet")
    make_published("Said elsewhere.", consultation=unlisted, by=coordinator.user)
    assert references(resident) == [shown.reference]


def test_each_question_narrows_the_answer(resident: Person, coordinator: Person) -> None:
    bins, park = make_theme("bins"), make_theme("park")
    old = make_published(theme=bins, named_place=make_place(), by=coordinator.user, now=MONDAY - timedelta(days=200))
    new = make_published("The swing squeaks.", theme=park, by=coordinator.user)
    plain = make_published("A kind word.", by=coordinator.user, now=MONDAY + timedelta(days=1))
    make_action(old, by=coordinator.user)
    make_action(new, by=coordinator.user, status="planned")
    assert references(resident) == [plain.reference, new.reference, old.reference]
    assert references(resident, service_code="bins,park") == [new.reference, old.reference]
    assert references(resident, service_code="anything") == [plain.reference]
    assert references(resident, status="closed") == [old.reference]
    assert references(resident, status="open") == [plain.reference, new.reference]
    assert references(resident, start_date="2026-03-02T09:00:00Z") == [plain.reference, new.reference]
    assert references(resident, end_date="2026-03-02T11:00:00+01:00") == [new.reference, old.reference]
    assert references(resident, bbox="-1.32,54.76,-1.31,54.77") == [old.reference]
    assert references(resident, page=2, page_size=2) == [old.reference]
    assert references(resident, page=9, page_size=2) == []
    wanted = f"{new.reference.lower()},{old.reference},ZZZ-ZZZ"
    assert references(resident, service_request_id=wanted, status="closed") == [new.reference, old.reference]


def test_a_settled_action_that_was_followed_by_a_new_one_is_open_again(resident: Person, coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    make_action(comment, by=coordinator.user)
    assert references(resident, status="closed") == [comment.reference]
    make_action(comment, by=coordinator.user, status="looking_into_it")
    assert references(resident, status="closed") == []
    assert resident.get("/open311/v2/requests.json").json()[0]["status"] == "open"


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_bad_question_is_told_in_the_standards_own_form(resident: Person, form: str) -> None:
    answer = resident.get(f"/open311/v2/requests.{form}?bbox=here")
    assert answer.status_code == 400
    if form == "json":
        assert answer.json()[0]["code"] == 400
        assert "bbox must be four numbers" in answer.json()[0]["description"]
    else:
        root = ElementTree.fromstring(answer.content)
        assert root.tag == "errors"
        assert root.findtext("error/code") == "400"


@pytest.mark.parametrize("address", ["requests/ZZZ-ZZZ.json", "services/nothing.xml"])
def test_what_there_is_not_is_not_found(resident: Person, address: str) -> None:
    assert resident.get(f"/open311/v2/{address}").status_code == 404


def test_nothing_can_be_written(resident: Person) -> None:
    assert resident.post("/open311/v2/requests.json", {"description": "x"}).status_code == 405


def test_words_that_would_break_xml_do_not(resident: Person, coordinator: Person) -> None:
    comment = make_published("Fish & chips <b>now</b> ]]> \ufffe ok", by=coordinator.user)
    root = ElementTree.fromstring(resident.get(f"/open311/v2/requests/{comment.reference}.xml").content)
    assert root.tag == "service_requests"
    assert root.findtext("request/description", "").startswith("Fish & chips <b>now</b> ]]>")


def test_any_site_may_read_it(resident: Person) -> None:
    answer = resident.get("/open311/v2/services.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Type"].startswith("application/json")


def test_a_long_list_asks_no_more_of_the_database_than_a_short_one(
    resident: Person, coordinator: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        comment = make_published(f"Number {number}.", by=coordinator.user)
        make_action(comment, by=coordinator.user)
    with django_assert_num_queries(4):
        assert len(references(resident)) == 5


def test_a_postcode_is_told_only_where_the_page_tells_it(resident: Person, coordinator: Person) -> None:
    make_postcode()
    around = make_published("Ice on the path.", postcode="SR8 4LX", by=coordinator.user)
    named = make_published("Ice on the steps.", postcode="SR8 4LX", named_place=make_place(), by=coordinator.user)
    told = {one["service_request_id"]: one for one in resident.get("/open311/v2/requests.json").json()}
    assert (told[around.reference]["zipcode"], told[around.reference]["address"]) == ("SR8 4LX", "Around SR8 4LX")
    assert (told[named.reference]["zipcode"], told[named.reference]["address"]) == ("", "Third Street")


def test_a_photo_is_named_by_its_own_page_and_not_once_it_is_hidden(resident: Person, coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(file, "JPEG")
    file.seek(0)
    hang_on(comment=comment, key=take_in(file=file).key)
    (told,) = resident.get("/open311/v2/requests.json").json()
    assert told["media_url"].endswith(f"/have-your-say/comments/{comment.reference}/photo/")
    Photo.objects.update(is_hidden=True)
    (told,) = resident.get("/open311/v2/requests.json").json()
    assert told["media_url"] == ""
