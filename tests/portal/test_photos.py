"""A picture is drawn anew: hidden notes are gone, it stands upright, and what is no picture is refused by its name."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from portal import photos
from portal.photos import clean_photo, smaller
from portal.refusals import Refused

RED, BLUE = (200, 20, 20), (20, 20, 200)


def two_halves(size: tuple[int, int] = (400, 200), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def cleaned(sent: bytes) -> Image.Image:
    return Image.open(io.BytesIO(clean_photo(io.BytesIO(sent)).content))


def phone_notes(turned: int = 1) -> bytes:
    """What a phone writes: its name, the time, the place."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "SecretPhone"
    exif[0x0132] = "2026:03:02 10:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (54.0, 45.0, 36.0), 3: "W", 4: (1.0, 18.0, 36.0)})
    return exif.tobytes()


def test_place_time_device_and_thumbnail_are_gone() -> None:
    comment = b"SecretComment"
    sent = saved(two_halves(), exif=phone_notes(), comment=comment)
    assert b"SecretPhone" in sent
    clean = clean_photo(io.BytesIO(sent))
    for secret in (b"SecretPhone", b"2026:03:02", b"Exif", comment, b"http://ns.adobe", b"ICC_PROFILE"):
        assert secret not in clean.content
    picture = Image.open(io.BytesIO(clean.content))
    assert not picture.getexif()
    assert (picture.format, picture.size) == ("JPEG", (clean.width, clean.height))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_rotation_is_kept(kind: str) -> None:
    picture = cleaned(saved(two_halves(), kind, exif=phone_notes(turned=6)))
    assert picture.size == (200, 400)
    top, bottom = picture.getpixel((100, 20)), picture.getpixel((100, 380))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 150 > top[2]
    assert bottom[2] > 150 > bottom[0]


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_any_kind_of_png_is_taken(mode: str) -> None:
    picture = two_halves().convert("L").convert("I").convert("I;16") if mode == "I;16" else two_halves(mode=mode)
    assert cleaned(saved(picture, "PNG")).size == (400, 200)


def test_a_cmyk_jpeg_is_taken() -> None:
    assert cleaned(saved(two_halves(mode="CMYK"))).mode == "RGB"


def test_what_can_be_seen_through_is_white() -> None:
    assert cleaned(saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG")).getpixel((5, 5)) == (255, 255, 255)


def test_colours_are_those_that_the_profile_means_and_a_broken_profile_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for note in (profile, b"no profile at all"):
        point = cleaned(saved(two_halves(), icc_profile=note)).getpixel((20, 20))
        assert isinstance(point, tuple)
        assert all(abs(seen - meant) < 12 for seen, meant in zip(point, RED, strict=True))


def test_a_large_picture_is_made_smaller() -> None:
    clean = clean_photo(io.BytesIO(saved(two_halves((4000, 3000)))))
    assert (clean.width, clean.height) == (2000, 1500)


def test_smaller_ones_are_as_wide_as_they_say_at_most() -> None:
    large, small = (saved(two_halves(size)) for size in ((2000, 1500), (600, 900)))
    sizes = {width: Image.open(io.BytesIO(content)).size for width, content in smaller(large).items()}
    assert sizes == {640: (640, 480), 1280: (1280, 960)}
    assert {Image.open(io.BytesIO(content)).size for content in smaller(small).values()} == {(600, 900)}


def test_only_the_first_picture_of_several_is_kept() -> None:
    sent = saved(two_halves(), "WEBP", save_all=True, append_images=[Image.new("RGB", (400, 200))])
    assert getattr(cleaned(sent), "n_frames", 1) == 1


def png_that_says_it_is(width: int, height: int) -> bytes:
    """A few bytes that would unpack to a picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", "This file is empty"),
        (b"%PDF-1.7 and so on", "This is a PDF document"),
        (b"GIF89a......", "This is a GIF picture"),
        (b"PK\x03\x04......", "This is a ZIP file"),
        (b"\x00\x00\x00\x18ftypheic....", "This is a HEIC picture"),
        (b"\x00\x00\x00\x18ftypmp42....", "This is a film"),
        (b"MZ\x90\x00 a program", "This is a program"),
        (b"  <svg onload='alert(1)'>", "This is a web page or a drawing"),
        (b"just words", "We cannot read this file"),
        (b"\xff\xd8\xff\xe0 nothing more", "This picture is damaged"),
        (saved(two_halves())[:2000], "This picture is damaged"),
        (png_that_says_it_is(50_000, 50_000), "more than 25 million points"),
        (png_that_says_it_is(5001, 5000), "more than 25 million points"),
        (png_that_says_it_is(3000, 3000), "This picture is damaged"),
        (saved(two_halves()) + b"PK\x03\x04.....PK\x05\x06....", "a picture and something else in one"),
        (saved(two_halves(), comment=b"<SCRIPT>alert(1)</script>"), "a picture and something else in one"),
        (saved(two_halves()) + b"%PDF-1.4", "a picture and something else in one"),
        (saved(two_halves()) + b"\0" * photos.MOST_BYTES, "larger than 10 MB"),
    ],
)
def test_what_is_not_taken_is_refused_by_its_name(sent: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        clean_photo(io.BytesIO(sent))


def test_twenty_five_million_points_are_taken() -> None:
    assert clean_photo(io.BytesIO(saved(Image.new("L", (5000, 5000)), quality=20))).width == 2000


def test_a_film_behind_the_picture_as_some_phones_write_it_is_left_behind() -> None:
    sent = saved(two_halves()) + b"MotionPhoto_Data\x00\x00\x00\x18ftypmp42" + b"SECRET" * 50
    assert b"SECRET" not in clean_photo(io.BytesIO(sent)).content
