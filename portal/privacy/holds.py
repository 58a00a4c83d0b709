"""Legal holds: what is held stays, whoever wants to destroy it asks here first, and both ends are written down."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from portal.audit.record import record
from portal.privacy.models import LegalHold
from portal.refusals import Refused

__all__ = ["Held", "HoldRefused", "LegalHold", "end_hold", "held_ids", "is_held", "need_not_held", "place_hold"]


class HoldRefused(Refused):
    """A hold that cannot be placed or ended, with the reason in plain words."""


class Held(Refused):
    """Somebody keeps this for a reason, so nothing of it goes."""

    status = 409


def held_ids(model: type[models.Model]) -> set[str]:
    """The numbers, as text, of every row of this kind that must stay whatever its time; ask inside the transaction that
    destroys."""
    return set(LegalHold.objects.in_force().on_any(model).values_list("subject_id", flat=True))


def is_held(subject: models.Model) -> bool:
    """Whether this row must stay."""
    return LegalHold.objects.in_force().on(subject).exists()


def need_not_held(*subjects: models.Model) -> None:
    """Refuse to destroy where one of these is held; ask inside the transaction that destroys, with the row locked."""
    if any(is_held(subject) for subject in subjects):
        raise Held(
            "Nothing was erased: somebody keeps this for a reason. Whoever looks after the holds can see why, and end it."
        )


@transaction.atomic
def place_hold(
    *,
    subject: models.Model,
    reason: str,
    review_on: date,
    by: AbstractBaseUser,
    now: datetime,
    kind: LegalHold.Kind = LegalHold.Kind.HOLD,
) -> LegalHold:
    """Keep a row beyond its time, for a reason and until a day on which somebody looks again."""
    if not reason.strip():
        raise HoldRefused("Say why it must stay.")
    if review_on <= timezone.localdate(now):
        raise HoldRefused("Choose a day after today on which somebody looks again.")
    # Whoever destroys locks the row too, so that one of us comes second and sees what the first did.
    if not type(subject)._base_manager.select_for_update().filter(pk=subject.pk).exists():
        raise HoldRefused("It is gone already.")
    try:
        with transaction.atomic():
            hold = LegalHold.objects.create(
                subject_type=subject._meta.label_lower,
                subject_id=str(subject.pk),
                kind=kind,
                reason=reason.strip(),
                review_on=review_on,
                placed_at=now,
                placed_by_id=by.pk,
            )
    except IntegrityError:
        raise HoldRefused("It is held already.") from None
    record(action="privacy.place_hold", by=by, subject=hold, on=hold.subject_type, number=hold.subject_id)
    return hold


@transaction.atomic
def end_hold(*, hold: LegalHold, because: str, by: AbstractBaseUser, now: datetime) -> LegalHold:
    """Let a row go again when its time is over."""
    if not because.strip():
        raise HoldRefused("Say why it need not stay any longer.")
    hold = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if hold.ended_at is not None:
        raise HoldRefused("Somebody has ended this hold already.")
    hold.ended_at, hold.ended_by_id, hold.ended_because = now, by.pk, because.strip()
    hold.save(update_fields=["ended_at", "ended_by", "ended_because"])
    record(action="privacy.end_hold", by=by, subject=hold, on=hold.subject_type, number=hold.subject_id)
    return hold
