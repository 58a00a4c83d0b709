""" "I know this person": the record closes to that worker at once, and only the lead opens it again."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import need_words, put_back, sealed
from selfreferral.models import Acquaintance, Note, Referral
from selfreferral.people import knows_them, standing
from selfreferral.refusals import NotYours, SomethingMissing
from selfreferral.workflow import HELD, Who

WHY = "Whoever held it knows the person."


@transaction.atomic
def say_i_know_them(*, referral: Referral, by: User, now: datetime) -> Acquaintance:
    """Hide this person's record from whoever says it, the lead too. If they hold it, it goes back to the queue first.

    Every request that was put together with it is hidden with it, for they are about the same person.
    """
    if standing(referral, by).isdisjoint({Who.NAVIGATOR, Who.LEAD}):
        raise NotYours("There is nothing here that is open to you.")
    for one in referral.all_of_the_same:
        close_to(referral=one, user=by, by=by, now=now)
    record(action="selfreferral.say_i_know_them", by=by, subject=referral)
    return referral.acquaintances.of(by).get()


@transaction.atomic
def lift_acquaintance(*, referral: Referral, known_by: User, reason: str, by: User, now: datetime) -> Acquaintance:
    """Open the record again to somebody who said that they know the person; the reason stays with it as a note.

    What was hidden with it opens with it. What was taken apart from it since stays hidden until it is opened by itself.
    """
    if Who.LEAD not in standing(referral, by):
        raise NotYours("Only the lead, and never for themselves, can open it again.")
    need_words(reason)
    known = referral.acquaintances.of(known_by).first()
    if known is None:
        raise SomethingMissing("It is open to them.")
    Acquaintance.objects.of(known_by).filter(referral__in=referral.all_of_the_same).update(lifted_at=now, lifted_by=by)
    known.refresh_from_db()
    note = Note(referral=referral, written_at=now, written_by=by)
    words = f"Open again to somebody who said that they know the person. {reason}"
    note.sealed_words = sealed(referral=referral, row=note, part="words", words=words)
    note.save(force_insert=True)
    record(action="selfreferral.lift_acquaintance", by=by, subject=referral, navigator=known_by.pk)
    return known


def close_to(*, referral: Referral, user: User, by: User, now: datetime) -> None:
    """Hide it from this worker from now on; closed already, it stays so."""
    if referral.owner_id == user.pk and referral.where in HELD:
        put_back(referral=referral, seen_version=referral.version, reason=WHY, by=by, now=now)
    if not knows_them(referral, user):
        Acquaintance(referral=referral, known_by=user, said_at=now).save(force_insert=True)
