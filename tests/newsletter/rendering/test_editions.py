"""Web, e-mail, text and paper say the same: the same words, the same links, the same dates."""

import re
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings

from newsletter.blocks import IssueBody
from newsletter.models import IssuePage
from newsletter.rendering.edition import (
    LEAVE_MARK,
    PREFERENCES_MARK,
    Edition,
    edition_of,
    parts_of_issue,
    with_example_links,
)
from newsletter.rendering.parts import Part, Row
from portal.text import without_tags
from tests.conftest import Person
from tests.factories.newsletter import a_picture, an_issue, block, lead, story
from tests.newsletter.rendering.shown import EDITIONS, Shown, flat
from tests.paper import squeezed

pytestmark = pytest.mark.django_db

SESSIONS = (
    Row(
        title="Café 100",
        detail="Wednesday 25 November, 11:30am to 1:30pm · Centennial Centre",
        url="/activities/cafe-100/",
        is_live=True,
    ),
    Row(title="Men & sheds", detail="Ring to ask when", url="/activities/sheds/", is_live=True),
)
WARM = (Row(title="The <Welfare> Hall", detail="Monday to Friday 9am to 3pm", url="/venues/welfare/", is_live=True),)
GRASS = (
    Row(
        title="The spare grass",
        detail="What should become of it? Open until Friday 4 December 2026.",
        url="/have-your-say/in/grass/",
        is_live=True,
        until_on="2026-12-04",
    ),
)
DONE = (
    Row(title="The back lane is lit", detail="Done. Six new lamps.", url="/you-said-we-did/#action-1", is_live=True),
)


@pytest.fixture
def issue() -> IssuePage:
    """An issue with one of every block, and every kind of awkward letter."""
    picture = {"image": a_picture().pk, "alt_text": "People at a long table", "decorative": False}
    return an_issue(
        body=[
            lead(heading="It’s warm & “open”", picture=picture, caption="Friday’s soup"),
            story(
                words='<h3>When</h3><p>Ask <a href="https://example.org/a?b=1&amp;c=2">the club</a>,'
                ' or <a href="mailto:club@example.org">write to them</a>.</p><ul><li>Soup</li></ul>'
            ),
            block("picture", picture=picture, caption="The long table"),
            block("quote", words="I had no idea <3", who="Ann, of Third Street"),
            block("notice", heading="Shut on Boxing Day", text="Ring 01632 960100 if you are cold."),
            block("whats_on", heading="What is on", note="Ring first."),
            block("warm_spaces", heading="Somewhere warm", note=""),
            block(
                "you_said_we_did", heading="You said, we did", rows=[{"said": "Dark lane", "did": "Lamps"}], newest=1
            ),
            block(
                "invitation",
                sort="consultation",
                heading="What about the grass?",
                words="<p>One line will do.</p>",
                consultation="grass",
            ),
            block(
                "invitation",
                sort="poll",
                heading="One tick",
                words="<p>It is quick.</p>",
                question="What would you come for?",
                choices=["A hot meal", "A talk & tea"],
                until="2026-12-06",
                link="/have-your-say/add/",
                link_words="Tell us on the map",
                how="Or bring it to the hall.",
            ),
            block(
                "invitation",
                sort="volunteers",
                heading="An hour to spare?",
                words="",
                until="2026-12-13",
                link="https://example.org/help",
                link_words="Offer your help",
                how="Or come in.",
            ),
            block(
                "recipe",
                heading="Leek soup",
                words="<p>It costs little.</p>",
                serves="4 people",
                needs=["2 leeks", "1 onion"],
                steps=["Wash the leeks.", "Cook them."],
                picture=picture,
                caption="The pan",
                note="It keeps.",
            ),
            block("puzzle", heading="A riddle", words="<p>What has a neck?</p>", answer="A bottle, of course."),
            block("contacts", heading="Reach us", lines=[{"label": "Write", "value": "hello@example.org"}], note=""),
        ]
    )


@pytest.fixture(autouse=True)
def _the_village() -> Any:
    with (
        patch("newsletter.rendering.live.sessions", return_value=SESSIONS),
        patch("newsletter.rendering.live.warm_spaces", return_value=WARM),
        patch("newsletter.rendering.live.actions", return_value=DONE),
        patch("newsletter.rendering.live.consultation", return_value=GRASS),
    ):
        yield


@pytest.fixture
def edition(issue: IssuePage) -> Edition:
    return edition_of(issue)


@pytest.fixture
def web(issue: IssuePage, resident: Person) -> str:
    page = resident.get(issue.path_on_site).content.decode()
    return page[page.index('<div class="issue">') : page.index('<aside class="issue-next')]


def sentences(parts: list[Part]) -> set[str]:
    """Everything that the neutral list says."""
    said: set[str] = set()
    for part in parts:
        said |= {part.heading, part.standfirst, part.who, part.note, part.serves, part.answer}
        said |= {*part.choices, *part.needs, *part.steps}
        said |= set(without_tags(re.sub(r"<[^>]+>", "\n", part.words)).splitlines())
        for row in part.rows:
            said |= {row.title, row.detail}
        if part.picture:
            said |= {part.picture.alt, part.picture.caption}
    return {flat(sentence) for sentence in said if re.search(r"\w", sentence)}


@pytest.fixture(params=sorted(EDITIONS))
def shown(request: pytest.FixtureRequest, issue: IssuePage, resident: Person) -> Shown:
    return EDITIONS[request.param](issue, resident)


def test_each_edition_says_every_word_of_the_issue(shown: Shown, issue: IssuePage) -> None:
    assert {part.kind for part in parts_of_issue(issue)} == set(IssueBody.base_blocks)
    wanted = sentences(parts_of_issue(issue))
    assert len(wanted) > 45
    assert {sentence for sentence in wanted if squeezed(sentence) not in squeezed(shown.words)} == set()
    assert "mailto:" not in shown.words


def test_each_edition_has_the_same_dates(shown: Shown) -> None:
    date = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\d+(?:November|December)"
    assert sorted(re.findall(date, squeezed(shown.words))) == [
        "Friday4December",
        "Sunday13December",
        "Sunday6December",
        "Thursday19November",
        "Wednesday25November",
    ]


def test_each_edition_leads_to_the_same_addresses(shown: Shown) -> None:
    base = settings.BASE_URL
    assert shown.links == {
        f"{base}/warm-spaces/",
        "https://example.org/a?b=1&c=2",
        f"{base}/activities/cafe-100/",
        f"{base}/activities/sheds/",
        f"{base}/venues/welfare/",
        f"{base}/you-said-we-did/#action-1",
        f"{base}/have-your-say/in/grass/",
        f"{base}/have-your-say/add/",
        "https://example.org/help",
        "mailto:hello@example.org",
        "mailto:club@example.org",
    }


def test_the_mail_fetches_nothing_from_anybody_else(edition: Edition) -> None:
    fetched = re.findall(r'(?:src|background)="([^"]+)"|url\(([^)]+)\)|@import|<link', edition.html)
    assert fetched
    assert all(one[0].startswith(f"{settings.BASE_URL}/media/") for one in fetched)
    assert "googleapis" not in edition.html


def test_the_mail_keeps_its_language_its_dark_scheme_and_its_narrow_screens(edition: Edition) -> None:
    assert 'lang="en-GB"' in edition.html
    assert "prefers-color-scheme: dark" in edition.html
    assert 'name="color-scheme"' in edition.html
    assert "max-width: 480px" in edition.html or "max-width:480px" in edition.html
    assert re.search(r'<h2 class="headline-lead" style="[^"]*font-size: ?38px', edition.html)


def test_nothing_in_an_issue_becomes_markup(edition: Edition, web: str) -> None:
    for shown in (edition.html, web):
        assert "<Welfare>" not in shown
        assert "&lt;Welfare&gt;" in shown
    assert "The <Welfare> Hall" in edition.text
    assert "&amp;" not in edition.text


def test_an_example_has_no_reader_s_links(edition: Edition) -> None:
    shown = with_example_links(edition)
    assert LEAVE_MARK not in shown.html + shown.text
    assert PREFERENCES_MARK not in shown.html + shown.text
    assert "/news/u/example/" in shown.html


def test_a_list_with_nothing_in_it_says_so_in_each_edition(resident: Person) -> None:
    with (
        patch("newsletter.rendering.live.sessions", return_value=()),
        patch("newsletter.rendering.live.actions", return_value=()),
    ):
        issue = an_issue(
            title="Bare",
            body=[block("whats_on", heading="What is on"), block("you_said_we_did", heading="You said", rows=[])],
        )
        web, made = resident.get(issue.path_on_site).content.decode(), edition_of(issue)
    for shown in (web, made.html, made.text):
        assert shown.count("Nothing to tell this time.") == 2
