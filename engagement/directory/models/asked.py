"""Which venues can be asked whether their entry is right, since when nobody has looked there, and what has changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Least

from engagement.directory.models.checking import CheckedQuerySet, Entry
from engagement.directory.models.hours_exception import HoursException
from engagement.directory.models.keeping import Keeper
from engagement.directory.models.schedule import Schedule

_THERE = "schedules__activity__"


class AskedQuerySet(CheckedQuerySet[Entry]):
    """Ways to choose venues by whom to ask."""

    def hosting(self, activity: models.Model) -> Self:
        """Venues at which something takes place."""
        return self.filter(schedules__activity=activity).distinct()

    def numbered(self, numbers: Iterable[int]) -> Self:
        return self.filter(pk__in=list(numbers))

    def run_by(self, groups: models.QuerySet[models.Model]) -> Self:
        """Venues that some groups keep, and those where something takes place that they run."""
        there = Schedule.objects.listed().filter(venue=OuterRef("pk"), activity__organisation__in=groups.values("pk"))
        return self.filter(Q(organisation__in=groups.values("pk")) | Q(Exists(there)))

    def without_keeper(self) -> Self:
        return self.exclude(_has_keeper())

    def with_email(self, address: str = "") -> Self:
        """Venues that give an e-mail address, or this one."""
        return self.filter(email__iexact=address) if address else self.exclude(email="")

    def reachable(self) -> Self:
        """Venues with a keeper or an address to write to."""
        return self.filter(_has_keeper() | ~Q(email=""))

    def with_reach(self) -> Self:
        """With `is_reachable`: whether there is a keeper or an address to write to."""
        return self.annotate(is_reachable=_has_keeper() | ~Q(email=""))

    def with_least_sure(self) -> Self:
        """With `least_sure_at`: since when nobody has looked at it or, where that is longer, at something that is on there."""
        own = Coalesce("checked_at", "added_at")
        there = Min(Coalesce(f"{_THERE}checked_at", f"{_THERE}added_at"), filter=Q(**{f"{_THERE}is_listed": True}))
        return self.annotate(least_sure_at=Least(own, Coalesce(there, own)))

    def least_sure(self, numbers: Iterable[int]) -> dict[int, datetime]:
        """That moment, by venue."""
        return dict(self.filter(pk__in=list(numbers)).with_least_sure().values_list("pk", "least_sure_at"))

    def to_ask_about(self, before: datetime) -> Self:
        """Venues where nobody has looked at something since this moment."""
        return self.with_least_sure().filter(least_sure_at__lte=before)

    def changed_since(self, moment: datetime) -> Self:
        """Venues of which the words or the hours of a day changed; taking back counts too."""
        said = HoursException.objects.said_since(moment).filter(venue=OuterRef("pk"))
        return self.filter(Q(updated_at__gte=moment) | Q(Exists(said)))

    def with_last_said(self) -> Self:
        """With `last_made_at` and `last_undone_at`: when something was last said about a day, and last taken back."""
        said = HoursException.objects.filter(venue=OuterRef("pk")).order_by().values("venue")
        made, undone = (said.annotate(at=Max(name)).values("at") for name in ("made_at", "undone_at"))
        return self.annotate(last_made_at=Subquery(made), last_undone_at=Subquery(undone))


def _has_keeper() -> Exists:
    return Exists(Keeper.objects.active().filter(venue=OuterRef("pk")))
