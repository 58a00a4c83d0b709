"""Who may see the words of a referral: one rule for the page, the deeds, the search, print, export and sharing."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from portal.accounts.models import User
from selfreferral.people import ALLOCATE, SEE, navigators
from selfreferral.workflow import HELD

if TYPE_CHECKING:
    from selfreferral.models import Referral
    from selfreferral.models.waiting import ReferralQuerySet

LOOK = "selfreferral.look"
REVEAL_LASTS = timedelta(hours=1)


class Purpose(StrEnum):
    """What a look was for; each look is written with one."""

    VIEW = "view"
    SEARCH = "search"
    REVEAL = "reveal"
    PRINT = "print"
    EXPORT = "export"
    SHARED = "shared"


class Whose(StrEnum):
    """Whose a referral was when somebody looked."""

    OWN = "own"
    ANOTHERS = "anothers"
    NOBODYS = "nobodys"


class Sight(StrEnum):
    """What somebody sees of one referral: all of it, all of it to read only, that it is there, or not even that."""

    OPEN = "open"
    READ_ONLY = "read_only"
    MASKED = "masked"
    BLOCKED = "blocked"

    @property
    def shows_words(self) -> bool:
        return self in {Sight.OPEN, Sight.READ_ONLY}


WHY_NOT: dict[Sight, str] = {
    Sight.BLOCKED: "You know this person, so this is kept from you.",
    Sight.MASKED: "A colleague holds this. Say why you need to see it first.",
    Sight.READ_ONLY: "A colleague holds this: you can read it and add notes, and no more.",
    Sight.OPEN: "You can see this already.",
}


def sight_of(*, knows_them: bool, is_lead: bool, whose: Whose, said_why: bool) -> Sight:
    """The rule. Whoever knows the person sees nothing, the lead too; what another holds takes a reason."""
    if knows_them:
        return Sight.BLOCKED
    if is_lead or whose is not Whose.ANOTHERS:
        return Sight.OPEN
    return Sight.READ_ONLY if said_why else Sight.MASKED


def sight(referral: "Referral", *, by: User, now: datetime) -> Sight:
    """What this worker sees of this referral now; somebody without a role of this room sees nothing."""
    if not by.has_perm(SEE) or knows_them(referral, by):
        return Sight.BLOCKED
    is_lead, whose = by.has_perm(ALLOCATE), whose_is(referral, by)
    needs_why = whose is Whose.ANOTHERS and not is_lead
    said_why = needs_why and referral.reveals.holding(user=by, since=now - REVEAL_LASTS).exists()
    return sight_of(knows_them=False, is_lead=is_lead, whose=whose, said_why=said_why)


def whose_is(referral: "Referral", user: User) -> Whose:
    """Whose it is. One that waits, held by somebody who no longer works here, is nobody's; one that is finished stays theirs."""
    if referral.owner_id is None:
        return Whose.NOBODYS
    if referral.owner_id == user.pk:
        return Whose.OWN
    if referral.where in HELD and not navigators().filter(pk=referral.owner_id).exists():
        return Whose.NOBODYS
    return Whose.ANOTHERS


def knows_them(referral: "Referral", user: User) -> bool:
    """Whether this worker said that they know the person, and the lead has not lifted it."""
    return referral.acquaintances.in_force().filter(known_by=user).exists()


def without_known(found: "ReferralQuerySet", user: User) -> "ReferralQuerySet":
    """All of these but those whose person this worker knows: for the search, lists of what is to be opened, and exports."""
    from selfreferral.models import Acquaintance

    return found.exclude(pk__in=Acquaintance.objects.in_force().filter(known_by=user).values("referral"))
