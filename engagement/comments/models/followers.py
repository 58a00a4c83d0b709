"""Who wants to hear: authors and supporters of one comment, and people who follow a place; and how often we asked them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from portal.geo.coordinates import Point
from portal.privacy import PersonalData
from portal.privacy.restricting import restricted

if TYPE_CHECKING:
    from engagement.comments.models.comments import PlaceComment


class FollowerQuerySet(models.QuerySet["Follower"]):
    """Ways to choose who hears."""

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def in_use(self) -> Self:
        """Without those who asked that nothing is done with their row for now."""
        return self.exclude(restricted(self.model))

    def unconfirmed_since(self, moment: datetime) -> Self:
        """Asked before this moment, and never confirmed."""
        return self.filter(confirmed_at__isnull=True, asked_at__lt=moment)

    def of(self, comments: "Iterable[PlaceComment]") -> Self:
        return self.filter(comment__in=comments)

    def at(self, address: str) -> Self:
        """Whoever has this address, however it is written."""
        return self.filter(address__iexact=address)

    def only_authors(self, only: bool = True) -> Self:
        return self.filter(is_author=True) if only else self

    def authors_first(self) -> Self:
        return self.order_by("-is_author", "pk")

    def with_comment(self) -> Self:
        """With all that a mail says of the comment."""
        return self.select_related("comment__theme", "comment__named_place", "comment__consultation")


class Follower(models.Model):
    """Somebody who left an e-mail address to hear what becomes of one comment; written to only once they confirmed it."""

    comment = models.ForeignKey("comments.PlaceComment", on_delete=models.CASCADE, related_name="followers")
    address = models.EmailField()
    is_author = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = FollowerQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To tell people what became of a comment that they wrote or supported.",
        kept="until they say stop, or the comment is erased; {comments.unconfirmed} where the address was not confirmed",
        erased="the row is deleted",
        exported=True,
        fields=("address",),
        impersonal=("comment", "is_author", "asked_at", "confirmed_at"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "address"], name="comments_one_follower_an_address")]

    def __str__(self) -> str:
        return f"Follower {self.pk} of {self.comment_id}"


class SupportQuerySet(models.QuerySet["Support"]):
    """Ways to look for who agrees."""

    def from_browser(self, hashes: "Iterable[str]") -> Self:
        """Presses from the browser that is known by these hashes, one for each comment."""
        return self.filter(browser_hash__in=list(hashes))


class Support(models.Model):
    """One press of "I agree" from one browser, which is known by the keyed hash of a random number of its own."""

    comment = models.ForeignKey("comments.PlaceComment", on_delete=models.CASCADE, related_name="supports")
    browser_hash = models.CharField(max_length=64)
    supported_at = models.DateTimeField()

    objects = SupportQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To count everybody who agrees with a comment once, and to let them take it back.",
        kept="as long as the comment",
        erased="the row is deleted with the comment",
        exported=False,
        fields=("browser_hash",),
        impersonal=("comment", "supported_at"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "browser_hash"], name="comments_one_support_a_browser")
        ]

    def __str__(self) -> str:
        return f"Support {self.pk} of {self.comment_id}"


class AlertQuerySet(models.QuerySet["Alert"]):
    """Ways to choose alerts."""

    def running(self) -> Self:
        """Those who confirmed that the address is theirs."""
        return self.filter(confirmed_at__isnull=False)

    def in_use(self) -> Self:
        """Without those who asked that nothing is done with their row for now."""
        return self.exclude(restricted(self.model))

    def unconfirmed_since(self, moment: datetime) -> Self:
        """Asked before this moment, and never confirmed."""
        return self.filter(confirmed_at__isnull=True, asked_at__lt=moment)

    def at(self, address: str) -> Self:
        """Whoever has this address, however it is written."""
        return self.filter(address__iexact=address)

    def around(self, words: str) -> Self:
        """Those that chose this place."""
        return self.filter(words=words)

    def told_before(self, moment: datetime, *, often: str) -> Self:
        """Those of this kind who have heard nothing since."""
        return self.filter(often=often, told_until__lte=moment)

    def with_place(self) -> Self:
        return self.select_related("named_place")


class Alert(models.Model):
    """Somebody who wants to hear of new comments and outcomes around a place, once a day or once a week."""

    class Often(models.TextChoices):
        DAILY = "daily", "Once a day, when there is something"
        WEEKLY = "weekly", "Once a week, when there is something"

    address = models.EmailField()
    named_place = models.ForeignKey(
        "geo.NamedPlace", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The place as its owner chose it and mails say it: "Cotsford Park", "SR8 4LX".
    words = models.CharField(max_length=120)
    latitude = models.FloatField()
    longitude = models.FloatField()
    metres = models.PositiveSmallIntegerField(default=300)
    often = models.CharField(max_length=6, choices=Often, default=Often.WEEKLY)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(help_text="What happened later has not been told yet.")

    objects = AlertQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To tell people what is new around a place that they chose.",
        kept="until they say stop; {comments.unconfirmed_alerts} where the address was not confirmed",
        erased="the row is deleted",
        exported=True,
        fields=("address", "named_place", "words", "latitude", "longitude", "metres"),
        impersonal=("often", "asked_at", "confirmed_at", "told_until"),
    )

    class Meta:
        indexes = [models.Index(fields=["often", "told_until"], name="comments_alerts_to_send")]

    def __str__(self) -> str:
        return f"Alert {self.pk}"

    @property
    def point(self) -> Point:
        return Point(self.latitude, self.longitude)


class AskedAddress(models.Model):
    """How many mails one address was sent in a day that ask whether it is somebody's own; known by a keyed hash."""

    address_hash = models.CharField(max_length=64)
    asked_on = models.DateField()
    mails = models.PositiveSmallIntegerField(default=0)

    personal_data = PersonalData(
        purpose="To keep anybody from having somebody else's letter box filled.",
        kept="{comments.asked_addresses}, until the night after",
        erased="the row is deleted",
        exported=False,
        fields=("address_hash",),
        impersonal=("asked_on", "mails"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "asked_on"], name="comments_one_count_an_address_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.mails} mails on {self.asked_on}"
