"""All that was found about a person, opened room by room, with what was decided of each item."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from portal.privacy import PersonalData
from portal.privacy.declarations import declaration_of
from portal.privacy.holds import LegalHold
from portal.privacy.people import Errand, Item, told
from portal.refusals import Refused
from portal.rights.models import FoundRecord, SubjectRequest
from portal.rights.people import need_handler, rooms_open_to
from portal.rights.reasons import KEPT_BACK, Reason
from portal.rights.workflow import State

CRIME = "crime"
MAY_OPEN = (State.DECIDING, State.DONE)


@dataclass(frozen=True)
class Laid:
    """One item as it was decided; undecided where somebody has to think about it first and nobody has."""

    record: FoundRecord
    item: Item
    reason: Reason | None
    is_decided: bool

    @property
    def is_handed_out(self) -> bool:
        return self.is_decided and self.reason is None

    @property
    def number(self) -> str:
        return f"{self.record.pk}:{self.item.key}"

    @property
    def chosen(self) -> str:
        """What stands in the form: a reason, that it is handed out, or nothing yet."""
        if not self.is_decided:
            return ""
        return self.reason.code if self.reason else "give"


@dataclass(frozen=True)
class Part:
    """One found thing with its items."""

    record: FoundRecord
    laid: list[Laid]


@dataclass(frozen=True)
class Gathered:
    """Everything for one request."""

    parts: list[Part]

    @property
    def laid(self) -> list[Laid]:
        return [one for part in self.parts for one in part.laid]

    @property
    def undecided(self) -> list[Laid]:
        return [one for one in self.laid if not one.is_decided]

    @property
    def given(self) -> list[Laid]:
        return [one for one in self.laid if one.is_handed_out]

    @property
    def withheld(self) -> list[Laid]:
        return [one for one in self.laid if one.reason is not None]

    @property
    def kept_back(self) -> Counter[str]:
        """How many items are kept back, by reason."""
        return Counter(one.reason.code for one in self.withheld if one.reason is not None)


def gather(*, request: SubjectRequest, by: User, now: datetime) -> Gathered:
    """Open all that is theirs in the rooms of this person. That it is opened, and for whom, is written for good first."""
    _need_decided(request, by)
    errand = Errand(by=by, now=now, request=request.reference)
    rooms = {room.name for room in rooms_open_to(by, request)}
    records = list(request.found.theirs().in_rooms(rooms).still_there().prefetch_related("choices"))
    parts = []
    for found in records:
        write_look(found, by=by)
        items = [*found.holder.items(found.key, errand), *_holds(found)]
        parts.append(Part(found, [_laid(found, item) for item in items]))
    return Gathered(parts)


def need_open(found: FoundRecord, *, by: User) -> None:
    """Refused where this thing is not theirs, or not this person's to open, or not yet."""
    _need_decided(found.request, by)
    rooms = {room.name for room in rooms_open_to(by, found.request)}
    if not found.is_theirs or found.erased_at is not None or found.room not in rooms:
        raise Refused("This is not theirs, or not yours to open.")


def write_look(found: FoundRecord, *, by: User) -> None:
    """That this thing is opened, and for which request, stored for good before anything is."""
    with transaction.atomic(durable=True):
        record(action="rights.look", by=by, subject=found, request=found.request.reference, room=found.room)


def _need_decided(request: SubjectRequest, by: User) -> None:
    need_handler(request, by)
    if request.where not in MAY_OPEN:
        raise Refused("Say first of each thing whether it is about them, and that everything was looked for.")


def _holds(found: FoundRecord) -> list[Item]:
    """That something is kept beyond its time, and why; where that is about a crime it may have to be kept back."""
    holds = [hold for row in found.holder.rows(found.key) for hold in LegalHold.objects.in_force().on(row)]
    label = "We keep it beyond its time, or do not use it for now"
    return told(((found.label, label, hold.why, CRIME) for hold in holds), of=f"hold:{found.key}")


def _laid(found: FoundRecord, item: Item) -> Laid:
    chosen = {choice.item: choice.reason for choice in found.choices.all()}
    is_decided = item.key in chosen or not item.doubt
    return Laid(found, item, KEPT_BACK.get(chosen.get(item.key, "")), is_decided)


def purposes(gathered: Gathered) -> list[tuple[str, str, str]]:
    """Of each kind of thing that we hold about them: what it is, what for and for how long, from the declarations."""
    models = {model: None for part in gathered.parts for model in part.record.holder.models}
    said = []
    for model in models:
        declared = declaration_of(model)
        if isinstance(declared, PersonalData):
            said.append((str(model._meta.verbose_name_plural), declared.purpose, declared.kept_in_words))
    return said
