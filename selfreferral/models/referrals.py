"""Somebody's request for help: where it stands in the open, and what they said under seal."""

from datetime import date, datetime, timedelta
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from portal.accounts.models import User
from portal.privacy import PersonalData
from portal.references import normalise_reference
from selfreferral import vault
from selfreferral.asking import Part
from selfreferral.models.sealing import Appended, Row, place, worker
from selfreferral.people import navigators
from selfreferral.workflow import BEFORE_FIRST_TALK, FINISHED, HELD, KEPT, OPEN, PUBLIC_LABELS, STAFF_LABELS, State

SHOWS_REFERENCE_FOR = timedelta(hours=1)
STATES = [(state.value, label) for state, label in STAFF_LABELS.items() if state in KEPT]


def _unclaimed() -> Q:
    return Q(state__in=HELD) & (Q(owner=None) | ~Q(owner__in=navigators().values("pk")))


def _overdue(now: datetime) -> Q:
    return Q(state__in=BEFORE_FIRST_TALK, first_contact_at=None, due_at__lt=now)


def _to_try_again(today: date) -> Q:
    return Q(state__in=HELD, next_try_on__lte=today)


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Ways to look at the queue; none of them opens anything that is sealed."""

    def new(self) -> Self:
        return self.filter(state=State.NEW)

    def held(self) -> Self:
        """All that somebody should be holding, with those whose door is open."""
        return self.filter(state__in=HELD)

    def unclaimed(self) -> Self:
        """Nobody holds these, or somebody who no longer works here."""
        return self.filter(_unclaimed())

    def overdue(self, *, now: datetime) -> Self:
        return self.filter(_overdue(now))

    def to_try_again(self, *, today: date) -> Self:
        return self.filter(_to_try_again(today))

    def mine(self, user: User) -> Self:
        return self.held().filter(owner=user)

    def finished(self) -> Self:
        return self.filter(state__in=FINISHED)

    def oldest_first(self) -> Self:
        """Those whose people said that somebody is in danger come before all; then who has waited longest."""
        return self.order_by("-says_danger", "received_at", "pk")

    def most_pressing_first(self) -> Self:
        """By rank, then who should have heard from us first; see selfreferral.pressing."""
        return self.order_by("rank", "due_at", "pk")

    def without_words(self) -> Self:
        """All that a list shows, with its owner; what is sealed stays in the database."""
        return self.select_related("owner", "changed_by").defer("wrapped_key")

    def sent_with(self, token: str) -> Self:
        return self.filter(submission_token=token)

    def sent_lately(self, *, now: datetime) -> Self:
        """The reference is shown again for an hour, not for ever."""
        return self.filter(received_at__gt=now - SHOWS_REFERENCE_FOR)

    def called(self, reference: str) -> Self:
        """The one with this reference, as it was read out or typed."""
        return self.filter(reference=normalise_reference(reference) or "")

    def keys_newest_first(self) -> models.QuerySet["Referral", tuple[UUID, bytes | memoryview]]:
        return self.order_by("-received_at").values_list("pk", "wrapped_key")

    def counts(self, *, user: User, now: datetime, today: date) -> dict[str, int]:
        """The numbers at the top of the queue, in one look."""
        return self.aggregate(
            new=Count("pk", filter=Q(state=State.NEW)),
            overdue=Count("pk", filter=_overdue(now)),
            unclaimed=Count("pk", filter=_unclaimed()),
            mine=Count("pk", filter=Q(state__in=HELD, owner=user)),
            again=Count("pk", filter=_to_try_again(today)),
            waiting=Count("pk", filter=Q(state__in=BEFORE_FIRST_TALK)),
            open=Count("pk", filter=Q(state__in=HELD)),
        )


class Referral(Row):
    """One request for help. Nothing in the open says who it is about or what they said."""

    class Source(models.TextChoices):
        SELF = "self", "the person themselves"
        FAMILY_OR_FRIEND = "family_or_friend", "family or a friend"
        WORKER = "worker", "somebody who works with them"
        COMMENT = "comment", "a comment about a place, with its author's leave"

    class CameBy(models.TextChoices):
        WEB = "web", "the web form"
        PAPER = "paper", "a paper form"
        PHONE = "phone", "a talk on the phone or at a table"
        COMMENT = "comment", "a comment about a place"

    reference = models.CharField(max_length=9, unique=True)
    nickname = models.CharField(max_length=40)
    state = models.CharField(
        max_length=12, choices=[(state.value, label) for state, label in STAFF_LABELS.items() if state in KEPT]
    )
    source = models.CharField(max_length=16, choices=Source)
    episode = models.PositiveSmallIntegerField(default=1)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="By when somebody must have talked with the person.")
    wrote_at = models.DateTimeField(null=True, blank=True, help_text="The person wrote, and nobody has read it yet.")
    first_contact_at = models.DateTimeField(null=True, blank=True)
    next_try_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals"
    )
    says_danger = models.BooleanField("whoever asked said that somebody is in danger", default=False)
    is_urgent = models.BooleanField("somebody here decided, with a reason, that it cannot wait", default=False)
    rank = models.PositiveSmallIntegerField(default=1, help_text="How pressing; see selfreferral.pressing.")
    lease_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when whoever reads it has it to themselves."
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    merged_at = models.DateTimeField(null=True, blank=True)
    came_by = models.CharField(max_length=8, choices=CameBy, default=CameBy.WEB)
    taken_by = worker()
    paper_destroyed_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    is_doubted = models.BooleanField("came very fast, or as one of many from one address", default=False)
    is_example = models.BooleanField(default=False)
    submission_token = models.CharField(max_length=64, unique=True)
    wrapped_key = models.BinaryField(help_text="The key of this referral, wrapped; without it nothing here opens.")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = worker()

    objects = ReferralQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To answer somebody who asked us for help, or for whom somebody else asked.",
        kept="while we work together, then as long as the partnership has settled; the answers are always sealed",
        erased="its key is destroyed, and nothing that was sealed can be opened again",
        exported=True,
        fields=("reference", "nickname", "source", "wrapped_key", "submission_token"),
        impersonal=(
            "state",
            "episode",
            "received_at",
            "due_at",
            "first_contact_at",
            "next_try_on",
            "wrote_at",
            "owner",
            "says_danger",
            "is_urgent",
            "rank",
            "lease_until",
            "merged_into",
            "merged_at",
            "came_by",
            "taken_by",
            "paper_destroyed_on",
            "erased_at",
            "is_doubted",
            "is_example",
            "version",
            "changed_at",
            "changed_by",
        ),
    )

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_queue", "Can see who asked for help"),
            ("work_referral", "Can pick up and work with a referral"),
            ("allocate_referral", "Can give a referral to a navigator"),
            ("approve_erasure", "Can agree that a referral is erased, by its reference alone"),
            ("view_shared", "Can read what was shared with them under an agreement"),
        ]
        verbose_name = "request for help"
        verbose_name_plural = "requests for help"
        indexes = [
            models.Index(fields=["rank", "due_at", "id"], name="referral_queue"),
            models.Index(fields=["state", "rank", "due_at", "id"], name="referral_queue_by_state"),
            models.Index(fields=["owner", "rank", "due_at", "id"], name="referral_queue_by_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(value for value, _ in STATES)), name="referral_state_is_in_the_table"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.NEW.value) | Q(owner__isnull=True), name="new_referral_has_no_owner"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.MERGED.value) ^ Q(merged_into__isnull=False),
                name="merged_referral_names_the_other",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DOOR_OPEN.value) | Q(next_try_on__isnull=False),
                name="open_door_has_a_next_try",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def where(self) -> State:
        return State(self.state)

    @property
    def public_label(self) -> str:
        return PUBLIC_LABELS[self.where]

    @property
    def is_open(self) -> bool:
        return self.where in OPEN

    def is_overdue(self, now: datetime) -> bool:
        return self.where in BEFORE_FIRST_TALK and self.first_contact_at is None and self.due_at < now

    def strongbox(self) -> vault.Strongbox:
        """What opens this referral's words; raises vault.CannotOpen where the key is gone or not ours."""
        return vault.open_strongbox(self.wrapped_key, place=place(self))


class Answer(Appended):
    """One part of what was answered, sealed: how to reach them, what they told us, or who told us.

    Put right, it is answered again: the highest revision counts, and those before it stay as they were.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="answers")
    part = models.CharField(max_length=10, choices=[(part.value, part.value) for part in Part])
    revision = models.PositiveSmallIntegerField(default=1)
    question_set = models.ForeignKey(
        "QuestionSet", null=True, on_delete=models.PROTECT, related_name="+", help_text="The words that were asked."
    )
    sealed_answers = models.BinaryField()
    sealed_why = models.BinaryField(default=bytes, help_text="Who put it right, and how we know.")
    given_at = models.DateTimeField()
    given_by = worker()

    personal_data = PersonalData(
        purpose="To know what would help, and how to reach the person safely.",
        kept="as long as the request for help",
        erased="its key is destroyed with the request for help",
        exported=True,
        fields=("sealed_answers", "sealed_why"),
        impersonal=("referral", "part", "revision", "question_set", "given_at", "given_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "answer"
        constraints = [
            models.UniqueConstraint(fields=["referral", "part", "revision"], name="one_answer_for_each_part_and_time")
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.part}"
