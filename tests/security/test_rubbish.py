"""Forty-five kinds of rubbish in every field of every public form: nothing breaks, and nothing comes back as it was sent."""

import html
import re
from typing import Any

import pytest
from django.core.cache import caches
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.comments.hearing.forms import AlertForm, HearForm
from engagement.comments.models import PlaceComment
from engagement.directory.keeping.forms import AddressForm, WrongForm
from engagement.directory.listening.forms import ListenForm
from engagement.directory.models import Activity, Venue
from newsletter.forms import SubscribeForm
from tests.conftest import Person
from tests.security.village import people, tried, village

__all__ = ["people", "village"]  # the fixtures of this file
MARK = "zq7x"
NASTY = [
    "", " ", "\x00", "a\x00b", "\x1b[31m", "\r\nBcc: all@example.org", "a" * 5_000, "é" * 3_000, "0", "-1", "1e309", "NaN",
    "9" * 400, "１２３", "٣", "null", "None", "true", "[]", "{}", "{{ 7*7 }}", "{% debug %}", "${7*7}", "%s%n", "%00",
    f"<script>{MARK}</script>", f'"><svg onload={MARK}>', f"'><img src=x onerror={MARK}>", f"javascript:{MARK}",
    f"<style>{MARK}</style>", f"</textarea><b>{MARK}", f"<!--{MARK}", "' OR 1=1 --", "'; DROP TABLE x; --", "../../etc/passwd",
    "a@" + "b" * 300 + ".example", "a@b@c.example", "\"a b\"@example.org", "a@exämple.org", "=1+1", "\u202eevil", "😀",
    "2026-13-45", "25:99", "\ufeffx",
]  # fmt: skip
RAW = [f"<script>{MARK}", f"<svg onload={MARK}", f"onerror={MARK}>", f"<style>{MARK}", f"<b>{MARK}", f"<!--{MARK}"]
FIELD = re.compile(r'<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"')
KEPT = {"csrfmiddlewaretoken", "shown", "website"}


def forms() -> list[tuple[str, str]]:
    """Where a stranger can type something, and how it is sent."""
    venue, activity = Venue.objects.listed().first(), Activity.objects.listed().first()
    comment = PlaceComment.objects.published().first()
    assert venue is not None
    assert activity is not None
    assert comment is not None
    taking = [
        "/have-your-say/add/",
        "/have-your-say/alerts/",
        f"/have-your-say/comments/{comment.reference}/hear/",
        f"/activities/{activity.slug}/tell-me/",
        f"/activities/{activity.slug}/wrong/",
        f"/venues/{venue.slug}/wrong/",
        "/keeping/new-link/",
        "/news/subscribe/",
        "/here/return/",
        "/accounts/login/",
        "/accounts/password/reset/",
    ]
    asking = ["/search/", "/whats-on/", "/have-your-say/"]
    return [*((address, "post") for address in taking), *((address, "get") for address in asking)]


def test_there_are_forty_five() -> None:
    assert len(NASTY) == 45


def test_rubbish_in_any_field_breaks_nothing_and_is_never_sent_back_as_it_came(
    people: dict[str, Person], as_a_person: None
) -> None:
    """In each try every field holds another kind, so that after 45 tries every field has held each."""
    stranger, wrong, pairs = people["stranger"], [], 0
    for address, method in forms():
        page = stranger.get(address).content.decode()
        found = FIELD.findall(page.split("<main")[-1])
        kept = {name: html.unescape(value) for name, value in re.findall(r'name="(shown)" value="([^"]*)"', page)}
        fields = sorted({*found} - KEPT)
        assert fields, address
        for turn in range(len(NASTY)):
            caches["default"].clear()
            typed = {name: NASTY[(turn + place) % len(NASTY)] for place, name in enumerate(fields)}
            answer = tried(stranger, method, address, **kept, **typed)
            pairs += len(fields)
            body = b"" if answer.streaming else answer.content  # type: ignore[attr-defined]
            echoed = [raw for raw in RAW if raw in body.decode(errors="ignore")]
            split = [name for name, value in answer.headers.items() if "\n" in value or "\r" in value]
            if answer.status_code >= 500 or echoed or split:
                wrong.append(f"{method} {address} turn {turn}: {answer.status_code} {echoed} {split}")
    assert wrong == [], "\n".join(wrong)
    assert pairs > 1_500


@pytest.mark.parametrize("form", [AlertForm, HearForm, ListenForm, SubscribeForm, AddressForm, WrongForm])
@pytest.mark.django_db
@settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(data=st.data())
def test_whatever_is_typed_a_form_says_yes_or_no(form: Any, data: st.DataObject) -> None:
    extra = {"around": None} if form is AlertForm else {}
    names = list(form(**extra).fields)
    typed = data.draw(st.dictionaries(st.sampled_from(names), st.text(max_size=200)))
    filled = form(typed, **extra)
    assert filled.is_valid() in {True, False}
    assert "\x00" not in str(getattr(filled, "cleaned_data", ""))
