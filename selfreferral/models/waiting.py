"""Ways to look at the queue; none of them opens anything that is sealed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from portal.accounts.models import User
from portal.clock import at
from portal.references import normalise_reference
from selfreferral.people import navigators
from selfreferral.queue.pressing import RESTS
from selfreferral.workflow import ASIDE, BEFORE_FIRST_TALK, HELD, State

if TYPE_CHECKING:
    from selfreferral.models.referrals import Referral

SHOWS_REFERENCE_FOR = timedelta(hours=1)


def _unclaimed() -> Q:
    return Q(state__in=HELD) & (Q(owner=None) | ~Q(owner__in=navigators().values("pk")))


def _lapsed(now: datetime) -> Q:
    return Q(state=State.SCREENING, lease_until__lte=now)


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Ways to look at the queue; none of them opens anything that is sealed."""

    def new(self) -> Self:
        return self.filter(state=State.NEW)

    def before_first_talk(self) -> Self:
        """They wait to hear from us."""
        return self.filter(state__in=BEFORE_FIRST_TALK)

    def held(self) -> Self:
        """All that somebody should be holding, with those whose door is open."""
        return self.filter(state__in=HELD)

    def lent(self) -> Self:
        """Being read by whoever picked them up, for as long as that is kept for them."""
        return self.filter(state=State.SCREENING, lease_until__isnull=False)

    def lapsed(self, *, now: datetime) -> Self:
        """Picked up to be read, and nobody went on with them in time."""
        return self.filter(_lapsed(now))

    def up_for_claim(self, *, now: datetime) -> Self:
        """Anybody can pick these up now."""
        return self.filter(_unclaimed() | _lapsed(now))

    def oldest_first(self) -> Self:
        """Those whose people said that somebody is in danger come before all; then who has waited longest."""
        return self.order_by("-says_danger", "received_at", "pk")

    def latest_first_by_rank(self) -> Self:
        """As they are looked for when somebody rings: what is open, then the last time that they asked."""
        return self.order_by("rank", "-due_at", "pk")

    def without_words(self) -> Self:
        """All that a list shows, with its owner; what is sealed stays in the database."""
        return self.select_related("owner", "changed_by").defer("wrapped_key")

    def received_between(self, since: date, until: date) -> Self:
        """What came in on these days, the first and the last among them, by the clock here."""
        return self.filter(
            received_at__gte=at(since, time.min), received_at__lt=at(until + timedelta(days=1), time.min)
        )

    def with_words(self) -> Self:
        """Those that still have words of their own: neither erased nor the same as another."""
        return self.exclude(state__in=(State.MERGED, State.ERASED)).prefetch_related("answers")

    def sent_with(self, token: str) -> Self:
        return self.filter(submission_token=token)

    def sent_lately(self, *, now: datetime) -> Self:
        """The reference is shown again for an hour, not for ever; paper can have been handed in long before it was taken down."""
        return self.filter(decisions__from_state="", decisions__decided_at__gt=now - SHOWS_REFERENCE_FOR)

    def called(self, reference: str) -> Self:
        """The one with this reference, as it was read out or typed."""
        return self.filter(reference=normalise_reference(reference) or "")

    def with_keys(self) -> Self:
        """All but those that were erased, which have no key any more."""
        return self.filter(erased_at=None)

    def keys_newest_first(self) -> models.QuerySet["Referral", tuple[UUID, bytes | memoryview]]:
        return self.with_keys().order_by("-received_at").values_list("pk", "wrapped_key")

    # Each of these is one stretch of an index, in its order: a list of a hundred thousand is as quick as one of a hundred.

    def of_rank(self, rank: int) -> Self:
        return self.filter(rank=rank)

    def of_ranks(self, ranks: Collection[int]) -> Self:
        return self.filter(rank__in=ranks)

    def in_hand(self) -> Self:
        """All that somebody should be holding, by rank."""
        return self.filter(rank__lt=RESTS)

    def overdue(self, *, now: datetime) -> Self:
        """Those who should have heard from us by now; said by what they are not, so that their ranks stay one stretch."""
        late = self.in_hand().filter(due_at__lt=now, first_contact_at=None)
        return late.exclude(state__in=HELD - BEFORE_FIRST_TALK)

    def held_by(self, *owners: int) -> Self:
        """What these people hold; what nobody holds where none is named."""
        return self.filter(owner__in=owners) if owners else self.filter(owner=None)

    def with_a_next_try(self, *, until: date) -> Self:
        return self.in_hand().filter(next_try_on__lte=until)

    def resting(self) -> Self:
        """What is finished, by rank; what stands for something else is left out."""
        return self.of_rank(RESTS).exclude(state__in=ASIDE)

    def in_order_of(self, *moments: str, newest_first: bool = False) -> Self:
        sign = "-" if newest_first else ""
        return self.order_by(*(f"{sign}{name}" for name in (*moments, "pk")))

    def behind(self, moments: Mapping[str, date], pk: UUID, *, newest_first: bool = False) -> Self:
        """What comes after a row that has these moments, the first of them counting most, and this number."""
        way = "lt" if newest_first else "gt"
        further = Q(**{f"pk__{way}": pk})
        for name, at_this in reversed(list(moments.items())):
            further = Q(**{f"{name}__{way}": at_this}) | (Q(**{name: at_this}) & further)
        first, at_first = next(iter(moments.items()))
        return self.filter(further, **{f"{first}__{way}e": at_first})

    def not_erased(self) -> Self:
        return self.exclude(state=State.ERASED)

    def unknown_to(self, user: User) -> Self:
        """All of these but those whose person this worker knows."""
        acquaintances: Any = self.model._meta.get_field("acquaintances").related_model
        return self.exclude(pk__in=acquaintances.objects.of(user).values("referral"))

    def marked(self, marks: models.QuerySet[Any]) -> Self:
        """Those to whom one of these blind marks belongs."""
        return self.filter(pk__in=marks.values("referral"))

    def called_by_name(self, nicknames: Collection[str]) -> Self:
        return self.filter(nickname__in=nicknames)

    def up_to(self, most: int) -> int:
        """How many there are; no further than `most` is counted."""
        return self.order_by().values("pk")[:most].count()
