"""Ways to look at the queue; none of them opens anything that is sealed."""

from collections.abc import Collection
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
from selfreferral.workflow import ASIDE, BEFORE_FIRST_TALK, FINISHED, HELD, State

if TYPE_CHECKING:
    from selfreferral.models.referrals import Referral

SHOWS_REFERENCE_FOR = timedelta(hours=1)


def _unclaimed() -> Q:
    return Q(state__in=HELD) & (Q(owner=None) | ~Q(owner__in=navigators().values("pk")))


def _overdue(now: datetime) -> Q:
    return Q(state__in=BEFORE_FIRST_TALK, first_contact_at=None, due_at__lt=now)


def _lapsed(now: datetime) -> Q:
    return Q(state=State.SCREENING, lease_until__lte=now)


def _to_try_again(today: date) -> Q:
    return Q(state__in=HELD, next_try_on__lte=today)


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

    def unclaimed(self) -> Self:
        """Nobody holds these, or somebody who no longer works here."""
        return self.filter(_unclaimed())

    def lent(self) -> Self:
        """Being read by whoever picked them up, for as long as that is kept for them."""
        return self.filter(state=State.SCREENING, lease_until__isnull=False)

    def lapsed(self, *, now: datetime) -> Self:
        """Picked up to be read, and nobody went on with them in time."""
        return self.filter(_lapsed(now))

    def up_for_claim(self, *, now: datetime) -> Self:
        """Anybody can pick these up now."""
        return self.filter(_unclaimed() | _lapsed(now))

    def overdue(self, *, now: datetime) -> Self:
        return self.filter(_overdue(now))

    def to_try_again(self, *, today: date) -> Self:
        return self.filter(_to_try_again(today))

    def mine(self, user: User) -> Self:
        return self.held().filter(owner=user)

    def finished(self) -> Self:
        return self.filter(state__in=FINISHED)

    def oldest_first(self) -> Self:
        """Those whose people said that somebody is in danger come before all; then who has waited longest."""
        return self.order_by("-says_danger", "received_at", "pk")

    def most_pressing_first(self) -> Self:
        """By rank, then who should have heard from us first; see selfreferral.queue.pressing."""
        return self.order_by("rank", "due_at", "pk")

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
        """The reference is shown again for an hour, not for ever."""
        return self.filter(received_at__gt=now - SHOWS_REFERENCE_FOR)

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

    def should_have_heard(self, *, now: datetime) -> Self:
        """The same as overdue, for one rank at a time."""
        return self.filter(due_at__lt=now, first_contact_at=None).exclude(state__in=HELD - BEFORE_FIRST_TALK)

    def held_by(self, *owners: int) -> Self:
        """What these people hold; what nobody holds where none is named."""
        return self.filter(owner__in=owners) if owners else self.filter(owner=None)

    def with_a_next_try(self, *, until: date) -> Self:
        return self.in_hand().filter(next_try_on__lte=until)

    def resting(self) -> Self:
        """What is finished, by rank; what stands for something else is left out."""
        return self.of_rank(RESTS).exclude(state__in=ASIDE)

    def in_order_of(self, moment: str, *, newest_first: bool = False) -> Self:
        sign = "-" if newest_first else ""
        return self.order_by(f"{sign}{moment}", f"{sign}pk")

    def behind(self, moment: str, at: date, pk: UUID, *, newest_first: bool = False) -> Self:
        """What comes after a row of which these are the moment and the number."""
        way = "lt" if newest_first else "gt"
        further = Q(**{f"{moment}__{way}": at}) | Q(**{f"pk__{way}": pk})
        return self.filter(further, **{f"{moment}__{way}e": at})

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
