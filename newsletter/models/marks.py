"""What stays of a reader who was deleted: a mark by which an old list is told that they want no newspaper."""

from django.db import models

from portal.privacy import PersonalData


class GoneMark(models.Model):
    """A keyed hash of an address and the day on which its reader was deleted; nobody can read the address out of it."""

    mark = models.CharField(max_length=64, unique=True)
    gone_at = models.DateTimeField()

    personal_data = PersonalData(
        purpose="So that no old list brings back somebody who asked to be deleted.",
        kept="for good, as a hash that cannot be turned back into an address",
        erased="not erased: it is what keeps the promise",
        exported=False,
        fields=("mark",),
        impersonal=("gone_at",),
    )

    class Meta:
        verbose_name = "mark of a deleted reader"
        verbose_name_plural = "marks of deleted readers"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.mark[:8]}… is gone"
