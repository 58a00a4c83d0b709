"""Printed copies: the rounds in which they are carried out, and how often their short links were opened, in totals only."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum

from portal.privacy import NoPersonalData, PersonalData


class DropRoundQuerySet(models.QuerySet["DropRound"]):
    """Ways to choose rounds."""

    def of_issue(self, issue: models.Model) -> Self:
        return self.filter(issue_id=issue.pk)

    def with_code(self, code: str) -> "DropRound | None":
        return self.filter(code=code.lower()).first()

    def named(self, name: str) -> Self:
        return self.filter(name=name)

    def newest_first(self) -> Self:
        return self.order_by("-pk")


class DropRound(models.Model):
    """One way in which printed copies of an issue reach people ("Doors on Third Street", "The school"); its codes are its own."""

    issue = models.ForeignKey("newsletter.IssuePage", on_delete=models.CASCADE, related_name="drop_rounds")
    name = models.CharField(max_length=80)
    code = models.SlugField(max_length=6, unique=True)
    copies = models.PositiveIntegerField(help_text="How many copies were printed for it.")
    dropped_on = models.DateField("day", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    objects = DropRoundQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To know which printed copies were read.",
        kept="as long as the newspaper's archive",
        erased="the editor's name is cut from it",
        exported=True,
        fields=("created_by",),
        impersonal=("issue", "name", "code", "copies", "dropped_on", "created_at"),
    )

    class Meta:
        verbose_name = "round of printed copies"
        verbose_name_plural = "rounds of printed copies"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["issue", "name"], name="one_round_of_a_name")]

    def __str__(self) -> str:
        return self.name


class LinkCountQuerySet(models.QuerySet["LinkCount"]):
    """Ways to read the counts."""

    def of_issue(self, issue: models.Model) -> Self:
        return self.filter(issue_id=issue.pk)

    def totals(self) -> list[tuple[int | None, str, int]]:
        """Round, story and how often its link was opened over all days."""
        rows = self.order_by().values_list("drop_round", "story").annotate(opened=Sum("opened"))
        return [(drop_round, story, opened) for drop_round, story, opened in rows]


class LinkCount(models.Model):
    """How often one short link of an issue was opened on one day: a number, and nothing about who opened it."""

    issue = models.ForeignKey("newsletter.IssuePage", on_delete=models.CASCADE, related_name="link_counts")
    story = models.CharField(max_length=8)
    drop_round = models.ForeignKey(DropRound, null=True, blank=True, on_delete=models.CASCADE, related_name="counts")
    on = models.DateField()
    opened = models.PositiveIntegerField(default=0)

    objects = LinkCountQuerySet.as_manager()
    personal_data = NoPersonalData(because="it is a number for a day, without any trace of who opened the link")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "story", "on"], condition=Q(drop_round=None), name="one_count_a_day"
            ),
            models.UniqueConstraint(
                fields=["drop_round", "story", "on"],
                condition=Q(drop_round__isnull=False),
                name="one_count_a_day_of_a_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story} on {self.on}: {self.opened}"
