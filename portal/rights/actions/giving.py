"""What is handed out is decided item by item, then handed out; kept of it are numbers, and none of the words."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.refusals import Refused
from portal.rights.actions.steps import held_by_us, write_step
from portal.rights.gathering import Gathered, gather, need_open, write_look
from portal.rights.models import FoundRecord, HandOut, ItemChoice, SubjectRequest
from portal.rights.reasons import KEPT_BACK
from portal.rights.workflow import State

GIVE = "give"


@transaction.atomic
def choose(*, request: SubjectRequest, chosen: Mapping[str, str], by: User, now: datetime) -> int:
    """Of each item (by the number of its record and its key): hand it out, or keep it back for a reason; how many changed."""
    request = held_by_us(request, by)
    if request.where is not State.DECIDING:
        raise Refused("This is decided while the request stands at “We are deciding”.")
    records = {record.pk: record for record in request.found.theirs()}
    changed = 0
    for number, said in chosen.items():
        pk, _, item = number.partition(":")
        record = records.get(int(pk)) if pk.isdecimal() else None
        if record is None or not item.isalnum() or len(item) != 16:
            raise Refused("This is not part of the request.")
        if said != GIVE and said not in KEPT_BACK:
            raise Refused("Choose whether it is handed out, or why not.")
        reason = "" if said == GIVE else said
        known = ItemChoice.objects.filter(record=record, item=item).first()
        if known is not None and known.reason == reason:
            continue
        ItemChoice.objects.update_or_create(
            record=record, item=item, defaults={"reason": reason, "decided_at": now, "decided_by": by}
        )
        changed += 1
    if changed:
        write_step(request, f"Decided about {changed} items", action="choose", by=by, now=now, items=changed)
    return changed


def hand_out(*, request: SubjectRequest, form: str, by: User, now: datetime) -> Gathered:
    """Everything that is handed out, opened once more; Refused while something is not decided."""
    gathered = gather(request=request, by=by, now=now)
    if gathered.undecided:
        raise Refused(f"Decide first about {len(gathered.undecided)} items.")
    _write(request, gathered, form, by, now)
    return gathered


def take_picture(*, record: FoundRecord, by: User, now: datetime) -> bytes:
    """The picture of something that is theirs; that it was opened is written first."""
    need_open(record, by=by)
    write_look(record, by=by)
    content = record.holder.picture(record.key) if record.holder.picture else b""
    if not content:
        raise Refused("There is no picture.")
    return content


@transaction.atomic
def _write(request: SubjectRequest, gathered: Gathered, form: str, by: User, now: datetime) -> None:
    request = held_by_us(request, by)
    given, kept_back = [one.number for one in gathered.given], dict(gathered.kept_back)
    HandOut.objects.create(request=request, form=form, given=given, kept_back=kept_back, made_at=now, made_by=by)
    left_out = sum(kept_back.values())
    what = f"Handed out {len(given)} items, kept back {left_out}"
    write_step(request, what, action="hand_out", by=by, now=now, form=form, given=len(given), kept_back=left_out)
