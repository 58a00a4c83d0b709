"""Ringing back whoever was not happy and asked for it: tried, rung, or not rung after all."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.models import CallBack
from selfreferral.people import WORK
from selfreferral.refusals import NotYours


@transaction.atomic
def have_rung(*, call: CallBack, by: User, now: datetime) -> CallBack:
    """Somebody rang and they talked; the number goes some minutes later, so that a slip can be put right."""
    _need_team(by)
    done = CallBack.objects.waiting().filter(pk=call.pk).update(rung_at=now, rung_by=by)
    if not done:
        raise NotYours("A colleague has rung them already.")
    record(action="selfreferral.have_rung", by=by, subject=call)
    call.refresh_from_db()
    return call


@transaction.atomic
def nobody_answered(*, call: CallBack, by: User, now: datetime) -> CallBack:
    """Somebody rang in vain: who and when is written down, and they still wait."""
    _need_team(by)
    waiting = CallBack.objects.waiting().filter(pk=call.pk)
    if not waiting.update(tries=F("tries") + 1, tried_at=now, tried_by=by):
        raise NotYours("A colleague has rung them already.")
    record(action="selfreferral.nobody_answered", by=by, subject=call)
    call.refresh_from_db()
    return call


@transaction.atomic
def not_rung_after_all(*, call: CallBack, by: User, now: datetime) -> CallBack:
    """“I rang them” was a slip: while the number is still there, they wait again."""
    _need_team(by)
    slipped = CallBack.objects.rung_just_now(now).filter(pk=call.pk).exclude(sealed_phone=b"")
    if not slipped.update(rung_at=None, rung_by=None):
        raise NotYours("It is too late for that: the number is gone.")
    record(action="selfreferral.not_rung_after_all", by=by, subject=call)
    call.refresh_from_db()
    return call


def forget_numbers(*, now: datetime) -> int:
    """Blank the numbers of those who were rung some minutes ago; answers how many."""
    return CallBack.objects.to_forget(now).update(sealed_phone=b"")


def _need_team(by: User) -> None:
    if not by.has_perm(WORK):
        raise NotYours("This is not yours to answer.")
