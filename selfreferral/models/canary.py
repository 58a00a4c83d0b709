"""A canary: something of our own, sealed when this room was first opened, so that wrong keys show at once."""

from uuid import UUID

from django.db import models

from portal.privacy import NoPersonalData
from selfreferral import vault
from selfreferral.models.sealing import Row, place

ONLY = UUID(int=1)
SONG = "It sings while the keys are right."


class Canary(Row):
    """The one row that shows whether the keys are those with which this database was begun; it says nothing of anybody."""

    wrapped_key = models.BinaryField()
    sealed_song = models.BinaryField()
    mark = models.CharField(max_length=64, help_text="The same words under the key of the blind marks.")

    personal_data = NoPersonalData(because="it is a sentence of ours under our own keys")

    class Meta:
        default_permissions = ()
        verbose_name = "canary of the keys"
        verbose_name_plural = "canary of the keys"
        constraints = [models.CheckConstraint(condition=models.Q(id=ONLY), name="there_is_one_canary")]

    def __str__(self) -> str:
        return "canary"

    @classmethod
    def hatch(cls) -> "Canary":
        """The one of this database, made with today's keys where there is none yet."""
        fresh = cls(pk=ONLY, mark=vault.blind_index("canary", SONG))
        fresh.wrapped_key, box = vault.new_strongbox(place=place(fresh))
        fresh.sealed_song = box.seal(SONG, place=place(fresh, "song"))
        kept = {"wrapped_key": fresh.wrapped_key, "sealed_song": fresh.sealed_song, "mark": fresh.mark}
        return cls._default_manager.get_or_create(pk=ONLY, defaults=kept)[0]

    @property
    def is_marked_alike(self) -> bool:
        """Whether the key of blind indexes is the one with which it was marked."""
        return bool(self.mark == vault.blind_index("canary", SONG))

    @property
    def sings(self) -> bool:
        """Whether the keys that we hold open it, and mark it as it was marked."""
        try:
            song = vault.open_strongbox(self.wrapped_key, place=place(self)).open(
                self.sealed_song, place=place(self, "song")
            )
        except vault.CannotOpen:
            return False
        return bool(song == SONG and self.is_marked_alike)
