"""The door for mail providers, tried with what real ones send: their words, their signatures, and everybody else's."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.checks import run_checks
from django.urls import reverse

from portal.emails.models import Suppression
from portal.emails.webhooks import DOORS
from tests.conftest import Person

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::Warning:anymail")]
KEY = "key-of-mailgun"
SECRET = "provider:a long secret"
BASIC = {"HTTP_AUTHORIZATION": "Basic " + base64.b64encode(SECRET.encode()).decode()}
ANN = "ann@example.org"


@pytest.fixture
def provider() -> Person:
    """A mail provider's computer: no cookie, no token, and the server checks for them."""
    return Person(enforce_csrf_checks=True)


def use(settings: Any, name: str, **anymail: str) -> None:
    settings.EMAIL_BACKEND = f"anymail.backends.{name}.EmailBackend"
    settings.ANYMAIL = anymail


def tell(provider: Person, name: str, report: object, **headers: Any) -> Any:
    body = report if isinstance(report, bytes) else json.dumps(report).encode()
    return provider.post(f"/webhooks/mail/{name}/", body, content_type="application/json", **headers)


def said_of_mail() -> list[str]:
    """What the portal, as it starts, has to say against these settings."""
    return [str(one.id) for one in run_checks() if str(one.id).startswith("emails.")]


def reasons() -> list[str]:
    return list(Suppression.objects.values_list("reason", flat=True))


def by_mailgun(event: str, *, key: str = KEY, **also: Any) -> dict[str, Any]:
    """As Mailgun tells it, with the signature block that it makes."""
    signature = hmac.new(key.encode(), b"1700000000token", hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": "1700000000", "token": "token", "signature": signature},
        "event-data": {
            "event": event,
            "timestamp": 1700000000.1,
            "recipient": ANN,
            "message": {"headers": {"message-id": "20231114.1@mg.example.org"}},
            "user-variables": {"copy": "abc@localhost"},
            **also,
        },
    }


def by_postmark(kind: str, **also: Any) -> dict[str, Any]:
    return {
        "RecordType": kind,
        "MessageID": "883953f4-6105",
        "Email": ANN,
        "Metadata": {"copy": "abc@localhost"},
        **also,
    }


def by_ses(kind: str, **detail: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """As Amazon tells it: an event of SES inside a notification of SNS."""
    mail = {
        "messageId": "0100018",
        "destination": [ANN],
        "headers": [{"name": "X-Metadata", "value": '{"copy": "a@b"}'}],
    }
    notice = {
        "Type": "Notification",
        "MessageId": "sns-1",
        "Timestamp": "2026-11-22T20:00:00.000Z",
        "Message": json.dumps({"eventType": kind, "mail": mail, kind.lower(): detail}),
    }
    return notice, {"HTTP_X_AMZ_SNS_MESSAGE_TYPE": "Notification", "HTTP_X_AMZ_SNS_MESSAGE_ID": "sns-1"}


# Mailgun: signed --------------------------------------------------------------------------------------


def test_a_complaint_by_mailgun_is_heard_and_its_replay_changes_nothing(provider: Person, settings: Any) -> None:
    use(settings, "mailgun", MAILGUN_WEBHOOK_SIGNING_KEY=KEY)
    for _ in range(3):
        response = tell(provider, "mailgun", by_mailgun("complained"))
        assert response.status_code == 200
        assert not response.cookies
    assert reasons() == ["complained"]


def test_mailgun_tells_a_dead_address_from_one_that_is_tried_again(provider: Person, settings: Any) -> None:
    use(settings, "mailgun", MAILGUN_WEBHOOK_SIGNING_KEY=KEY)
    tell(provider, "mailgun", by_mailgun("failed", severity="temporary", reason="generic"))
    assert reasons() == []
    gone: dict[str, Any] = {"delivery-status": {"code": 550, "message": "550 5.1.1 no such user"}}
    tell(provider, "mailgun", by_mailgun("failed", severity="permanent", reason="bounce", **gone))
    assert reasons() == ["bounced"]


@pytest.mark.parametrize("key", ["another key", ""])
def test_a_false_signature_is_refused(key: str, provider: Person, settings: Any) -> None:
    use(settings, "mailgun", MAILGUN_WEBHOOK_SIGNING_KEY=KEY)
    assert tell(provider, "mailgun", by_mailgun("complained", key=key)).status_code == 400
    unsigned = by_mailgun("complained") | {"signature": {}}
    assert tell(provider, "mailgun", unsigned).status_code == 400
    assert reasons() == []


def test_with_a_secret_a_signature_alone_is_not_enough(provider: Person, settings: Any) -> None:
    use(settings, "mailgun", MAILGUN_WEBHOOK_SIGNING_KEY=KEY, WEBHOOK_SECRET=SECRET)
    assert tell(provider, "mailgun", by_mailgun("complained")).status_code == 401
    assert tell(provider, "mailgun", by_mailgun("complained"), **BASIC).status_code == 200


# Postmark: by a secret --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (by_postmark("SpamComplaint", Type="SpamComplaint"), ["complained"]),
        (by_postmark("Bounce", Type="HardBounce", Details="smtp;550 5.1.1 unknown"), ["bounced"]),
        (by_postmark("Bounce", Type="SoftBounce"), []),
        (by_postmark("Bounce", Type="Transient"), []),
        (by_postmark("SubscriptionChange", Recipient=ANN, SuppressionReason="ManualSuppression"), ["asked"]),
        (by_postmark("Delivery", DeliveredAt="2026-11-22T20:00:00Z"), []),
        (by_postmark("Open"), []),
    ],
    ids=lambda value: "" if isinstance(value, list) else f"{value['RecordType']}-{value.get('Type')}",
)
def test_reports_by_postmark(report: dict[str, Any], expected: list[str], provider: Person, settings: Any) -> None:
    use(settings, "postmark", WEBHOOK_SECRET=SECRET)
    assert tell(provider, "postmark", report, **BASIC).status_code == 200
    assert reasons() == expected


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"HTTP_AUTHORIZATION": "Basic " + base64.b64encode(b"provider:wrong").decode()}, 400),
        ({"HTTP_AUTHORIZATION": "Basic not base64"}, 400),
        ({"HTTP_AUTHORIZATION": "Bearer a long secret"}, 400),
    ],
)
def test_a_wrong_secret_is_refused(headers: dict[str, str], status: int, provider: Person, settings: Any) -> None:
    use(settings, "postmark", WEBHOOK_SECRET=SECRET)
    response = tell(provider, "postmark", by_postmark("SpamComplaint"), **headers)
    assert response.status_code == status
    assert reasons() == []


# SendGrid: many at once, signed by an elliptic curve; Amazon SES: inside another envelope -----------------


def test_sendgrid_tells_many_at_once_and_signs_them(provider: Person, settings: Any) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    use(settings, "sendgrid", SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY=base64.b64encode(public).decode())
    report = [
        {"event": "delivered", "email": "bob@example.org", "timestamp": 1700000000, "copy": "x@localhost"},
        {"event": "bounce", "email": ANN, "timestamp": 1700000000, "reason": "550 5.1.1 no such user"},
        {"event": "spamreport", "email": "cat@example.org", "timestamp": 1700000000},
    ]
    body = json.dumps(report).encode()
    signature = base64.b64encode(private.sign(b"1700000001" + body, ec.ECDSA(hashes.SHA256()))).decode()
    headers = {
        "HTTP_X_TWILIO_EMAIL_EVENT_WEBHOOK_SIGNATURE": signature,
        "HTTP_X_TWILIO_EMAIL_EVENT_WEBHOOK_TIMESTAMP": "1700000001",
    }
    assert tell(provider, "sendgrid", body.replace(b"ann@", b"eve@"), **headers).status_code == 400
    assert tell(provider, "sendgrid", body).status_code == 400
    assert reasons() == []
    assert tell(provider, "sendgrid", body, **headers).status_code == 200
    assert sorted(reasons()) == ["bounced", "complained"]


def test_amazon_asks_for_the_secret_and_tells_a_full_mailbox_from_a_dead_one(provider: Person, settings: Any) -> None:
    use(settings, "amazon_ses", WEBHOOK_SECRET=SECRET)
    back = {"bounceSubType": "General", "bouncedRecipients": [{"emailAddress": ANN}]}
    report, headers = by_ses("Bounce", bounceType="Transient", **back)
    unasked = tell(provider, "amazon_ses", report, **headers)
    assert unasked.status_code == 401
    assert unasked["WWW-Authenticate"].startswith("Basic")
    assert tell(provider, "amazon_ses", report, **headers, **BASIC).status_code == 200
    assert reasons() == []
    report, headers = by_ses("Bounce", bounceType="Permanent", **back)
    assert tell(provider, "amazon_ses", report, **headers, **BASIC).status_code == 200
    assert reasons() == ["bounced"]


# Rubbish ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"7", b'"words"', b"null", b"\xff\xfe", b"[" * 100_000, b'{"RecordType": {}}',
        b'{"RecordType": "Inbound"}', b'{"RecordType": "Delivery", "DeliveredAt": 7, "Email": "a@b.example"}',
        b'{"RecordType": "Bounce", "Type": [], "Metadata": 7}',
    ],
    ids=range(12),
)  # fmt: skip
def test_rubbish_gets_a_clear_answer_and_changes_nothing(body: bytes, provider: Person, settings: Any) -> None:
    use(settings, "postmark", WEBHOOK_SECRET=SECRET)
    response = tell(provider, "postmark", body, **BASIC)
    assert response.status_code == 400
    assert reasons() == []


def test_a_huge_body_is_refused(provider: Person, settings: Any) -> None:
    use(settings, "postmark", WEBHOOK_SECRET=SECRET)
    body = json.dumps(by_postmark("SpamComplaint", Details="x" * 3_000_000)).encode()
    assert tell(provider, "postmark", body, **BASIC).status_code in {400, 413}
    assert reasons() == []


def test_a_report_is_taken_whole_or_not_at_all(
    provider: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(settings, "sendgrid", WEBHOOK_SECRET=SECRET)
    report = [{"event": "spamreport", "email": ANN}, {"event": "bounce", "email": "bob@example.org"}]

    provider.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("portal.emails.suppression._MILDEST_FIRST", ("complained",))
        assert tell(provider, "sendgrid", report, **BASIC).status_code == 500
    assert reasons() == []
    assert tell(provider, "sendgrid", report, **BASIC).status_code == 200
    assert sorted(reasons()) == ["bounced", "complained"]


# The door -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(DOORS))
def test_with_no_provider_every_door_is_shut(name: str, provider: Person) -> None:
    assert reverse(f"mail_{name}") == f"/webhooks/mail/{name}/"
    for method in ("get", "head", "post", "put"):
        assert getattr(provider, method)(f"/webhooks/mail/{name}/").status_code == 404


def test_only_the_door_of_the_provider_in_use_is_open(provider: Person, settings: Any) -> None:
    use(settings, "postmark", WEBHOOK_SECRET=SECRET)
    assert tell(provider, "mailjet", {"event": "spam", "email": ANN}, **BASIC).status_code == 404
    assert tell(provider, "postmark/inbound", {}, **BASIC).status_code in {403, 404}
    assert provider.get("/webhooks/mail/postmark/").status_code == 405
    assert reasons() == []


@pytest.mark.parametrize("name", sorted({*DOORS} - {"mandrill"}))
def test_without_a_secret_or_key_the_door_is_shut_and_the_portal_does_not_start(
    name: str, provider: Person, settings: Any
) -> None:
    use(settings, name)
    assert tell(provider, name, by_postmark("SpamComplaint")).status_code == 404
    assert said_of_mail() == ["emails.E001"]


@pytest.mark.parametrize(
    ("name", "anymail"),
    [
        ("postmark", {"WEBHOOK_SECRET": SECRET}),
        ("mailgun", {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}),
        ("mailgun", {"MAILGUN_API_KEY": KEY}),
        ("sendgrid", {"WEBHOOK_SECRET": SECRET}),
        ("resend", {"RESEND_SIGNING_SECRET": KEY}),
    ],
)
def test_with_one_the_portal_starts(name: str, anymail: dict[str, str], settings: Any) -> None:
    use(settings, name, **anymail)
    assert said_of_mail() == []


@pytest.mark.parametrize("backend", ["anymail.backends.test.EmailBackend", "anymail.backends.console.EmailBackend"])
def test_without_a_provider_nothing_is_asked_of_the_settings(backend: str, settings: Any) -> None:
    settings.EMAIL_BACKEND = backend
    assert said_of_mail() == []


@pytest.mark.parametrize(("base_url", "wrong"), [("http://t.example", ["emails.E002"]), ("https://t.example", [])])
def test_in_production_links_to_leave_begin_with_https(base_url: str, wrong: list[str], settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT, settings.BASE_URL = True, base_url
    assert said_of_mail() == wrong
