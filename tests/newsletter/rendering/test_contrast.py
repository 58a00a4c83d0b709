"""The e-mail's colours can be read, by day and by night."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SOURCE = Path(settings.BASE_DIR, "templates/emails/newsletter/issue.mjml").read_text()
# WCAG 2.2, 1.4.3 and, for lines that mean something, 1.4.11.
WORDS, LINES = 4.5, 3.0
DAY = {"paper": "#fdf9f0", "notice": "#ffeebd"}
NIGHT = {"paper": "#0c161f", "notice": "#3a300f"}


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_by_hand() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("is_night", [False, True])
def test_words_stand_out_from_what_they_stand_on(is_night: bool) -> None:
    day, night = SOURCE.split("@media (prefers-color-scheme: dark) {")
    night = night.split("@media (max-width")[0]
    rules, grounds = (night, NIGHT) if is_night else (day, DAY)
    assert all(ground in rules for ground in grounds.values())
    inks = set(re.findall(r"(?<![-\w])color(?:: |=\")(#[0-9a-f]{6})", rules))
    assert len(inks) >= 3
    poor = {(ink, ground) for ink in inks for ground in grounds.values() if contrast(ink, ground) < WORDS}
    assert poor == set()


def test_the_heavy_lines_stand_out_too() -> None:
    assert contrast("#14273a", DAY["paper"]) >= LINES
    assert contrast("#8497a5", NIGHT["paper"]) >= LINES
