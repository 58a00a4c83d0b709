"""What the gate finds in an issue, where, and what it says to do."""

from datetime import date

import pytest

from newsletter.gate.findings import Finding, Kind, findings_in
from newsletter.rendering.parts import Part, Picture, Row

TODAY = date(2026, 11, 22)
LEAD = Part(kind="lead", key="0", heading="Warm again", words="<p>Words.</p>")
HARD = "<p>" + "Multidisciplinary organisational partnerships facilitate considerable improvements. " * 8 + "</p>"


def picture(**fields: object) -> Picture:
    return Picture(**{"url": "/media/x.jpg", "width": 10, "height": 10, **fields})  # type: ignore[arg-type]


def found(*parts: Part) -> list[Finding]:
    return findings_in([LEAD, *parts], today=TODAY)


def test_nothing_is_said_about_a_whole_issue() -> None:
    parts = [
        Part(kind="picture", key="1", picture=picture(alt="The hall")),
        Part(kind="story", key="2", heading="Stripes", picture=picture(is_decorative=True)),
        Part(kind="story", key="3", heading="Soup", words='<h3>When</h3><p>See <a href="/x/">the times</a>.</p>'),
        Part(kind="whats_on", key="4", heading="On", rows=(Row(title="Café", is_live=True, sure_on="2026-11-20"),)),
        Part(
            kind="invitation",
            key="5",
            sort="volunteers",
            note="Ring.",
            rows=(Row(title="Answer here too", until_on="2026-11-22"),),
        ),
        Part(kind="contacts", key="6", heading="Us", rows=(Row(title="Web", url="https://example.org/"),)),
    ]
    assert found(*parts) == []


@pytest.mark.parametrize(
    ("part", "kind", "words"),
    [
        (
            Part(kind="story", key="1", heading="Soup", picture=picture()),
            Kind.NO_ALT,
            "Story (“Soup”): the picture has no",
        ),
        (Part(kind="story", key="1", picture=picture(alt=" ")), Kind.NO_ALT, "Story: the picture has no words"),
        (Part(kind="picture", key="1"), Kind.LOST_PICTURE, "Picture: the picture's file cannot be read"),
        (
            Part(kind="story", key="1", heading="S", lost_picture=True),
            Kind.LOST_PICTURE,
            "Story (“S”): the picture's file",
        ),
        (Part(kind="whats_on", key="1", heading="What is on"), Kind.EMPTY, "“What is on” has no sessions"),
        (Part(kind="warm_spaces", key="1", heading="Warm"), Kind.EMPTY, "Warm spaces (“Warm”) has no warm spaces"),
        (Part(kind="contacts", key="1", heading="Us"), Kind.EMPTY, "How to reach us (“Us”) has nothing in it"),
        (Part(kind="invitation", key="1", sort="consultation"), Kind.CLOSED, "takes no answers any more"),
        (
            Part(
                kind="invitation",
                key="1",
                sort="volunteers",
                note="Ring.",
                rows=(Row(title="x", until_on="2026-11-21"),),
            ),
            Kind.CLOSED,
            "ended on Saturday 21 November",
        ),
        (
            Part(kind="warm_spaces", key="1", heading="W", rows=(Row(title="Hall", sure_on="2026-09-01"),)),
            Kind.STALE,
            "nobody has checked Hall since Tuesday 1 September 2026",
        ),
        (Part(kind="story", key="1", heading="Hard", words=HARD), Kind.READING_AGE, "Story (“Hard”) is hard to read"),
    ],
)
def test_what_is_found_is_said_with_its_place_and_its_kind(part: Part, kind: Kind, words: str) -> None:
    (finding,) = found(part)
    assert (finding.kind, finding.where) == (kind, "1")
    assert words in finding.words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('<p><a href="/x/">Click here</a></p>', "says only “Click here”"),
        ('<p><a href="/x/"><b>More</b>&nbsp;»</a></p>', "says only “More »”"),
        ('<p><a href="/x/"></a></p>', "has no words"),
        ('<p><a href="/x/">https://example.org/a</a></p>', "is a bare address"),
        ('<p><a href="/x/">www.example.org</a></p>', "is a bare address"),
    ],
)
def test_links_that_say_nothing(words: str, said: str) -> None:
    (finding,) = found(Part(kind="story", key="1", heading="S", words=words))
    assert finding.kind == Kind.LINK_WORDS
    assert said in finding.words


def test_the_words_of_an_invitation_s_link_count_too() -> None:
    (finding,) = found(Part(kind="invitation", key="1", sort="volunteers", rows=(Row(title="Here", url="/x/"),)))
    assert finding.kind == Kind.LINK_WORDS


@pytest.mark.parametrize(
    "address", ["https://example.org/a", "www.example.org", "example.org", "durham.gov.uk/warm", "WWW.Example.ORG"]
)
def test_a_web_address_that_is_only_typed_is_to_become_a_link(address: str) -> None:
    (finding,) = found(Part(kind="story", key="1", heading="S", words=f"<p>The times are at <b>{address}</b>.</p>"))
    assert finding.kind == Kind.LINK_WORDS
    assert f": {address} is a bare web address. Make it a link" in finding.words


@pytest.mark.parametrize(
    "words",
    [
        '<a href="https://example.org/">See the times</a>',
        "Write to ann.smith@example.org or ann.uk@example.org",
        "Open 9.30am.Come in",
        "Mr.Brown of B&amp;M Ltd.",
    ],
)
def test_a_link_and_an_e_mail_address_are_no_bare_web_address(words: str) -> None:
    assert not [
        one for one in found(Part(kind="story", key="1", heading="S", words=f"<p>{words}</p>")) if "bare" in one.words
    ]


def test_where_no_link_can_be_made_an_address_is_well() -> None:
    assert found(Part(kind="notice", key="1", heading="S", words="<p>See example.org</p>")) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("<h2>When</h2><p>Then</p>", "“When” is out of order"),
        ("<h4>When</h4><p>Then</p>", "“When” is out of order"),
        ("<h3> </h3><p>Then</p>", "no words in it"),
        ("<p><b>When we meet</b></p><p>Then</p>", "“When we meet” looks like a heading"),
    ],
)
def test_headings_that_are_out_of_order_or_only_look_like_it(words: str, said: str) -> None:
    (finding,) = found(Part(kind="story", key="1", heading="S", words=words))
    assert finding.kind == Kind.HEADINGS
    assert said in finding.words


@pytest.mark.parametrize("words", ["<h3>A</h3><h4>B</h4><h3>C</h3>", "<p><b>Ring first!</b></p>", "<p><b>A</b> b</p>"])
def test_headings_in_order_and_bold_sentences_are_well(words: str) -> None:
    assert found(Part(kind="story", key="1", heading="S", words=words)) == []


def test_a_few_hard_words_are_not_judged() -> None:
    assert found(Part(kind="story", key="1", heading="S", words="<p>Organisational considerations.</p>")) == []


def test_what_comes_from_the_directory_is_not_our_writing() -> None:
    rows = tuple(Row(title="Multidisciplinary Organisational Facilitation", is_live=True) for _ in range(20))
    assert found(Part(kind="you_said_we_did", key="1", heading="S", rows=rows)) == []


def test_an_issue_may_go_without_a_lead_or_with_an_empty_list_and_with_nothing_else() -> None:
    assert [finding.blocks_sending for finding in findings_in([], today=TODAY)] == [False]
    assert [kind for kind in Kind if not Finding(kind=kind, where="", words="").blocks_sending] == [
        Kind.NO_LEAD,
        Kind.EMPTY,
    ]
