"""Asking to hear what is new around a place, confirming the address, and ending it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from engagement.comments.actions.sparing import may_ask
from engagement.comments.models import Alert, Consultation
from engagement.comments.tasks.alerting import ask_about_alert
from portal.audit.record import record
from portal.geo.coordinates import Point, is_on_earth
from portal.geo.models import NamedPlace
from portal.refusals import Refused
from portal.tasks import enqueue_on_commit

TOO_FAR = "That is too far away for us: we only know what people say around here."
MOST_PLACES = 20
TOO_MANY = (
    f"You follow {MOST_PLACES} places already, and that is as many as we can look after for one address. Stop one of them "
    "with the link in its mails, and then press the button here again."
)


@transaction.atomic
def ask_for_alert(
    *,
    address: str,
    words: str,
    point: Point,
    often: str,
    named_place: NamedPlace | None = None,
    now: datetime | None = None,
) -> Alert:
    """Somebody wants to hear what is new around a place: send a mail to find out whether the address is theirs.

    `words` say the place. Asking again for one that runs changes how often it comes only after the new mail's link is
    pressed; so nobody changes what somebody else gets. The answer is the same for every address, whatever it follows, and
    one address is sent at most five such mails a day.
    """
    now = now or timezone.now()
    if often not in Alert.Often.values:
        raise Refused("Choose how often we should write.")
    bounds = Consultation.objects.standing().bounds
    if not is_on_earth(*point) or (bounds and not bounds.has(point)):
        raise Refused(TOO_FAR)
    waiting = Alert.objects.at(address.strip()).around(words).filter(confirmed_at__isnull=True).first()
    alert = waiting or Alert(address=address.strip(), words=words, named_place=named_place)
    alert.latitude, alert.longitude = point
    alert.often, alert.asked_at, alert.told_until = often, now, now
    alert.save()
    record(action="comments.ask_for_alert", by=None, subject=alert, often=often)
    if may_ask(address=alert.address, now=now):
        enqueue_on_commit(ask_about_alert, alert_id=alert.pk)
    return alert


@transaction.atomic
def confirm_alert(*, alert: Alert, now: datetime | None = None) -> Alert:
    """The address is theirs: what happens from now on is told. It takes the place of an earlier one for the same place.

    Only here, where the address is known to be theirs, are they told that they follow as many places as one address can.
    """
    current = Alert.objects.select_for_update().get(pk=alert.pk)
    if current.confirmed_at is None:
        running = Alert.objects.running().at(current.address)
        running.around(current.words).delete()
        if running.count() >= MOST_PLACES:
            raise Refused(TOO_MANY)
        current.confirmed_at = current.told_until = now or timezone.now()
        current.save()
        record(action="comments.confirm_alert", by=None, subject=current)
    return current


@transaction.atomic
def end_alert(*, alert: Alert) -> None:
    """Write no more about this place, and forget the address. Doing it twice changes nothing."""
    gone, _ = Alert.objects.filter(pk=alert.pk).delete()
    if gone:
        record(action="comments.end_alert", by=None, subject=alert)


@transaction.atomic
def move_on(*, alert: Alert, told_until: datetime) -> bool:
    """Say up to when this alert has told everything; False where another worker was first."""
    return bool(Alert.objects.filter(pk=alert.pk, told_until=alert.told_until).update(told_until=told_until))
