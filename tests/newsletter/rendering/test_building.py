"""Blocks become neutral parts."""

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from wagtail.images.models import SourceImageIOError

from newsletter.rendering.building import build_parts, contact_url
from newsletter.rendering.parts import Row
from tests.factories.newsletter import a_picture, an_issue, block, lead

pytestmark = pytest.mark.django_db
LIVE = Row(title="Café 100", detail="Wednesday 25 November", url="/activities/cafe-100/", is_live=True)


def parts_of(*body: dict[str, Any], **kwargs: Any) -> list[Any]:
    page = an_issue(body=body)
    return build_parts(page.body, **{"issued_on": page.issued_on, "today": page.issued_on, **kwargs})


def test_a_lead_has_its_headline_opening_and_clean_words() -> None:
    (part,) = parts_of(lead(words="<p>Warm.</p><script>x</script>"))
    assert (part.kind, part.heading, part.standfirst) == (
        "lead",
        "The hall is warm again",
        "Nobody has to sit in a coat.",
    )
    assert part.words == "<p>Warm.</p>x"


def test_a_link_to_a_page_of_ours_is_found() -> None:
    other = an_issue(title="Autumn", slug="autumn")
    (part,) = parts_of(lead(words=f'<p><a linktype="page" id="{other.pk}">the last one</a></p>'))
    assert '<a href="/news/autumn/">the last one</a>' in part.words


def test_a_quote_and_a_notice_are_escaped_paragraphs() -> None:
    quote, notice = parts_of(
        block("quote", words="I <3 soup\n\nReally", who="Ann"), block("notice", heading="", text="Closed & shut")
    )
    assert quote.words == "<p>I &lt;3 soup</p>\n\n<p>Really</p>"
    assert quote.who == "Ann"
    assert notice.words == "<p>Closed &amp; shut</p>"


def test_contacts_become_links_where_they_can() -> None:
    (part,) = parts_of(
        block("contacts", heading="Us", lines=[{"label": "Ring", "value": "01632 960100"}], note="Any time")
    )
    assert part.rows == (Row(title="Ring", detail="01632 960100", url="tel:01632960100"),)
    assert part.note == "Any time"


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("+44 (1632) 960100", "tel:+441632960100"),
        ("hello@example.org", "mailto:hello@example.org"),
        ("https://example.org/", "https://example.org/"),
        ("javascript:alert(1)", ""),
        ("Samaritans, 116 123", ""),
    ],
)
def test_the_link_of_a_contact(value: str, url: str) -> None:
    assert contact_url(value) == url


def test_own_rows_come_before_what_is_looked_up() -> None:
    said = block("you_said_we_did", heading="You said", rows=[{"said": "Dark lane", "did": "New lamps"}], newest=2)
    with patch("newsletter.rendering.live.actions", return_value=(LIVE,)) as looked_up:
        (part,) = parts_of(said)
    assert part.rows == (Row(title="Dark lane", detail="New lamps"), LIVE)
    looked_up.assert_called_once_with(named=[], most=2)


def test_what_an_editor_chose_is_looked_up_by_its_number() -> None:
    with patch("newsletter.rendering.live.actions", return_value=(LIVE,)) as looked_up:
        (part,) = parts_of(block("you_said_we_did", heading="You said", rows=[], actions=["7"], newest=0))
    assert part.rows == (LIVE,)
    looked_up.assert_called_once_with(named=["7"], most=0)


def test_nothing_is_looked_up_where_an_editor_wants_none() -> None:
    with patch("newsletter.rendering.live.actions") as looked_up:
        (part,) = parts_of(block("you_said_we_did", heading="You said", rows=[], newest=0))
    assert part.rows == ()
    looked_up.assert_not_called()


def test_rows_that_were_frozen_are_not_looked_up_again() -> None:
    whats_on = block("whats_on", heading="What is on")
    with patch("newsletter.rendering.live.sessions") as looked_up:
        (part,) = parts_of(whats_on, frozen_rows={whats_on["id"]: (LIVE,)})
    assert part.rows == (LIVE,)
    looked_up.assert_not_called()


@pytest.mark.parametrize(
    ("today", "own", "first", "last"),
    [
        (date(2026, 11, 1), {}, date(2026, 11, 19), date(2026, 12, 3)),
        (date(2026, 11, 22), {}, date(2026, 11, 22), date(2026, 12, 3)),
        (date(2027, 11, 22), {}, date(2026, 11, 19), date(2026, 12, 3)),
        (date(2026, 11, 22), {"starts_on": "2026-11-20"}, date(2026, 11, 20), date(2026, 12, 4)),
        (date(2026, 11, 22), {"ends_on": "2026-11-30"}, date(2026, 11, 22), date(2026, 11, 30)),
    ],
)
def test_whats_on_looks_from_the_date_of_the_issue_and_not_at_days_gone_by(
    today: date, own: dict[str, str], first: date, last: date
) -> None:
    with patch("newsletter.rendering.live.sessions", return_value=(LIVE,)) as looked_up:
        (part,) = parts_of(block("whats_on", heading="What is on", activities=["cafe-100"], **own), today=today)
    assert part.rows == (LIVE,)
    looked_up.assert_called_once_with(starts_on=first, ends_on=last, named=["cafe-100"], most=8)


def test_a_picture_has_its_size_words_and_caption() -> None:
    image = a_picture()
    value = {"image": image.pk, "alt_text": "People at a long table", "decorative": False}
    (part,) = parts_of(block("picture", picture=value, caption="Friday"))
    assert part.picture is not None
    assert part.picture.url.startswith("/media/images/")
    assert (part.picture.alt, part.picture.caption, part.picture.width) == ("People at a long table", "Friday", 640)


def test_a_picture_whose_file_is_gone_is_left_out() -> None:
    image = a_picture()
    value = {"image": image.pk, "alt_text": "x", "decorative": False}
    page = an_issue(body=[block("picture", picture=value, caption="")])
    with patch.object(type(image), "get_rendition", side_effect=SourceImageIOError("gone")):
        (part,) = build_parts(page.body, issued_on=page.issued_on, today=page.issued_on)
    assert part.picture is None


def test_an_invitation_that_was_frozen_is_not_looked_up_again() -> None:
    asked = block("invitation", sort="consultation", heading="The grass", consultation="grass")
    with patch("newsletter.rendering.live.consultation", return_value=()) as looked_up:
        (part,) = parts_of(asked, frozen_rows={asked["id"]: (LIVE,)})
    assert part.rows == (LIVE,)
    looked_up.assert_not_called()


def test_a_poll_has_its_answers_and_where_to_give_them() -> None:
    with patch("newsletter.rendering.live.consultation") as looked_up:
        (part,) = parts_of(
            block(
                "invitation",
                sort="poll",
                heading="One tick",
                question="What first?",
                choices=["Soup", "Tea"],
                until="2026-12-06",
                link="/have-your-say/add/",
                link_words="Tell us on the map",
                how="Or hand it in.",
            )
        )
    assert (part.standfirst, part.choices, part.note) == ("What first?", ("Soup", "Tea"), "Or hand it in.")
    assert part.rows == (
        Row(
            title="Tell us on the map",
            detail="Until Sunday 6 December 2026",
            url="/have-your-say/add/",
            until_on="2026-12-06",
        ),
    )
    looked_up.assert_not_called()


def test_a_story_whose_picture_cannot_be_read_says_so_to_the_gate() -> None:
    image = a_picture()
    page = an_issue(body=[lead(picture={"image": image.pk, "alt_text": "x", "decorative": False})])
    with patch.object(type(image), "get_rendition", side_effect=SourceImageIOError("gone")):
        (part,) = build_parts(page.body, issued_on=page.issued_on, today=page.issued_on)
    assert part.lost_picture
    assert part.picture is None
