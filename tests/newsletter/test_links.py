"""The signed links of readers, and the headers of their mail."""

import time

import pytest

from newsletter.links import (
    common_headers,
    consent_of_confirm_link,
    leave_path,
    new_message_id,
    preferences_path,
    reader_of_leave_link,
    reader_of_preferences_link,
)
from newsletter.models import Consent
from portal.emails.links import sign
from tests.factories.newsletter import a_reader

pytestmark = pytest.mark.django_db
TWO_YEARS = 2 * 365 * 24 * 3600


def token_of(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


def test_a_link_names_its_reader_and_no_other_link_does() -> None:
    reader = a_reader()
    assert reader_of_leave_link(token_of(leave_path(reader.pk))) == reader
    assert reader_of_preferences_link(token_of(preferences_path(reader.pk))) == reader
    assert reader_of_leave_link(token_of(preferences_path(reader.pk))) is None
    assert reader_of_preferences_link(token_of(leave_path(reader.pk))) is None


@pytest.mark.parametrize("token", ["", "example", "ä", "1:2:3", "a" * 5000, "MQ:1:x"])
def test_a_false_link_names_nobody(token: str) -> None:
    assert reader_of_leave_link(token) is None
    assert consent_of_confirm_link(token) is None


def test_a_signed_word_is_no_reader() -> None:
    assert reader_of_leave_link(sign("newsletter.leave", "ann")) is None
    assert consent_of_confirm_link(sign("newsletter.confirm", "ann")) is None


def test_a_link_to_leave_works_after_two_years_and_one_to_confirm_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = a_reader()
    consent = Consent.objects.create(subscriber=reader, wording_version="1", wording="Yes", given_at=reader.asked_at)
    leave, confirm = token_of(leave_path(reader.pk)), sign("newsletter.confirm", consent.pk)
    assert consent_of_confirm_link(confirm) == consent
    later = time.time() + TWO_YEARS
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert reader_of_leave_link(leave) == reader
    assert consent_of_confirm_link(confirm) is None


def test_an_erased_reader_s_link_names_nobody() -> None:
    reader = a_reader()
    path = leave_path(reader.pk)
    reader.delete()
    assert reader_of_leave_link(token_of(path)) is None


def test_the_headers_say_that_one_press_is_enough_and_who_we_are() -> None:
    headers = common_headers()
    assert "List-Unsubscribe" not in headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Archive"].endswith("/news/>")
    assert headers["List-Owner"] == "<mailto:together@example.org>"


def test_message_ids_are_never_the_same() -> None:
    made = {new_message_id() for _ in range(50)}
    assert len(made) == 50
    assert all(one.startswith("<") and one.endswith("@localhost>") for one in made)
