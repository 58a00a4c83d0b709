"""What every page asks first is asked once: pages cost few queries even when nothing of them is kept."""

from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site
from wagtail.rich_text import expand_db_html

from portal.pages.models import HomePage, SectionPage, SiteIdentity
from tests.conftest import Person
from tests.factories.comments import make_action, make_comment, make_published
from tests.factories.directory import make_activity, make_venue
from tests.factories.newsletter import an_issue
from tests.factories.selfreferral import a_referral

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("within_a_minute"),
]
# A cookie: for its bearer no page is kept.
COOKIE = {"cookie": "a=b"}
MOST = {
    "/": 6,
    "/warm-spaces/": 8,
    "/whats-on/": 8,
    "/have-your-say/": 8,
    "/you-said-we-did/": 8,
    "/groups/": 8,
    "/news/": 8,
    "/get-help/": 8,
}


def queries(path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert Person().get(path, headers=COOKIE).status_code == 200
    return len(asked)


def test_public_pages_that_are_not_kept_ask_little(coordinator: Person, editor: Person) -> None:
    for number in range(3):
        make_venue(f"Hall {number}")
        make_activity(f"Soup {number}")
        make_action(make_published(f"The bench number {number} is broken.", by=coordinator.user), by=coordinator.user)
    an_issue()
    for path, most in MOST.items():
        queries(path)
        assert queries(path) <= most, path


def test_a_new_name_stands_on_the_next_page() -> None:
    queries("/cookies/")
    SiteIdentity.objects.update(place_name="Easington")
    assert "Together in Easington" in Person().get("/cookies/", headers=COOKIE).content.decode()


def test_each_gets_settings_and_a_site_of_their_own_to_change() -> None:
    site = Site.objects.get()
    mine = SiteIdentity.for_site(site)
    mine.name = "Not saved"
    assert SiteIdentity.for_site(site).name != "Not saved"
    request: Any = RequestFactory().get("/", headers={"host": "localhost"})
    found = Site.find_for_request(request)
    assert found == site


def test_a_page_added_to_the_menu_is_in_the_menu() -> None:
    queries("/cookies/")
    HomePage.objects.get().add_child(instance=SectionPage(title="Who we are", slug="who", show_in_menus=True))
    assert "Who we are" in Person().get("/cookies/", headers=COOKIE).content.decode()


def test_a_page_put_behind_a_password_is_behind_it_at_once() -> None:
    section = HomePage.objects.get().add_child(
        instance=SectionPage(title="For us", slug="us", introduction="<p>Secret</p>")
    )
    assert "Secret" in Person().get("/us/", headers=COOKIE).content.decode()
    section.view_restrictions.create(restriction_type="password", password="tell nobody")
    assert "Secret" not in Person().get("/us/", headers=COOKIE).content.decode()


def test_links_to_pages_are_found_in_one_map_and_follow_a_page_that_moves() -> None:
    home = HomePage.objects.get()
    section = home.add_child(instance=SectionPage(title="Who we are", slug="who"))
    words = f'<p><a linktype="page" id="{section.pk}">us</a> <a linktype="page" id="987654">gone</a></p>'
    assert expand_db_html(words) == '<p><a href="/who/">us</a> <a>gone</a></p>'
    with CaptureQueriesContext(connection) as asked:
        expand_db_html(words)
    assert not len(asked)
    page = SectionPage.objects.get(pk=section.pk)
    page.slug = "us"
    page.save_revision().publish()
    assert '<a href="/us/">' in expand_db_html(words)


def test_where_there_are_two_sites_wagtail_says_where_pages_lie() -> None:
    home = HomePage.objects.get()
    section = home.add_child(instance=SectionPage(title="Next village", slug="next"))
    Site.objects.create(hostname="next.example.org", root_page=section)
    assert "next.example.org" in expand_db_html(f'<a linktype="page" id="{section.pk}">next</a>')


def test_the_desks_ask_little_however_much_lies_there(coordinator: Person, navigator: Person) -> None:
    for desk, person in (("/staff/comments/", coordinator), ("/staff/referrals/", navigator)):
        for _ in range(2):
            for _ in range(3):
                make_comment()
                a_referral(now=timezone.now())
            person.get(desk)
            with CaptureQueriesContext(connection) as asked:
                assert person.get(desk).status_code == 200
            assert len(asked) <= 12, desk


def test_what_an_editor_may_no_longer_touch_is_shut_at_once(editor: Person) -> None:
    address = f"/staff/pages/{HomePage.objects.get().pk}/edit/"
    assert editor.get(address).status_code == 200
    editor.user.groups.clear()
    assert editor.get(address).status_code != 200
