"""What was found for a request, room by room and by number alone; what was decided about it, handed out and erased."""

from collections.abc import Iterable
from typing import Self

from django.db import models

from portal.audit.appended import Appended
from portal.privacy import NoPersonalData, PersonalData
from portal.privacy.people import Holder, holder_called
from portal.rights.models.requests import GONE, KEPT, SubjectRequest, staff
from portal.rights.reasons import KEPT_BACK


class FoundRecordQuerySet(models.QuerySet["FoundRecord"]):
    """Ways to choose what was found."""

    def theirs(self) -> Self:
        return self.filter(is_theirs=True)

    def undecided(self) -> Self:
        """Nobody has said yet whose it is."""
        return self.filter(is_theirs=None)

    def in_rooms(self, names: Iterable[str]) -> Self:
        return self.filter(room__in=list(names))

    def still_there(self) -> Self:
        return self.filter(erased_at=None)


class FoundRecord(models.Model):
    """One thing in one room that was found for a request, by its number, and what was done with it."""

    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, related_name="found")
    room = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=80)
    because = models.CharField(max_length=80)
    is_sure = models.BooleanField(default=True)
    is_theirs = models.BooleanField(null=True)
    found_at = models.DateTimeField()
    settled_by = staff()
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_by = staff()
    waits_for = models.CharField(max_length=120, blank=True)
    went = models.JSONField(default=dict)
    stays = models.JSONField(default=list)
    is_restricted = models.BooleanField(default=False)

    objects = FoundRecordQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To know which things in which rooms a request is about, and what became of them; by number alone.",
        kept=KEPT,
        erased=GONE,
        exported=True,
        fields=("key", "label"),
        impersonal=(
            "request",
            "room",
            "because",
            "is_sure",
            "is_theirs",
            "found_at",
            "settled_by",
            "erased_at",
            "erased_by",
            "waits_for",
            "went",
            "stays",
            "is_restricted",
        ),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "thing found for a request"
        verbose_name_plural = "things found for requests"
        ordering = ["room", "pk"]
        constraints = [models.UniqueConstraint(fields=["request", "room", "key"], name="rights_found_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def went_in_words(self) -> list[str]:
        """What went, without what there was none of; where two people erase, who did."""
        went = [f"{count} {what}" for what, count in self.went.items() if count]
        return [*went, f"by {self.waits_for}"] if self.waits_for else went

    @property
    def holder(self) -> Holder:
        return holder_called(self.room)

    @property
    def is_set_aside(self) -> bool:
        """Whether its room makes no use of it while it is restricted; else people leave it unused by hand."""
        return self.holder.sets_aside(self.key)


class ItemChoice(models.Model):
    """Somebody decided whether one item is handed out, or kept back and why."""

    record = models.ForeignKey(FoundRecord, on_delete=models.CASCADE, related_name="choices")
    item = models.CharField(max_length=16)
    reason = models.CharField(max_length=16, blank=True, choices=[(one.code, one.label) for one in KEPT_BACK.values()])
    decided_at = models.DateTimeField()
    decided_by = staff()

    personal_data = NoPersonalData(because="it says of a number whether it was handed out, and nothing of what it is")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["record", "item"], name="rights_one_choice_an_item")]

    def __str__(self) -> str:
        return f"{self.item}: {self.reason or 'handed out'}"


class HandOut(Appended):
    """What was handed to the person: how many and which items, and none of their words."""

    class Form(models.TextChoices):
        FILE = "file", "a file (JSON)"
        PAPER = "paper", "pages to print (PDF)"

    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, related_name="hand_outs")
    form = models.CharField(max_length=5, choices=Form)
    given = models.JSONField()
    kept_back = models.JSONField()
    made_at = models.DateTimeField()
    made_by = staff()

    personal_data = NoPersonalData(because="it holds numbers of items and counts, and nothing of what they say")

    class Meta:
        default_permissions = ()
        verbose_name = "hand-out"
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{len(self.given)} items"
