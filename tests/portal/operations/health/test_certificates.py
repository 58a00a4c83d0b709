"""The mail server's certificate is looked at over the way that mail goes; a wrong or old one is told in one line."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

from portal.operations.backup.making import note_run
from portal.operations.health import certificates, mailing
from portal.operations.health.certificates import Server, server_in_use
from portal.operations.models import BackupRun, Sighting
from portal.operations.tasks import look_at_certificate, tidy_up

NOW = datetime.now(UTC).replace(microsecond=0)


def a_certificate(folder: Path, *, until: datetime, name: str = "127.0.0.1") -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    names: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_address(name))]
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(until - timedelta(days=90))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "mail.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@contextmanager
def mail_server(file: Path, *, begins_plain: bool) -> Iterator[int]:
    """Answers one caller on loopback, with TLS from the beginning or when asked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(10)

    def serve() -> None:
        try:
            line, _ = listening.accept()
            line.settimeout(10)
            if begins_plain:
                for said in (b"220 hello\r\n", b"250-hello\r\n250 STARTTLS\r\n", b"220 go\r\n"):
                    line.sendall(said)
                    if not said.startswith(b"220 go"):
                        line.recv(1000)
            with context.wrap_socket(line, server_side=True) as safe:
                safe.recv(1000)
        except OSError:
            pass  # the caller did not like the certificate

    server = threading.Thread(target=serve)
    server.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.join()
        listening.close()


@pytest.mark.parametrize("begins_plain", [True, False])
@pytest.mark.django_db
def test_the_last_day_is_seen_and_told_in_time(
    begins_plain: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = NOW + timedelta(days=10)
    file = a_certificate(tmp_path, until=until)
    trusts = ssl.create_default_context(cafile=str(file))
    with mail_server(file, begins_plain=begins_plain) as port:
        monkeypatch.setattr(certificates, "server_in_use", lambda: Server("127.0.0.1", port, begins_plain))
        seen = certificates.look(now=NOW, context=trusts)
    assert seen is not None
    assert (seen.until, seen.trouble) == (until, "")
    assert mailing.certificate(NOW).is_well is False
    assert mailing.certificate(NOW - timedelta(days=5)).is_well


@pytest.mark.django_db
def test_one_that_nobody_vouches_for_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = a_certificate(tmp_path, until=NOW + timedelta(days=80))
    with mail_server(file, begins_plain=False) as port:
        monkeypatch.setattr(certificates, "server_in_use", lambda: Server("127.0.0.1", port))
        seen = certificates.look(now=NOW)
    assert seen is not None
    assert seen.trouble == "It is not good: self-signed certificate."
    assert mailing.certificate(NOW).is_well is False


@pytest.mark.django_db
def test_a_server_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    monkeypatch.setattr(certificates, "server_in_use", lambda: Server("127.0.0.1", port))
    seen = certificates.look(now=NOW)
    assert seen is not None
    assert seen.trouble == "The mail server could not be asked: ConnectionRefusedError."


SMTP = "django.core.mail.backends.smtp.EmailBackend"
HOST = {"EMAIL_HOST": "mail.example.org"}


@pytest.mark.parametrize(
    ("backend", "also", "expected"),
    [
        (SMTP, {**HOST, "EMAIL_PORT": 587, "EMAIL_USE_TLS": True}, Server("mail.example.org", 587, begins_plain=True)),
        (SMTP, {**HOST, "EMAIL_PORT": 465, "EMAIL_USE_SSL": True}, Server("mail.example.org", 465)),
        (SMTP, {**HOST, "EMAIL_PORT": 25}, None),
        (
            "anymail.backends.mailgun.EmailBackend",
            {"ANYMAIL": {"MAILGUN_API_KEY": "k"}},
            Server("api.mailgun.net", 443),
        ),
        ("portal.emails.backends.EmlFiles", {}, None),
    ],
)
def test_only_the_server_that_is_set_is_asked(backend: str, also: dict[str, Any], expected: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = backend
    for name, value in also.items():
        setattr(settings, name, value)
    assert server_in_use() == expected


@pytest.mark.django_db
def test_where_mail_goes_without_one_nobody_is_asked() -> None:
    Sighting.objects.create(name=mailing.CERTIFICATE, seen_at=timezone.now(), trouble="old")
    look_at_certificate.call()
    assert not Sighting.objects.exists()
    assert mailing.certificate(NOW).is_well is None


@pytest.mark.django_db
def test_the_night_forgets_old_lines_about_backups() -> None:
    note_run(began_at=NOW - timedelta(days=401))
    kept = note_run(began_at=NOW)
    tidy_up.call()
    assert list(BackupRun.objects.all()) == [kept]
