"""What was told of an action from one time to the next, and what those who asked for it say."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from engagement.comments.acting.progress import PROGRESS, said
from engagement.comments.models.actions import Action, ActionQuerySet
from engagement.comments.words.distress import signs_of_distress
from portal.audit.appended import Appended
from portal.privacy import PersonalData


class ActionUpdateQuerySet(models.QuerySet["ActionUpdate"]):
    """Ways to choose what was told."""

    def still_the_last(self) -> Self:
        """What is on the site now, with its action; not what was taken back or overtaken."""
        later = ActionUpdate.objects.filter(action=OuterRef("action"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), action__published_at__isnull=False).select_related("action")

    def of_published(self, actions: ActionQuerySet) -> Self:
        """What was told of these actions, the newest first, each with its action."""
        return (
            self.filter(action__in=actions.published().values("pk"))
            .select_related("action")
            .order_by("-said_at", "-pk")
        )


class ActionUpdate(Appended):
    """One thing that was said in public about an action: how far it has come, in which words. Appended, never edited."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    status = models.CharField(max_length=16, choices=Action.Status)
    words = models.TextField(max_length=3000)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Whose authors and supporters have been written to about it, so that nobody hears the same twice.
    told_about = models.ManyToManyField("comments.PlaceComment", related_name="+", blank=True)

    objects = ActionUpdateQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show how an action came about, and which member of staff said so.",
        kept="for good: it is the partnership's own record",
        erased="the staff account's number goes with the account",
        exported=False,
        fields=("said_by",),
        impersonal=("action", "status", "words", "said_at", "told_about"),
    )

    class Meta:
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.status}"

    @property
    def shape(self) -> str:
        return PROGRESS[self.status].shape

    @property
    def progress_said(self) -> str:
        return said(self.status)


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Ways to choose verdicts."""

    def since_asked(self, action: Action) -> Self:
        """What people say about an action since they were last asked, one answer for each address."""
        return self.filter(action=action, given_at__gte=action.asked_at).order_by("given_at", "pk")

    def crying_for_help(self, since: datetime) -> list["Verdict"]:
        """Those since a moment in whose words the rules hear that somebody may need help, the newest first."""
        said = self.filter(given_at__gte=since).exclude(words="").order_by("-given_at", "-pk")
        return [verdict for verdict in said if verdict.signs]


class Verdict(models.Model):
    """What somebody who asked for it says four weeks later: is it better?"""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="verdicts")
    # Whose answer it is, so that each counts once; gone when they stop following.
    follower = models.ForeignKey("comments.Follower", null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(max_length=6, choices=Answer)
    words = models.TextField(max_length=1000, blank=True)
    given_at = models.DateTimeField()

    objects = VerdictQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To hear from those who asked whether what was done made it better.",
        kept="as long as the action; the words {comments.verdict_words}",
        erased="words are blanked and the follower's number goes with the follower",
        exported=True,
        fields=("follower", "words"),
        impersonal=("action", "answer", "given_at"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "follower"], name="comments_one_verdict_a_follower")]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.answer}"

    @property
    def signs(self) -> tuple[str, ...]:
        """What the rules of the site hear in it."""
        return signs_of_distress(self.words)
