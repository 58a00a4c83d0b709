"""A person is looked for in every room, and somebody says of each thing that was found whether it is about them."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.privacy.people import Clues, Errand, Found, Holder
from portal.refusals import Refused
from portal.rights.actions.steps import held_by_us, write_step
from portal.rights.models import FoundRecord, SubjectRequest
from portal.rights.people import need_handler, rooms_open_to
from portal.rights.workflow import State

LOOKING = (State.SEARCHING, State.DECIDING)


def search(*, request: SubjectRequest, clues: Clues, by: User, now: datetime) -> int:
    """Look in every room that this person may look into; how many new things there are. What was typed is not kept.

    A room whose looks are written for good writes its own first, so this is not one transaction.
    """
    need_handler(request, by)
    if request.where not in LOOKING:
        raise Refused("Make sure first who asks, and begin to look.")
    if clues == Clues():
        raise Refused("Give at least one thing to look for.")
    errand = Errand(by=by, now=now, request=request.reference)
    rooms = rooms_open_to(by, request)
    found = [(room, room.find(clues, errand)) for room in rooms]
    return _keep(request, found, by, now)


@transaction.atomic
def _keep(request: SubjectRequest, found: list[tuple[Holder, list[Found]]], by: User, now: datetime) -> int:
    request = held_by_us(request, by)
    before = request.found.count()
    FoundRecord.objects.bulk_create(
        [
            FoundRecord(
                request=request,
                room=room.name,
                key=one.key,
                label=one.label,
                because=one.because,
                is_sure=one.is_sure,
                found_at=now,
            )
            for room, some in found
            for one in some
        ],
        ignore_conflicts=True,
    )
    new = request.found.count() - before
    request.rooms_searched = sorted({*request.rooms_searched, *(room.name for room, _ in found)})
    request.save(update_fields=["rooms_searched"])
    what = f"Looked in {len(found)} rooms: {new} new"
    write_step(request, what, action="search", by=by, now=now, rooms=[room.name for room, _ in found], new=new)
    return new


@transaction.atomic
def say_whose(*, record: FoundRecord, is_theirs: bool, by: User, now: datetime) -> FoundRecord:
    """It is about this person, or it is not; what is erased already stays as it was said."""
    request = held_by_us(record.request, by)
    record = FoundRecord.objects.select_for_update().get(pk=record.pk)
    if not request.is_open or request.where not in LOOKING:
        raise Refused("This cannot be said at this point of the request.")
    if record.erased_at or record.is_restricted:
        raise Refused("Something was done with this already.")
    record.is_theirs, record.settled_by = is_theirs, by
    record.save(update_fields=["is_theirs", "settled_by"])
    what = f"{record.label} is {'theirs' if is_theirs else 'not theirs'}"
    write_step(request, what, action="say_whose", by=by, now=now, record=record.pk, is_theirs=is_theirs)
    return record
