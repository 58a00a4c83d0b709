"""What is held is put right, not used for a while, or not written to any more."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from portal.privacy.people import Errand
from portal.privacy.restricting import lift_restriction
from portal.privacy.restricting import restrict as place_restriction
from portal.refusals import Refused
from portal.rights.actions.steps import held_by_us, write_step
from portal.rights.models import FoundRecord, SubjectRequest
from portal.rights.people import rooms_open_to
from portal.rights.workflow import State


@transaction.atomic
def put_right(*, record: FoundRecord, words: str, by: User, now: datetime) -> FoundRecord:
    """Keep what the person says is right beside what stood there; nothing that was said before is changed."""
    request, record = _held(record, by)
    if not words.strip():
        raise Refused("Write what is right.")
    act = record.holder.put_right
    if act is None:
        raise Refused("This is put right on its own page.")
    act(record.key, words, Errand(by=by, now=now, request=request.reference))
    write_step(request, f"{record.label}: put right", action="put_right", by=by, now=now, record=record.pk)
    return record


@transaction.atomic
def restrict(*, record: FoundRecord, by: User, now: datetime) -> FoundRecord:
    """Keep it, so that nothing destroys it meanwhile, and have its room take it out of use. Where the room has no way to do
    that, it is only kept, and people leave it unused by hand."""
    request, record = _held(record, by)
    if record.is_restricted:
        raise Refused("This is not used already.")
    rows = record.holder.rows(record.key)
    if not rows:
        raise Refused("There is nothing left to restrict.")
    for row in rows:
        place_restriction(row=row, request=request.reference, by=by, now=now)
    if record.holder.restrict is not None:
        record.holder.restrict(record.key, False, Errand(by=by, now=now, request=request.reference))
    return _set_restricted(request, record, True, by, now)


@transaction.atomic
def lift(*, record: FoundRecord, because: str, by: User, now: datetime) -> FoundRecord:
    """Use it again; the person is told first, so it takes words."""
    request, record = _held(record, by, is_open=False)
    if not record.is_restricted:
        raise Refused("This is in use.")
    if not because.strip():
        raise Refused("Say why it can be used again, and that they were told.")
    for row in record.holder.rows(record.key):
        lift_restriction(row=row, because=because, by=by, now=now)
    if record.holder.restrict is not None:
        record.holder.restrict(record.key, True, Errand(by=by, now=now, request=request.reference))
    return _set_restricted(request, record, False, by, now)


@transaction.atomic
def stop_mail(*, record: FoundRecord, by: User, now: datetime) -> FoundRecord:
    """Write to this address never again; the address itself is not kept for that."""
    request, record = _held(record, by)
    address = record.holder.address(record.key) if record.holder.address else ""
    if not address:
        raise Refused("No mail goes to anybody from here.")
    suppress(address=address, reason=Suppression.Reason.ASKED, by=by)
    write_step(request, f"{record.label}: no more mail", action="stop_mail", by=by, now=now, record=record.pk)
    return record


def _held(record: FoundRecord, by: User, *, is_open: bool = True) -> tuple[SubjectRequest, FoundRecord]:
    request = held_by_us(record.request, by)
    record = FoundRecord.objects.select_for_update().get(pk=record.pk)
    if is_open and request.where is not State.DECIDING:
        raise Refused("Say first that everything was looked for.")
    if not record.is_theirs or record.erased_at is not None:
        raise Refused("This is not theirs, or it is gone.")
    if record.room not in {room.name for room in rooms_open_to(by, request)}:
        raise Refused("This room is not yours.")
    return request, record


def _set_restricted(
    request: SubjectRequest, record: FoundRecord, is_restricted: bool, by: User, now: datetime
) -> FoundRecord:
    record.is_restricted = is_restricted
    record.save(update_fields=["is_restricted"])
    not_used = "not used for now" if record.is_set_aside else "kept, to be left unused by hand"
    what = f"{record.label}: {not_used if is_restricted else 'used again'}"
    action = "restrict" if is_restricted else "lift"
    write_step(request, what, action=action, by=by, now=now, record=record.pk)
    return record
