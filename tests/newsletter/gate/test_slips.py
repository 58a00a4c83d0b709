"""What slips into an issue unseen: a file's name for a picture's words, a table without its cells, one very hard sentence."""

from datetime import date

import pytest

from newsletter.gate.findings import Kind, findings_in
from newsletter.rendering.parts import Part, Picture

LEAD = Part(kind="lead", key="0", heading="Warm again", words="<p>Words.</p>")


def found(part: Part) -> list[tuple[str, str]]:
    return [(finding.kind, finding.words) for finding in findings_in([LEAD, part], today=date(2026, 11, 22))]


def with_alt(alt: str, *, file: str = "original.width-1200.jpg", is_decorative: bool = False) -> Part:
    shown = Picture(url=f"/media/images/{file}", width=10, height=10, alt=alt, is_decorative=is_decorative)
    return Part(kind="story", key="1", heading="S", picture=shown)


def saying(words: str) -> Part:
    return Part(kind="story", key="1", heading="S", words=f"<p>{words}</p>")


@pytest.mark.parametrize(
    ("alt", "file"),
    [
        ("IMG_2034", "IMG_2034.width-1200.jpg"),
        ("IMG 2034", "other.jpg"),
        ("DSC00017", "x.jpg"),
        ("hall_front", "x.jpg"),
        ("The hall.PNG", "x.jpg"),
        ("hall", "hall.width-1200.jpg"),
        ("Soup at the hall", "Soup_at_the_hall.width-1200.jpg"),
        ("20261119-winter", "x.jpg"),
    ],
)
def test_the_name_of_a_file_is_no_words_for_a_picture(alt: str, file: str) -> None:
    ((kind, words),) = found(with_alt(alt, file=file))
    assert kind == Kind.NO_ALT
    assert f"“{alt}” is only the name of the picture's file" in words


@pytest.mark.parametrize(
    "alt", ["The hall", "Horden", "Two cooks at the stove in 2026", "A bus, the number 24", "A3 map"]
)
def test_words_for_a_picture_are_well(alt: str) -> None:
    assert found(with_alt(alt)) == []


def test_a_decorative_picture_needs_no_words() -> None:
    assert found(with_alt("IMG_2034", is_decorative=True)) == []


@pytest.mark.parametrize(
    "words", ["Mon10amTue11am", "See 11amWed.", "Open at4pm.", "DayMondayTuesday", "Mon10 Tue11", "10am12pm", "2pmSoup"]
)
def test_a_table_that_lost_its_cells_is_found(words: str) -> None:
    ((kind, said),) = found(saying(words))
    assert kind == Kind.JOINED
    assert "some words run together: “" in said


@pytest.mark.parametrize(
    "words",
    [
        "SR8 4LX",
        "A3 and A4",
        "From 4pm to 5:30pm.",
        "10am-12pm",
        "iPhone",
        "McDonald",
        "Mon 10am",
        "Mon-Fri",
        "Mon/Tue",
        "BBC2",
        "COVID19",
        "Sunderland",
        "See https://example.org/Mon10amTue11am",
        "write to at4pm@example.org",
        "on the 2nd of May2026",
    ],
)
def test_words_that_only_look_joined_are_well(words: str) -> None:
    assert Kind.JOINED not in [kind for kind, _ in found(saying(words))]


def test_a_short_part_made_of_long_words_is_hard_to_read() -> None:
    hard = "The implementation of multidisciplinary interventions necessitates organisational transformation."
    ((kind, words),) = found(saying(f"Come in. {hard}"))
    assert kind == Kind.READING_AGE
    assert "Story (“S”) has a sentence that is hard to read: “The implementation of" in words


@pytest.mark.parametrize(
    "words",
    [
        "Ask the Citizens Advice in Easington.",
        "County Durham Community Foundation paid.",
        "Organisational considerations.",
        "The information is in the community library on Tuesday.",
    ],
)
def test_a_name_or_two_do_not_make_a_short_part_hard(words: str) -> None:
    assert found(saying(words)) == []
