"""How many mails strangers may have us send: in all and to one address, a day; counted in the database, so for all processes."""

import hmac
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal import clock
from portal.audit.record import record
from portal.emails.models import StrangersAddress, StrangersDay
from portal.emails.spelling import one_spelling
from portal.refusals import Refused

Purse = StrangersDay.Purse
# How many mails one address is sent a day because somebody typed it into a form, by all forms together.
MOST_FOR_ONE = 10
# When the mails that wait for the next day are looked at: a moment of its own, by which they are known in the queue.
OPENS_AT = time(0, 5, 0, 7)
MOST_EVER = 100_000


class MustWait(Exception):
    """Today's mails for strangers are used up; this one goes when there is room again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"waits until {until:%d %B %H:%M}")
        self.until = until


class Spent(models.TextChoices):
    """What becomes of one mail that a stranger caused."""

    GOES = "goes", "it goes"
    WAITS = "waits", "it waits for room"
    STAYS = "stays", "this address had its share today"


@transaction.atomic
def spend(*, address: str, purse: Purse, now: datetime) -> Spent:
    """Take one mail out of today's budget, if there is one for this address and one left in all."""
    today = timezone.localdate(now)
    theirs, _ = StrangersAddress.objects.get_or_create(address_hash=_hash(address, today), day=today)
    day = _day(today, purse)
    mine = StrangersDay.objects.filter(pk=day.pk)
    if not StrangersAddress.objects.filter(pk=theirs.pk, mails__lt=MOST_FOR_ONE).update(mails=F("mails") + 1):
        mine.update(not_sent=F("not_sent") + 1)
        return Spent.STAYS
    if not mine.filter(sent__lt=allowed_on(day)).update(sent=F("sent") + 1):
        StrangersAddress.objects.filter(pk=theirs.pk).update(mails=F("mails") - 1)
        mine.update(waited=F("waited") + 1)
        return Spent.WAITS
    return Spent.GOES


def give_back(*, address: str, purse: Purse, now: datetime) -> None:
    """The mail server did not take it: it was not one of today's."""
    today = timezone.localdate(now)
    StrangersDay.objects.filter(day=today, purse=purse, sent__gt=0).update(sent=F("sent") - 1)
    theirs = StrangersAddress.objects.filter(address_hash=_hash(address, today), day=today, mails__gt=0)
    theirs.update(mails=F("mails") - 1)


def room_again(now: datetime) -> datetime:
    """When mails that wait are looked at again: at the beginning of the next day."""
    return clock.at(timezone.localdate(now) + timedelta(days=1), OPENS_AT)


def waiting(now: datetime) -> models.QuerySet[DBTaskResult]:
    """The mails in the queue that wait for room."""
    ready: models.QuerySet[DBTaskResult] = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return ready.filter(run_after=room_again(now))


@transaction.atomic
def allow_today(*, mails: int, by: AbstractBaseUser, now: datetime) -> StrangersDay:
    """Let so many mails in all go today, and look at those that wait now; tomorrow the setting counts again."""
    day = StrangersDay.objects.select_for_update().get(pk=_day(timezone.localdate(now), Purse.FORMS).pk)
    if not allowed_on(day) < mails <= MOST_EVER:
        raise Refused(f"Say a number from {allowed_on(day) + 1:,} to {MOST_EVER:,}: today {allowed_on(day):,} may go.")
    was, day.allowed = allowed_on(day), mails
    day.save(update_fields=["allowed"])
    freed = waiting(now).update(run_after=now)
    record(action="emails.raise_budget", by=by, subject=day, was=was, now=mails, freed=freed)
    return day


def allowed_on(day: StrangersDay) -> int:
    """How many mails may go on that day."""
    return settings.STRANGERS_MAILS_A_DAY if day.allowed is None else day.allowed


def today(now: datetime, purse: Purse = Purse.FORMS) -> StrangersDay:
    """Today's count, also where nothing was sent yet."""
    here = timezone.localdate(now)
    return StrangersDay.objects.filter(day=here, purse=purse).first() or StrangersDay(day=here, purse=purse)


def _day(day: date, purse: Purse) -> StrangersDay:
    return StrangersDay.objects.get_or_create(day=day, purse=purse)[0]


def _hash(address: str, day: date) -> str:
    """Another one each day, so that nobody can tell by it who asked on two."""
    key = f"{settings.INDEX_KEY}{day.isoformat()}".encode()
    return hmac.digest(key, one_spelling(address).encode(), "sha256").hex()
