"""What the queue shows: its tabs with their numbers, and one masked line for each referral."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.accounts.models import User
from selfreferral.models import Referral
from selfreferral.models.waiting import ReferralQuerySet
from selfreferral.people import WORK, navigators
from selfreferral.workflow import HELD

TABS = (
    ("", "open", "Open"),
    ("new", "new", "New"),
    ("overdue", "overdue", "Overdue"),
    ("unclaimed", "unclaimed", "Held by nobody"),
    ("mine", "mine", "Mine"),
    ("again", "again", "Try again today"),
    ("finished", "", "Finished"),
)


@dataclass(frozen=True)
class Tab:
    """A choice of what to see, and how many there are."""

    show: str
    label: str
    count: int | None
    is_current: bool
    is_urgent: bool


@dataclass(frozen=True)
class Row:
    """One referral as anybody in this room may see it in passing."""

    referral: Referral
    age: str
    is_overdue: bool
    holder: str
    reads_until: datetime | None
    has_lapsed: bool
    may_claim: bool


def chosen(show: str, *, user: User, now: datetime, today: date) -> ReferralQuerySet:
    """The referrals of a tab; an unknown one shows all that are open."""
    everything = Referral.objects.all()
    match show:
        case "new":
            return everything.new()
        case "overdue":
            return everything.overdue(now=now)
        case "unclaimed":
            return everything.unclaimed()
        case "mine":
            return everything.mine(user)
        case "again":
            return everything.to_try_again(today=today)
        case "finished":
            return everything.finished()
        case _:
            return everything.held()


def tabs(show: str, counts: Mapping[str, int]) -> list[Tab]:
    known = show if show in {name for name, _, _ in TABS} else ""
    return [
        Tab(name, label, counts.get(count), name == known, name == "overdue" and bool(counts.get(count)))
        for name, count, label in TABS
    ]


def rows(referrals: Iterable[Referral], *, user: User, now: datetime) -> list[Row]:
    """Masked lines; what is held by somebody who left is up for anybody, like what nobody holds."""
    may_work = user.has_perm(WORK)
    here = set(navigators().values_list("pk", flat=True))
    return [
        Row(
            referral=referral,
            age=age(now - referral.received_at),
            is_overdue=referral.is_overdue(now),
            holder=_holder(referral, user, here),
            reads_until=None if referral.has_lapsed(now) else referral.lease_until,
            has_lapsed=referral.has_lapsed(now),
            may_claim=may_work
            and referral.where in HELD
            and (referral.owner_id not in here or (referral.has_lapsed(now) and referral.owner_id != user.pk)),
        )
        for referral in referrals
    ]


def age(since: timedelta) -> str:
    """How long ago, in the largest unit that says something."""
    minutes = max(0, int(since.total_seconds() // 60))
    for size, one in ((1440, "day"), (60, "hour")):
        if minutes >= size:
            number = minutes // size
            return f"{number} {one}{'' if number == 1 else 's'}"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def _holder(referral: Referral, user: User, here: set[int]) -> str:
    if referral.owner is None:
        return "Nobody"
    if referral.owner_id == user.pk:
        return "You"
    return referral.owner.display_name + ("" if referral.owner_id in here else " (no longer a navigator)")
