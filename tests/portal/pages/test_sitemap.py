"""Search engines find every public page through lists of bounded length, and nothing that is not for them."""

import re
from itertools import chain
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from engagement.directory.models import Venue
from portal.pages import sitemap
from portal.pages.models import HomePage, StandardPage
from tests.conftest import Person
from tests.factories.comments import make_published
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db


def addresses(page: str) -> list[str]:
    ElementTree.fromstring(page)
    return re.findall(r"<loc>https?://[^/<]+([^<]*)</loc>", page)


def whole(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def everything(resident: Person) -> list[str]:
    lists = addresses(whole(resident.get("/sitemap.xml")))
    return [address for path in lists for address in addresses(whole(resident.get(path)))]


def test_what_everybody_may_see_is_there_once_and_opens(resident: Person) -> None:
    about = StandardPage(title="About us", slug="about", summary="Who we are")
    HomePage.objects.get().add_child(instance=about)
    venue = make_venue(name="Welfare Hall")
    found = everything(resident)
    assert len(found) == len(set(found))
    assert {"/", "/about/", venue.get_absolute_url(), "/warm-spaces/", "/get-help/", "/privacy/"} <= set(found)
    assert {path: resident.get(path).status_code for path in found} == dict.fromkeys(found, 200)


def test_what_is_hidden_kept_to_some_or_a_residents_own_words_is_not(resident: Person, coordinator: Person) -> None:
    hidden, comment = make_venue(is_listed=False), make_published(by=coordinator.user)
    home = HomePage.objects.get()
    draft, some = [StandardPage(title=name, slug=name, summary="x", live=name == "some") for name in ("draft", "some")]
    for page in (draft, some):
        home.add_child(instance=page)
    PageViewRestriction.objects.create(page=some, restriction_type="login")
    found = everything(resident)
    assert not {hidden.get_absolute_url(), comment.get_absolute_url(), "/draft/", "/some/"} & set(found)
    assert not [path for path in found if path.startswith(("/staff/", "/here/", "/accounts/"))]


def test_many_are_cut_into_lists_that_together_have_each_once(
    resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST_IN_A_LIST", 4)
    monkeypatch.setattr(sitemap, "AT_ONCE", 3)
    venues = [make_venue(name=f"Hall {number}") for number in range(9)]
    Venue.objects.filter(pk=venues[4].pk).delete()
    lists = [path for path in addresses(whole(resident.get("/sitemap.xml"))) if "venues-" in path]
    pieces = [addresses(whole(resident.get(path))) for path in lists]
    assert max(map(len, pieces)) <= 4
    assert sorted(chain(*pieces)) == sorted(venue.get_absolute_url() for venue in venues if venue != venues[4])


def test_a_list_takes_as_many_queries_as_it_has_pieces(resident: Person) -> None:
    for number in range(5):
        make_venue(name=f"Hall {number}")
    number = Venue.objects.latest("pk").pk // sitemap.MOST_IN_A_LIST
    with CaptureQueriesContext(connection) as queries:
        whole(resident.get(f"/sitemap/venues-{number}.xml"))
    assert len(queries) == 3


@pytest.mark.parametrize("name", ["venues-999", "venues-99999999999999999999", "referrals-0", "pages-5"])
def test_a_list_that_is_none_is_not_found(name: str, resident: Person) -> None:
    assert resident.get(f"/sitemap/{name}.xml").status_code == 404


def test_robots_hear_where_the_index_is_and_what_is_not_theirs(resident: Person, settings: Any) -> None:
    said = resident.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml\n" in said
    assert "Disallow: /here/\n" in said
    assert "Disallow: /*?\n" in said
