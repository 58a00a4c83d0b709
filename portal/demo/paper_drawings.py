"""Draws the pictures of the demo's newspaper, so that it carries nobody's photo: a hall in winter, a street, a pan of soup."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model

SIZE = (1500, 1000)
# The wide one is as broad as an open newspaper.
WIDE = (1500, 760)
INK, PAPER, SNOW, SKY = "#14273a", "#f6efdf", "#e9eef2", "#24415a"
LAMP, GLOW, BRICK, ROOF, GREEN, STEEL = "#f4c95d", "#ffe9ad", "#a4523c", "#3b2f38", "#4f7d5c", "#8497a5"

Pen = ImageDraw.ImageDraw


def picture(name: str) -> Any:
    """One of the drawings as it is kept with other pictures; drawn once."""
    draw, size, title, words = _DRAWINGS[name]
    pictures = get_image_model().objects
    known = pictures.filter(title=title).first()
    if known is not None:
        return known
    drawn = Image.new("RGB", size, SKY)
    draw(ImageDraw.Draw(drawn))
    written = BytesIO()
    drawn.save(written, "PNG", optimize=True)
    return pictures.create(title=title, description=words, file=ContentFile(written.getvalue(), name=f"{name}.png"))


def words_of_picture(name: str) -> str:
    """What the drawing shows, for people who cannot see it."""
    return _DRAWINGS[name][3]


def _hall(pen: Pen) -> None:
    """A hall by night with every window lit, and people on their way in."""
    for number in range(60):
        x, y = (number * 397) % 1500, (number * 211) % 560
        pen.ellipse((x, y, x + 7, y + 7), fill=SNOW)
    pen.rectangle((0, 610, 1500, 760), fill=SNOW)
    pen.rectangle((260, 270, 1240, 640), fill=BRICK)
    pen.polygon([(210, 275), (750, 80), (1290, 275)], fill=ROOF)
    pen.polygon([(236, 262), (750, 76), (1264, 262), (1290, 275), (750, 92), (210, 275)], fill=SNOW)
    for left in (320, 500, 900, 1080):
        pen.rectangle((left, 350, left + 100, 500), fill=GLOW, outline=INK, width=8)
        pen.line((left + 50, 350, left + 50, 500), fill=INK, width=6)
        pen.line((left, 425, left + 100, 425), fill=INK, width=6)
    pen.rectangle((660, 380, 840, 640), fill=INK)
    pen.polygon([(672, 392), (828, 392), (828, 640), (672, 640)], fill=LAMP)
    pen.polygon([(660, 640), (840, 640), (990, 760), (510, 760)], fill=GLOW)
    pen.ellipse((715, 170, 785, 240), fill=GLOW, outline=INK, width=6)
    for x, tall, coat in ((590, 150, GREEN), (930, 128, INK), (1010, 92, BRICK)):
        _person(pen, x, 720, tall, coat)


def _person(pen: Pen, x: int, foot: int, tall: int, coat: str) -> None:
    head = tall // 5
    pen.ellipse((x - head // 2, foot - tall, x + head // 2, foot - tall + head), fill="#c99a78")
    pen.pieslice((x - head // 2 - 3, foot - tall - 6, x + head // 2 + 3, foot - tall + head), 180, 360, fill=LAMP)
    top = foot - tall + head
    pen.polygon(
        [(x - tall // 7, top), (x + tall // 7, top), (x + tall // 5, foot - 14), (x - tall // 5, foot - 14)], fill=coat
    )
    pen.line((x - 10, foot - 16, x - 10, foot), fill=INK, width=12)
    pen.line((x + 10, foot - 16, x + 10, foot), fill=INK, width=12)


def _street(pen: Pen) -> None:
    """A row of brick houses in the sun, with steps, doors and chimneys."""
    pen.rectangle((0, 0, 1500, 1000), fill="#cfe0e6")
    pen.ellipse((1180, 90, 1330, 240), fill=LAMP)
    doors = (GREEN, INK, "#7a3b52", "#2f6f8f", GREEN)
    for number, door in enumerate(doors):
        left = number * 310 - 20
        pen.rectangle((left, 380, left + 310, 800), fill=BRICK if number % 2 else "#b4624a")
        pen.polygon([(left - 4, 384), (left + 40, 260), (left + 270, 260), (left + 314, 384)], fill=ROOF)
        pen.rectangle((left + 215, 190, left + 262, 290), fill="#8a4533")
        for top in (420, 590):
            pen.rectangle((left + 40, top, left + 140, top + 120), fill=PAPER, outline=INK, width=7)
            pen.line((left + 40, top + 60, left + 140, top + 60), fill=INK, width=6)
        pen.rectangle((left + 190, 600, left + 272, 800), fill=door, outline=INK, width=7)
        pen.rectangle((left + 190, 560, left + 272, 600), fill=GLOW, outline=INK, width=7)
        pen.rectangle((left + 178, 796, left + 284, 822), fill=STEEL)
    pen.rectangle((0, 820, 1500, 880), fill="#b9b3a5")
    pen.rectangle((0, 880, 1500, 1000), fill="#6d6f73")
    for left in range(40, 1500, 260):
        pen.rectangle((left, 936, left + 130, 948), fill=PAPER)


def _soup(pen: Pen) -> None:
    """A pan of soup on a table with bread, leeks and steam."""
    pen.rectangle((0, 0, 1500, 1000), fill="#e8d9b8")
    pen.rectangle((0, 640, 1500, 1000), fill="#8a5a3a")
    for top in range(680, 1000, 80):
        pen.line((0, top, 1500, top), fill="#75492c", width=6)
    for x in (620, 750, 880):
        for step in range(6):
            side = 26 if step % 2 else -26
            pen.arc((x - 40 + side, 60 + step * 44, x + 40 + side, 130 + step * 44), 90, 270, fill=PAPER, width=12)
    pen.rectangle((440, 420, 1060, 780), fill=INK)
    pen.ellipse((440, 690, 1060, 860), fill=INK)
    pen.ellipse((440, 340, 1060, 500), fill=STEEL)
    pen.ellipse((470, 358, 1030, 484), fill="#d8b64a")
    for number in range(14):
        x, y = 520 + (number * 149) % 440, 385 + (number * 37) % 66
        pen.ellipse((x, y, x + 46, y + 22), fill=GREEN if number % 2 else PAPER)
    pen.rounded_rectangle((340, 480, 450, 530), 22, fill=INK)
    pen.rounded_rectangle((1050, 480, 1160, 530), 22, fill=INK)
    pen.rounded_rectangle((1130, 700, 1430, 850), 70, fill="#c08542", outline=INK, width=6)
    for left in (1200, 1270, 1340):
        pen.arc((left - 20, 706, left + 40, 780), 180, 300, fill="#8a5a2a", width=9)
    for left in (70, 150, 230):
        pen.rounded_rectangle((left, 640, left + 56, 930), 24, fill=PAPER, outline=INK, width=5)
        pen.polygon([(left, 660), (left + 56, 660), (left + 92, 470), (left + 28, 540), (left - 30, 470)], fill=GREEN)


_DRAWINGS: dict[str, tuple[Callable[[Pen], None], tuple[int, int], str, str]] = {
    "hall": (
        _hall,
        WIDE,
        "Drawing: the hall in winter",
        "A drawing of a brick hall on a snowy evening. Light falls from every window, and three people walk to the door.",
    ),
    "street": (
        _street,
        SIZE,
        "Drawing: a row of houses",
        "A drawing of five brick houses in a row in the sun, each with its own door and chimney.",
    ),
    "soup": (
        _soup,
        SIZE,
        "Drawing: a pan of soup",
        "A drawing of a big pan of soup that steams on a wooden table, with leeks on one side and a loaf on the other.",
    ),
}
