"""In which sizes an editor's picture is drawn for screens: small ones for small screens, and one that older browsers can read."""

from wagtail.images.models import AbstractImage, AbstractRendition, Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

from portal.changes import remembered

# As AVIF a picture weighs a third to a half of what it weighs as JPEG. Neither AVIF nor WebP is written with the place, the
# time and the device of a photo; as JPEG and PNG our image library would pass them on.
WIDTHS = (1200, 800, 400)
AVIF = tuple(f"format-avif|width-{width}" for width in WIDTHS)
FOR_OLDER_BROWSERS = "format-webp|width-800"
# What a list prefetches that shows pictures.
SIZES = (*AVIF, FOR_OLDER_BROWSERS)


def drawn(image: AbstractImage, *, sizes: str, is_first: bool = False) -> Picture:
    """The picture in its sizes; `sizes` says how wide it stands at which width of window. Only the first of a page, which
    may be seen at once, is asked for at once."""
    when = {"fetchpriority": "high"} if is_first else {"loading": "lazy"}
    found = remembered(f"sizes of picture {image.pk}", lambda: get_renditions_or_not_found(image, SIZES))
    return Picture(found, {"sizes": sizes, **when})


def avif_of(image: AbstractImage) -> str:
    """The sizes as AVIF, as a `srcset` names them."""
    made: dict[str, AbstractRendition] = image.get_renditions(*AVIF)
    return str(Picture.get_width_srcset(list(made.values())))
