"""Every printed edition carries the words and links of the parts, with tags for those who do not see it."""

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from pypdf import PdfReader

from newsletter.models import IssuePage
from newsletter.printing.editions import EDITIONS, Paper
from newsletter.printing.screen import pages_as_pictures
from newsletter.rendering.parts import Part, Picture, Row
from tests.factories.newsletter import an_issue
from tests.paper import alts_of, elements, is_tagged, links_of, pages_of, squeezed, tags_of, title_of, words_of

pytestmark = pytest.mark.django_db
EACH = pytest.mark.parametrize("edition", sorted(EDITIONS))
WORDS = (
    '<p>It is <b>warm</b>. <a href="/warm-spaces/">See who else</a>, <a href="https://example.org/letter?a=1">read it</a>'
    ' or <a href="tel:01632960100">ring 01632 960100</a>.</p><h3>Next</h3><ul><li>Soup</li><li>Bread</li></ul>'
    "<p>#let x = 5 *not* markup_ $5 [x] \\ @here</p>"
)
PARTS = [
    Part(kind="lead", key="a1", heading="The hall is warm", standfirst="Nobody needs a coat.", words=WORDS),
    Part(kind="story", key="a2", heading="Greetings 😀 to Łódź", words="<p>Short.</p>"),
    Part(kind="quote", key="a3", words="<p>I like soup</p>", who="Ann of Third Street"),
    Part(kind="notice", key="a4", heading="Closed", words="<p>Not this Friday</p>"),
    Part(
        kind="whats_on",
        key="a5",
        heading="What is on",
        rows=(Row(title="Café 100", detail="Wednesday 25 November", url="/activities/cafe-100/", is_live=True),),
        note="Ring first",
    ),
    Part(kind="you_said_we_did", key="a6", heading="You said", rows=(Row(title="Dark lane", detail="New lamps"),)),
    Part(
        kind="invitation",
        key="a7",
        heading="Tell us",
        sort="poll",
        standfirst="When do we open?",
        choices=("At eight", "At nine"),
        rows=(Row(title="Answer", detail="Until 4 December", url="/have-your-say/"),),
    ),
    Part(kind="recipe", key="a8", heading="Pan haggerty", serves="four", needs=("Potatoes",), steps=("Slice", "Fry")),
    Part(kind="puzzle", key="a9", heading="Riddle", words="<p>What has a bed?</p>", answer="A river"),
    Part(kind="warm_spaces", key="b1", heading="Somewhere warm"),
    Part(
        kind="contacts",
        key="b2",
        heading="Reach us",
        rows=(Row(title="Write", detail="us@example.org", url="mailto:us@example.org"),),
    ),
]
# fmt: off
SAID = [
    "The hall is warm", "Nobody needs a coat.", "warm", "See who else", "read it", "ring 01632 960100", "Next",
    "Soup", "#let x = 5 *not* markup_ $5 [x] \\ @here", "Greetings [grinning face] to Łódź", "I like soup",
    "Ann of Third Street", "Not this Friday", "Café 100", "Wednesday 25 November", "Ring first", "Dark lane",
    "New lamps", "When do we open?", "At nine", "Until 4 December", "For four", "Potatoes", "Slice",
    "What has a bed?", "The answer", "A river", "Nothing to tell this time", "us@example.org", "Number 1",
    "Thursday 19 November 2026", "Winter in Horden",
]
# fmt: on
WRITTEN = [
    "localhost:8000/warm-spaces",
    "example.org/letter?a=1",
    "localhost:8000/activities/cafe-100",
    "/have-your-say",
]
LINKED = [
    "mailto:us@example.org",
    "/warm-spaces/",
    "https://example.org/letter?a=1",
    "tel:01632960100",
    "/activities/cafe-100/",
    "/have-your-say/",
]


@pytest.fixture
def issue() -> IssuePage:
    return an_issue()


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.BASE_URL = "http://localhost:8000"


def told(pdf: bytes) -> str:
    return squeezed(words_of(pdf))


@EACH
def test_every_edition_has_all_words_and_links_of_the_parts(issue: IssuePage, edition: str) -> None:
    pdf = Paper(issue, edition, parts=PARTS).printed().content
    said, links = told(pdf), links_of(pdf)
    assert [words for words in [*SAID, *WRITTEN] if squeezed(words) not in said] == []
    assert [url for url in LINKED if (f"http://localhost:8000{url}" if url[0] == "/" else url) not in links] == []


@EACH
def test_every_edition_is_tagged_with_headings_lists_and_links(issue: IssuePage, edition: str) -> None:
    pdf = Paper(issue, edition, parts=PARTS).printed().content
    assert is_tagged(pdf)
    assert "Winter in Horden" in title_of(pdf)
    found = tags_of(pdf)
    assert {"/H1", "/H2", "/L", "/LI", "/Link", "/BlockQuote", "/Figure"} <= set(found)
    assert found.count("/Figure") == 8


@EACH
def test_each_story_has_its_short_address_and_that_of_a_round_its_code(issue: IssuePage, edition: str) -> None:
    paper = Paper(issue, edition, parts=PARTS)
    said = told(paper.printed().content)
    assert len(paper.short_links) == 9
    without = {"b1"}  # An empty list has nowhere to lead to.
    for key, url in paper.short_links.items():
        assert (squeezed(url.split("://")[1].rstrip("/")) in said) == (key not in without | {"issue"})


def test_the_folded_edition_is_whole_sheets_and_its_tags_lie_in_the_forms_of_its_pages(issue: IssuePage) -> None:
    pdf = Paper(issue, "a3", parts=PARTS).printed().content
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) % 2 == 0
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (1191, 842)
    wishes: Any = reader.root_object["/ViewerPreferences"]
    assert wishes["/Duplex"] == "/DuplexFlipShortEdge"
    sheets = {page.indirect_reference.idnum for page in reader.pages if page.indirect_reference}
    marked = [one for one in elements(reader.root_object["/StructTreeRoot"]) if one.get("/Type") == "/MCR"]
    assert marked
    for one in marked:
        assert one.raw_get("/Pg").idnum in sheets
        assert "/StructParents" in one["/Stm"]
    assert reader.pages[0].extract_text().count("Page") == 2


def test_an_issue_of_nothing_and_one_of_one_story_can_be_printed(issue: IssuePage) -> None:
    for parts in ([], [Part(kind="story", key="x", heading="", words="<p>Only this.</p>")]):
        assert pages_of(Paper(issue, "a4", parts=parts).printed().content) == 1


def a_picture(name: str, **more: Any) -> Picture:
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(kept, "PNG")
    saved = default_storage.save(f"images/{name}.png", ContentFile(kept.getvalue()))
    return Picture(url=f"/media/{saved}", width=60, height=40, **more)


def test_pictures_without_words_stay_off_the_paper_and_nothing_falls_over(issue: IssuePage) -> None:
    pictures = [
        a_picture("with-alt", alt="A long table"),
        a_picture("with-caption", caption="Taken on Friday"),
        a_picture("with-nothing"),
        a_picture("decoration", is_decorative=True),
        Picture(url="/media/images/gone.png", width=9, height=9, alt="Gone", caption="What was here"),
        Picture(url="https://elsewhere.example/x.png", width=9, height=9, alt="Elsewhere"),
    ]
    parts = [Part(kind="picture", key=f"p{number}", picture=picture) for number, picture in enumerate(pictures)]
    pdf = Paper(issue, "a4", parts=parts).printed().content
    alts = alts_of(pdf)
    assert alts[:2] == ["A long table", "Taken on Friday"]
    assert len(alts) == 3  # the third is the code of the issue
    assert squeezed("What was here") in told(pdf)


def test_a_file_that_is_no_picture_is_left_out(issue: IssuePage) -> None:
    saved = default_storage.save("images/broken.png", ContentFile(b"GIF89a and no more"))
    part = Part(kind="story", key="x", heading="Hi", picture=Picture(url=f"/media/{saved}", width=9, height=9, alt="A"))
    assert pages_of(Paper(issue, "a4", parts=[part]).printed().content) == 1


def test_large_print_leaves_no_half_page_empty_before_a_box_or_a_line_that_does_not_fit_any_more(
    issue: IssuePage,
) -> None:
    words = "<p>" + "The hall is warm on Monday. " * 8 + "</p>"
    boxes = [Part(kind="notice", key=f"n{number}", heading="Shut", words=words * 4) for number in range(7)]
    rows = tuple(Row(title="Lane", detail="New lamps, and a bench. " * 30) for _ in range(6))
    done = Part(kind="you_said_we_did", key="d1", heading="Done", rows=rows)
    assert pages_of(Paper(issue, "large", parts=boxes).printed().content) < len(boxes)
    assert pages_of(Paper(issue, "large", parts=[done]).printed().content) < len(rows)


def test_a_picture_in_large_print_takes_a_third_of_a_page_at_most(issue: IssuePage) -> None:
    parts = [
        Part(kind="picture", key=f"p{number}", picture=a_picture(f"many-{number}", alt="A")) for number in range(4)
    ]
    assert pages_of(Paper(issue, "large", parts=parts).printed().content) == 3


def test_an_address_with_no_words_of_its_own_is_printed_as_people_write_it(issue: IssuePage) -> None:
    words = '<p>Write <a href="mailto:ann@example.org"></a>, <a href="mailto:bob@example.org">mailto:bob@example.org</a>.</p>'
    said = told(Paper(issue, "a4", parts=[Part(kind="story", key="x", words=words)]).printed().content)
    assert "Writeann@example.org,bob@example.org." in said


def test_the_key_changes_with_a_word_and_with_the_round_only(issue: IssuePage) -> None:
    first = Paper(issue, "a4", parts=PARTS)
    assert Paper(issue, "a4", parts=PARTS).key == first.key
    assert Paper(issue, "large", parts=PARTS).key != first.key
    assert Paper(issue, "a4", parts=PARTS[1:]).key != first.key


def test_the_pages_can_be_looked_at(issue: IssuePage) -> None:
    pages = pages_as_pictures(issue)
    assert [page[:4] for page in pages] == [b"\x89PNG"]


def pages_said(pdf: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("filling", [15, 18])
def test_the_code_of_a_recipe_in_large_print_stands_on_the_page_of_its_last_step(
    filling: int, issue: IssuePage
) -> None:
    steps = (*("Slice the potatoes, and turn them over once." for _ in range(filling)), "Then eat.")
    paper = Paper(issue, "large", parts=[Part(kind="recipe", key="r1", heading="Pan", needs=("Salt",), steps=steps)])
    code = squeezed(paper.short_links["r1"].split("://")[1].rstrip("/"))
    said = pages_said(paper.printed().content)
    assert ["Theneat." in page for page in said] == [code in page for page in said]


@pytest.mark.parametrize("filling", [9, 11])
def test_who_made_it_stands_on_one_page_of_large_print(filling: int, issue: IssuePage) -> None:
    words = "<p>One line.</p>" * filling
    paper = Paper(issue, "large", parts=[Part(kind="story", key="s1", heading="A", words=words)])
    said = pages_said(paper.printed().content)
    assert ["ismadeby" in page for page in said] == ["Handiton" in page for page in said]


def test_a_short_address_never_goes_on_in_the_next_line_within_its_code(issue: IssuePage, settings: Any) -> None:
    broken = []
    for length in range(8, 24, 2):
        settings.BASE_URL = f"http://{'n' * length}.uk"
        paper = Paper(issue, "a4", parts=[Part(kind="story", key="s1", heading="A", words="<p>B</p>")])
        code = paper.short_links["s1"].rstrip("/").rpartition("/")[2]
        lines = PdfReader(io.BytesIO(paper.printed().content)).pages[0].extract_text().splitlines()
        if not any(code in squeezed(line) for line in lines):
            broken.append(length)
    assert broken == []
