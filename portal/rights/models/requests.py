"""A request that somebody makes about themselves: what was asked, by when, what was found, decided, handed out and erased.

A request is known by its reference alone. Who asks stands in their letter, which the team keeps where it keeps letters,
and in the rows of other rooms that were found; no name, address or proof of who they are is stored here.
"""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.appended import Appended
from portal.privacy import PersonalData
from portal.privacy.people import HANDLE
from portal.rights.deadlines import SOON
from portal.rights.reasons import REFUSED
from portal.rights.workflow import OPEN, STATE_LABELS, State

LONGEST_WORDS = 500
KEPT = "until it is answered, and {rights.requests} after"
GONE = "the row is deleted with the request"


def staff() -> "models.ForeignKey[User | None, User | None]":
    """Whoever of the staff did it; the row outlives the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class SubjectRequestQuerySet(models.QuerySet["SubjectRequest"]):
    """Ways to look at requests."""

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def closed(self) -> Self:
        return self.exclude(state__in=OPEN).order_by("-closed_at", "-pk")

    def closed_before(self, moment: datetime) -> Self:
        return self.filter(closed_at__lt=moment)

    def for_eyes_of(self, user: User) -> Self:
        """All of them for whoever answers for every room; else those about everyday rooms alone."""
        return self.all() if user.has_perm(HANDLE) else self.filter(scope=SubjectRequest.Scope.EVERYDAY)

    def due_by(self, day: date) -> Self:
        """Those that have to be answered on this day or before."""
        return self.open().filter(due_on__lte=day)

    def due_soon(self, today: date) -> Self:
        return self.due_by(today + SOON)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def most_pressing_first(self) -> Self:
        return self.order_by("due_on", "pk")

    def called(self, reference: str) -> Self:
        return self.filter(reference=reference)


class SubjectRequest(models.Model):
    """Somebody asks something about themselves, and has to be answered by a day."""

    class Kind(models.TextChoices):
        ACCESS = "access", "What do you hold about me?"
        RECTIFY = "rectify", "Something is wrong: put it right"
        RESTRICT = "restrict", "Do not use it for now"
        ERASE = "erase", "Erase it"
        OBJECT = "object", "Stop, and write to me no more"

    class Scope(models.TextChoices):
        EVERYTHING = "everything", "Everything that we hold"
        EVERYDAY = "everyday", "Only comments, the newspaper and the directory"

    class Channel(models.TextChoices):
        LETTER = "letter", "by letter"
        EMAIL = "email", "by e-mail"
        PHONE = "phone", "on the phone"
        TALK = "talk", "face to face"
        FOR_THEM = "for_them", "somebody asks for them, and may"

    class Identity(models.TextChoices):
        KNOWN = "known", "We know them, and saw or heard them"
        ANSWERED = "answered", "They knew what only they can know"
        ADDRESS = "address", "They answered from the address that we hold"
        DOCUMENT = "document", "We saw a document, and gave it back"
        AUTHORITY = "authority", "We saw that somebody may ask for them"

    class Question(models.TextChoices):
        IDENTITY = "identity", "who they are"
        MEANING = "meaning", "what they mean"

    class Longer(models.TextChoices):
        COMPLEX = "complex", "it is complex"
        MANY = "many", "they asked many things at once"

    reference = models.CharField(max_length=8, unique=True)
    kind = models.CharField("what they ask", max_length=8, choices=Kind)
    scope = models.CharField("about what", max_length=10, choices=Scope, default=Scope.EVERYTHING)
    channel = models.CharField("how they asked", max_length=8, choices=Channel)
    letter = models.CharField("where their letter is kept", max_length=200, blank=True)
    received_on = models.DateField("came on")
    state = models.CharField(
        max_length=14, choices=[(state.value, label) for state, label in STATE_LABELS.items()], default=State.RECEIVED
    )
    # The clock: from when it runs, since when it stands and what for, and how many days it stood.
    begins_on = models.DateField()
    question = models.CharField(max_length=8, choices=Question, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    paused_days = models.PositiveSmallIntegerField(default=0)
    extended_because = models.CharField(max_length=7, choices=Longer, blank=True)
    due_on = models.DateField()
    identity = models.CharField("how we made sure who asks", max_length=9, choices=Identity, blank=True)
    identity_checked_at = models.DateTimeField(null=True, blank=True)
    identity_checked_by = staff()
    rooms_searched = models.JSONField(default=list)
    ground = models.CharField(max_length=10, blank=True, choices=[(one.code, one.label) for one in REFUSED.values()])
    made_at = models.DateTimeField()
    made_by = staff()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = SubjectRequestQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To answer in time whoever asks about themselves, and to show that we did.",
        kept=KEPT,
        erased="the row is deleted with all that belongs to it",
        exported=True,
        fields=("reference", "kind", "scope", "channel", "letter", "received_on", "state", "identity", "ground"),
        impersonal=(
            "begins_on",
            "question",
            "stopped_on",
            "paused_days",
            "extended_because",
            "due_on",
            "identity_checked_at",
            "identity_checked_by",
            "rooms_searched",
            "made_at",
            "made_by",
            "closed_at",
        ),
    )

    class Meta:
        default_permissions = ()
        permissions = [
            ("handle_request", "Can answer people who ask about themselves, for every room"),
            ("handle_everyday", "Can answer people who ask about comments, the newspaper and the directory"),
        ]
        verbose_name = "request about themselves"
        verbose_name_plural = "requests of people about themselves"
        indexes = [models.Index(fields=["state", "due_on"], name="rights_by_day")]

    def __str__(self) -> str:
        return self.reference

    @property
    def where(self) -> State:
        return State(self.state)

    @property
    def is_open(self) -> bool:
        return self.where in OPEN

    @property
    def is_clock_stopped(self) -> bool:
        return self.stopped_on is not None

    @property
    def days_left(self) -> int:
        """How many days are left today; less than none once it is overdue."""
        return (self.due_on - timezone.localdate()).days


class RequestStep(Appended):
    """One thing that was done about a request; appended, never edited."""

    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=100)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="Our own words. No names.")
    done_at = models.DateTimeField()
    done_by = staff()

    personal_data = PersonalData(
        purpose="To show how a request was answered.",
        kept=KEPT,
        erased=GONE,
        exported=True,
        fields=("words",),
        impersonal=("request", "what", "done_at", "done_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "step of a request"
        verbose_name_plural = "steps of requests"
        ordering = ["done_at", "pk"]

    def __str__(self) -> str:
        return self.what
