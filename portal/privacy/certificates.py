"""Certificates of what was destroyed: each is sealed with a keyed number over itself and over the one before."""

import hmac
import json
from datetime import datetime

from django.db import transaction

from portal.audit.record import record
from portal.audit.sealing import keyed_number
from portal.privacy.models import Certificate


def _number(certificate: Certificate) -> str:
    told = [
        certificate.began_at.isoformat(), certificate.ended_at.isoformat() if certificate.ended_at else "",
        certificate.is_whole, certificate.run_by, certificate.lines, certificate.loose,
    ]  # fmt: skip
    return keyed_number("certificate", certificate.before_mac, json.dumps(told, sort_keys=True, ensure_ascii=False))


@transaction.atomic
def seal(*, certificate: Certificate, is_whole: bool, now: datetime) -> Certificate:
    """Say that a run is over; from now on every change of its certificate shows."""
    last = Certificate.objects.sealed().select_for_update().order_by("-ended_at", "-pk").first()
    certificate.ended_at = certificate.touched_at = now
    certificate.is_whole, certificate.before_mac = is_whole, last.mac if last else ""
    certificate.mac = _number(certificate)
    certificate.save()
    record(
        action="privacy.certify", by=None, subject=certificate, rows=certificate.rows, files=certificate.files,
        is_whole=is_whole,
    )  # fmt: skip
    return certificate


def verify_certificates() -> list[str]:
    """A sentence for each certificate that was changed, or that is missing from between two others."""
    wrong, by_number = [], {certificate.mac: certificate for certificate in Certificate.objects.sealed()}
    followed: dict[str, int] = {}
    for certificate in by_number.values():
        if not hmac.compare_digest(certificate.mac, _number(certificate)):
            wrong.append(f"Certificate {certificate.pk} was changed.")
        if certificate.before_mac and certificate.before_mac not in by_number:
            wrong.append(f"The certificate before number {certificate.pk} is gone.")
        followed[certificate.before_mac] = followed.get(certificate.before_mac, 0) + 1
    if by_number and not followed.get(""):
        wrong.append("The first certificate is gone.")
    return wrong
