"""A finding says of which part it is, with the word under which the editor shows it."""

from datetime import date

import pytest

from newsletter.blocks import IssueBody
from newsletter.gate.findings import findings_in
from newsletter.gate.naming import LABELS, names_of
from newsletter.rendering.parts import Part, Picture


def part(kind: str, heading: str = "") -> Part:
    return Part(kind=kind, key=f"{kind}-{heading}", heading=heading)


def test_parts_bear_the_names_of_their_blocks() -> None:
    assert {name: str(child.label) for name, child in IssueBody().child_blocks.items()} == LABELS


def test_those_of_a_kind_are_counted_where_there_are_several() -> None:
    parts = [
        part("lead", "Warm again"),
        part("story", "Soup"),
        part("whats_on", "What is on"),
        part("story"),
        part("quote"),
    ]
    assert names_of(parts) == ["Lead story (“Warm again”)", "Story 1 (“Soup”)", "“What is on”", "Story 2", "Quote"]


def test_two_lists_of_the_same_headline_are_told_apart() -> None:
    assert names_of([part("whats_on", "What is on"), part("whats_on", "What is on")]) == [
        "What is on 1 (“What is on”)",
        "What is on 2 (“What is on”)",
    ]


def test_a_finding_begins_with_its_part() -> None:
    shown = Part(kind="story", key="3", heading="Hall", picture=Picture(url="/media/x.jpg", width=10, height=10))
    found = findings_in([part("lead", "Warm"), part("story", "Soup"), shown], today=date(2026, 11, 22))
    assert [one.words for one in found] == [
        "Story 2 (“Hall”): the picture has no words for people who cannot see it. Say what it shows, or mark it as decorative."
    ]


@pytest.mark.django_db
def test_a_preview_holds_the_words_for_the_checker() -> None:
    from tests.factories.newsletter import an_issue, story

    page = an_issue(body=[story(words='<p><a href="/x/">Click here</a></p>')])
    shown = page.make_preview_request(preview_mode="").content.decode()
    assert 'data-says="Story (“Soup on Fridays”): a link says only “Click here”' in shown
