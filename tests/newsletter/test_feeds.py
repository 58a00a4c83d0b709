"""The feed of issues."""

from datetime import date
from xml.etree import ElementTree

import pytest

from tests.conftest import Person
from tests.factories.newsletter import an_issue, lead

pytestmark = pytest.mark.django_db


def test_the_feed_has_each_live_issue_newest_first(resident: Person) -> None:
    an_issue(title="Autumn & leaves", issued_on=date(2026, 9, 1))
    an_issue(title="Winter", issued_on=date(2026, 11, 19))
    an_issue(title="Spring", live=False)
    response = resident.get("/news/rss/")
    assert response["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.fromstring(response.content).find("channel")
    assert channel is not None
    assert [item.findtext("title") for item in channel.findall("item")] == ["Winter", "Autumn & leaves"]
    assert channel.findtext("item/link") == "http://localhost:8000/news/winter/"
    assert channel.findtext("item/pubDate") == "Thu, 19 Nov 2026 09:00:00 +0000"


def test_the_feed_of_a_new_site_is_empty(resident: Person) -> None:
    assert b"<item>" not in resident.get("/news/rss/").content


def test_a_feed_takes_no_posts(resident: Person) -> None:
    assert resident.post("/news/rss/").status_code == 405


def test_the_feed_carries_the_whole_issue_with_links_that_lead_somewhere(resident: Person) -> None:
    an_issue(body=[lead(words='<p>A bell \x07 rang & rang. <a href="/warm-spaces/">Who is warm</a></p>')])
    response = resident.get("/news/rss/")
    channel = ElementTree.fromstring(response.content).find("channel")
    assert channel is not None
    whole = channel.findtext("item/{http://purl.org/rss/1.0/modules/content/}encoded") or ""
    assert "The hall is warm again" in whole
    assert 'href="http://localhost:8000/warm-spaces/"' in whole
    assert channel.findtext("language") == "en-GB"
    itself = channel.find("{http://www.w3.org/2005/Atom}link")
    assert itself is not None
    assert (itself.get("rel"), itself.get("href")) == ("self", "http://localhost:8000/news/rss/")
    assert channel.findtext("item/guid") == channel.findtext("item/link")
