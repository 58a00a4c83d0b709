"""Twenty-six nasty files at each door for uploads: a resident's photo, a picture of staff, a document of staff."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from wagtail.documents.forms import get_document_form
from wagtail.documents.models import Document
from wagtail.images.forms import get_image_form
from wagtail.images.models import Image
from wagtail.models import Collection

from portal.photos import MOST_BYTES, clean_photo
from portal.refusals import Refused
from tests.conftest import Person
from tests.portal.test_photos import phone_notes, png_that_says_it_is, saved, two_halves

SECRETS = (b"SecretPhone", b"2026:03:02", b"SecretComment", b"<script", b"onload", b"%PDF", b"<?php", b"PK\x05\x06")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
JPEG = saved(two_halves(), exif=phone_notes(), comment=b"SecretComment")
PNG = saved(two_halves(), "PNG", exif=phone_notes())
WEBP = saved(two_halves(), "WEBP", exif=phone_notes())


def frames(count: int) -> bytes:
    return saved(two_halves((20, 20)), "WEBP", save_all=True, append_images=[two_halves((20, 20))] * count)


# What it is, its name, its bytes, and whether a photo or a picture may be made of it.
NASTY: list[tuple[str, str, bytes, bool]] = [
    ("a photo with all a phone writes", "IMG_1.jpg", JPEG, True),
    ("a PNG with a phone's notes", "a.png", PNG, True),
    ("a WebP with a phone's notes", "a.webp", WEBP, True),
    ("a name that leads elsewhere", "../../../etc/passwd.jpg", JPEG, True),
    ("a name with a script", '"><script>alert(1)</script>.jpg', JPEG, True),
    ("a very long name", "x" * 400 + ".jpg", JPEG, True),
    ("a name with two endings", "photo.php.jpg", JPEG, True),
    ("a name with what cannot be seen", "\u202egpj.exe.jpg", JPEG, True),
    ("a film of pictures", "film.webp", frames(5), True),
    ("a drawing", "drawing.svg", SVG, False),
    ("a drawing that says it is a photo", "drawing.jpg", SVG, False),
    ("a drawing behind an XML line", "drawing.png", b'<?xml version="1.0"?>' + SVG, False),
    ("a web page that says it is a photo", "page.jpg", HTML, False),
    ("a program that says it is a photo", "setup.jpg", b"MZ\x90\x00" + b"\0" * 200, False),
    ("a PHP file that says it is a photo", "x.jpg", b"<?php system($_GET['c']); ?>", False),
    ("nothing", "empty.jpg", b"", False),
    ("half a photo", "half.jpg", JPEG[: len(JPEG) // 2], False),
    ("the beginning of a photo", "begin.jpg", b"\xff\xd8\xff\xe0", False),
    ("a picture of 2,500 million points", "bomb.png", png_that_says_it_is(50_000, 50_000), False),
    ("a picture just over 25 million points", "big.png", png_that_says_it_is(5001, 5000), False),
    ("a picture that breaks off", "lies.png", png_that_says_it_is(3000, 3000), False),
    ("a file over 10 MB", "fat.jpg", JPEG + b"\0" * MOST_BYTES, False),
    ("a TIFF", "scan.tiff", saved(two_halves(), "TIFF"), False),
    ("a GIF", "moving.gif", saved(two_halves(mode="P"), "GIF"), False),
    ("a PDF that says it is a photo", "x.jpg", b"%PDF-1.7\n%%EOF", False),
    ("a ZIP that says it is a photo", "x.png", b"PK\x03\x04" + b"\0" * 50 + b"PK\x05\x06" + b"\0" * 18, False),
]
IDS = [what for what, *_ in NASTY]
# A photo that ends with a second file is one that a picture of staff may be: what is served is drawn anew.
TWO_IN_ONE = [JPEG + b"PK\x03\x04....PK\x05\x06" + b"\0" * 18, JPEG + b"%PDF-1.4", saved(two_halves(), comment=HTML)]


def test_there_are_twenty_six() -> None:
    assert len(NASTY) == 26


@pytest.mark.parametrize(("what", "name", "sent", "is_taken"), NASTY, ids=IDS)
def test_a_residents_photo_is_drawn_anew_or_refused(what: str, name: str, sent: bytes, is_taken: bool) -> None:
    if not is_taken:
        with pytest.raises(Refused):
            clean_photo(io.BytesIO(sent))
        return
    assert_clean(clean_photo(io.BytesIO(sent)).content)


@pytest.mark.parametrize("sent", TWO_IN_ONE)
def test_two_files_in_one_are_no_photo(sent: bytes) -> None:
    with pytest.raises(Refused, match="something else in one"):
        clean_photo(io.BytesIO(sent))


def assert_clean(served: bytes) -> None:
    assert not any(secret in served for secret in SECRETS)
    picture = Picture.open(io.BytesIO(served))
    assert picture.format in {"JPEG", "PNG", "WEBP"}
    assert not picture.getexif()
    assert picture.width * picture.height <= 25_000_000


def staff_form(make: Callable[[Any], Any], model: Any, name: str, sent: bytes, person: Person) -> Any:
    file = SimpleUploadedFile("x", sent, content_type="image/jpeg")
    # As the browser sends it: Django takes the folders off a name.
    file.name = name
    typed = {"title": "Somebody’s", "collection": Collection.get_first_root_node().pk}
    return make(model)(typed, {"file": file}, user=person.user)


@pytest.mark.django_db
def test_a_picture_of_staff_is_refused_or_served_without_a_note_of_the_file(editor: Person) -> None:
    """Never the file itself: what is served are renditions, drawn anew."""
    wrong = []
    also = [("two in one", f"two{number}.jpg", sent, True) for number, sent in enumerate(TWO_IN_ONE)]
    for what, name, sent, is_taken in [*NASTY, *also]:
        form = staff_form(get_image_form, Image, name, sent, editor)
        if not form.is_valid():
            wrong += [f"{what} was refused: {form.errors}"] if is_taken and len(name) < 200 else []
            continue
        if not is_taken:
            wrong.append(f"{what} was taken")
            continue
        image = form.save()
        assert "/" not in image.file.name.removeprefix("original_images/")
        for spec in ("width-100", "original", "format-jpeg"):
            assert_clean(image.get_rendition(spec).file.read())
        assert editor.get(f"/media/{image.file.name}").status_code == 404
    assert wrong == [], "\n".join(wrong)


@pytest.mark.django_db
def test_a_document_of_staff_is_handed_out_to_be_kept_never_opened_on_our_address(
    editor: Person, resident: Person
) -> None:
    for name in ("page.html", "drawing.svg", "setup.exe", "macro.docm", "x.php", "x.js", "no-ending"):
        assert not staff_form(get_document_form, Document, name, HTML, editor).is_valid(), name
    for name, sent in (("minutes.pdf", b"%PDF-1.4"), ("page.pdf", HTML), ("table.csv", b"a,b"), ("x.txt", SVG)):
        form = staff_form(get_document_form, Document, name, sent, editor)
        assert form.is_valid(), form.errors
        answer = resident.get(form.save().url)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    fat = staff_form(get_document_form, Document, "fat.pdf", b"%PDF" + b"\0" * MOST_BYTES, editor)
    assert not fat.is_valid()
