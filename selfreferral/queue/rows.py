"""What the queue shows: its tabs with their numbers, and one masked line for each referral."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from portal.accounts.models import User
from portal.changes import remembered
from selfreferral.models import Referral, TriageDecision
from selfreferral.models.waiting import ReferralQuerySet
from selfreferral.people import WORK, navigators
from selfreferral.queue.pages import Stretches
from selfreferral.queue.pressing import CANNOT_WAIT, GOES_ON, WAITS_FOR_US
from selfreferral.workflow import BEFORE_FIRST_TALK, HELD

# No number at the top is counted further than this.
MOST = 1000
LOST_SHOWN = 10
IN_HAND = (CANNOT_WAIT, WAITS_FOR_US, GOES_ON)
NOT_HEARD_FROM_US = (CANNOT_WAIT, WAITS_FOR_US)
TABS = {
    "": "Open",
    "new": "New",
    "overdue": "Overdue",
    "unclaimed": "Held by nobody",
    "mine": "Mine",
    "again": "Try again today",
    "finished": "Finished",
}


@dataclass(frozen=True)
class Tab:
    """A choice of what to see, and how many there are."""

    show: str
    label: str
    count: int | None
    is_current: bool
    is_urgent: bool

    @property
    def number(self) -> str:
        """As it stands on the screen; what was not counted to its end says so."""
        if self.count is None:
            return ""
        return f"{MOST:,}+" if self.count > MOST else f"{self.count:,}"


@dataclass(frozen=True)
class Row:
    """One referral as anybody in this room may see it in passing; its age is that of this episode."""

    referral: Referral
    age: str
    is_overdue: bool
    holder: str
    reads_until: datetime | None
    has_lapsed: bool
    may_claim: bool

    @property
    def is_held(self) -> bool:
        """Whether somebody should hold it; what is finished is nobody's work any more."""
        return self.referral.where in HELD

    @property
    def awaits_first_talk(self) -> bool:
        return self.referral.where in BEFORE_FIRST_TALK and self.referral.first_contact_at is None


@dataclass(frozen=True)
class Queue:
    """The queue before one worker at one moment. It asks who works here once."""

    user: User
    now: datetime
    today: date
    here: Collection[int]
    gone: Collection[int]

    @classmethod
    def before(cls, user: User, *, now: datetime, today: date) -> "Queue":
        here, gone = remembered("who works on referrals, and who did", _here_and_gone)
        return cls(user, now, today, here, gone)

    def held_by_nobody(self) -> list[ReferralQuerySet]:
        """What nobody holds, and what those hold who left."""
        return [Referral.objects.held_by(), *([Referral.objects.held_by(*self.gone)] if self.gone else [])]

    def stretches(self, show: str) -> Stretches:
        """What a tab shows, in its order; an unknown one shows all that are open."""
        found = Referral.objects.without_words()
        match show:
            case "new":
                return Stretches.by_rank(IN_HAND, found.new())
            case "overdue":
                return Stretches.by_rank(NOT_HEARD_FROM_US, found.overdue(now=self.now))
            case "unclaimed":
                return Stretches.by_rank(IN_HAND, *(one.without_words() for one in self.held_by_nobody()))
            case "mine":
                return Stretches.by_rank(IN_HAND, found.held_by(self.user.pk))
            case "again":
                return Stretches([[found.with_a_next_try(until=self.today)]], moments=("next_try_on",))
            case "finished":
                return Stretches([[found.resting()]], newest_first=True)
            case _:
                return Stretches.by_rank(IN_HAND, found)

    def lost(self) -> list[Referral]:
        """Those who should have heard from us and whom nobody holds, the most pressing first; shown above all else."""
        found = [one.without_words().overdue(now=self.now) for one in self.held_by_nobody()]
        return Stretches.by_rank(NOT_HEARD_FROM_US, *found).first(LOST_SHOWN)

    def counts(self) -> dict[str, int]:
        """The numbers at the top, none counted further than anybody would read; counted once for each change of them."""
        return remembered(f"numbers of the queue for {self.user.pk}", self._count)

    def _count(self) -> dict[str, int]:
        found = Referral.objects.in_hand()
        late = Referral.objects.overdue(now=self.now)
        return {
            "": found.up_to(MOST + 1),
            "new": found.new().up_to(MOST + 1),
            "overdue": late.of_ranks(NOT_HEARD_FROM_US).up_to(MOST + 1),
            "unclaimed": sum(one.in_hand().up_to(MOST + 1) for one in self.held_by_nobody()),
            "mine": found.held_by(self.user.pk).up_to(MOST + 1),
            "again": Referral.objects.with_a_next_try(until=self.today).up_to(MOST + 1),
        }

    def rows(self, referrals: Iterable[Referral]) -> list[Row]:
        """Masked lines; what is held by somebody who left is up for anybody, like what nobody holds."""
        may_work, shown = self.user.has_perm(WORK), list(referrals)
        began_again = TriageDecision.objects.began_again(shown)
        return [
            Row(
                referral=referral,
                age=age(self.now - began_again.get(referral.pk, referral.received_at)),
                is_overdue=referral.is_overdue(self.now),
                holder=self._holder(referral),
                reads_until=None if referral.has_lapsed(self.now) else referral.lease_until,
                has_lapsed=referral.has_lapsed(self.now),
                may_claim=may_work and self._is_free(referral),
            )
            for referral in shown
        ]

    def _is_free(self, referral: Referral) -> bool:
        if referral.where not in HELD:
            return False
        has_lapsed = referral.has_lapsed(self.now) and referral.owner_id != self.user.pk
        return has_lapsed or referral.owner_id not in self.here

    def _holder(self, referral: Referral) -> str:
        if referral.owner is None:
            return "Nobody"
        if referral.owner_id == self.user.pk:
            return "You"
        return referral.owner.display_name + ("" if referral.owner_id in self.here else " (no longer a navigator)")


def _here_and_gone() -> tuple[set[int], set[int]]:
    here = set(navigators().values_list("pk", flat=True))
    left = User.objects.exclude(pk__in=here)
    gone = left.filter(Exists(Referral.objects.in_hand().filter(owner=OuterRef("pk"))))
    return here, set(gone.values_list("pk", flat=True))


def rows(referrals: Iterable[Referral], *, user: User, now: datetime) -> list[Row]:
    """Masked lines of these referrals, for one worker."""
    here = set(navigators().values_list("pk", flat=True))
    return Queue(user, now, now.date(), here, ()).rows(referrals)


def tabs(show: str, counts: Mapping[str, int]) -> list[Tab]:
    return [
        Tab(name, label, counts.get(name), name == show, name == "overdue" and bool(counts.get(name)))
        for name, label in TABS.items()
    ]


def age(since: timedelta) -> str:
    """How long ago, in the largest unit that says something."""
    minutes = max(0, int(since.total_seconds() // 60))
    for size, one in ((1440, "day"), (60, "hour")):
        if minutes >= size:
            number = minutes // size
            return f"{number} {one}{'' if number == 1 else 's'}"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
