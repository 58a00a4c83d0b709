"""Kept pages: one answer for everybody without a cookie, never yesterday's, and never somebody's own."""

from threading import Barrier, Thread
from typing import Any

import brotli
import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from portal import changes
from portal.pages import kept_pages
from portal.pages.kept_pages import key_of
from portal.pages.models import HomePage
from tests.conftest import Person
from tests.factories.comments import make_published
from tests.factories.directory import make_activity, make_venue

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("within_a_minute"),
]

KEPT = (
    "/",
    "/warm-spaces/",
    "/whats-on/",
    "/have-your-say/",
    "/you-said-we-did/",
    "/privacy/",
    "/cookies/",
    "/accessibility/",
)
NEVER = (
    "/get-help/",
    "/here/1/",
    "/staff/",
    "/accounts/login/",
    "/have-your-say/add/",
    "/search/?query=hall",
    "/healthz",
)


def read(path: str, **headers: str) -> Any:
    return Person().get(path, headers=headers)


@pytest.mark.parametrize("path", KEPT)
def test_the_second_who_asks_costs_the_database_nothing(path: str, django_assert_num_queries: Any) -> None:
    first = read(path)
    with django_assert_num_queries(0):
        second = read(path)
    assert second.content == first.content
    assert second.status_code == 200
    assert "Set-Cookie" not in second


@pytest.mark.parametrize("path", NEVER)
def test_what_may_be_somebodys_own_is_never_kept(path: str) -> None:
    read(path)
    assert not kept_pages.PLAIN.pages
    assert not kept_pages.WITH_QUERY.pages


def test_venues_activities_comments_and_pages_are_kept(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    for path in (
        make_venue().get_absolute_url(),
        make_activity().get_absolute_url(),
        comment.get_absolute_url(),
        "/have-your-say/?feeling=idea",
    ):
        assert read(path).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            read(path)
        assert not len(asked), path


def test_nobody_with_a_cookie_sees_or_fills_what_is_kept() -> None:
    read("/warm-spaces/", cookie="sessionid=mine")
    assert not kept_pages.PLAIN.pages
    for somebodys in (RequestFactory().get("/", headers={"authorization": "Bearer x"}), RequestFactory().post("/")):
        assert key_of(somebodys.META, scheme="http") is None


def test_pages_that_are_not_there_are_not_kept() -> None:
    assert read("/venues/nowhere/").status_code == 404
    assert not kept_pages.PLAIN.pages


def test_a_page_behind_a_password_is_not_kept() -> None:
    HomePage.objects.get().view_restrictions.create(restriction_type="password", password="tell nobody")
    read("/")
    assert not kept_pages.PLAIN.pages


def test_each_browser_gets_it_packed_as_it_can_unpack_it() -> None:
    plain = read("/warm-spaces/")
    packed = read("/warm-spaces/", accept_encoding="gzip, deflate, br")
    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 3
    assert read("/warm-spaces/", accept_encoding="gzip")["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in read("/warm-spaces/", accept_encoding="br;q=0, gzip;q=0")
    assert "Accept-Encoding" in plain["Vary"]


def test_who_has_the_page_is_told_that_it_holds() -> None:
    page = read("/warm-spaces/")
    again = read("/warm-spaces/", if_none_match=page["ETag"])
    assert again.status_code == 304
    assert not again.content
    assert again["ETag"] == page["ETag"]
    make_venue("New Hall")
    after = read("/warm-spaces/", if_none_match=page["ETag"])
    assert after.status_code == 200
    assert b"New Hall" in after.content


def test_asking_for_the_head_alone_is_answered_from_what_is_kept(django_assert_num_queries: Any) -> None:
    read("/warm-spaces/")
    with django_assert_num_queries(0):
        head = Person().head("/warm-spaces/")
    assert head.status_code == 200
    assert not head.content


def test_headers_that_protect_stand_on_what_is_kept_too() -> None:
    first, second = read("/warm-spaces/"), read("/warm-spaces/")
    for name in ("Content-Security-Policy", "Permissions-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert second[name] == first[name]
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_two_hosts_are_two_pages(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    read("/warm-spaces/")
    Person().get("/warm-spaces/", headers={"host": "127.0.0.1"})
    assert len(kept_pages.PLAIN.pages) == 2
    assert Person().get("/warm-spaces/", headers={"host": "elsewhere.example"}).status_code == 400


def test_a_thousand_made_up_addresses_push_no_page_out(monkeypatch: pytest.MonkeyPatch) -> None:
    read("/warm-spaces/")
    monkeypatch.setattr(kept_pages.WITH_QUERY, "most_bytes", 100_000)
    for number in range(20):
        read(f"/cookies/?x={number}")
    assert 0 < kept_pages.WITH_QUERY.bytes <= 100_000
    assert len(kept_pages.WITH_QUERY.pages) < 20
    assert any(key.path == "/warm-spaces/" for key in kept_pages.PLAIN.pages)


def test_while_one_draws_a_page_anew_all_others_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """When a leaflet drops and the minute turns, a hundred ask for one page."""
    from portal.pages import views

    drawn, all_here = [], Barrier(4)
    read("/cookies/")
    draw = views.render

    def counted(*given: Any, **more: Any) -> Any:
        drawn.append(1)
        return draw(*given, **more)

    monkeypatch.setattr(views, "render", counted)
    monkeypatch.setattr(kept_pages, "LONGEST_WAIT", 60)
    monkeypatch.setattr(changes, "this_minute", lambda: 2)

    def come() -> None:
        all_here.wait(timeout=30)
        read("/cookies/")
        connection.close()

    people = [Thread(target=come) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(drawn) == 1


def test_what_opens_in_the_next_minute_is_open_in_the_next_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    make_venue("Lantern Hall")
    read("/warm-spaces/")
    monkeypatch.setattr(changes, "this_minute", lambda: 2)
    with CaptureQueriesContext(connection) as asked:
        read("/warm-spaces/")
    assert len(asked)


def test_agreeing_needs_no_cookie_but_a_page_of_ours(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    sent = {"agree": comment.reference, "page": "/have-your-say/"}
    stranger = Person(enforce_csrf_checks=True)
    for elsewhere in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"referer": "http://localhost.elsewhere.example/have-your-say/"},
        {},
    ):
        assert stranger.post("/have-your-say/agree/", sent, headers=elsewhere).status_code == 403
    for ours in (
        {"sec-fetch-site": "same-origin"},
        {"origin": "http://localhost"},
        {"referer": "http://localhost/have-your-say/"},
    ):
        assert Person(enforce_csrf_checks=True).post("/have-your-say/agree/", sent, headers=ours).status_code == 302
    comment.refresh_from_db()
    assert comment.support_count == 3
