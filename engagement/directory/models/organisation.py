"""Groups and organisations: who runs what, for whom, whom to ask there and when we last heard from them."""

from collections.abc import Iterable
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch
from django.urls import reverse

from engagement.directory.models.activity import Activity
from engagement.directory.models.venue import Venue
from portal import clock
from portal.fulltext import Index, known
from portal.privacy import PersonalData

DESCRIBED = known(Index("groups_described", "directory_organisation", ("name", "description", "who_for")))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Ways to choose organisations."""

    def listed(self) -> Self:
        return self.filter(is_listed=True)

    def by_name(self) -> Self:
        return self.order_by("name", "pk")

    def with_words(self, query: str) -> Self:
        """Organisations that have every one of these words in their name or words."""
        return self.filter(DESCRIBED.holding(query))

    def of_kinds(self, kinds: Iterable[str]) -> Self:
        """Organisations of one of these kinds; all of them where none is named."""
        return self.filter(kind__in=kinds) if (kinds := list(kinds)) else self

    def with_work(self) -> Self:
        """With the places and the activities that they run, as everybody sees them."""
        venues = Venue.objects.listed().for_lists().by_name()
        activities = Activity.objects.listed().with_places().by_name()
        found = self.prefetch_related(Prefetch("venues", queryset=venues, to_attr="live_venues"))
        return found.prefetch_related(Prefetch("activities", queryset=activities, to_attr="live_activities"))

    def names_at(self, venues: Iterable[int]) -> dict[int, list[str]]:
        """Which of them keep each of these venues, by number, or run something there, by name."""
        numbers = list(venues)
        there = {"activities__is_listed": True, "activities__schedules__venue__in": numbers}
        keep = self.filter(venues__in=numbers).order_by().values_list("venues", "name")
        run = self.filter(**there).order_by().values_list("activities__schedules__venue", "name")
        found: dict[int, list[str]] = {}
        for venue, name in sorted({*keep, *run}):
            found.setdefault(venue, []).append(name)
        return found

    def with_public_contacts(self) -> Self:
        return self.prefetch_related(
            Prefetch("contacts", queryset=Contact.objects.public().in_order(), to_attr="public_contacts")
        )

    def longest_unheard_first(self) -> Self:
        """Those never heard from, then by the day on which we last were in touch."""
        return self.order_by(F("heard_on").asc(nulls_first=True), "name", "pk")


class Organisation(models.Model):
    """A group, a charity, a church, a club, a public body: a strength of the place, with what it runs."""

    class Kind(models.TextChoices):
        GROUP = "group", "A group of residents"
        CHARITY = "charity", "A charity"
        CHURCH = "church", "A church or faith group"
        CLUB = "club", "A club"
        SCHOOL = "school", "A school or college"
        PUBLIC = "public", "A public body"
        BUSINESS = "business", "A business"
        NOT_KNOWN = "not_known", "Not known"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=180, unique=True)
    kind = models.CharField("what it is", max_length=9, choices=Kind, default=Kind.NOT_KNOWN)
    description = models.TextField("what it does", blank=True)
    who_for = models.CharField("for whom", max_length=160, blank=True)
    offers = models.TextField(
        "what it brings", blank=True, help_text="Rooms, a minibus, a kitchen, people who speak Kurdish."
    )
    website = models.URLField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)
    is_listed = models.BooleanField("show it to everybody", default=True)
    heard_on = models.DateField("last heard from", null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OrganisationQuerySet.as_manager()
    live_venues: list[Venue]
    live_activities: list[Activity]
    public_contacts: "list[Contact]"
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To say who runs what, and whom to ring; a small group may give its own number.",
        kept="as long as the organisation is in the directory",
        erased="its words and contacts are blanked on request",
        exported=False,
        fields=("description", "offers", "phone", "email"),
        impersonal=(
            *("public_id", "name", "slug", "kind", "who_for", "website", "is_listed", "heard_on", "updated_at"),
        ),
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "group"
        indexes = [
            models.Index(fields=["name"], name="group_by_name"),
            models.Index(fields=["heard_on", "name"], name="group_by_last_word"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    def clean(self) -> None:
        if self.heard_on is not None and self.heard_on > clock.now().date():
            raise ValidationError({"heard_on": "This day is still to come. Give the day on which you heard from them."})

    @property
    def places(self) -> list[Venue]:
        """Where it runs something, its own places first, each once; needs `with_work`."""
        elsewhere = (venue for activity in self.live_activities for venue in activity.venues)
        return list(dict.fromkeys([*self.live_venues, *elsewhere]))


class ContactQuerySet(models.QuerySet["Contact"]):
    """Ways to choose contacts."""

    def public(self) -> Self:
        """Contacts that may be told to everybody."""
        return self.filter(is_public=True)

    def with_organisation(self) -> Self:
        return self.select_related("organisation")

    def in_order(self) -> Self:
        return self.order_by("name", "pk")


class Contact(models.Model):
    """Somebody to ask at an organisation, about one of its places or activities or about all of it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    venue = models.ForeignKey(
        "directory.Venue", null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    activity = models.ForeignKey(
        "directory.Activity", null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField("what they do there", max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)
    is_public = models.BooleanField("may be shown to everybody", default=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ContactQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To know whom to ask at an organisation; shown to everybody only where the person said so.",
        kept="as long as the organisation is in the directory, or until the person asks",
        erased="the row is deleted",
        exported=True,
        fields=("name", "role", "phone", "email", "noted_by"),
        impersonal=("public_id", "organisation", "venue", "activity", "is_public"),
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "person to ask"
        verbose_name_plural = "people to ask"

    def __str__(self) -> str:
        return self.name or self.role or self.phone or self.email

    def clean(self) -> None:
        if not (self.phone or self.email):
            raise ValidationError({"phone": "Give a phone number or an e-mail address."})
