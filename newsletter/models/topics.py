"""What readers may choose to hear about; staff keep the list."""

from typing import Self

from django.db import models

from portal.privacy import NoPersonalData


class TopicQuerySet(models.QuerySet["Topic"]):
    """Ways to list topics."""

    def in_order(self) -> Self:
        return self.order_by("position", "name")


class Topic(models.Model):
    """One subject of the newspaper: a reader chooses some, an issue is about some; none chosen means all."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=100, help_text="Smaller numbers stand first.")

    objects = TopicQuerySet.as_manager()
    personal_data = NoPersonalData(because="a subject is about nobody")

    class Meta:
        verbose_name = "topic of the newspaper"
        verbose_name_plural = "topics of the newspaper"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
