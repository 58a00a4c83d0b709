"""Blind marks: the same person is found again without anybody knowing who it is."""

from collections.abc import Iterable
from typing import Self

from django.db import models

from selfreferral.models.referrals import Referral
from selfreferral.models.sealing import Row, kept_with_referral


class BlindMarkQuerySet(models.QuerySet["BlindMark"]):
    """Finding the same person again without knowing who it is."""

    def any_of(self, marks: Iterable[tuple[str, str]]) -> Self:
        """Rows with one of these (kind, mark) pairs."""
        wanted = models.Q(pk__in=[])
        for kind, mark in marks:
            wanted |= models.Q(kind=kind, mark=mark)
        return self.filter(wanted)

    def shared_with(self, referral: Referral, *, kinds: Iterable[str]) -> Self:
        """Marks of other referrals that this one has too."""
        return self.filter(kind__in=kinds, mark__in=referral.marks.values("mark")).exclude(referral=referral)


class BlindMark(Row):
    """A keyed hash of something by which a person is found again: their phone, e-mail, a name, or name and year of birth."""

    class Kind(models.TextChoices):
        PHONE = "phone", "the same phone number"
        EMAIL = "email", "the same e-mail address"
        NAME = "name", "the same name"
        NAME_AND_YEAR = "name_year", "the same name and year of birth"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=9, choices=Kind)
    mark = models.CharField(max_length=64)

    objects = BlindMarkQuerySet.as_manager()
    personal_data = kept_with_referral(
        "To see that somebody asked before, and to find them by name or number without opening what is sealed.",
        "mark",
        impersonal=("kind",),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "blind mark of a person"
        verbose_name_plural = "blind marks of people"
        indexes = [models.Index(fields=["kind", "mark"], name="referral_by_mark")]
        constraints = [models.UniqueConstraint(fields=["referral", "kind", "mark"], name="each_mark_once")]

    def __str__(self) -> str:
        return self.kind
