"""Planted words go through the whole life of a referral, and are found nowhere that they are not sealed."""

import base64
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from wagtail.models import ReferenceIndex

from selfreferral.models import Referral
from selfreferral.views import apply
from selfreferral.views import referral as staff_views
from selfreferral.views.privately import COOKIE
from tests.conftest import Person
from tests.factories.asking import fill
from tests.factories.selfreferral import a_draft, a_referral, a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]

PHONE, EMAIL = "07700 900777", "kestrel@wren.example"
PLANTED: dict[str, Any] = {
    "for_whom": "family_or_friend",
    "referrer_name": "KESTREL-TELLER",
    "relationship": "KESTREL-BOND",
    "referrer_contact": "KESTREL-CONTACT",
    "person_knows": "knows",
    "what_would_help": "KESTREL-STORY",
    "danger": "yes",
    "name": "KESTREL-NAME",
    "phone": PHONE,
    "email": EMAIL,
    "place": "KESTREL-PLACE",
    "safe_ring": "yes",
    "safe_text": "yes",
    "safe_visit": "no",
    "good_times": "KESTREL-TIMES",
    "who_may_answer": "KESTREL-WHO",
    "say_we_are": "KESTREL-SAY",
    "language": "KESTREL-LANGUAGE",
    "needs": ["hearing"],
}
WORDS = ["KESTREL", "kestrel@", "900777", "wren.example"]


def in_every_shape(words: list[str]) -> list[bytes]:
    """The words as they might lie somewhere: as they are, in other letters, or in base64 at any of its three offsets."""
    plain = [word.encode() for word in words]
    wide = [word.encode("utf-16-le") for word in words]
    armoured = [
        base64.b64encode(b"x" * offset + word.encode())[4 if offset else 0 : -4]
        for word in words
        for offset in range(3)
    ]
    return [*plain, *wide, *[piece for piece in armoured if len(piece) > 5]]


def every_cell() -> Iterator[bytes]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for cell in row:
                    yield bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def everything_kept() -> bytes:
    """Every cell of every table, the database's file as it would lie on the disk, and the cache."""
    kept = b"\n".join(every_cell())
    if connection.vendor == "sqlite":
        kept += connection.connection.serialize()
    return kept + str(getattr(cache, "_cache", "")).encode()


def files_written() -> bytes:
    folders = [Path(settings.MAIL_DIR), Path(settings.MEDIA_ROOT)]
    return b"".join(
        path.read_bytes() for folder in folders if folder.exists() for path in folder.rglob("*") if path.is_file()
    )


def assert_silent(where: bytes, words: list[str] = WORDS) -> None:
    assert [shape for shape in in_every_shape(words) if shape in where] == []


def test_the_search_finds_what_is_there() -> None:
    referral = a_referral(now=timezone.now())
    kept = everything_kept()
    assert kept.count(referral.reference.encode()) >= (2 if connection.vendor == "sqlite" else 1)
    assert any(shape in base64.b64encode(b"well, KESTREL-NAME") for shape in in_every_shape(["KESTREL"]))


def test_nothing_that_was_typed_lies_anywhere_unsealed(
    resident: Person,
    navigator: Person,
    run_worker: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    fill(resident, PLANTED)
    key = resident.cookies[COOKIE].value
    assert_silent(everything_kept(), [*WORDS, key])
    resident.post("/here/check/")
    referral = Referral.objects.get()
    at = f"/staff/referrals/{referral.reference}/"
    assert "KESTREL-STORY" not in navigator.get("/staff/referrals/").content.decode()
    navigator.post(f"{at}claim/")

    def do(deed: str, **given: object) -> None:
        referral.refresh_from_db()
        response = navigator.post(f"{at}{deed}/", {"seen_version": referral.version, **given})
        assert response.status_code == 302, response.content

    do("move", to="contacting", reason="KESTREL-REASON")
    do("attempt", channel="ring", outcome="no_answer", note="KESTREL-NOTE")
    do("override", channel="visit", reason="KESTREL-OVERRIDE")
    do("attempt", channel="ring", outcome="spoke_to_the_person", note="KESTREL-TALK", how_known="KESTREL-KNOWN")
    do("move", to="talking", reason="KESTREL-REASON")
    do("signpost", service=a_service().choice, words="KESTREL-SIGNPOST")
    page = navigator.get(at).content.decode()
    for word in ("STORY", "NAME", "REASON", "NOTE", "OVERRIDE", "SIGNPOST", "TELLER"):
        assert f"KESTREL-{word}" in page
    do("release", reason="KESTREL-RELEASE")
    run_worker()
    assert len(mail.outbox) == 1
    assert_silent(everything_kept())
    assert_silent(files_written())
    assert_silent(caplog.text.encode())
    assert_silent(
        str([message.message().as_string() for message in mail.outbox]).encode(), [*WORDS, referral.reference]
    )
    for person in (resident, navigator):
        assert_silent(str(person.cookies.output()).encode())
    models = {model._meta.label for model in ReferenceIndex.indexed_models}
    assert not [label for label in models if label.startswith("selfreferral")]
    assert not ReferenceIndex.objects.filter(object_id=str(referral.pk)).exists()


@pytest.mark.parametrize("view", ["sending", "noting"])
def test_an_error_report_names_nobody(
    resident: Person,
    navigator: Person,
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
    if view == "sending":
        key = resident.cookies[COOKIE] = a_draft(now=timezone.now())
        monkeypatch.setattr(apply, "save_answers", broken)
        response = resident.post("/here/2/", {"page": "what_would_help", "what_would_help": "KESTREL-STORY"})
    else:
        key = navigator.cookies["sessionid"].value
        monkeypatch.setattr(staff_views, "look", broken)
        path = f"/staff/referrals/{a_referral(now=timezone.now()).reference}/attempt/"
        response = navigator.post(path, {"channel": "KESTREL", "note": "KESTREL-NOTE", "seen_version": 1})
    assert response.status_code == 500
    assert_silent(response.content)
    assert_silent(caplog.text.encode(), [*WORDS, key])
    assert len(mail.outbox) == 1
    reports = str([message.message().as_string() for message in mail.outbox])
    assert_silent(reports.encode(), [*WORDS, key])
