"""Takes a picture from a resident's phone in: decoded and drawn anew, so that nothing of the file that was sent is kept."""

import io
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from PIL import Image, ImageCms, ImageOps

from portal.memory import give_back
from portal.refusals import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
ROOT = Path(__file__).resolve().parent.parent
# A picture of the most points was measured to take 0.1 GB (JPEG) to 1.4 GB (WebP that can be seen through, in staff's hands).
MOST_POINTS_HERE = 1_500_000
MOST_MEMORY = 3_000_000_000
LONGEST_WAIT_SECONDS = 30
LONGEST_DRAWING_SECONDS = 90
REFUSED = 3
_TURN = threading.Semaphore(1)
# Wide enough for a full screen; a phone's own picture has four times as many points.
LONGEST_SIDE = 2000
QUALITY = 82
# For screens: as wide as a phone and as a column of words, and again for those with twice the points.
SMALLER_WIDTHS = (640, 1280)
SMALLER_QUALITY = 72
# Staff's pictures also go on paper, where a column is a thousand points wide; their sizes for screens are drawn from this one,
# in the web process, which has no room for more.
LONGEST_SIDE_OF_STAFF = 2400
STAFF_QUALITY = 92

TOO_LARGE = "This picture is larger than 10 MB. Choose a smaller one, or send your words without it."
TOO_MANY_PIXELS = "This picture has more than 25 million points. Choose a smaller one, or send your words without it."
DAMAGED = "This picture is damaged, so we cannot open it. Choose another one, or send your words without it."
TWO_IN_ONE = "This file is a picture and something else in one, so we do not take it. Choose another one."
NOT_A_PICTURE = "We cannot read this file. Choose a JPEG, PNG or WebP picture."
MANY = "Many people are sending pictures just now. Wait a minute, then send yours again."
EMPTY = "This file is empty. Choose another one, or send your words without it."

# What a file is, by how it begins; a name that ends in .jpg proves nothing.
_TAKEN = ("JPEG", "PNG", "WEBP", "MPO")
_BEGINNINGS: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF-", 0, "PDF document"),
    (b"GIF8", 0, "GIF picture"),
    (b"BM", 0, "BMP picture"),
    (b"II*\x00", 0, "TIFF picture"),
    (b"MM\x00*", 0, "TIFF picture"),
    (b"PK\x03\x04", 0, "ZIP file or office document"),
    (b"ftypheic", 4, "HEIC picture"),
    (b"ftypheix", 4, "HEIC picture"),
    (b"ftypmif1", 4, "HEIC picture"),
    (b"ftypavif", 4, "AVIF picture"),
    (b"ftyp", 4, "film"),
    (b"\x1aE\xdf\xa3", 0, "film"),
    (b"MZ", 0, "program"),
    (b"\x7fELF", 0, "program"),
)
_PAGE_BEGINNINGS = (b"<svg", b"<?xml", b"<!doc", b"<html", b"<script")
# A second file inside a picture: what these words begin is read by other programs wherever it stands. They are long
# enough that the points of an honest picture hardly ever spell one; the end of a ZIP file is short, but stands at the end.
_INSIDE = (b"%pdf-", b"<script", b"<?php", b"<!doctype html", b"<html")
_END_OF_ZIP, _ZIP_ENDS_WITHIN = b"PK\x05\x06", 66_000


class CleanPhoto(NamedTuple):
    """A JPEG of our own making: no place, time, device, thumbnail or colour profile, and upright."""

    content: bytes
    width: int
    height: int


def clean_photo(file: IO[bytes]) -> CleanPhoto:
    """Draw a picture anew; Refused, in a sentence that names the reason, for whatever is not one we take."""
    sent = file.read(MOST_BYTES + 1)
    if not sent:
        raise Refused(EMPTY)
    if len(sent) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    _check_beginning(sent)
    drawn = _in_turn("clean", sent)
    with Image.open(io.BytesIO(drawn), formats=("JPEG",)) as photo:
        return CleanPhoto(drawn, *photo.size)


def smaller_names(name: str) -> dict[int, str]:
    """What the smaller ones beside a photo of ours are called, by their width; older photos have none."""
    return {width: f"{name.removesuffix('.jpg')}.{width}.webp" for width in SMALLER_WIDTHS}


def smaller(content: bytes) -> dict[int, bytes]:
    """A photo of ours as WebP, which is quickly drawn and read by nearly every phone, by how wide it is at most."""
    return {width: _as_webp(content, width) for width in SMALLER_WIDTHS}


def _as_webp(content: bytes, width: int) -> bytes:
    drawn = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as photo:
        high = max(1, round(photo.height * width / photo.width))
        photo.draft("RGB", (width, high))
        if photo.width > width:
            photo.thumbnail((width, high), Image.Resampling.LANCZOS)
        photo.save(drawn, "WEBP", quality=SMALLER_QUALITY)
    return drawn.getvalue()


def without_notes(file: IO[bytes]) -> bytes:
    """A picture of staff's drawn anew in its own format, no larger than pages and paper need, so that no place, device or
    comment of the camera's is published with it; Refused for what cannot be read to its end or has too many points."""
    return _in_turn("keep_format", file.read())


def _in_turn(work: str, sent: bytes) -> bytes:
    """One picture at a time is drawn, a large one by a process of its own: for a few seconds it takes up to a gigabyte."""
    if not _TURN.acquire(timeout=LONGEST_WAIT_SECONDS):
        raise Refused(MANY)
    try:
        return _drawn(work, sent) if _points(sent) <= MOST_POINTS_HERE else _drawn_apart(work, sent)
    finally:
        give_back()
        _TURN.release()


def _points(sent: bytes) -> int:
    """How many it says that it has; nothing is unpacked for that."""
    with _refused_in_words(), Image.open(io.BytesIO(sent), formats=_TAKEN) as picture:
        if (points := picture.width * picture.height) > MOST_PIXELS:
            raise Refused(TOO_MANY_PIXELS)
        return points


def _drawn_apart(work: str, sent: bytes) -> bytes:
    command = [sys.executable, "-m", "portal.photos", work]
    try:
        done = subprocess.run(command, input=sent, capture_output=True, cwd=ROOT, timeout=LONGEST_DRAWING_SECONDS)
    except subprocess.TimeoutExpired:
        raise Refused(DAMAGED) from None
    if done.returncode:
        raise Refused(done.stderr.decode() if done.returncode == REFUSED else DAMAGED)
    return done.stdout


def _drawn(work: str, sent: bytes) -> bytes:
    with _refused_in_words():
        return {"clean": _drawn_anew, "keep_format": _drawn_in_its_format}[work](sent)


@contextmanager
def _refused_in_words() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            # Our own limit is below the one at which Pillow warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            yield
    except Image.DecompressionBombError:
        raise Refused(TOO_MANY_PIXELS) from None
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, OverflowError, MemoryError):
        # What Pillow's readers raise for a file that breaks off or lies about itself.
        raise Refused(DAMAGED) from None


def _check_beginning(sent: bytes) -> None:
    for mark, at, name in _BEGINNINGS:
        if sent[at : at + len(mark)] == mark:
            raise Refused(f"This is a {name}. Choose a JPEG, PNG or WebP picture.")
    if sent.lstrip()[:7].lower().startswith(_PAGE_BEGINNINGS):
        raise Refused("This is a web page or a drawing. Choose a JPEG, PNG or WebP picture.")
    if not (sent.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (sent[:4], sent[8:12]) == (b"RIFF", b"WEBP")):
        raise Refused(NOT_A_PICTURE)
    lowered = sent.lower()
    if any(mark in lowered for mark in _INSIDE) or _END_OF_ZIP in sent[-_ZIP_ENDS_WITHIN:]:
        raise Refused(TWO_IN_ONE)


def _drawn_anew(sent: bytes) -> bytes:
    with Image.open(io.BytesIO(sent), formats=_TAKEN) as picture:
        # A JPEG is read smaller at once, which spares most of the memory.
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(_in_plain_colours(picture))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # A new sheet: only points are carried over, so that no note of the old file can come along.
    sheet = Image.new("RGB", upright.size, "white")
    sheet.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    drawn = io.BytesIO()
    sheet.save(drawn, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return drawn.getvalue()


def _drawn_in_its_format(sent: bytes) -> bytes:
    most = (LONGEST_SIDE_OF_STAFF, LONGEST_SIDE_OF_STAFF)
    with Image.open(io.BytesIO(sent), formats=_TAKEN) as picture:
        kind = "JPEG" if picture.format == "MPO" else picture.format
        picture.draft(None, most)
        upright = ImageOps.exif_transpose(_in_plain_colours(picture))
    upright.thumbnail(most, Image.Resampling.LANCZOS)
    sheet = Image.new(upright.mode, upright.size)
    sheet.paste(upright)
    drawn = io.BytesIO()
    sheet.save(drawn, kind, quality=STAFF_QUALITY, optimize=True)
    return drawn.getvalue()


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """In red, green and blue as every screen shows them, with what can be seen through where there is such."""
    profile, exif = picture.info.get("icc_profile"), picture.getexif()
    seen_through = "A" in picture.getbands() or "transparency" in picture.info
    plain = picture.convert("RGBA" if seen_through else "RGB")
    if profile and picture.mode in {"RGB", "RGBA"}:
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(plain, theirs, ImageCms.createProfile("sRGB"), outputMode=plain.mode)
            plain = made or plain
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that cannot be read leaves the colours as they are.
            pass
    # Kept only so that the picture can be turned upright.
    plain.info["exif"] = exif.tobytes()
    return plain


def main() -> None:
    """`python -m portal.photos clean < sent > drawn`: a picture drawn by a process that then ends."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        # Visitors come first.
        os.nice(5)
    try:
        drawn = _drawn(sys.argv[1], sys.stdin.buffer.read())
    except Refused as refused:
        sys.stderr.write(refused.sentence)
        sys.exit(REFUSED)
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    main()
