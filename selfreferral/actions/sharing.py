"""Showing one referral to one person of a partner, under an agreement, as much as they need and no longer."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.record import record
from portal.privacy.restricting import is_restricted
from portal.text import plain
from selfreferral.actions.changes import need_words
from selfreferral.actions.looking import write_look
from selfreferral.models import Referral, SharedView, SharingAgreement
from selfreferral.models.sealing import place
from selfreferral.models.together import SHARED_WHILE
from selfreferral.people import ALLOCATE, SHARED, knows_them, partners, standing
from selfreferral.reading.shared import SharedWords, read_shared
from selfreferral.refusals import NotYours, SomethingMissing
from selfreferral.seeing.sight import Purpose
from selfreferral.sharing import parts as sharing
from selfreferral.workflow import Who


@transaction.atomic
def record_agreement(
    *, partner_name: str, purpose: str, lawful_basis: str, begins_on: date, ends_on: date, by: User, now: datetime
) -> SharingAgreement:
    """Write down an agreement that was signed; others with the same partner go on beside it."""
    _need_lead(by)
    said = {"partner_name": partner_name, "purpose": purpose, "lawful_basis": lawful_basis}
    for words in said.values():
        need_words(words, "Say with whom, what for, and on which lawful basis.")
    if ends_on < begins_on:
        raise SomethingMissing("The last day must be the first day or later.")
    if ends_on < timezone.localdate(now):
        raise SomethingMissing("The last day has gone already.")
    agreement = SharingAgreement.objects.create(
        **{name: plain(words, limit=300) for name, words in said.items()},
        begins_on=begins_on,
        ends_on=ends_on,
        recorded_at=now,
        recorded_by=by,
    )
    record(action="selfreferral.record_agreement", by=by, subject=agreement)
    return agreement


@transaction.atomic
def end_agreement(*, agreement: SharingAgreement, by: User, now: datetime) -> SharingAgreement:
    """End it before its day; whatever is shown under it is shown no more from this moment."""
    _need_lead(by)
    ended = SharingAgreement.objects.filter(
        pk=agreement.pk, ended_at=None, ends_on__gte=timezone.localdate(now)
    ).update(ended_at=now, ended_by=by)
    if not ended:
        raise NotYours("This agreement is over already.")
    views = agreement.shared_views.standing().update(ended_at=now, ended_by=by)
    agreement.refresh_from_db()
    record(action="selfreferral.end_agreement", by=by, subject=agreement, views=views)
    return agreement


@transaction.atomic
def share(
    *,
    referral: Referral,
    agreement: SharingAgreement,
    partner: User,
    parts: Collection[str],
    why: str,
    ends_on: date,
    by: User,
    now: datetime,
) -> SharedView:
    """Show these parts to one person of a partner until a day. Nothing is shared that was not chosen one by one."""
    # Two who share it at once go one after the other, and the second sees what the first has shared.
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    _need_near(referral, by)
    today = timezone.localdate(now)
    if referral.where not in SHARED_WHILE:
        raise NotYours("This can be shared only while we are in touch with the person.")
    if not SharingAgreement.objects.in_force(today=today).filter(pk=agreement.pk).exists():
        raise SomethingMissing("Choose an agreement that is in force.")
    if not partners().filter(pk=partner.pk).exists():
        raise SomethingMissing("Choose somebody who is a partner.")
    if knows_them(referral, partner):
        raise NotYours("They know this person, so it cannot be shared with them.")
    may_be_shown = [key for key, _ in sharing.choices(referral)]
    if not parts or not set(parts) <= set(may_be_shown):
        raise SomethingMissing("Choose what they need to know.")
    need_words(why, "Say why they need to know it.")
    if ends_on < today or ends_on > agreement.ends_on:
        raise SomethingMissing(f"The last day must be from today to {agreement.ends_on:%-d %B %Y}.")
    if SharedView.objects.in_force(today=today).with_partner(partner).filter(referral=referral).exists():
        raise SomethingMissing("Something is shared with them already. End that first.")
    view = SharedView(
        referral=referral,
        agreement=agreement,
        partner=partner,
        parts=[key for key in may_be_shown if key in set(parts)],
        ends_on=ends_on,
        shared_at=now,
        shared_by=by,
    )
    view.sealed_why = referral.strongbox().seal(why, place=place(view, "why"))
    view.save(force_insert=True)
    record(action="selfreferral.share", by=by, subject=referral, view=str(view.pk), partner=partner.pk)
    return view


@transaction.atomic
def stop_sharing(*, referral: Referral, view: SharedView, by: User, now: datetime) -> None:
    """Show it no more, from this moment."""
    _need_near(referral, by)
    if not referral.shared_views.standing().filter(pk=view.pk).update(ended_at=now, ended_by=by):
        raise SomethingMissing("This is not shared any more.")
    record(action="selfreferral.stop_sharing", by=by, subject=referral, view=str(view.pk))


def look_shared(*, pk: UUID, by: User, now: datetime) -> tuple[SharedView, SharedWords]:
    """What a partner was shown, opened for them alone; that they looked is written for good first."""
    shown = SharedView.objects.in_force(today=timezone.localdate(now)).with_partner(by)
    view = shown.select_related("referral", "agreement").filter(pk=pk).first()
    if view is None or not by.has_perm(SHARED) or knows_them(view.referral, by) or is_restricted(view.referral):
        raise NotYours("This is not shared with you.")
    write_look(purpose=Purpose.SHARED, by=by, referral=view.referral, view=str(view.pk))
    return view, read_shared(view)


@transaction.atomic
def end_lapsed_views(*, now: datetime, by: User | None = None) -> int:
    """Write down as ended what is over: its day, its agreement or the partner's role. It showed nothing already.

    So that it does not come back when somebody comes back into the role.
    """
    ended = SharedView.objects.lapsed(today=timezone.localdate(now)).update(ended_at=now)
    if ended:
        record(action="selfreferral.end_lapsed_views", by=by, ended=ended)
    return ended


def _need_lead(by: User) -> None:
    if not by.has_perm(ALLOCATE):
        raise NotYours("Only the lead looks after agreements.")


def _need_near(referral: Referral, by: User) -> None:
    if standing(referral, by).isdisjoint({Who.HOLDER, Who.LEAD}):
        raise NotYours("Only the one who holds it, or the lead, can share it.")
