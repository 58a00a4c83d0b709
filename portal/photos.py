"""Takes a picture from a resident's phone in: decoded and drawn anew, so that nothing of the file that was sent is kept."""

import io
import warnings
from typing import IO, NamedTuple

from PIL import Image, ImageCms, ImageOps

from portal.refusals import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
# Wide enough for a full screen; a phone's own picture has four times as many points.
LONGEST_SIDE = 2000
QUALITY = 82
# Staff's pictures also go on paper, and are made smaller later.
STAFF_QUALITY = 92

TOO_LARGE = "This picture is larger than 10 MB. Choose a smaller one, or send your words without it."
TOO_MANY_PIXELS = "This picture has more than 25 million points. Choose a smaller one, or send your words without it."
DAMAGED = "This picture is damaged, so we cannot open it. Choose another one, or send your words without it."
TWO_IN_ONE = "This file is a picture and something else in one, so we do not take it. Choose another one."
NOT_A_PICTURE = "We cannot read this file. Choose a JPEG, PNG or WebP picture."
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
    try:
        with warnings.catch_warnings():
            # Our own limit is below the one at which Pillow warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _drawn_anew(sent)
    except Image.DecompressionBombError:
        raise Refused(TOO_MANY_PIXELS) from None
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, OverflowError, MemoryError):
        # What Pillow's readers raise for a file that breaks off or lies about itself.
        raise Refused(DAMAGED) from None


def without_notes(file: IO[bytes]) -> bytes:
    """A picture of staff's drawn anew at its own size and in its own format, so that no place, device or comment of the
    camera's is published with it; Refused for what cannot be read to its end or has too many points."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=_TAKEN) as picture:
                kind = "JPEG" if picture.format == "MPO" else picture.format
                if picture.width * picture.height > MOST_PIXELS:
                    raise Refused(TOO_MANY_PIXELS)
                upright = ImageOps.exif_transpose(_in_plain_colours(picture))
                sheet = Image.new(upright.mode, upright.size)
                sheet.paste(upright)
    except Image.DecompressionBombError:
        raise Refused(TOO_MANY_PIXELS) from None
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, OverflowError, MemoryError):
        raise Refused(DAMAGED) from None
    drawn = io.BytesIO()
    sheet.save(drawn, kind, quality=STAFF_QUALITY, optimize=True)
    return drawn.getvalue()


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


def _drawn_anew(sent: bytes) -> CleanPhoto:
    with Image.open(io.BytesIO(sent), formats=_TAKEN) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(TOO_MANY_PIXELS)
        # A JPEG is read smaller at once, which spares most of the memory.
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(_in_plain_colours(picture))
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        # A new sheet: only points are carried over, so that no note of the old file can come along.
        sheet = Image.new("RGB", upright.size, "white")
        sheet.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    drawn = io.BytesIO()
    sheet.save(drawn, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return CleanPhoto(drawn.getvalue(), *sheet.size)


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
