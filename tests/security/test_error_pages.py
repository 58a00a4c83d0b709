"""Each error page gives the phone number with no database and nothing looked up, the right status, and is kept by nobody.

These tests have no database: whoever asks for one here gets an error.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.pages import errors
from portal.pages.last_known import FILE_NAME, LastKnown, forget, last_known, remember
from portal.pages.settings import SiteIdentity
from tests.conftest import Person

PHONE = "01632 960123"
PAGES: dict[int, list[Callable[[HttpRequest], HttpResponse]]] = {
    400: [errors.unreadable],
    403: [errors.refused, errors.expired_form],
    404: [errors.not_found],
    429: [errors.too_many],
    500: [errors.broken],
    503: [errors.unavailable],
}


@pytest.fixture(autouse=True)
def known(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A machine that has shown one page since it was set up, and was started again since."""
    settings.VAR_DIR = tmp_path
    forget()
    remember(SiteIdentity(name="Together", place_name="Horden", contact_phone=PHONE, contact_email="hello@example.org"))
    forget()
    yield
    forget()


@pytest.mark.parametrize(("status", "page"), [(status, page) for status, pages in PAGES.items() for page in pages])
def test_an_error_page_gives_the_number_without_a_database(
    status: int, page: Callable[[HttpRequest], HttpResponse]
) -> None:
    answer = page(RequestFactory().get("/warm-spaces/"))
    words = answer.content.decode()
    assert answer.status_code == status
    assert answer["Cache-Control"] == "no-store"
    assert f'href="tel:{PHONE.replace(" ", "")}"' in words
    assert "Horden" in words
    assert 'href="tel:999"' in words
    assert "<script" not in words
    assert " style=" not in words


def through_the_site(address: str, **extra: Any) -> Any:
    person = Person()
    person.raise_request_exception = False
    return person.get(address, **extra)


def test_a_site_whose_database_is_gone_answers_every_address_with_the_number() -> None:
    for address in ("/", "/privacy/", "/no-such-page/", "/have-your-say/", "/search/?query=x"):
        answer = through_the_site(address)
        assert answer.status_code >= 500
        assert PHONE in answer.content.decode()
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"
        assert answer["Permissions-Policy"]


def test_a_host_that_is_not_ours_is_told_so_politely() -> None:
    answer = through_the_site("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert PHONE in answer.content.decode()
    assert "evil.example" not in answer.content.decode()


def test_a_machine_that_never_showed_a_page_names_the_posters(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).unlink()
    assert "on our posters" in errors.broken(RequestFactory().get("/")).content.decode()


@pytest.mark.parametrize("words", ["", "{", "[]", "null", '{"name": "x"}', "\x00"])
def test_a_broken_file_does_no_harm(words: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(words)
    assert last_known() == LastKnown()


def test_what_stays_the_same_is_not_written_again(tmp_path: Path) -> None:
    identity = SiteIdentity(contact_phone=PHONE)
    remember(identity)
    (tmp_path / FILE_NAME).unlink()
    remember(identity)
    assert not (tmp_path / FILE_NAME).exists()
    remember(SiteIdentity(contact_phone="01632 960999"))
    forget()
    assert last_known().contact_phone == "01632 960999"


def test_a_full_disk_does_not_take_the_page_with_it(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "gone"
    assert remember(SiteIdentity(contact_phone="01632 960777")).contact_phone == "01632 960777"
    assert last_known().contact_phone == "01632 960777"


def test_words_in_the_number_are_only_words() -> None:
    remember(SiteIdentity(contact_phone='"><script>x</script>'))
    assert "<script" not in errors.not_found(RequestFactory().get("/")).content.decode()
