"""Draws the demo's pictures from before and after, so that it carries nobody's photo: a street corner by night."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model

SIZE = (900, 600)
NIGHT, WALL, WALL_LIT, ROAD = "#141d29", "#2b3542", "#7a5f48", "#1d2630"
GLOW, LAMP, POST, WINDOW = "#f4d27a", "#fff3c4", "#0c1218", "#e9b949"


def street_corner(*, is_lit: bool) -> Any:
    """The picture of the corner, dark or lit, as it is kept with other pictures; drawn once."""
    title = f"Example: the corner, {'after' if is_lit else 'before'}"
    words = (
        "A drawing of the same corner: the street light is on and the pavement is bright."
        if is_lit
        else "A drawing of a street corner at night: the street light is off and the pavement is dark."
    )
    pictures = get_image_model().objects
    known = pictures.filter(title=title).first()
    if known is not None:
        return known
    written = BytesIO()
    _draw(is_lit=is_lit).save(written, "PNG", optimize=True)
    file = ContentFile(written.getvalue(), name=f"example-corner-{'after' if is_lit else 'before'}.png")
    return pictures.create(title=title, description=words, file=file)


def _draw(*, is_lit: bool) -> Image.Image:
    picture = Image.new("RGB", SIZE, NIGHT)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 470, *SIZE), fill=ROAD)
    for number in range(5):
        left = number * 150 - 30
        near_lamp = is_lit and number in {3, 4}
        pen.rectangle((left, 230, left + 146, 470), fill=WALL_LIT if near_lamp else WALL)
        pen.polygon([(left - 6, 232), (left + 73, 170), (left + 152, 232)], fill="#3a4654" if near_lamp else "#1f2833")
        pen.rectangle((left + 88, 350, left + 126, 470), fill="#38251c" if near_lamp else "#161e28")
        pen.rectangle((left + 24, 280, left + 70, 340), fill=WINDOW if number == 1 else "#18222e")
    if is_lit:
        pen.polygon([(742, 150), (560, 600), (900, 600), (900, 520)], fill="#5c5138")
        pen.ellipse((610, 500, 900, 590), fill="#8a7748")
        pen.ellipse((700, 110, 784, 194), fill=GLOW)
    pen.rectangle((816, 140, 828, 560), fill=POST)
    pen.rectangle((738, 136, 828, 148), fill=POST)
    pen.rectangle((726, 146, 760, 160), fill=LAMP if is_lit else "#3b444e")
    return picture
