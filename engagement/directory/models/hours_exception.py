"""What was said about single days of a place: closed, or open at other times."""

from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from engagement.directory.hours.opening import Exceptional
from portal.privacy import PersonalData

LONGEST = timedelta(days=92)


class HoursExceptionQuerySet(models.QuerySet["HoursException"]):
    """Ways to choose exceptions."""

    def live(self) -> Self:
        """Exceptions that nobody took back."""
        return self.filter(undone_at__isnull=True)

    def from_day(self, first: date) -> Self:
        """Those that are not over on this day."""
        return self.filter(last_on__gte=first)

    def at(self, venue: models.Model) -> Self:
        return self.filter(venue=venue)

    def numbered(self, number: int) -> Self:
        return self.filter(pk=number)

    def said_since(self, moment: datetime) -> Self:
        """What was said or taken back from a moment on."""
        return self.filter(Q(made_at__gte=moment) | Q(undone_at__gte=moment))

    def by_day(self) -> Self:
        return self.order_by("first_on", "pk")

    def saying_the_same(self, said: "HoursException") -> Self:
        """Those about the same days of the same place, with the same times and reason."""
        names = ("venue", "first_on", "last_on", "opens_at", "closes_at", "reason")
        return self.filter(**{name: getattr(said, name) for name in names})

    def in_order(self) -> Self:
        """As they were said: of two about one day the later holds."""
        return self.order_by("made_at", "pk")


class HoursException(models.Model):
    """A place is closed from a first to a last day, or open at other times on each of them; taking it back keeps the row.

    A closing shares `together` with the sessions that were called off with it.
    """

    venue = models.ForeignKey("directory.Venue", on_delete=models.CASCADE, related_name="exceptions")
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")
    opens_at = models.TimeField("opens", null=True, blank=True)
    closes_at = models.TimeField("closes", null=True, blank=True)
    reason = models.CharField(max_length=160, blank=True)
    together = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by_keeper = models.ForeignKey(
        "directory.Keeper", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_by_keeper = models.ForeignKey(
        "directory.Keeper", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = HoursExceptionQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To show who said that a place is closed.",
        kept="as long as the place is in the directory",
        erased="the link to the account is cut when the account is erased",
        exported=True,
        fields=("made_by", "made_by_keeper", "undone_by", "undone_by_keeper"),
        impersonal=(
            *("venue", "first_on", "last_on", "opens_at", "closes_at", "reason", "together", "made_at", "undone_at"),
        ),
    )

    class Meta:
        ordering = ["first_on", "pk"]

    def __str__(self) -> str:
        return f"{self.first_on} to {self.last_on}"

    def clean(self) -> None:
        if self.last_on < self.first_on:
            raise ValidationError({"last_on": "The last day comes before the first."})
        if self.last_on - self.first_on > LONGEST:
            raise ValidationError(
                {
                    "last_on": "This is longer than three months. Change the usual hours, or take the place off the lists."
                }
            )
        if (self.opens_at is None) != (self.closes_at is None):
            raise ValidationError({"closes_at": "Give both times, or neither for closed all day."})
        if self.opens_at is not None and self.opens_at == self.closes_at:
            raise ValidationError({"closes_at": "Give a time after it opens."})

    @property
    def is_closing(self) -> bool:
        return self.opens_at is None

    def covers(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on

    @property
    def as_exceptional(self) -> Exceptional:
        return Exceptional(self.first_on, self.last_on, self.opens_at, self.closes_at, self.reason)
