"""A photo waits for its comment for a day, hangs on one comment alone, and leaves no file behind."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from engagement.comments.actions.moderating import decide
from engagement.comments.actions.photos import forget, hang_on, take_in
from engagement.comments.kept import PHOTOS
from engagement.comments.models import Photo
from portal.audit.models import AuditEvent
from portal.photos import smaller_names
from portal.privacy.filing import loose_in
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_comment, make_published
from tests.factories.purging import purged

pytestmark = pytest.mark.django_db


def make_photo(**words: Any) -> Photo:
    """A green picture, taken in on Monday."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "PNG")
    return take_in(file=io.BytesIO(out.getvalue()), **{"now": MONDAY, **words})


def test_a_photo_is_kept_under_a_key_that_nobody_can_guess() -> None:
    one, two = make_photo(), make_photo()
    assert (one.width, one.height, one.comment) == (60, 40, None)
    assert len(one.key) == 32
    assert one.key != two.key
    assert one.image.name.startswith("comments/")
    assert one.image.open("rb").read(3) == b"\xff\xd8\xff"
    assert AuditEvent.objects.about(one).get().action == "comments.take_in_photo"


def test_smaller_ones_lie_beside_it_and_no_sweep_takes_them_for_strays() -> None:
    photo = make_photo()
    there = {photo.image.name, *smaller_names(photo.image.name).values()}
    for name in smaller_names(photo.image.name).values():
        with photo.image.storage.open(name) as file:
            assert file.read(12)[8:] == b"WEBP"
    in_a_week = timezone.now() + timedelta(days=7)
    assert not there & set(loose_in(PHOTOS, in_a_week).without_row)
    Photo.objects.all().delete()
    assert there <= set(loose_in(PHOTOS, in_a_week).without_row)


def test_a_disk_that_is_full_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    storage = Photo._meta.get_field("image").storage
    save = storage.save

    def full(name: str, content: Any, **options: Any) -> str:
        if name.endswith(".1280.webp"):
            raise OSError("No space left on device")
        kept.append(save(name, content, **options))
        return kept[-1]

    monkeypatch.setattr(storage, "save", full)
    with pytest.raises(OSError, match="No space"):
        make_photo()
    assert len(kept) == 2
    assert not any(storage.exists(name) for name in kept)


def test_what_is_no_picture_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(Refused, match="PDF document"):
        take_in(file=io.BytesIO(b"%PDF-1.7"))
    assert not Photo.objects.exists()


def test_a_photo_hangs_on_one_comment_alone() -> None:
    photo, comment = make_photo(), make_comment()
    assert hang_on(comment=comment, key=photo.key, words="A bin\x00") == photo
    photo.refresh_from_db()
    assert (photo.comment, photo.words) == (comment, "A bin")
    assert hang_on(comment=make_comment(), key=photo.key) is None
    assert hang_on(comment=make_comment(), key="unknown") is None


def test_a_photo_that_was_never_sent_goes_after_a_day_with_its_file(
    django_capture_on_commit_callbacks: Any,
) -> None:
    old, sent, new = make_photo(), make_photo(), make_photo(now=MONDAY + timedelta(hours=2))
    hang_on(comment=make_comment(), key=sent.key)
    with django_capture_on_commit_callbacks(execute=True):
        assert purged(MONDAY + timedelta(days=1, minutes=1), "comments.unsent_photos") == 1
    assert set(Photo.objects.all()) == {sent, new}
    assert not old.image.storage.exists(old.image.name)
    assert sent.image.storage.exists(sent.image.name)


def test_a_file_stays_until_it_is_certain_that_its_row_is_gone() -> None:
    photo = make_photo()
    forget(photos=[photo])
    assert photo.image.storage.exists(photo.image.name)


def test_an_erased_comment_takes_its_photo_and_the_file_with_it(
    coordinator: Person, django_capture_on_commit_callbacks: Any
) -> None:
    photo, comment = make_photo(), make_published(by=coordinator.user)
    hang_on(comment=comment, key=photo.key)
    with django_capture_on_commit_callbacks(execute=True):
        for change in ("withdraw", "erase"):
            decide(comment=comment, change=change, reason="asked", by=coordinator.user)
    assert not Photo.objects.exists()
    for name in (photo.image.name, *smaller_names(photo.image.name).values()):
        assert not photo.image.storage.exists(name)
