"""Every night: say what will go soon, then destroy what is over. Every hour: what was promised in hours."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.permissions import holders
from portal.emails.again import tried_again
from portal.emails.links import absolute
from portal.emails.sending import send
from portal.privacy.announcing import announce, how_many_go_soon, warning
from portal.privacy.purging import purge
from portal.tasks import enqueue_on_commit, regularly, task

HOLD = "privacy.hold_record"
SEE = "privacy.view_periods"


@task()
def keep_promises() -> None:
    """The whole round of the night."""
    warn(now=timezone.now())
    purge(now=timezone.now())


@task()
def keep_short_promises() -> None:
    """What is kept for a day or less."""
    purge(now=timezone.now(), only_short=True)


@transaction.atomic
def warn(*, now: datetime) -> dict[str, int]:
    """Announce what will go, and have everybody told who can keep it; how many are new, by period."""
    people = list(holders(HOLD))
    new = announce(now=now, is_somebody_told=bool(people))
    if new:
        for person in people:
            enqueue_on_commit(tell_what_goes_soon, person_id=person.pk)
    return new


@task()
def tell_what_goes_soon(*, person_id: int, tries: int = 0) -> None:
    """How many of what go soon, and a link: no reference, no name. A mail server that does not answer is tried again."""
    person = holders(HOLD).filter(pk=person_id).first()
    soon = how_many_go_soon(timezone.now())
    if person is None or not soon:
        return
    context = {
        "lines": list(soon.items()),
        "number": sum(soon.values()),
        "days": warning().days,
        "soon_url": absolute(reverse("keeping:soon")),
    }
    with tried_again(
        tell_what_goes_soon, mail=f"What goes soon, to account {person_id}", tries=tries, person_id=person_id
    ):
        send(to=person.email, template="operations/goes_soon", context=context)


regularly(keep_promises, name="privacy.keep_promises", daily_at=time(3, 20))
regularly(keep_short_promises, name="privacy.keep_short_promises", every=timedelta(hours=1))
