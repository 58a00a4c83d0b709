"""Who seems to be the same person: found by blind marks that two requests share, without opening either."""

from dataclasses import dataclass

from portal.accounts.models import User
from selfreferral.marks import SAME_PERSON
from selfreferral.models import BlindMark, Referral
from selfreferral.workflow import State


@dataclass(frozen=True)
class SamePerson:
    """Another request with the same number, address, or name and year of birth."""

    referral: Referral
    what: str


def same_people(referral: Referral, *, by: User) -> tuple[SamePerson, ...]:
    """Others that share a mark with this one, the newest first; those whose person the worker knows are not among them."""
    shared = BlindMark.objects.shared_with(referral, kinds=SAME_PERSON)
    alike: dict[object, list[str]] = {}
    for mark in shared:
        alike.setdefault(mark.referral_id, []).append(mark.get_kind_display())
    found = Referral.objects.without_words().unknown_to(by).filter(pk__in=alike) if alike else ()
    return tuple(
        SamePerson(one, ", ".join(sorted(alike[one.pk])))
        for one in sorted(found, key=lambda one: one.received_at, reverse=True)
        if one.where is not State.ERASED and one.merged_into_id != referral.pk and referral.merged_into_id != one.pk
    )
