"""What the worker does for this room: telling the team that somebody asked, in numbers only, and minding the clock."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from portal.clock import is_working_day
from portal.emails.again import tried_again
from portal.emails.links import absolute
from portal.emails.sending import send
from portal.tasks import enqueue_on_commit, regularly, task
from selfreferral import channel
from selfreferral.actions.calls import forget_numbers
from selfreferral.actions.leases import lapse_all
from selfreferral.actions.sharing import end_lapsed_views
from selfreferral.models import Referral
from selfreferral.people import navigators


@task()
def alert_navigators() -> None:
    """One mail for everybody who can pick somebody up; each goes by itself, so that a bad mailbox stops nobody else."""
    for navigator in navigators():
        enqueue_on_commit(alert_navigator, navigator_id=navigator.pk)
    if settings.TEAMS_WEBHOOK_URL:
        enqueue_on_commit(alert_channel)


@task()
def alert_navigator(*, navigator_id: int, tries: int = 0) -> None:
    """How many are new and how many are overdue, and a link; a mail server that does not answer is tried again."""
    navigator = navigators().filter(pk=navigator_id).first()
    if navigator is None:
        return
    with tried_again(
        alert_navigator, mail=f"The alert to account {navigator_id}", tries=tries, navigator_id=navigator_id
    ):
        send(to=navigator.email, template="selfreferral/alert", context=_numbers())


@task()
def alert_channel(*, tries: int = 0) -> None:
    """The same numbers and the same link in the team's channel; the address that opens it is never logged."""
    with tried_again(alert_channel, mail="The notice to the team's channel", tries=tries):
        channel.post(settings.TEAMS_WEBHOOK_URL, channel.notice(**_numbers()))


@task()
def tell_who_is_overdue() -> None:
    """On a working day, where somebody should have heard from us by now."""
    remind(now=timezone.now())


def remind(*, now: datetime) -> None:
    """Tell everybody who can answer, unless it is a day off or nobody waits too long."""
    if is_working_day(timezone.localdate(now)) and Referral.objects.overdue(now=now).exists():
        enqueue_on_commit(alert_navigators)


@task()
def put_back_what_lapsed() -> None:
    """What was picked up to be read, and nobody went on with, is anybody's again."""
    lapse_all(now=timezone.now())


@task()
def end_what_was_shared() -> None:
    """What partners are shown no more, because its day or its agreement or their role is over, is written down as ended."""
    end_lapsed_views(now=timezone.now())


@task()
def forget_who_was_rung() -> None:
    """The numbers of people whom we rang back go, some minutes after."""
    forget_numbers(now=timezone.now())


@task()
def sweep_out() -> None:
    """After something was erased: have the database let go of what it still holds of the row as it was."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute(f"VACUUM {connection.ops.quote_name(Referral._meta.db_table)}")


def _numbers() -> dict[str, object]:
    return {
        "new": Referral.objects.new().count(),
        "overdue": Referral.objects.overdue(now=timezone.now()).count(),
        "queue_url": absolute(reverse("selfreferral_staff:queue")),
    }


regularly(put_back_what_lapsed, name="selfreferral.put_back_what_lapsed", every=timedelta(minutes=1))
regularly(end_what_was_shared, name="selfreferral.end_what_was_shared", every=timedelta(minutes=10))
regularly(forget_who_was_rung, name="selfreferral.forget_who_was_rung", every=timedelta(minutes=1))
regularly(tell_who_is_overdue, name="selfreferral.tell_who_is_overdue", daily_at=time(9))
