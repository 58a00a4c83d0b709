"""Postcodes, areas and the places people call by name."""

import re
from collections.abc import Iterable
from typing import Any, Self

from django.db import models

from portal.fulltext import may_go_on, words_in
from portal.geo.coordinates import Point, distance_metres
from portal.geo.postcodes import normalise
from portal.privacy import NoPersonalData

# Five minutes on foot; beyond that a place by name says little about a point.
NEAR_METRES = 400


class PostcodeQuerySet(models.QuerySet["Postcode"]):
    """Ways to find a postcode."""

    def lookup(self, typed: str) -> "Postcode | None":
        """The postcode somebody typed, however they spaced it; None when it is not one we carry."""
        code = normalise(typed)
        return self.filter(code=code).first() if code else None

    def beginning_with(self, letters: str) -> Self:
        """Postcodes that begin so; the range is what SQLite can look up in its index."""
        return self.filter(code__startswith=letters, code__range=(letters, f"{letters}ZZZ"))

    def inside(self, west: float, south: float, east: float, north: float) -> Self:
        """Postcodes with their middle in a rectangle of degrees."""
        return self.filter(longitude__range=(west, east), latitude__range=(south, north))


class Postcode(models.Model):
    """The middle of a postcode, from Code-Point Open."""

    code = models.CharField(max_length=8, unique=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    ward_code = models.CharField(max_length=9, blank=True)

    objects = PostcodeQuerySet.as_manager()
    personal_data = NoPersonalData(because="a postcode is public and covers about fifteen addresses")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def point(self) -> Point:
        return Point(self.latitude, self.longitude)


class AreaQuerySet(models.QuerySet["Area"]):
    """Ways to choose areas."""

    def home(self) -> Self:
        """The partnership's own area or areas."""
        return self.filter(is_home=True)

    def numbered(self, numbers: Iterable[int]) -> Self:
        return self.filter(pk__in=list(numbers))

    def touching(self, west: float, south: float, east: float, north: float) -> Self:
        """Areas that may reach into a rectangle of degrees."""
        return self.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)


class Area(models.Model):
    """A ward or other area with its outline."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    outline = models.JSONField(help_text="GeoJSON geometry in WGS84")
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    is_home = models.BooleanField(default=False)

    objects = AreaQuerySet.as_manager()
    personal_data = NoPersonalData(because="an outline on a map is about nobody")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def as_feature(self) -> dict[str, Any]:
        return {
            "type": "Feature",
            "geometry": self.outline,
            "properties": {"name": self.name, "is_home": self.is_home},
        }


class NamedPlaceQuerySet(models.QuerySet["NamedPlace"]):
    """Ways to choose named places."""

    def listed(self) -> Self:
        return self.filter(is_listed=True)

    def with_a_point(self) -> Self:
        return self.filter(latitude__isnull=False, longitude__isnull=False)

    def without_a_point(self) -> Self:
        return self.filter(latitude__isnull=True)

    def inside(self, west: float, south: float, east: float, north: float) -> Self:
        """Places with their point in a rectangle of degrees."""
        return self.filter(longitude__range=(west, east), latitude__range=(south, north))

    def named_in(self, words: str) -> "NamedPlace | None":
        """The listed place with a point whose whole name stands in these words; the longest name where several do."""
        said = words.casefold()
        named = [
            place
            for place in self.listed().with_a_point()
            if re.search(rf"(?<![\w-]){re.escape(place.name.casefold())}(?![\w-])", said)
        ]
        return max(named, key=lambda place: len(place.name), default=None)

    def by_words_left(self, wanted: list[str]) -> dict[tuple[str, ...], list[int]]:
        """Numbers of places whose names have some of these words, or longer ones that begin so, by the words they have not."""
        found: dict[tuple[str, ...], list[int]] = {}
        for number, name in self.values_list("pk", "name"):
            there = [word.casefold() for word in words_in(name)]
            begun = [
                word for word in wanted if may_go_on(word) and any(one.startswith(word.casefold()) for one in there)
            ]
            left = tuple(word for word in wanted if word not in begun and word.casefold() not in there)
            if len(left) < len(wanted):
                found.setdefault(left, []).append(number)
        return found

    def nearest(self, point: Point) -> "NamedPlace | None":
        """The listed place nearest to a point; a village has a few dozen, so every one is measured."""
        return min(
            self.listed().with_a_point(),
            key=lambda place: distance_metres(point, place.point or point),
            default=None,
        )

    def near(self, point: Point) -> "NamedPlace | None":
        """The nearest listed place, where it is so near that people would name it."""
        nearest = self.nearest(point)
        if nearest is None or nearest.point is None:
            return None
        return nearest if distance_metres(point, nearest.point) < NEAR_METRES else None


class NamedPlace(models.Model):
    """A place as people here call it: a street, the park, the welfare centre. Staff keep the list."""

    class Kind(models.TextChoices):
        STREET = "street", "street"
        GREEN = "green", "park or green"
        BUILDING = "building", "building"
        SCHOOL = "school", "school"
        SHOPS = "shops", "shops"
        OTHER = "other", "somewhere else"

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_listed = models.BooleanField("offer it in lists", default=True)
    position = models.PositiveSmallIntegerField(default=100)

    objects = NamedPlaceQuerySet.as_manager()
    personal_data = NoPersonalData(because="a public place is nobody's home")

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def point(self) -> Point | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)
