"""How long the directory keeps what is about people, and what becomes of it then."""

from datetime import datetime

from django.db import models

from engagement.directory.actions.keepers import forget_some
from engagement.directory.actions.listening import CONFIRM_WITHIN
from engagement.directory.actions.merging import CONTACTS, without_contacts
from engagement.directory.models import Correction, Keeper, Likeness, Listener, Telling
from portal.privacy.periods import Destroyed, Period, Rows, register_period


def _keepers_forgotten(keepers: list[Keeper], now: datetime) -> Destroyed:
    return Destroyed(len(forget_some(Keeper.objects.filter(pk__in=[keeper.pk for keeper in keepers]))))


def _with_contacts(cutoff: datetime) -> models.QuerySet[Likeness]:
    """Merged before, with a phone number or an address that was replaced and is kept to take it back."""
    return Likeness.objects.decided_before(cutoff).filter(put_back__before__has_any_keys=list(CONTACTS))


def _contacts_blanked(pairs: list[Likeness], now: datetime) -> Destroyed:
    for pair in pairs:
        pair.put_back |= {name: without_contacts(pair.put_back.get(name, {})) for name in ("before", "after")}
        pair.save(update_fields=["put_back"])
    return Destroyed(len(pairs))


PERIODS = [
    Period(
        name="directory.corrections",
        title="What people told us is wrong with an entry, seen to",
        what="the row is deleted",
        setting="KEEP_CORRECTIONS_DAYS",
        because="the place may ask what came of it",
        things=Rows(find=Correction.objects.settled_before),
    ),
    Period(
        name="directory.keepers",
        title="People who kept an entry, and do so no more",
        what="the row and wishes that wait are deleted; a number or an address that they wished for is blanked",
        setting="KEEP_ENDED_KEEPERS_DAYS",
        because="a place may ask who changed what last year",
        things=Rows(find=Keeper.objects.ended_before, away=_keepers_forgotten),
    ),
    Period(
        name="directory.merged_contacts",
        title="Numbers and addresses that merging replaced",
        what="they are blanked; the merge stays",
        setting="KEEP_MERGED_CONTACTS_DAYS",
        because="a mistake can be taken back as long",
        things=Rows(find=_with_contacts, away=_contacts_blanked),
    ),
    Period(
        name="directory.unconfirmed",
        title="Addresses to tell about sessions, not confirmed",
        what="the row is deleted",
        fixed=CONFIRM_WITHIN,
        because="the link in the mail works as long",
        things=Rows(find=Listener.objects.never_confirmed_since),
    ),
    Period(
        name="directory.told",
        title="That a mail about a session went to somebody",
        what="the row is deleted",
        setting="KEEP_TOLD_DAYS",
        because="so that no mail goes twice, and somebody who asks why they heard nothing gets an answer",
        things=Rows(find=Telling.objects.settled_before, held={"listener": "directory.Listener"}),
    ),
]


def register() -> None:
    for period in PERIODS:
        register_period(period)
