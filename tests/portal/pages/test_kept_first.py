"""Kept pages before Django: the same answer as with it, and everything else goes on as it came."""

import logging
from typing import Any

import brotli
import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from portal import logs
from portal.pages.kept_first import KeptFirst

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("within_a_minute"),
]
Answer = tuple[str, dict[str, str], bytes]


class Django:
    """The application behind, which counts who comes so far."""

    def __init__(self) -> None:
        self.served, self.asked = get_wsgi_application(), 0

    def __call__(self, asked: dict[str, Any], start_response: Any) -> Any:
        self.asked += 1
        return self.served(asked, start_response)


@pytest.fixture
def behind() -> Django:
    return Django()


def ask(behind: Django, path: str = "/cookies/", *, method: str = "GET", **headers: str) -> Answer:
    told: list[Any] = []
    asked = RequestFactory().generic(method, path, headers={"host": "localhost", **headers}).META
    content = b"".join(KeptFirst(behind)(asked, lambda status, named: told.extend((status, dict(named)))))
    return told[0], told[1], content


def test_the_second_answer_is_the_first_and_wakes_nobody(behind: Django) -> None:
    first, second = ask(behind), ask(behind)
    assert behind.asked == 1
    assert second[0] == first[0] == "200 OK"
    assert second[2] == first[2]
    numbers = [answer[1].pop("X-Request-ID") for answer in (first, second)]
    assert numbers[0] != numbers[1]
    assert second[1] == first[1]


def test_it_is_packed_or_known_as_with_django(behind: Django) -> None:
    plain = ask(behind)
    packed = ask(behind, accept_encoding="br, gzip")
    assert brotli.decompress(packed[2]) == plain[2]
    known = ask(behind, if_none_match=plain[1]["ETag"])
    assert known[0] == "304 Not Modified"
    assert not known[2]
    assert ask(behind, method="HEAD")[1]["Content-Length"] == str(len(plain[2]))
    assert behind.asked == 1


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/cookies/", {"cookie": "a=b"}),
        ("GET", "/cookies/", {"authorization": "Bearer x"}),
        ("GET", "/cookies/", {"host": "127.0.0.1"}),
        ("GET", "/cookies/?a=b", {}),
        ("GET", "/cooki\u00e9s/", {}),
        ("POST", "/cookies/", {}),
        ("PURGE", "/cookies/", {}),
    ],
)
def test_whatever_else_is_asked_goes_on_to_django(
    behind: Django, method: str, path: str, headers: dict[str, str]
) -> None:
    ask(behind)
    ask(behind, path, method=method, **headers)
    assert behind.asked == 2


def test_what_came_by_https_is_another_page_than_what_did_not(behind: Django, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for said, most in (("https", 1), ("https", 1), ("https, http", 1), ("http", 2), ("http", 2)):
        ask(behind, x_forwarded_proto=said)
        assert behind.asked == most


def test_each_is_written_down_and_counted_by_its_view(
    behind: Django, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[tuple[str, int]] = []
    monkeypatch.setattr(logs, "listeners", [lambda view, status, seconds: heard.append((view, status))])
    with caplog.at_level(logging.INFO, logger="together.requests"):
        ask(behind)
        ask(behind)
    assert [record.told["view"] for record in caplog.records if hasattr(record, "told")] == ["cookies", "cookies"]
    assert heard == [("cookies", 200)] * 2
