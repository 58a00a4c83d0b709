"""Mail goes out by one door, which asks first whether the address wants any."""

import email
from datetime import timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.signing import TimestampSigner

from portal.audit.models import AuditEvent
from portal.emails.backends import EmlFiles
from portal.emails.links import absolute, read, sign
from portal.emails.models import Suppression
from portal.emails.sending import send
from portal.emails.suppression import is_suppressed, suppress
from tests.conftest import Person

TEMPLATE = "portal.emails.sending.render_to_string"


@pytest.fixture
def a_template(monkeypatch: pytest.MonkeyPatch) -> None:
    def rendered(name: str, context: dict[str, Any], using: str | None = None) -> str:
        return f"{name.rsplit('.', 1)[0]}\n for {context['who']}" if using == "text" else f"<p>{context['who']}</p>"

    monkeypatch.setattr(TEMPLATE, rendered)


@pytest.mark.django_db
def test_a_mail_has_a_subject_on_one_line_and_both_parts(a_template: None) -> None:
    assert send(to="a@example.org", template="x/hello", context={"who": "Ann"}, headers={"X-Kind": "test"})
    sent = mail.outbox[0]
    assert sent.subject == "emails/x/hello.subject for Ann"
    assert "for Ann" in sent.body
    assert sent.alternatives[0][0] == "<p>Ann</p>"  # type: ignore[attr-defined]
    assert sent.extra_headers == {"X-Kind": "test"}


@pytest.mark.django_db
def test_an_address_that_said_stop_gets_nothing(a_template: None) -> None:
    suppress(address="A@Example.org ", reason=Suppression.Reason.ASKED)
    assert not send(to="a@example.org", template="x/hello", context={"who": "Ann"})
    assert mail.outbox == []


@pytest.mark.django_db
def test_stopping_twice_is_stopping_once_and_keeps_no_address(administrator: Person) -> None:
    suppress(address="a@example.org", reason=Suppression.Reason.COMPLAINED, by=administrator.user)
    suppress(address="a@example.org", reason=Suppression.Reason.ASKED)
    kept = Suppression.objects.get()
    assert kept.reason == "complained"
    assert "example" not in kept.address_hash
    assert is_suppressed("A@EXAMPLE.ORG")
    assert AuditEvent.objects.filter(action="emails.suppress").count() == 1


def test_a_link_does_one_thing_only() -> None:
    token = sign("newsletter.leave", 7)
    assert read("newsletter.leave", token) == 7
    assert read("newsletter.confirm", token) is None
    assert read("newsletter.leave", token + "x") is None
    assert read("newsletter.leave", "") is None


def test_a_link_may_grow_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TimestampSigner, "timestamp", lambda self: "1aaaaa")
    token = sign("comments.confirm", "K7M")
    monkeypatch.undo()
    assert read("comments.confirm", token) == "K7M"
    assert read("comments.confirm", token, max_age=timedelta(days=7)) is None


def test_an_absolute_link_starts_with_the_portals_address(settings: Any) -> None:
    settings.BASE_URL = "https://together.example.org/"
    assert absolute("/news/") == "https://together.example.org/news/"


def test_in_development_each_mail_is_a_file_that_mail_programs_open(settings: Any, tmp_path: Path) -> None:
    settings.MAIL_DIR = tmp_path / "mail"
    message = EmailMessage("Hello", "Words — and £", to=["a@example.org"])
    assert EmlFiles().send_messages([message, message]) == 2
    files = sorted(settings.MAIL_DIR.iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    parsed = email.message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert parsed["Subject"] == "Hello"
    assert parsed.get_content().strip() == "Words — and £"
