"""Pages that every site has say what they should, and rubbish in the address does no harm."""

import pytest
from wagtail.models import Page

from portal.geo.models import Area, NamedPlace
from portal.pages.cookies import COOKIES
from portal.pages.models import HomePage, SectionPage, StandardPage
from tests.conftest import Person

pytestmark = pytest.mark.django_db
PUBLIC = ["/", "/search/", "/privacy/", "/cookies/", "/accessibility/"]


@pytest.fixture
def about() -> StandardPage:
    page = StandardPage(title="About us", slug="about", summary="Who we are", show_in_menus=True)
    HomePage.objects.get().add_child(instance=page)
    page.body = [("words", "<p>We sit in the <b>Welfare Centre</b>.</p>"), ("notice", "Come in & sit down")]
    page.save_revision().publish()
    return page


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_opens_with_a_strict_policy_and_no_cookie(path: str, resident: Person) -> None:
    answer = resident.get(path)
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert not answer.cookies


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_has_nothing_inline_and_asks_nobody_else(path: str, resident: Person) -> None:
    page = resident.get(path).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert 'src="http' not in page
    assert 'src="//' not in page
    assert '<link rel="stylesheet" href="http' not in page


def test_a_page_of_the_editors_shows_its_words_and_its_place_in_the_menu(about: StandardPage, resident: Person) -> None:
    page = resident.get("/about/").content.decode()
    assert "We sit in the <b>Welfare Centre</b>" in page
    assert "Come in &amp; sit down" in page
    home = resident.get("/").content.decode()
    assert 'href="/about/"' in home


def test_a_section_lists_the_pages_below_it(resident: Person) -> None:
    section = SectionPage(title="Guides", slug="guides")
    HomePage.objects.get().add_child(instance=section)
    section.add_child(instance=StandardPage(title="Keeping warm", slug="warm", summary="Small things that help"))
    section.add_child(instance=StandardPage(title="Not yet", slug="not-yet", live=False))
    page = resident.get("/guides/").content.decode()
    assert "Keeping warm" in page
    assert "Small things that help" in page
    assert "Not yet" not in page


def test_search_finds_a_page_by_its_words(about: StandardPage, resident: Person) -> None:
    page = resident.get("/search/?query=about").content.decode()
    assert 'href="/about/"' in page


@pytest.mark.parametrize("query", ["%00", "a%00b", "%F0%9F%98%80", "'\"><script>", "x" * 101, "*", "(", "%"])
def test_rubbish_in_a_search_is_answered_kindly(query: str, resident: Person) -> None:
    answer = resident.get(f"/search/?query={query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("<main")[1].split("</main>")[0]


def test_the_privacy_page_says_what_is_kept_and_for_how_long(resident: Person) -> None:
    page = resident.get("/privacy/").content.decode()
    assert "To let staff sign in" in page
    assert "6 years" in page


def test_the_cookies_page_lists_each_cookie(resident: Person) -> None:
    page = resident.get("/cookies/").content.decode()
    for cookie in COOKIES:
        assert cookie.name in page
    assert "at most 10 hours" in page


def test_a_page_that_is_not_there_says_what_to_do(resident: Person) -> None:
    answer = resident.get("/no-such-page/")
    assert answer.status_code == 404
    assert "/search/" in answer.content.decode()


def test_the_map_gets_the_partnerships_own_outline_or_all_of_them(resident: Person) -> None:
    shape = {"outline": {"type": "Polygon", "coordinates": []}, "west": 0, "south": 0, "east": 1, "north": 1}
    Area.objects.create(code="A", name="Other", **shape)
    assert [f["properties"]["name"] for f in resident.get("/map/outline.geojson").json()["features"]] == ["Other"]
    Area.objects.create(code="B", name="Ours", is_home=True, **shape)
    assert [f["properties"]["name"] for f in resident.get("/map/outline.geojson").json()["features"]] == ["Ours"]


def test_the_pin_can_be_told_by_named_places(resident: Person) -> None:
    NamedPlace.objects.create(name="Hall", slug="hall", kind="building", latitude=54.76, longitude=-1.31)
    NamedPlace.objects.create(name="Nowhere yet", slug="nowhere", kind="street")
    NamedPlace.objects.create(name="Unlisted", slug="un", kind="street", latitude=1, longitude=1, is_listed=False)
    assert [place["name"] for place in resident.get("/map/places.json").json()["places"]] == ["Hall"]


def test_security_txt_names_a_contact(resident: Person) -> None:
    answer = resident.get("/.well-known/security.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert b"Contact: " in answer.content


def test_what_changes_nothing_may_not_be_posted(resident: Person) -> None:
    for path in ("/search/", "/privacy/", "/map/outline.geojson"):
        assert resident.post(path).status_code == 405


def test_a_new_site_has_a_home_and_no_welcome_page_of_wagtail() -> None:
    assert HomePage.objects.count() == 1
    assert not Page.objects.filter(title__icontains="wagtail").exists()
