"""School holidays of the area, as its council tells them."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models

from engagement.directory.hours.school_year import SchoolYear, school_year
from portal.changes import remembered
from portal.privacy import NoPersonalData


class SchoolBreakQuerySet(models.QuerySet["SchoolBreak"]):
    """Ways to choose school holidays."""

    def in_order(self) -> Self:
        return self.order_by("first_on", "pk")

    def year(self) -> SchoolYear:
        """All that is known, as a value; asked once for each change of it."""
        return remembered("school year", lambda: school_year(self.values_list("first_on", "last_on")))


class SchoolBreak(models.Model):
    """A half-term or a holiday, from its first day to its last."""

    name = models.CharField(max_length=60)
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")

    objects = SchoolBreakQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = NoPersonalData(because="school holidays are about nobody")

    class Meta:
        ordering = ["first_on", "pk"]
        verbose_name = "school holiday"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.first_on and self.last_on and self.last_on < self.first_on:
            raise ValidationError({"last_on": "The last day comes before the first."})
        if self.first_on and self.last_on and (self.last_on - self.first_on).days > 60:
            raise ValidationError({"last_on": "This holiday is longer than two months. Is the year right?"})
