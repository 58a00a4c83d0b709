"""The gate's rule about a picture's words: Wagtail fills them in from the name of its file, and that tells nobody anything."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from newsletter.rendering.parts import Picture

_ENDS_LIKE_A_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|heic|tiff?|bmp|avif)$", re.IGNORECASE)
_FROM_A_CAMERA = re.compile(r"(?:IMG|DSCN?|DSCF|PXL|VID|P)[ _-]?\d{3,}\S*", re.IGNORECASE)


def only_names_its_file(picture: Picture) -> bool:
    """Whether the words for people who cannot see it are no more than a file's name."""
    said = picture.alt.strip()
    if not said:
        return False
    if _ENDS_LIKE_A_FILE.search(said) or _FROM_A_CAMERA.fullmatch(said) or _as_in_a_file(said) == _stem_of(picture.url):
        return True
    return " " not in said and ("_" in said or bool(re.search(r"[A-Za-z]", said) and re.search(r"\d", said)))


def _stem_of(url: str) -> str:
    """The name of the file it was made from: "IMG_2034" of "/media/images/IMG_2034.width-1200.jpg"."""
    return PurePosixPath(unquote(urlsplit(url).path)).name.split(".")[0].casefold()


def _as_in_a_file(words: str) -> str:
    """Words as a file's name keeps them: "Soup at the hall" becomes "soup_at_the_hall"."""
    return re.sub(r"[^\w-]", "", words.replace(" ", "_")).casefold()
