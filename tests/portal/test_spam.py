"""Machines are kept out, people and shared computers are not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django import forms
from django.core import signing
from django.test import RequestFactory
from django.utils import timezone

from portal.spam import Guarded, client_address, within_limit


def shown(seconds_ago: float) -> str:
    at = timezone.now() - timedelta(seconds=seconds_ago)
    return signing.dumps(at.timestamp(), salt="portal.spam.form")


def test_a_person_who_took_their_time_passes() -> None:
    assert Guarded({"website": "", "shown": shown(30)}).is_valid()


def test_a_form_left_open_for_a_week_still_passes() -> None:
    assert Guarded({"website": "", "shown": shown(7 * 86400)}).is_valid()


@pytest.mark.parametrize(
    ("website", "note"),
    [
        ("http://spam.example", lambda: shown(30)),
        ("", lambda: shown(0)),
        ("", lambda: "made up"),
        ("", lambda: ""),
    ],
    ids=["trap filled", "faster than a person", "forged", "no note of when"],
)
def test_a_machine_is_refused_with_words_a_person_could_act_on(website: str, note: Callable[[], str]) -> None:
    form = Guarded({"website": website, "shown": note()})
    assert not form.is_valid()
    assert "press the button again" in str(form.non_field_errors())


def test_an_address_may_do_so_much_and_then_no_more() -> None:
    request = RequestFactory().get("/")
    assert [within_limit(request, "try", limit=2, seconds=60) for _ in range(3)] == [True, True, False]


def test_another_address_and_another_action_are_counted_apart() -> None:
    first, second = RequestFactory().get("/"), RequestFactory(REMOTE_ADDR="127.0.0.9").get("/")
    assert within_limit(first, "try", limit=1, seconds=60)
    assert within_limit(second, "try", limit=1, seconds=60)
    assert within_limit(first, "other", limit=1, seconds=60)


def test_a_forwarded_address_is_believed_only_behind_as_many_proxies_as_there_are(settings: object) -> None:
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "198.51.100.7, 198.51.100.8"})
    settings.TRUSTED_PROXIES = 0  # type: ignore[attr-defined]
    assert client_address(request) == "127.0.0.1"
    settings.TRUSTED_PROXIES = 1  # type: ignore[attr-defined]
    assert client_address(request) == "198.51.100.8"
    settings.TRUSTED_PROXIES = 3  # type: ignore[attr-defined]
    assert client_address(request) == "127.0.0.1"


class OneQuestion(Guarded):
    """A guarded form with something to leave out."""

    words = forms.CharField()


def test_a_person_who_left_something_out_hears_about_that_alone() -> None:
    form = OneQuestion({"website": "", "shown": shown(0), "words": ""})
    assert not form.is_valid()
    assert list(form.errors) == ["words"]
