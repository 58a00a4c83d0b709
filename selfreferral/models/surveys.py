"""What people think of our help: links without a name, an answer for each, and a call back for those who are unhappy."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Avg, Count, Q, Sum

from portal.privacy import NoPersonalData, PersonalData
from selfreferral import vault
from selfreferral.models.sealing import Row, place, worker

FEWEST_STARS, MOST_STARS = 1, 5
# Whoever gives no more than this may ask us to ring.
UNHAPPY = 2
# So long after “I rang them” the number is kept, for whoever pressed it by mistake.
UNDO_WITHIN = timedelta(minutes=10)


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Ways to look at rounds of asking."""

    def newest_first(self) -> Self:
        return self.order_by("-opened_at", "pk")

    def with_answers(self) -> Self:
        """With how many answered, and their stars on average."""
        return self.annotate(answered=Count("answers"), stars=Avg("answers__stars"))

    def begun_in(self, begins_at: datetime, ends_at: datetime) -> Self:
        return self.filter(opened_at__gte=begins_at, opened_at__lt=ends_at)

    def stars_by_audience(self, *, answered_by: date) -> list[tuple[str, int, int, int]]:
        """Of each audience that was asked: links, answers up to this day, and how many stars these come to."""
        asked = dict(self.order_by().values_list("audience").annotate(Sum("links_made")))
        up_to = Q(answers__given_on__lte=answered_by)
        given = (
            self.order_by()
            .values("audience")
            .annotate(given=Count("answers", filter=up_to), stars=Sum("answers__stars", filter=up_to, default=0))
        )
        found = {row["audience"]: (row["given"], row["stars"]) for row in given}
        return [
            (audience, asked[audience], *found[audience]) for audience in Survey.Audience.values if audience in asked
        ]


class Survey(Row):
    """One round of asking: for whom, how many links were made, and until when they work."""

    class Audience(models.TextChoices):
        REFERRERS = "referrers", "People who asked for somebody else"
        RESIDENTS = "residents", "People whom we helped"

    audience = models.CharField(max_length=9, choices=Audience)
    links_made = models.PositiveIntegerField()
    closes_on = models.DateField(help_text="The last day on which a link works.")
    wrapped_key = models.BinaryField(help_text="The key of the words of this round, wrapped.")
    opened_at = models.DateTimeField()
    opened_by = worker()

    objects = SurveyQuerySet.as_manager()
    personal_data = NoPersonalData(because="it says how many were asked, and not who")

    class Meta:
        default_permissions = ()
        verbose_name = "round of asking"
        verbose_name_plural = "rounds of asking"

    def __str__(self) -> str:
        return f"{self.get_audience_display()}, {self.opened_at:%-d %B %Y}"

    def is_open(self, today: date) -> bool:
        return today <= self.closes_on

    def strongbox(self) -> vault.Strongbox:
        """What opens the words of this round."""
        return vault.open_strongbox(self.wrapped_key, place=place(self))


class SurveyLinkQuerySet(models.QuerySet["SurveyLink"]):
    """Ways to find a link."""

    def called(self, token: str) -> Self:
        return self.filter(finder=vault.blind_index("survey", token))

    def of_over(self, today: date) -> Self:
        """Those that work no more."""
        return self.filter(survey__closes_on__lt=today)


class SurveyLink(Row):
    """One link, good for one answer. It does not say who got it, when it was used, or what was answered."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="links")
    finder = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)
    may_ask_for_call = models.BooleanField(default=False)

    objects = SurveyLinkQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To take one answer from each link. Nobody writes down who gets which, and no answer names its link.",
        kept="as long as it works, and {selfreferral.survey_links} after it",
        erased="deleted with its time; whose it was nobody knows",
        exported=False,
        fields=("finder",),
        impersonal=("survey", "is_used", "may_ask_for_call"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "link of a round of asking"
        verbose_name_plural = "links of a round of asking"

    def __str__(self) -> str:
        return "A link"


class ReferrerFeedbackQuerySet(models.QuerySet["ReferrerFeedback"]):
    """Ways to look at answers."""

    def of(self, survey: Survey) -> Self:
        return self.filter(survey=survey)

    def by_stars(self) -> dict[int, int]:
        """How many gave how many stars."""
        return dict(self.order_by().values_list("stars").annotate(Count("pk")))

    def with_words(self) -> Self:
        """Those in which something was written that we still keep."""
        return self.exclude(sealed_good=b"", sealed_better=b"")


class ReferrerFeedback(Row):
    """One answer: stars, and words under seal. Whose it is nobody knows."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    stars = models.PositiveSmallIntegerField()
    sealed_good = models.BinaryField(default=bytes)
    sealed_better = models.BinaryField(default=bytes)
    given_on = models.DateField()

    objects = ReferrerFeedbackQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To hear what people think of our help. Somebody may tell of themselves or of others in their own words.",
        kept="the words {selfreferral.survey_words}; stars and date stay for the numbers",
        erased="words are blanked when their time is over; whose they were nobody knows",
        exported=False,
        fields=("sealed_good", "sealed_better"),
        impersonal=("survey", "stars", "given_on"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "answer about our help"
        verbose_name_plural = "answers about our help"
        ordering = ["-given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stars__range=(FEWEST_STARS, MOST_STARS)), name="there_are_one_to_five_stars"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stars} stars"


class CallBackQuerySet(models.QuerySet["CallBack"]):
    """Which calls."""

    def waiting(self) -> Self:
        """Those whom nobody rang yet, the oldest first."""
        return self.filter(rung_at=None).order_by("asked_at", "pk")

    def numbered(self, number: str) -> Self:
        return self.filter(pk=number)

    def rung_just_now(self, now: datetime) -> Self:
        """Those of which it can still be said that they were not rung after all, the newest first."""
        return self.filter(rung_at__gt=now - UNDO_WITHIN).order_by("-rung_at", "pk")

    def to_forget(self, now: datetime) -> Self:
        """Those whose number goes now."""
        return self.filter(rung_at__lte=now - UNDO_WITHIN).exclude(sealed_phone=b"")


class CallBack(Row):
    """Somebody was unhappy and asked us to ring: a number under seal, and no name. It does not say which answer was theirs."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="calls")
    sealed_phone = models.BinaryField()
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often we rang and nobody answered.")
    tried_at = models.DateTimeField(null=True, blank=True)
    tried_by = worker()
    rung_at = models.DateTimeField(null=True, blank=True)
    rung_by = worker()

    objects = CallBackQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To ring somebody who was not happy with our help and asked us to.",
        kept="until they were rung, {selfreferral.call_backs} at most",
        erased="the number is blanked ten minutes after they were rung",
        exported=False,
        fields=("sealed_phone",),
        impersonal=("survey", "asked_at", "tries", "tried_at", "tried_by", "rung_at", "rung_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "call that was asked for"
        verbose_name_plural = "calls that were asked for"

    def __str__(self) -> str:
        return "A call"
