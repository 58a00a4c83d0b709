"""A photo goes along with a comment: kept through mistakes, left out again, and refused by name where it is none."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from engagement.comments.models import Consultation, Photo, PlaceComment
from engagement.comments.views import leaving
from tests.conftest import Person
from tests.engagement.comments.views.leaving import ADD, carried, look, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return SimpleUploadedFile("IMG_2026_at_home.png", out.getvalue(), "image/png")


def test_a_photo_survives_a_mistake_and_the_preview_and_hangs_on_the_comment(resident: Person) -> None:
    html = send(resident, photo=picture(), where_words="").content.decode()
    photo = Photo.objects.get()
    assert "Say where it is" in html
    assert f"/have-your-say/photos/{photo.key}/" in html
    assert f'name="photo_key" value="{photo.key}"' in html
    html = look(resident, photo_key=photo.key)
    assert 'name="photo_words"' in html
    resident.post(ADD, {**carried(html), "photo_words": "A bin", "go": "send"})
    photo.refresh_from_db()
    assert (photo.comment, photo.words) == (PlaceComment.objects.get(), "A bin")


def test_where_comments_are_shown_at_once_the_preview_says_that_a_photo_waits(resident: Person) -> None:
    Consultation.objects.update(moderation="post")
    assert "one of us looks at it before it is shown" not in look(resident)
    assert "one of us looks at it before it is shown" in look(resident, photo=picture())


def test_a_cry_for_help_beside_a_photo_is_answered_before_it_is_sent(resident: Person) -> None:
    assert "could do with help" in look(resident, photo=picture(), photo_words="I can not cope")


def test_a_photo_can_be_left_out_again(resident: Person) -> None:
    send(resident, photo=picture(), where_words="")
    key = Photo.objects.get().key
    html = look(resident, photo_key=key, leave_photo_out="on")
    assert "photo_key" not in carried(html)


def test_what_is_no_picture_is_refused_by_its_name_and_the_words_stay(resident: Person) -> None:
    file = SimpleUploadedFile("holiday.jpg", b"%PDF-1.7 not a picture", "image/jpeg")
    html = send(resident, where_words="here", photo=file).content.decode()
    assert "This is a PDF document" in html
    assert "The bins blow over.</textarea>" in html
    assert not Photo.objects.exists()


def test_very_many_photos_are_refused_and_the_words_stay(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "TOO_MANY_PHOTOS", 1)
    send(resident, where_words="here", go="preview", photo=picture())
    html = send(resident, where_words="here", go="preview", photo=picture()).content.decode()
    assert "Very many photos have come from your connection" in html
    assert Photo.objects.count() == 1
