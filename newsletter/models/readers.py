"""People who asked for the newspaper, and the evidence that they did."""

from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from newsletter.workflow import SubscriberState
from portal.audit.appended import Appended
from portal.emails.spelling import one_spelling
from portal.privacy import PersonalData

STATE_LABELS = {
    SubscriberState.PENDING: "has not confirmed yet",
    SubscriberState.ACTIVE: "gets the newspaper",
    SubscriberState.LEFT: "left",
}


# What is kept of somebody to whom nothing is posted.
NO_LETTER = {"name": "", "postal_address": "", "new_postal_address": "", "wants_large_print": False}


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Ways to choose readers."""

    def with_address(self, address: str) -> Self:
        """The reader of an address, however its letters are typed; asked so that the index of the constraint serves."""
        found = self.alias(email_in_small=Lower("email")).filter(email_in_small=one_spelling(address))
        return found.exclude(email="")

    def with_number(self, number: object) -> "Subscriber | None":
        """The reader that a signed link names; None for anything that is no number, or when they are erased."""
        return self.filter(pk=number).first() if isinstance(number, int) else None

    def candidates(self) -> Self:
        """Everybody of whom a sending must give an account: confirmed and not gone."""
        return self.filter(state=SubscriberState.ACTIVE)

    def since_before(self, moment: datetime) -> Self:
        """Those who had said yes by then."""
        return self.filter(confirmed_at__lte=moment)

    def by_email(self) -> Self:
        return self.filter(channel=Subscriber.Channel.EMAIL)

    def by_post(self) -> Self:
        return self.filter(channel=Subscriber.Channel.POST)

    def each_issue(self) -> Self:
        return self.filter(frequency=Subscriber.Frequency.EACH_ISSUE)

    def weekly(self) -> Self:
        return self.filter(frequency=Subscriber.Frequency.WEEKLY)

    def receiving(self) -> Self:
        """Candidates who have not paused."""
        return self.candidates().filter(wants_issues=True)

    def waiting_for_post(self) -> Self:
        """Whoever waits for staff to look at an address: new ones, readers by e-mail who want paper, and who moved."""
        return self.filter(
            models.Q(state=SubscriberState.PENDING, channel=Subscriber.Channel.POST)
            | models.Q(state=SubscriberState.ACTIVE, channel=Subscriber.Channel.EMAIL) & ~models.Q(postal_address="")
            | models.Q(state=SubscriberState.ACTIVE, channel=Subscriber.Channel.POST) & ~models.Q(new_postal_address="")
        )

    def waiting_for_post_since(self, moment: datetime) -> Self:
        """Those who did not ask for the post after that moment, so that their newest request is at least that old."""
        younger = Consent.objects.filter(
            subscriber=models.OuterRef("pk"), wording_version__endswith="post", given_at__gt=moment
        )
        return self.waiting_for_post().exclude(models.Exists(younger))

    def at_address(self, *, name: str, postal_address: str) -> Self:
        return self.filter(name__iexact=name, postal_address__iexact=postal_address)

    def back_on(self, day: date) -> Self:
        """Paused readers whose pause is over on this day."""
        return self.filter(state=SubscriberState.ACTIVE, wants_issues=False, paused_until__lte=day)

    def left_before(self, moment: datetime) -> Self:
        """Who left before this and did not ask anew, and of whom something is still kept."""
        anew = Consent.objects.filter(subscriber=models.OuterRef("pk"), given_at__gt=models.OuterRef("left_at"))
        nothing_kept = models.Q(email="", name="", postal_address="")
        return (
            self.filter(state=SubscriberState.LEFT, left_at__lt=moment)
            .exclude(nothing_kept)
            .exclude(models.Exists(anew))
        )

    def never_confirmed_before(self, moment: datetime) -> Self:
        """Who asked before this and has no asking left that could still be confirmed."""
        return self.filter(state=SubscriberState.PENDING, asked_at__lt=moment, consents=None)

    def counted(self) -> dict[str, int]:
        """How many get it by e-mail, how many by post and in large print, and how many wait for a yes to that."""
        active = models.Q(state=SubscriberState.ACTIVE)
        counts = self.aggregate(
            by_email=models.Count("pk", filter=active & models.Q(channel=Subscriber.Channel.EMAIL)),
            by_post=models.Count("pk", filter=active & models.Q(channel=Subscriber.Channel.POST)),
            in_large_print=models.Count(
                "pk", filter=active & models.Q(channel=Subscriber.Channel.POST, wants_large_print=True)
            ),
        )
        return counts | {"waiting": self.waiting_for_post().count()}

    def with_choices(self) -> Self:
        return self.select_related("place").prefetch_related("topics")

    def by_edition(self) -> Self:
        """Those with the usual print first, each by name."""
        return self.order_by("wants_large_print", "name", "pk")

    def by_name(self) -> Self:
        return self.order_by("name", "pk")


class Subscriber(models.Model):
    """One reader who asked for the newspaper. Links for them are signed from the row's number, so no key is kept here."""

    class Frequency(models.TextChoices):
        EACH_ISSUE = "each_issue", "each new issue"
        WEEKLY = "weekly", "one mail a week"

    class Channel(models.TextChoices):
        EMAIL = "email", "by e-mail"
        POST = "post", "by post"

    email = models.EmailField(
        "e-mail address", max_length=254, blank=True, help_text="Empty once it is deleted, or where all goes by post."
    )
    channel = models.CharField(max_length=5, choices=Channel, default=Channel.EMAIL)
    name = models.CharField(max_length=100, blank=True)
    postal_address = models.TextField(max_length=300, blank=True, help_text="Only of somebody who has it posted.")
    new_postal_address = models.TextField(
        max_length=300, blank=True, help_text="Where somebody moved who has it posted, until staff have looked at it."
    )
    wants_large_print = models.BooleanField("large print", default=False, help_text="Of the copy that is posted.")
    state = models.CharField(max_length=10, choices=[(s.value, label) for s, label in STATE_LABELS.items()])
    wants_issues = models.BooleanField(default=True)
    paused_until = models.DateField(
        null=True, blank=True, help_text="The day on which a pause ends by itself; empty: when they come back."
    )
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.EACH_ISSUE)
    topics = models.ManyToManyField(
        "newsletter.Topic", blank=True, related_name="subscribers", help_text="None: all of them."
    )
    place = models.ForeignKey("geo.Area", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    left_mark = models.CharField(
        max_length=64,
        blank=True,
        db_index=True,
        help_text="Of a deleted address: a keyed hash, so that no old list brings back who left.",
    )

    objects = SubscriberQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To send the newspaper to people who asked for it.",
        kept="as long as you get the newspaper; your address is deleted {newsletter.left} after you leave, or "
        "{newsletter.never_confirmed} where you never confirmed, and a mark that nobody can "
        "turn back into it stays, so that no old list brings you back",
        erased="the row is deleted with its consent; counts of past sendings stay",
        exported=True,
        fields=(
            "email",
            "channel",
            "name",
            "postal_address",
            "new_postal_address",
            "wants_large_print",
            "wants_issues",
            "paused_until",
            "frequency",
            "topics",
            "place",
            "state",
            "asked_at",
            "confirmed_at",
            "left_at",
            "left_mark",
        ),
    )

    class Meta:
        verbose_name = "reader of the newspaper"
        verbose_name_plural = "readers of the newspaper"
        default_permissions = ()
        permissions = [
            ("view_subscriber_counts", "Can see how many readers there are"),
            ("keep_subscribers", "Can write down readers who asked on paper or in person, and see who has it posted"),
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="one_subscriber_per_address")
        ]
        indexes = [models.Index(fields=["state", "wants_issues"], name="subscribers_by_state")]

    def __str__(self) -> str:
        return f"reader {self.pk}"

    @property
    def waits_for_post(self) -> bool:
        """Whether staff still have to say yes to posting it."""
        is_new = self.state == SubscriberState.PENDING and self.channel == self.Channel.POST
        wants_paper_instead = self.channel == self.Channel.EMAIL and self.postal_address != ""
        has_moved = self.has_it_posted and self.new_postal_address != ""
        return is_new or has_moved or (self.state == SubscriberState.ACTIVE and wants_paper_instead)

    @property
    def has_it_posted(self) -> bool:
        return self.state == SubscriberState.ACTIVE and self.channel == self.Channel.POST

    @property
    def asked_address(self) -> str:
        """The address that staff are asked to look at."""
        return self.new_postal_address or self.postal_address


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Ways to look at what people agreed to."""

    def with_number(self, number: object) -> "Consent | None":
        found = self.filter(pk=number) if isinstance(number, int) else self.none()
        return found.select_related("subscriber").first()

    def asked_within(self, span: timedelta, *, now: datetime) -> Self:
        """Those that a mail was sent for; what somebody agreed to on their own page counts from that moment and needed none."""
        return self.filter(given_at__gt=now - span).exclude(confirmed_at=models.F("given_at"))

    def unconfirmed_since(self, moment: datetime, *, by: object, source: str, evidence: str) -> Self:
        """Askings after that moment, written down by the same person in the same way, that nobody confirmed."""
        return self.filter(given_at__gt=moment, confirmed_at=None, recorded_by=by, source=source, evidence=evidence)

    def unconfirmed_before(self, moment: datetime) -> Self:
        return self.filter(confirmed_at=None, given_at__lt=moment)

    def by_mail(self) -> Self:
        """Without those of people who wait until staff say yes to posting it."""
        return self.exclude(subscriber__in=Subscriber.objects.waiting_for_post())

    def newest_first(self) -> Self:
        return self.select_related("recorded_by").order_by("-pk")


class Consent(Appended):
    """Evidence that somebody asked for the newspaper: what they read, where, when, and when they confirmed it."""

    class Source(models.TextChoices):
        WEB = "web", "on this site"
        PAPER = "paper", "on a paper form"
        SESSION = "session", "face to face, at a session"
        PARTNER = "partner", "through a partner"

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    wording_version = models.CharField(max_length=20)
    wording = models.TextField()
    source = models.CharField(max_length=10, choices=Source, default=Source.WEB)
    evidence = models.CharField(
        max_length=300, blank=True, help_text="Where the proof is kept: “paper form, folder 3”. Never a person's words."
    )
    choices = models.JSONField(
        default=dict, help_text="What was chosen with the asking; it counts from when that is confirmed."
    )
    given_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ConsentQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show that somebody asked for the newspaper, what they read and when they confirmed it.",
        kept="as long as the reader's own row; {newsletter.askings} where it was never confirmed by e-mail, and "
        "{newsletter.askings_for_post} where it was asked for by post and never answered",
        erased="deleted with the reader's row",
        exported=True,
        fields=("subscriber", "source", "evidence", "choices", "given_at", "confirmed_at", "recorded_by"),
        impersonal=("wording_version", "wording"),
    )

    class Meta:
        verbose_name_plural = "consents to the newspaper"
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"consent {self.pk}"
