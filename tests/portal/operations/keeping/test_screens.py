"""What staff see of periods: counts, references and seals, each for whoever may, and a hold that keeps what it names."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.operations.keeping.nightly import tell_what_goes_soon, warn
from portal.privacy.certificates import verify_certificates
from portal.privacy.holds import LegalHold, held_ids
from portal.privacy.models import Certificate
from portal.privacy.purging import purge
from selfreferral.actions.erasing import erase
from selfreferral.models import Referral
from selfreferral.refusals import NotYours
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral
from tests.factories.together import a_wish_to_erase

pytestmark = pytest.mark.django_db
KEPT = "/staff/kept/"


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is signed in has just shown again who they are."""
    monkeypatch.setattr("portal.accounts.again.did_recently_reauthenticate", lambda request: True)


@pytest.fixture
def finished(db: None) -> Referral:
    referral = a_referral()
    Referral.objects.update(state="closed", changed_at=timezone.now() - timedelta(days=1100))
    return Referral.objects.get(pk=referral.pk)


def text(person: Person, address: str, **sent: str) -> str:
    answer = person.post(address, sent, follow=True) if sent else person.get(address, follow=True)
    return answer.content.decode()


def test_each_screen_is_for_whom_it_is(
    lead: Person, administrator: Person, coordinator: Person, navigator: Person, stranger: Person
) -> None:
    purge(now=timezone.now(), only=["selfreferral.closed"])
    number = Certificate.objects.get().pk
    for page in ("", "certificates/", f"certificates/{number}/", f"certificates/{number}/json/", "soon/"):
        assert lead.get(f"{KEPT}{page}").status_code == 200
        assert administrator.get(f"{KEPT}{page}").status_code == (403 if page == "soon/" else 200)
        for other in (coordinator, navigator):
            assert other.get(f"{KEPT}{page}").status_code == 403
        assert stranger.get(f"{KEPT}{page}").status_code == 302


def test_the_lead_is_told_in_numbers_and_sees_references(
    lead: Person, finished: Referral, django_capture_on_commit_callbacks: object
) -> None:
    assert warn(now=timezone.now()) == {"selfreferral.closed": 1}
    tell_what_goes_soon.call(person_id=lead.user.pk)
    (told,) = mail.outbox
    assert told.to == [lead.user.email]
    assert "Requests for help, finished: 1" in str(told.body)
    assert finished.reference not in str(told.message())
    assert f"Request {finished.reference}" in text(lead, f"{KEPT}soon/")
    assert "1 wait" not in text(lead, f"{KEPT}soon/")
    assert "1 waits" in text(lead, KEPT)
    assert "goes soon" in text(lead, "/staff/")


@pytest.mark.usefixtures("again")
def test_a_hold_stops_the_night_and_the_wish_to_erase_until_it_is_ended(
    lead: Person, administrator: Person, finished: Referral
) -> None:
    wish = a_wish_to_erase(finished, by=lead.user)
    address = f"{KEPT}soon/selfreferral.closed/{finished.pk}/"
    assert lead.post(address, {"reason": "", "review_on": ""}).status_code == 400
    far = (timezone.localdate() + timedelta(days=90)).isoformat()
    assert f'value="{far}"' in text(lead, address)
    assert "stays until somebody ends the hold" in text(lead, address, reason="A complaint", review_on=far)
    assert held_ids(Referral) == {str(finished.pk)}
    assert lead.post(address, {"reason": "Again", "review_on": far}).status_code == 400
    with pytest.raises(NotYours, match="keeps this record"):
        erase(wish=wish, by=administrator.user, now=WEDNESDAY)
    later = timezone.now() + timedelta(days=60)
    warn(now=timezone.now())
    purge(now=later, only=["selfreferral.closed"])
    finished.refresh_from_db()
    assert finished.state == "closed"
    assert "A complaint" in text(lead, f"{KEPT}soon/")
    ending = f"{KEPT}held/{LegalHold.objects.get().pk}/end/"
    assert lead.post(ending, {"because": ""}).status_code == 400
    assert "goes when its time is over" in text(lead, ending, because="It is settled")
    assert held_ids(Referral) == set()
    assert lead.get(ending).status_code == 404
    done = AuditEvent.objects.filter(action__in=["privacy.place_hold", "privacy.end_hold"])
    assert [event.done_by for event in done] == [str(lead.user.pk)] * 2


def test_a_record_is_held_early_by_its_reference_and_nothing_else_is_found(lead: Person, finished: Referral) -> None:
    asked = lead.get(f"{KEPT}soon/", {"reference": finished.reference.lower().replace("-", " ")})
    assert asked.status_code == 302
    assert lead.get(f"{KEPT}soon/", {"reference": finished.reference})["Location"].endswith(f"/{finished.pk}/")
    assert lead.get(f"{KEPT}soon/", {"reference": f"Account {lead.user.pk}"}).status_code == 302
    assert "There is no record" in text(lead, f"{KEPT}soon/?reference=XXX-XXX")
    for wrong in ("selfreferral.closed/nonsense/", f"directory.keepers/{finished.pk}/", "selfreferral.closed/1/"):
        assert lead.get(f"{KEPT}soon/{wrong}").status_code == 404


def test_a_certificate_that_was_changed_or_taken_away_shows(lead: Person) -> None:
    for _ in range(3):
        purge(now=timezone.now(), only=["selfreferral.closed"])
    first, second, third = Certificate.objects.in_order()
    assert verify_certificates() == []
    Certificate.objects.filter(pk=third.pk).update(is_whole=False)
    assert verify_certificates() == [f"Certificate {third.pk} was changed."]
    second.delete()
    assert f"The certificate before number {third.pk} is gone." in text(lead, f"{KEPT}certificates/")
    first.delete()
    Certificate.objects.filter(pk=third.pk).delete()
    assert verify_certificates() == []
