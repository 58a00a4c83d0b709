"""How people themselves say that they are: from 1 to 10 in each part of life, each time that they are asked."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from portal.privacy import NoPersonalData, PersonalData
from selfreferral.models.referrals import Referral
from selfreferral.models.sealing import Appended, Row, kept_with_referral, worker

LOWEST, HIGHEST = 1, 10
CODE_LASTS = timedelta(days=7)


class DomainQuerySet(models.QuerySet["Domain"]):
    """Ways to look at the parts of life."""

    def asked(self) -> Self:
        """Those that people are asked about today, in order."""
        return self.filter(is_active=True)


class Domain(models.Model):
    """A part of life that people are asked about, in the partnership's own words."""

    name = models.CharField(max_length=60, unique=True, help_text="Two or three words, such as “Home”.")
    asks = models.CharField(
        "question",
        max_length=160,
        help_text="Such as “How are things with where you live?” Change it only to say the same more plainly: answers to "
        "another question cannot be compared.",
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")
    is_active = models.BooleanField(
        "people are asked about it", default=True, help_text="Untick it, and what was answered before stays."
    )

    objects = DomainQuerySet.as_manager()
    personal_data = NoPersonalData(because="it holds questions and no answers")
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ("add", "change", "delete")
        ordering = ["position", "pk"]
        verbose_name = "part of life"
        verbose_name_plural = "parts of life"

    def __str__(self) -> str:
        return self.name


class SelfAssessmentQuerySet(models.QuerySet["SelfAssessment"]):
    """Which of them count."""

    def standing(self) -> Self:
        """Without those that were put right by a later one."""
        return self.filter(corrections__isnull=True)

    def of_all(self, referrals: Iterable[Referral]) -> Self:
        """Of any of these requests."""
        return self.filter(referral__in=[one.pk for one in referrals])

    def numbered(self, numbers: Iterable[str]) -> Self:
        return self.filter(pk__in=list(numbers))

    def on(self, day: date) -> Self:
        return self.filter(given_on=day)


class SelfAssessment(Appended):
    """One time that somebody said how they are; put right by a further one that names it, never edited."""

    class Way(models.TextChoices):
        PAPER = "paper", "on the paper sheet"
        TALK = "talk", "in a talk, and we wrote it down"
        SCREEN = "screen", "by themselves, on a screen"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="assessments")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrections")
    way = models.CharField(max_length=6, choices=Way)
    given_on = models.DateField()
    sealed_words = models.BinaryField(default=bytes)
    written_at = models.DateTimeField()
    written_by = worker()

    objects = SelfAssessmentQuerySet.as_manager()
    personal_data = kept_with_referral(
        "To see with somebody how far they have come.",
        "sealed_words",
        impersonal=("corrects", "way", "given_on", "written_at", "written_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "self-assessment"
        ordering = ["given_on", "written_at", "pk"]
        indexes = [models.Index(fields=["given_on"], name="assessment_by_day")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.given_on}"


class DomainScore(Appended):
    """The stage that somebody chose in one part of life, one time; what they left empty has no row."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="scores")
    assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="scores")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="scores")
    stage = models.PositiveSmallIntegerField(validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)])

    personal_data = PersonalData(
        purpose="To see with somebody how far they have come, and to count without names how many came further.",
        kept="as long as the request for help",
        erased="deleted with the request for help; how often people were asked in a month stays",
        exported=True,
        fields=("stage",),
        impersonal=("referral", "assessment", "domain"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "stage in a part of life"
        verbose_name_plural = "stages in parts of life"
        ordering = ["domain__position", "domain_id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "domain"], name="one_stage_in_each_part_of_life"),
            models.CheckConstraint(condition=Q(stage__range=(LOWEST, HIGHEST)), name="a_stage_is_from_1_to_10"),
        ]

    def __str__(self) -> str:
        return str(self.stage)


class AssessmentCodeQuerySet(models.QuerySet["AssessmentCode"]):
    """Which codes still open."""

    def open(self, *, now: datetime) -> Self:
        return self.filter(made_at__gt=now - CODE_LASTS)


class AssessmentCode(Row):
    """Lets somebody fill in one self-assessment by themselves, once; it shows nothing of them. The code is stored nowhere."""

    finder = models.CharField(max_length=64, unique=True)
    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="assessment_code")
    made_at = models.DateTimeField()
    made_by = worker()

    objects = AssessmentCodeQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To let somebody say by themselves how they are, on their phone or on our tablet.",
        kept="until it is used, {selfreferral.assessment_codes} at most",
        erased="deleted with the request for help",
        exported=False,
        fields=("finder",),
        impersonal=("referral", "made_at", "made_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "code for a self-assessment"
        verbose_name_plural = "codes for self-assessments"

    def __str__(self) -> str:
        return "A code"
