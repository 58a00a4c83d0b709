"""Who sees a photo: its author while it is written, everybody once it is published, staff always, and nobody what is hidden."""

import pytest

from engagement.comments.actions.photos import hang_on
from engagement.comments.models import Photo
from engagement.comments.workflow import Status
from portal.photos import smaller_names
from tests.conftest import Person
from tests.engagement.comments.actions.test_photos import make_photo
from tests.factories.comments import make_comment, make_published

pytestmark = pytest.mark.django_db


def test_the_author_sees_it_while_writing_and_the_key_opens_nothing_afterwards(resident: Person) -> None:
    photo = make_photo()
    address = f"/have-your-say/photos/{photo.key}/"
    answer = resident.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in answer.headers["Cache-Control"]
    hang_on(comment=make_comment(), key=photo.key)
    assert resident.get(address).status_code == 404
    assert resident.get("/have-your-say/photos/unknown/").status_code == 404


def test_everybody_sees_it_once_the_comment_is_published_and_not_while_it_is_hidden(
    resident: Person, coordinator: Person
) -> None:
    waiting, shown = make_comment(), make_published(by=coordinator.user)
    for comment in (waiting, shown):
        hang_on(comment=comment, key=make_photo().key)
    assert resident.get(f"/have-your-say/comments/{waiting.reference}/photo/").status_code == 404
    assert resident.get(f"/have-your-say/comments/{shown.reference}/photo/").status_code == 200
    Photo.objects.of(shown.reference).update(is_hidden=True)
    assert resident.get(f"/have-your-say/comments/{shown.reference}/photo/").status_code == 404


def test_a_phone_gets_a_smaller_one_under_the_same_rule(resident: Person, coordinator: Person) -> None:
    shown = make_published(by=coordinator.user)
    photo = make_photo()
    writing = f"/have-your-say/photos/{photo.key}/640/"
    assert resident.get(writing).headers["Content-Type"] == "image/webp"
    hang_on(comment=shown, key=photo.key)
    assert resident.get(writing).status_code == 404
    address = f"/have-your-say/comments/{shown.reference}/photo/"
    html = resident.get(f"/have-your-say/comments/{shown.reference}/").content.decode()
    assert f'srcset="{address}640/ 640w, {address}1280/ 1280w"' in html
    sorts = {width: resident.get(f"{address}{width}/").headers["Content-Type"] for width in (640, 1280, 9)}
    assert sorts == {640: "image/webp", 1280: "image/webp", 9: "image/jpeg"}
    # One from before there were any smaller ones.
    photo.image.storage.delete(smaller_names(photo.image.name)[640])
    assert resident.get(f"{address}640/").headers["Content-Type"] == "image/jpeg"
    Photo.objects.update(is_hidden=True)
    assert resident.get(f"{address}640/").status_code == 404


def test_staff_who_look_after_comments_see_it_at_any_time(
    coordinator: Person, stranger: Person, navigator: Person
) -> None:
    comment = make_comment()
    hang_on(comment=comment, key=make_photo().key)
    Photo.objects.update(is_hidden=True)
    address = f"/staff/comments/{comment.reference}/photo/"
    assert comment.status == Status.WAITING
    assert coordinator.get(address).status_code == 200
    assert stranger.get(address).status_code == 302
    assert navigator.get(address).status_code in {302, 403}
    assert coordinator.get("/staff/comments/K7M-2QX/photo/").status_code == 404
