"""Ways to choose among comments that everybody can read: the one query behind list, map, feed and export."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from engagement.comments.map.bounds import Bounds
from engagement.comments.models.actions import SETTLED, Action
from engagement.comments.models.answers import Response
from engagement.comments.models.consultations import Consultation
from engagement.comments.models.mapping import MapWords, progress
from engagement.comments.models.sent_along import Addition
from engagement.comments.open311.asking import ANYTHING, CLOSED, Asked
from engagement.comments.selection import Selection
from engagement.comments.workflow import Status
from portal.fulltext import Index, known, words_in
from portal.geo.coordinates import Point
from portal.geo.models import NamedPlace
from portal.references import normalise_reference

if TYPE_CHECKING:
    from engagement.comments.models.told import ActionUpdate

# What staff alone see is in another index, so that nobody finds a comment by what was taken out of it.
SHOWN = known(Index("comments_shown", "comments_placecomment", ("words", "where_words")))
ANSWER_WITHIN = timedelta(days=28)
# About 150 metres, in degrees of latitude; somewhat less from west to east.
NEAR_A_PLACE = 0.00135


def is_answered() -> Q:
    """Staff wrote back, or a published action says what was done."""
    responses = Response.objects.filter(comment=OuterRef("pk"))
    links = Action.comments.through.objects.filter(placecomment=OuterRef("pk"), action__published_at__isnull=False)
    return Q(Exists(responses)) | Q(Exists(links))


def is_said(words: str) -> Q:
    """Every one of these words stands in what is shown of a comment, or in the name of its place; or it is its reference."""
    found = SHOWN.holding(words)
    if reference := normalise_reference(words):
        found |= Q(reference=reference)
    for left, places in NamedPlace.objects.by_words_left(words_in(words)).items():
        found |= Q(SHOWN.holding_words(left) if left else Q(), named_place__in=places)
    return found


class PublicWords(MapWords):
    """What a reader asks for."""

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def in_consultation(self, consultation: Consultation) -> Self:
        return self.filter(consultation=consultation)

    def without_a_pin(self) -> Self:
        return self.filter(cell__isnull=True)

    def naming(self, place: NamedPlace) -> Self:
        return self.filter(named_place=place)

    def listed(self) -> Self:
        """Comments of consultations that everybody is shown."""
        return self.filter(consultation__is_listed=True)

    def around(self, point: Point, metres: float, *, named_place: NamedPlace | None = None) -> Self:
        """What everybody can read about this place: with a pin in the square around it, or with its name."""
        square = Bounds.within_reach(point, metres)
        near = Q(latitude__range=(square.south, square.north), longitude__range=(square.west, square.east))
        if named_place is not None:
            near |= Q(named_place=named_place)
        return self.published().listed().filter(near)

    def published_between(self, since: datetime, until: datetime) -> Self:
        """Shown for the first time from one moment until before another."""
        return self.filter(published_at__gte=since, published_at__lt=until)

    def saying(self, words: str) -> Self:
        """Comments with every one of these words in them or in their place, and the one with this reference."""
        return self.filter(is_said(words))

    def answered(self) -> Self:
        return self.filter(is_answered())

    def not_answered(self) -> Self:
        return self.filter(~is_answered())

    def chosen(self, selection: Selection) -> Self:
        """The published comments of a selection: the one query behind list, map and feed."""
        found = self.published()
        if selection.consultation:
            found = found.filter(consultation__slug=selection.consultation)
        else:
            found = found.listed()
        if selection.theme:
            found = found.filter(theme__slug=selection.theme)
        if selection.feeling:
            found = found.filter(feeling=selection.feeling)
        if selection.status:
            found = found.answered() if selection.status == "answered" else found.not_answered()
        if selection.place:
            found = found.filter(named_place__slug=selection.place)
        if selection.bounds:
            found = found.within(selection.bounds)
        return found.saying(selection.query) if selection.query else found

    def with_row(self) -> Self:
        """With all that one row of a list shows."""
        answered = models.ExpressionWrapper(is_answered(), output_field=models.BooleanField())
        return self.select_related("theme", "named_place").annotate(is_answered=answered, progress=progress())

    def with_consultation(self) -> Self:
        return self.select_related("theme", "named_place", "consultation")

    def at_place(self, place: NamedPlace) -> Self:
        """Comments that name this place, and those that name none and have their pin within a few steps of it."""
        found = Q(named_place=place)
        if place.point is not None:
            near = Bounds.around([place.point]).with_edge(NEAR_A_PLACE)
            beside = Q(latitude__range=(near.south, near.north), longitude__range=(near.west, near.east))
            found |= Q(named_place__isnull=True) & beside
        return self.filter(found)

    def not_told_of(self, update: "ActionUpdate") -> Self:
        """Published comments whose authors and supporters have not been told this."""
        return self.published().exclude(pk__in=update.told_about.values("pk"))

    def with_answers(self) -> Self:
        """With the team's answers, the words that the author added, as `added`, and the published actions, as `done`."""
        actions = Action.objects.published().newest_first()
        additions = Addition.objects.filter(status=Addition.Status.PUBLISHED)
        return self.select_related("photo").prefetch_related(
            "responses",
            models.Prefetch("additions", queryset=additions, to_attr="added"),
            models.Prefetch("actions", queryset=actions, to_attr="done"),
        )

    def for_other_programs(self, asked: Asked) -> Self:
        """What Open311 shows of what was asked for, newest first, with all that one record says."""
        found = self.published().listed().annotate(last_action_status=progress())
        if asked.references:
            found = found.filter(reference__in=asked.references)
        if asked.services:
            has_no_theme = Q(theme__isnull=True) if ANYTHING in asked.services else Q()
            found = found.filter(Q(theme__slug__in=asked.services) | has_no_theme)
        if asked.since:
            found = found.filter(sent_at__gte=asked.since)
        if asked.until:
            found = found.filter(sent_at__lte=asked.until)
        if asked.bounds:
            found = found.within(asked.bounds)
        if asked.status:
            is_closed = Q(last_action_status__in=SETTLED)
            found = found.filter(is_closed if asked.status == CLOSED else ~is_closed | Q(last_action_status=None))
        done = models.Prefetch(
            "actions", Action.objects.published().newest_first().prefetch_related("updates"), to_attr="done"
        )
        found = found.select_related("theme", "named_place", "photo").prefetch_related("responses", done)
        return found.order_by("-sent_at", "-pk")

    def own_counts(self) -> dict[str, int]:
        """How many of these everybody can read, listed or not, and how many of those are answered."""
        return self.published().aggregate(
            published=models.Count("pk"), answered=models.Count("pk", filter=is_answered())
        )

    def for_report(self) -> Iterator[tuple[Any, ...]]:
        """What is counted of each: place, theme, feeling, how it came, from which session, and its public pin."""
        return self.values_list(
            "named_place__name", "theme__name", "feeling", "source", "event", "latitude", "longitude"
        ).iterator()

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def latest_first(self) -> Self:
        """By the day on which it was sent, which a row shows; what was shown last may be older."""
        return self.order_by("-sent_at", "-pk")

    def oldest_first(self) -> Self:
        return self.order_by("sent_at", "pk")

    def counts(self, now: datetime) -> dict[str, int]:
        """How many are published in public, how many of those are answered, how many have waited over 28 days."""
        return (
            self.published()
            .listed()
            .aggregate(
                published=models.Count("pk"),
                answered=models.Count("pk", filter=is_answered()),
                waiting_long=models.Count("pk", filter=Q(sent_at__lt=now - ANSWER_WITHIN) & ~is_answered()),
            )
        )
