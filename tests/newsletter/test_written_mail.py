"""A mail whose words are already written goes out by the same one door."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage, get_connection

from portal.emails.models import Suppression
from portal.emails.sending import send_written
from portal.emails.suppression import suppress

pytestmark = pytest.mark.django_db


def test_it_goes_as_written_with_its_own_message_id(monkeypatch: pytest.MonkeyPatch) -> None:
    line = get_connection()
    carried: list[EmailMessage] = []
    monkeypatch.setattr(line, "send_messages", carried.extend)
    assert send_written(
        to="ann@example.org",
        subject="Winter\nin Horden",
        text="Warm.",
        html="<p>Warm.</p>",
        headers={"Message-ID": "<one@localhost>"},
        connection=line,
    )
    (sent,) = carried
    assert (sent.subject, sent.body) == ("Winter in Horden", "Warm.")
    assert sent.alternatives[0][0] == "<p>Warm.</p>"  # type: ignore[attr-defined]
    assert sent.message()["Message-ID"] == "<one@localhost>"


def test_it_does_not_go_to_an_address_that_asked_us_to_stop() -> None:
    suppress(address="ann@example.org", reason=Suppression.Reason.COMPLAINED)
    assert not send_written(to="Ann@example.org", subject="x", text="x", html="x")
    assert mail.outbox == []
