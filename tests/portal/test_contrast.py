"""The colours that stand on each other differ enough to be read, in light and in dark (WCAG 2.2: 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "portal" / "static" / "portal" / "css"
WORDS = 4.5
SIGNS = 3.0

PAIRS = [
    *((ink, ground, WORDS) for ink in ("ink", "ink-soft", "action", "danger") for ground in ("paper", "sheet")),
    *((ink, wash, WORDS) for ink in ("ink", "action") for wash in ("wash-lamp", "wash-glass", "wash-brick")),
    ("action-strong", "paper", WORDS),
    ("on-action", "action", WORDS),
    ("on-action", "action-strong", WORDS),
    ("paper", "danger", WORDS),
    ("paper", "ink", WORDS),
    ("on-bar", "bar", WORDS),
    ("on-bar", "bar-deep", WORDS),
    ("on-bar", "door", WORDS),
    ("edge", "paper", SIGNS),
    ("edge", "sheet", SIGNS),
    ("edge", "wash-glass", SIGNS),
    ("lamp", "focus-edge", SIGNS),
    ("lamp", "bar-deep", SIGNS),
    ("door", "paper", SIGNS),
]


def colours(css: str) -> dict[str, str]:
    """Custom properties of a block of CSS with `var()` replaced by what it stands for."""
    said: dict[str, str] = dict(re.findall(r"--([\w-]+):\s*([^;]+);", css))
    plain = {name: said.get(value.removeprefix("var(--").removesuffix(")"), value) for name, value in said.items()}
    return {name: value for name, value in plain.items() if value.startswith("#")}


def schemes() -> dict[str, dict[str, str]]:
    light, dark = (CSS / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    return {"light": colours(light), "dark": colours(light + dark)}


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_what_stands_on_it_can_be_read(ink: str, ground: str, least: float, scheme: str) -> None:
    said = schemes()[scheme]
    assert contrast(said[ink], said[ground]) >= least, f"{ink} on {ground}"


def test_the_focus_ring_is_seen_on_every_ground() -> None:
    """Its yellow or its dark edge differs from whatever lies under it."""
    for said in schemes().values():
        for ground in ("paper", "sheet", "bar", "bar-deep", "door", "action", "danger", "wash-lamp"):
            ring = max(contrast(said["lamp"], said[ground]), contrast(said["focus-edge"], said[ground]))
            assert ring >= SIGNS, ground


def test_no_colour_is_named_outside_the_tokens() -> None:
    """Print is black; the rest takes its colours from tokens.css, so that five of them make a place's own."""
    for name in ("base.css", "layout.css", "components.css"):
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", (CSS / name).read_text())) <= {"#fff"}, name


def test_styles_and_scripts_stay_small() -> None:
    """An old phone on a slow line: all the CSS in 28 KiB and all our scripts in 16 KiB, before they are packed."""
    assert sum(path.stat().st_size for path in CSS.glob("*.css")) <= 28 * 1024
    assert sum(path.stat().st_size for path in CSS.parent.glob("js/*.js")) <= 16 * 1024
