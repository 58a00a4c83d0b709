"""The demo's work with others: one agreement, one example shown to the partner, and one that the lead asks to have erased."""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.accounts.models import User
from selfreferral.actions.erasing import ask_to_erase
from selfreferral.actions.sharing import record_agreement, share
from selfreferral.models import ErasureRequest, Referral, SharingAgreement

SHOWN, TO_ERASE = "demo:example-i", "demo:example-l"
SHOWN_PARTS = ("name", "safe_ways", "needs")


def load_together(*, people: dict[str, User], now: datetime) -> None:
    """Loaded once; what people did with it since stays as it is."""
    lead, today = people["lead"], timezone.localdate(now)
    if not SharingAgreement.objects.exists():
        agreement = record_agreement(
            partner_name="Example food table",
            purpose="To bring food to the door of somebody who cannot come",
            lawful_basis="An example: Article 6(1)(e), and Article 9(2)(h)",
            begins_on=today - timedelta(days=30),
            ends_on=today + timedelta(days=335),
            by=lead,
            now=now - timedelta(days=30),
        )
        referral = Referral.objects.sent_with(SHOWN).first()
        if referral is not None:
            share(
                referral=referral,
                agreement=agreement,
                partner=people["partner"],
                parts=SHOWN_PARTS,
                why="Example: they said that a parcel on Fridays would help, and that the food table may know.",
                ends_on=today + timedelta(days=60),
                by=lead,
                now=now,
            )
    finished = Referral.objects.sent_with(TO_ERASE).first()
    if finished is not None and not ErasureRequest.objects.exists():
        ask_to_erase(referral=finished, why=ErasureRequest.Why.PERSON, by=lead, now=now)
