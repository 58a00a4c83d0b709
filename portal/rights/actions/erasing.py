"""Erasing room by room. Each room is one transaction, so that a press that was cut short is simply pressed again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.privacy.holds import LegalHold, is_held
from portal.privacy.people import Errand, Foreseen
from portal.refusals import Refused
from portal.rights.actions.steps import held_by_us, write_step
from portal.rights.models import FoundRecord, SubjectRequest
from portal.rights.people import need_handler, rooms_open_to
from portal.rights.workflow import State

HELD = "It is held: look under the holds why. It cannot be erased before somebody ends that."


@dataclass(frozen=True)
class ToErase:
    """One thing, with what would go and stay; `holds` where it may not go."""

    record: FoundRecord
    foreseen: Foreseen
    holds: tuple[LegalHold, ...] = ()

    @property
    def is_held(self) -> bool:
        return bool(self.holds)


def preview(*, request: SubjectRequest, by: User) -> list[ToErase]:
    """What would go and what would stay, thing by thing; nothing is opened and nothing changes."""
    need_handler(request, by)
    rooms = {room.name for room in rooms_open_to(by, request)}
    return [
        ToErase(
            one,
            one.holder.foresee(one.key),
            tuple(hold for row in one.holder.rows(one.key) for hold in LegalHold.objects.in_force().on(row)),
        )
        for one in request.found.theirs().in_rooms(rooms)
    ]


def erase_everything(*, request: SubjectRequest, by: User, now: datetime) -> dict[int, str]:
    """Erase all that is theirs, one thing after the other; by the number of its record, why one did not go."""
    need_handler(request, by)
    _need_deciding(request)
    rooms = {room.name for room in rooms_open_to(by, request)}
    refused = {}
    for record in request.found.theirs().in_rooms(rooms).still_there():
        try:
            erase_one(record=record, by=by, now=now)
        except Refused as why:
            refused[record.pk] = why.sentence
    return refused


@transaction.atomic
def erase_one(*, record: FoundRecord, by: User, now: datetime) -> FoundRecord:
    """Erase one thing, or have it asked for where two people erase; what went is written down in numbers."""
    request = held_by_us(record.request, by)
    record = FoundRecord.objects.select_for_update().get(pk=record.pk)
    _need_deciding(request)
    if not record.is_theirs:
        raise Refused("Nobody has said that this is theirs.")
    if record.erased_at is not None:
        return record
    if record.room not in {room.name for room in rooms_open_to(by, request)}:
        raise Refused("This room is not yours.")
    holder = record.holder
    if any(is_held(row) for row in holder.rows(record.key)):
        raise Refused(HELD)
    foreseen = holder.foresee(record.key)
    erased = holder.erase(record.key, Errand(by=by, now=now, request=request.reference))
    record.waits_for, record.went, record.stays = erased.waits_for, erased.went, list(foreseen.stays)
    if not erased.waits_for:
        record.erased_at, record.erased_by = now, by
    record.save()
    what = f"{record.label}: {'waits for ' + erased.waits_for if erased.waits_for else 'erased'}"
    write_step(request, what[:100], action="erase", by=by, now=now, record=record.pk, waits=bool(erased.waits_for))
    return record


@transaction.atomic
def settle(*, record: FoundRecord, by: User, now: datetime) -> FoundRecord:
    """What waited for somebody else is done; Refused while it is still there."""
    request = held_by_us(record.request, by)
    record = FoundRecord.objects.select_for_update().get(pk=record.pk)
    if not record.waits_for or record.erased_at is not None:
        raise Refused("Nothing is waited for here.")
    if record.holder.foresee(record.key).goes:
        raise Refused(f"It is still there. It waits for {record.waits_for}.")
    record.erased_at, record.erased_by = now, by
    record.save(update_fields=["erased_at", "erased_by"])
    write_step(request, f"{record.label}: done", action="settle", by=by, now=now, record=record.pk)
    return record


def _need_deciding(request: SubjectRequest) -> None:
    if request.kind != SubjectRequest.Kind.ERASE:
        raise Refused("They did not ask to be erased.")
    if request.where is not State.DECIDING:
        raise Refused("Say first that everything was looked for.")
