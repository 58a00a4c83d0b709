"""What breaks is reported without anybody's words, and no address of this room takes words along."""

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from selfreferral.views import apply
from selfreferral.views import queue as queue_views
from selfreferral.views import referral as staff_views
from selfreferral.views.privately import COOKIE
from tests.conftest import Person
from tests.factories.selfreferral import a_draft, a_referral
from tests.selfreferral.planted import WORDS, assert_silent

ROOM = "/staff/referrals/"


@pytest.mark.django_db
@pytest.mark.usefixtures("as_a_person")
@pytest.mark.parametrize("view", ["sending", "noting", "revealing", "searching"])
def test_an_error_report_names_nobody(
    resident: Person,
    navigator: Person,
    other_navigator: Person,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    view: str,
) -> None:
    settings.ADMINS = [("Technician", "technician@demo.example")]
    monkeypatch.setattr("django.utils.log.AdminEmailHandler.include_html", True, raising=False)

    def broken(*_: Any, **__: Any) -> None:
        typed = "KESTREL-LOCAL"
        raise RuntimeError(f"it broke after {len(typed)} letters")

    person = resident if view == "sending" else navigator
    person.raise_request_exception = False
    key = "" if view == "sending" else navigator.cookies["sessionid"].value
    path = f"{ROOM}{a_referral(now=timezone.now()).reference}/"
    if view == "sending":
        key = resident.cookies[COOKIE] = a_draft(now=timezone.now())
        monkeypatch.setattr(apply, "save_answers", broken)
        response = resident.post("/here/2/", {"page": "what_would_help", "what_would_help": "KESTREL-STORY"})
    elif view == "searching":
        monkeypatch.setattr(queue_views, "find", broken)
        response = navigator.post(f"{ROOM}search/", {"typed": "KESTREL-NAME"})
    else:
        monkeypatch.setattr(staff_views, "look", broken)
        deed = "attempt" if view == "noting" else "reveal"
        response = navigator.post(
            f"{path}{deed}/", {"channel": "KESTREL", "note": "KESTREL-NOTE", "why": "KESTREL", "seen_version": 1}
        )
    assert response.status_code == 500
    # Whoever sent it has their own words back, on a page that nobody keeps; nothing else of what we held stands there.
    assert response["Cache-Control"] == "no-store"
    assert b"KESTREL-LOCAL" not in response.content
    assert ('href="/here/leave/"' in response.content.decode()) is (view == "sending")
    assert_silent(caplog.text.encode(), [*WORDS, key])
    # What broke stands in the log alone, by its kind and place; no mail goes, whoever ADMINS names.
    assert "RuntimeError" in caplog.text
    assert mail.outbox == []


def test_no_address_of_this_room_takes_words_in_its_query() -> None:
    """What is typed goes by POST; a log of addresses holds numbers, days and references and nothing else."""
    templates = Path(__file__).parents[2] / "templates" / "selfreferral"
    asking = [
        str(path.relative_to(templates))
        for path in templates.rglob("*.html")
        if 'method="get"' in path.read_text() or "?typed" in path.read_text()
    ]
    assert sorted(asking) == ["admin/looks.html", "admin/numbers.html"]
