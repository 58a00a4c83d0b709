"""A navigator hears that somebody asked, picks them up, reaches them safely and helps them to find somewhere."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.utils import timezone

from portal.audit.models import AuditEvent
from selfreferral.actions.referrals import send_referral
from selfreferral.models import Referral
from tests.conftest import Person
from tests.factories.selfreferral import a_draft, a_service

pytestmark = pytest.mark.django_db


def test_a_navigator_picks_somebody_up_and_stays_with_them(
    navigator: Person, other_navigator: Person, lead: Person, run_worker: Callable[[], None]
) -> None:
    # Somebody asks, and the navigators hear a number.
    now = timezone.now()
    referral = send_referral(key=a_draft(now=now), now=now)
    run_worker()
    assert mail.outbox[0].subject == "People who asked: 1 new, 0 overdue"
    assert "1</strong> people to answer" in navigator.get("/staff/").content.decode()

    # Two reach for the same person; one is told who has them.
    at = f"/staff/referrals/{referral.reference}/"
    assert referral.reference in navigator.get("/staff/referrals/?show=new").content.decode()
    navigator.post(f"{at}claim/")
    told = other_navigator.post(f"{at}claim/", follow=True).content.decode()
    assert f"Navigator has picked up {referral.reference}" in told

    def do(person: Person, deed: str, **given: object) -> int:
        referral.refresh_from_db()
        return person.post(f"{at}{deed}/", {"seen_version": referral.version, **given}).status_code

    # They may text and not ring: there is no button to ring, and the server refuses it too.
    assert "sms:" not in navigator.get(at).content.decode()
    assert do(navigator, "move", to="contacting", reason="Will text after tea.") == 302
    page = navigator.get(at).content.decode()
    assert "sms:07700900123" in page
    assert "tel:" not in page
    assert do(navigator, "attempt", channel="ring", outcome="no_answer") == 403
    assert do(navigator, "attempt", channel="text", outcome="text_sent", note="Said hello.") == 302

    # Only a talk stops the clock and lets them go on.
    assert do(navigator, "move", to="talking", reason="Not yet.") == 400
    talk = {"channel": "text", "outcome": "spoke_to_the_person", "note": "A good talk."}
    assert do(navigator, "attempt", **talk) == 400
    assert do(navigator, "attempt", **talk, how_known="Knew what she had written.") == 302
    assert do(navigator, "move", to="talking", reason="We spoke.") == 302

    # The navigator falls ill: the lead gives the person to somebody else, who sees all that was done.
    assert (
        do(lead, "allocate", navigator=other_navigator.user.pk, reason="Ill this week.", meeting="I did alone.") == 302
    )
    assert "Said hello." in other_navigator.get(at).content.decode()
    assert do(navigator, "signpost", words="Not mine any more") == 403
    assert do(other_navigator, "signpost", service=a_service().choice, words="Walked there together.") == 302
    assert do(other_navigator, "move", to="signposted", reason="Happy with it.") == 302

    referral.refresh_from_db()
    assert referral.public_label == "We helped you find somewhere"
    assert not Referral.objects.held().exists()

    # Months later they come back, and it is the same referral with a new clock.
    assert do(navigator, "reveal", why="rang") == 302
    assert do(navigator, "move", to="new", reason="Came back to us.") == 302
    assert Referral.objects.new().get() == referral

    # Every look was written down.
    looks = AuditEvent.objects.about(referral).filter(action="selfreferral.look")
    assert {look.done_by for look in looks} >= {str(navigator.user.pk), str(other_navigator.user.pk)}
