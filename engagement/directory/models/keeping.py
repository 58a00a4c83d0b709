"""Those who keep an entry right from outside the team: who they are, and what they want changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.privacy import PersonalData
from portal.privacy.restricting import restricted


class KeeperQuerySet(models.QuerySet["Keeper"]):
    """Ways to choose keepers."""

    def active(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def of_venue(self, venue: models.Model) -> Self:
        return self.filter(venue=venue)

    def of_person(self, user: models.Model) -> Self:
        """What somebody with an account keeps. Its address alone proves nothing: an account may change it unproven."""
        return self.filter(user=user)

    def at(self, address: str) -> Self:
        """Those who are written to at this address."""
        return self.filter(email__iexact=address.strip())

    def ended_before(self, moment: datetime) -> Self:
        return self.filter(ended_at__lt=moment)

    def in_use(self) -> Self:
        """Without those who asked that nothing is done with their row for now."""
        return self.exclude(restricted(self.model))

    def of_listed(self) -> Self:
        """Keepers of places that everybody sees."""
        return self.filter(venue__is_listed=True, venue__merged_into=None)

    def with_venue(self) -> Self:
        return self.select_related("venue", "user")

    def in_order(self) -> Self:
        return self.order_by("venue__name", "email", "pk")


class Keeper(models.Model):
    """Somebody at a venue who may change its entry and what happens there, by a link in a mail or signed in."""

    venue = models.ForeignKey("directory.Venue", on_delete=models.CASCADE, related_name="keepers")
    email = models.EmailField("e-mail")
    name = models.CharField(max_length=120, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    link_sent_at = models.DateTimeField(null=True, blank=True)

    objects = KeeperQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To ask a venue whether its entry is still right, and to let it change its own.",
        kept="as long as they keep the entry, and {directory.keepers} after",
        erased="the row is deleted",
        exported=True,
        fields=("email", "name", "user", "added_by", "ended_by"),
        impersonal=("venue", "added_at", "ended_at", "reminded_at", "link_sent_at"),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "email"], condition=Q(ended_at__isnull=True), name="keeper_once_a_venue"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


class ProposedChangeQuerySet(models.QuerySet["ProposedChange"]):
    """Ways to choose proposed changes."""

    def waiting(self) -> Self:
        """Nobody has decided yet."""
        return self.filter(decision=ProposedChange.Decision.WAITING)

    def about(self, entry: models.Model) -> Self:
        """Those about one venue or one activity."""
        return self.filter(**{entry._meta.model_name or "": entry})

    def about_some(self, entries: Iterable[models.Model]) -> Self:
        """Those about any of some venues and activities."""
        numbers: dict[str, list[Any]] = {"venue": [], "activity": []}
        for entry in entries:
            numbers[entry._meta.model_name or ""].append(entry.pk)
        return self.filter(Q(venue__in=numbers["venue"]) | Q(activity__in=numbers["activity"]))

    def with_entry(self) -> Self:
        return self.select_related("venue", "activity", "keeper", "made_by")

    def oldest_first(self) -> Self:
        return self.order_by("made_at", "pk")

    def by_keeper(self, keeper: Keeper) -> Self:
        return self.filter(keeper=keeper)

    def to_tell(self) -> Self:
        """The team has decided, and the keeper has not heard."""
        answers = [ProposedChange.Decision.TAKEN, ProposedChange.Decision.NOT_TAKEN]
        return self.filter(decision__in=answers, told_at__isnull=True)

    def decided_last(self, count: int) -> Self:
        """The last few on which the team decided."""
        answers = [ProposedChange.Decision.TAKEN, ProposedChange.Decision.NOT_TAKEN]
        return self.filter(decision__in=answers).order_by("-decided_at", "-pk")[:count]


class ProposedChange(models.Model):
    """One field of an entry that its keeper wants otherwise: as it was last approved, and as it should be.

    The entry stays as it is until the coordinator takes the change. A newer wish for the same field takes the place of one
    that waits.
    """

    class Decision(models.TextChoices):
        WAITING = "waiting", "waiting"
        TAKEN = "taken", "taken"
        NOT_TAKEN = "not_taken", "not taken"
        REPLACED = "replaced", "replaced by a newer one"

    venue = models.ForeignKey(
        "directory.Venue", null=True, blank=True, on_delete=models.CASCADE, related_name="proposed"
    )
    activity = models.ForeignKey(
        "directory.Activity", null=True, blank=True, on_delete=models.CASCADE, related_name="proposed"
    )
    field = models.CharField(max_length=40)
    was = models.JSONField(null=True)
    wanted = models.JSONField(null=True)
    keeper = models.ForeignKey(Keeper, null=True, on_delete=models.SET_NULL, related_name="proposed")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision = models.CharField(max_length=9, choices=Decision, default=Decision.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = ProposedChangeQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To show the coordinator what a venue wants changed, and who asked.",
        kept="as long as the entry is in the directory",
        erased="the links to the person are cut; a wish for a phone number or an address is blanked",
        exported=True,
        fields=("was", "wanted", "keeper", "made_by", "decided_by"),
        impersonal=("venue", "activity", "field", "made_at", "decision", "decided_at", "reason", "told_at"),
    )

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(venue__isnull=False, activity__isnull=True) | Q(venue__isnull=True, activity__isnull=False),
                name="proposed_about_one_entry",
            ),
            models.UniqueConstraint(
                fields=["venue", "field"], condition=Q(decision="waiting"), name="one_wish_a_venue_field"
            ),
            models.UniqueConstraint(
                fields=["activity", "field"], condition=Q(decision="waiting"), name="one_wish_an_activity_field"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.entry}"

    @property
    def entry(self) -> Any:
        """The venue or the activity that it is about."""
        return self.venue or self.activity
