"""What an editor is warned of."""

import pytest

from newsletter.rendering.checks import warnings_about
from newsletter.rendering.parts import Part, Picture, Row

LEAD = Part(kind="lead", key="0", heading="Warm again", words="<p>Words.</p>")


def picture(**fields: object) -> Picture:
    return Picture(**{"url": "/media/x.jpg", "width": 10, "height": 10, **fields})  # type: ignore[arg-type]


def test_nothing_is_said_about_a_whole_issue() -> None:
    parts = [
        LEAD,
        Part(kind="picture", key="1", picture=picture(alt="The hall")),
        Part(kind="story", key="2", heading="Stripes", picture=picture(is_decorative=True)),
        Part(kind="whats_on", key="3", heading="What is on", rows=(Row(title="Café 100"),)),
    ]
    assert warnings_about(parts) == []


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part(kind="story", key="1", heading="Soup", picture=picture()), "“Soup”: the picture has no words"),
        (Part(kind="picture", key="1"), "Part 2: the picture's file cannot be read"),
        (Part(kind="whats_on", key="1", heading="What is on"), "“What is on” has no sessions"),
        (Part(kind="warm_spaces", key="1", heading="Warm"), "“Warm” has no warm spaces"),
        (Part(kind="contacts", key="1", heading="Us"), "“Us” has nothing in it"),
        (Part(kind="story", key="1", heading="S", words='<p><a href="/x/">Click here</a></p>'), "says only “here”"),
    ],
)
def test_what_is_missing_is_said_with_its_place(part: Part, words: str) -> None:
    (warning,) = warnings_about([LEAD, part])
    assert words in warning


def test_an_issue_without_a_lead_is_told_what_that_means() -> None:
    assert warnings_about([]) == ["There is no lead story, so the front page shows none."]
