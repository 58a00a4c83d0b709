"""The files of pictures as they go on paper: read from where the site keeps them, made small, flat and plain."""

import base64
import io
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

from newsletter.printing.values import Shown
from newsletter.rendering.parts import Part, Picture

FOLDER = "images/"
MOST_PIXELS = 1000
QUALITY = 80


def pictures_of(parts: Iterable[Part]) -> tuple[dict[str, Shown], dict[str, bytes]]:
    """What can be printed by the parts' keys, and the files by name.

    A picture that says something needs words for those who cannot see it: its own, or its caption. Without either it
    stays off the paper, as does one whose file is gone or broken.
    """
    shown: dict[str, Shown] = {}
    files: dict[str, bytes] = {}
    for number, part in enumerate(parts):
        picture = part.picture
        if picture is None or not (picture.is_decorative or words_for(picture)):
            continue
        drawn = for_paper(picture)
        if drawn is None:
            continue
        content, width, height = drawn
        name = f"picture-{number}.svg"
        files[name] = _in_svg(content, width, height)
        shown[part.key] = Shown(
            name=name, alt=words_for(picture), is_decorative=picture.is_decorative, width=width, height=height
        )
    return shown, files


def words_for(picture: Picture) -> str:
    """What a picture shows, in words; empty where nobody wrote any."""
    return " ".join((picture.alt or picture.caption).split())


def for_paper(picture: Picture) -> tuple[bytes, int, int] | None:
    """The picture as a flat JPEG with its size; None where it cannot be read."""
    path = unquote(urlsplit(picture.url).path)
    if FOLDER not in path:
        return None
    try:
        with default_storage.open(path[path.index(FOLDER) :]) as file, Image.open(file) as opened:
            image = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    image.thumbnail((MOST_PIXELS, MOST_PIXELS))
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A"))
    kept = io.BytesIO()
    flat.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return kept.getvalue(), *flat.size


def _in_svg(content: bytes, width: int, height: int) -> bytes:
    """The JPEG inside a drawing: typst takes files from memory only where they are text."""
    data = base64.b64encode(content).decode()
    size = f'width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size}>'
    return f'{head}<image {size} href="data:image/jpeg;base64,{data}"/></svg>'.encode()
