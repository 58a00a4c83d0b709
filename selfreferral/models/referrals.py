"""Somebody's request for help: where it stands in the open, and what they said under seal."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.privacy import PersonalData
from selfreferral import vault
from selfreferral.models.sealing import Appended, Row, place, worker
from selfreferral.models.waiting import ReferralQuerySet
from selfreferral.questions.shapes import Part
from selfreferral.queue.pressing import RANK
from selfreferral.workflow import BEFORE_FIRST_TALK, KEPT, OPEN, PUBLIC_LABELS, STAFF_LABELS, State

STATES = [(state.value, label) for state, label in STAFF_LABELS.items() if state in KEPT]


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
    came_from = models.ForeignKey(
        "selfreferral.ReferralSource",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The kind of service that asked, as a worker here wrote it down for the figures.",
    )
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
    rank = models.GeneratedField(
        expression=RANK,
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
        help_text="How pressing; see selfreferral.queue.pressing.",
    )
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
        kept="while we work together, then by how it ended: finished, {selfreferral.closed}; somewhere found, "
        "{selfreferral.signposted}; asked us to stop, {selfreferral.withdrawn}; door left open, {selfreferral.door_open}. After "
        "that its reference, states and dates alone, {selfreferral.tombstones}",
        erased="its key is destroyed, and nothing that was sealed can be opened again",
        exported=True,
        fields=("reference", "nickname", "source", "came_from", "wrapped_key", "submission_token"),
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
            models.Index(fields=["rank", "due_at", "received_at", "id"], name="referral_queue"),
            models.Index(fields=["-received_at"], name="referral_newest"),
            models.Index(fields=["state", "rank", "due_at", "received_at", "id"], name="referral_queue_by_state"),
            models.Index(fields=["owner", "rank", "due_at", "received_at", "id"], name="referral_queue_by_owner"),
            models.Index(
                fields=["next_try_on", "id"], name="referral_next_try", condition=Q(next_try_on__isnull=False)
            ),
            models.Index(fields=["nickname"], name="referral_by_nickname"),
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
    def and_what_it_stands_for(self) -> "list[Referral]":
        """This one, what it was merged into, what that was merged into, and so on; the last is the one that goes on."""
        chain = [self]
        while chain[-1].merged_into is not None:
            chain.append(chain[-1].merged_into)
        return chain

    @property
    def all_merged(self) -> "list[Referral]":
        """Everything that was merged into this one, and into those, the nearest first."""
        found = level = list(self.merged.all())
        while level:
            level = list(Referral.objects.filter(merged_into__in=level))
            found = [*found, *level]
        return found

    @property
    def all_of_the_same(self) -> "list[Referral]":
        """Every request of this person that was put together with it, whichever way; the one that goes on comes first."""
        goes_on = self.stands_for
        return [self if one == self else one for one in (goes_on, *goes_on.all_merged)]

    @property
    def stands_for(self) -> "Referral":
        """The one that goes on: itself, unless it was found to be the same as another."""
        return self.and_what_it_stands_for[-1]

    @property
    def public_label(self) -> str:
        """What the person is told; of one that is the same as another, what is told of the other."""
        return PUBLIC_LABELS[self.stands_for.where]

    @property
    def is_by_themselves(self) -> bool:
        """Whether the person asked for themselves, and so sees how far it is and takes steps of their own."""
        return self.source == self.Source.SELF

    @property
    def is_by_another(self) -> bool:
        """Whether somebody else told us about the person."""
        return self.source in {self.Source.FAMILY_OR_FRIEND, self.Source.WORKER}

    @property
    def is_open(self) -> bool:
        return self.where in OPEN

    def is_overdue(self, now: datetime) -> bool:
        return self.where in BEFORE_FIRST_TALK and self.first_contact_at is None and self.due_at < now

    def has_lapsed(self, now: datetime) -> bool:
        """Whether it was picked up to be read, and nobody went on with it in time."""
        return self.where is State.SCREENING and self.lease_until is not None and self.lease_until <= now

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
