"""How somebody comes back: a door that six words open, a visit through it, and what they say then."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from portal.privacy import PersonalData
from selfreferral import vault
from selfreferral.models.drafts import DraftReferral
from selfreferral.models.referrals import Referral
from selfreferral.models.sealing import Appended, Row, place

LONGEST_VISIT = timedelta(minutes=30)


class ReturnDoor(Row):
    """Stands before a draft or, once that is sent, before the referral; the words that open it are stored nowhere."""

    finder = models.CharField(max_length=64, unique=True, help_text="What the words become, to find the door by.")
    draft = models.OneToOneField(DraftReferral, null=True, on_delete=models.CASCADE, related_name="door")
    referral = models.OneToOneField(Referral, null=True, on_delete=models.CASCADE, related_name="door")
    # The draft's own key under the words, and the words under the draft's own key, so that its browser can show them again.
    sealed_key = models.BinaryField()
    sealed_words = models.BinaryField()
    made_at = models.DateTimeField()

    personal_data = PersonalData(
        purpose="To let somebody come back to what they wrote, without an e-mail address.",
        kept="as long as the draft, {selfreferral.drafts_with_words} at most; once it is sent, as long as the request for help",
        erased="deleted with the draft or the request for help",
        exported=False,
        fields=("finder", "sealed_key", "sealed_words"),
        impersonal=("draft", "referral", "made_at"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "way back to a request for help"
        verbose_name_plural = "ways back to requests for help"
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=True) ^ Q(referral__isnull=True), name="a_door_stands_before_one_thing"
            )
        ]

    def __str__(self) -> str:
        return "A way back"

    def seal_key(self, key: str, *, opener_key: str) -> None:
        self.sealed_key = self._box(opener_key).seal(key, place=place(self, "key"))

    def open_key(self, *, opener_key: str) -> str:
        return str(self._box(opener_key).open(self.sealed_key, place=place(self, "key")))

    def seal_words(self, words: str, *, key: str) -> None:
        self.sealed_words = self._box(key).seal(words, place=place(self, "words"))

    def open_words(self, *, key: str) -> str:
        return str(self._box(key).open(self.sealed_words, place=place(self, "words")))

    def _box(self, key: str) -> vault.Strongbox:
        return vault.draft_strongbox(key, salt=self.pk.bytes)


class ReturnVisitQuerySet(models.QuerySet["ReturnVisit"]):
    """Ways to find a visit."""

    def of(self, key: str, *, now: datetime) -> Self:
        """The visit of this cookie, unless it is over."""
        return self.filter(finder=vault.draft_finder(key), begun_at__gt=now - LONGEST_VISIT)

    def over(self, *, now: datetime) -> Self:
        return self.filter(begun_at__lte=now - LONGEST_VISIT)


class ReturnVisit(Row):
    """Somebody came back with their words; their browser holds a random key for half an hour."""

    finder = models.CharField(max_length=64, unique=True)
    door = models.ForeignKey(ReturnDoor, on_delete=models.CASCADE, related_name="visits")
    begun_at = models.DateTimeField()

    objects = ReturnVisitQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To let somebody who came back see how far their request is.",
        kept="{selfreferral.visits}",
        erased="deleted when they leave",
        exported=False,
        fields=("finder",),
        impersonal=("door", "begun_at"),
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "A visit"


class PersonsWords(Appended):
    """What the person, or whoever asked for them, says after it was sent: more, a correction, or stop."""

    class Kind(models.TextChoices):
        MORE = "more", "Wrote more"
        WRONG = "wrong", "Put something right"
        STOP = "stop", "Asked us to stop"
        AGAIN = "again", "Asked again"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="persons_words")
    kind = models.CharField(max_length=5, choices=Kind)
    sealed_words = models.BinaryField()
    said_at = models.DateTimeField()

    personal_data = PersonalData(
        purpose="To hear what somebody adds or puts right, and when they ask us to stop.",
        kept="as long as the request for help",
        erased="its key is destroyed with the request for help",
        exported=True,
        fields=("kind", "sealed_words"),
        impersonal=("referral", "said_at"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "words of a person who came back"
        verbose_name_plural = "words of people who came back"
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return self.kind
