"""The services from which people are sent to us, by kind, as staff name them for the figures."""

from typing import Self

from django.db import models

from portal.privacy import NoPersonalData


class ReferralSourceQuerySet(models.QuerySet["ReferralSource"]):
    """Ways to choose services."""

    def offered(self, *, beside: int | None = None) -> Self:
        """What staff choose from, and the one that is chosen already."""
        return self.filter(models.Q(is_offered=True) | models.Q(pk=beside))


class ReferralSource(models.Model):
    """A kind of service, such as the police or a surgery; never the name of somebody who works there."""

    name = models.CharField(max_length=60, unique=True, help_text="A kind of service, such as “Doctor's surgery”.")
    is_offered = models.BooleanField("offer it to the team", default=True)
    position = models.PositiveSmallIntegerField(default=100, help_text="Those with a lower number come first.")

    objects = ReferralSourceQuerySet.as_manager()
    personal_data = NoPersonalData(because="it is a kind of service")
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["position", "name"]
        default_permissions = ("add", "change")
        verbose_name = "service that sends people"
        verbose_name_plural = "services that send people"

    def __str__(self) -> str:
        return self.name
