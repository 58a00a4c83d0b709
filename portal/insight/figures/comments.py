"""Comments about places in figures: how people feel, about what, about which place, and which of them are answered."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import Round

from engagement.comments.models import Action, PlaceComment, Theme
from engagement.comments.models.comments import PlaceCommentQuerySet
from engagement.comments.models.reading import is_answered
from engagement.comments.workflow import COUNTED_AS, Status
from portal.geo.coordinates import Point, distance_metres
from portal.geo.models import NamedPlace
from portal.insight.arithmetic import percent_of
from portal.insight.figures.counting import erased
from portal.insight.periods import Period
from portal.insight.table import ERASED, Column, Sum, Table

ABOUT = "comments"
WHAT = (
    "Comments about places that were sent in this time and that everybody can read, on the website and from our sessions. "
    "A comment is answered when we wrote back under it, or when a published action says what was done."
)
NOT_SAID, ELSEWHERE = "Not said", "Somewhere else"
# A pin this near to a place of the list counts for it, where no place was named.
NEAR_METRES = 200
# Pins are put together in squares of about fifty metres, so that the database counts and not we.
SQUARES_IN_A_DEGREE = 2000
_FEELINGS = {**dict(PlaceComment.Feeling.choices), "": NOT_SAID}


def comments_by_feeling(period: Period) -> Table:
    """Every feeling has its row."""
    counts, actions = _counted(period, ["feeling"], lambda feeling: _FEELINGS.get(feeling, NOT_SAID))
    return _table(
        "comments_by_feeling", "How people feel about places", "Feeling", _FEELINGS.values(), counts, actions, period
    )


def comments_by_theme(period: Period) -> Table:
    """Every theme has its row, one that is no longer offered too."""
    themes = dict(Theme.objects.values_list("pk", "name"))
    counts, actions = _counted(period, ["theme"], lambda theme: themes.get(theme, NOT_SAID))
    return _table(
        "comments_by_theme", "What comments are about", "Theme", [*themes.values(), NOT_SAID], counts, actions, period
    )


def comments_by_place(period: Period) -> Table:
    """Every place of our list has its row; a pin counts for the nearest one."""
    places = list(NamedPlace.objects.listed())
    names = dict(NamedPlace.objects.values_list("pk", "name"))
    nearest = _finder(places)

    def name_of(place: int | None, row: float | None, column: float | None) -> str:
        if place is not None:
            return names.get(place, ELSEWHERE)
        if row is None or column is None:
            return ELSEWHERE
        return nearest(row, column) or ELSEWHERE

    counts, actions = _counted(period, ["named_place", "north", "east"], name_of)
    order = list(dict.fromkeys([*(place.name for place in places), *counts, ELSEWHERE]))
    return _table(
        "comments_by_place",
        "Which places comments are about",
        "Place",
        order,
        counts,
        actions,
        period,
        f"The place is the one that was named; for a pin without a name it is the nearest place of our list within about "
        f"{NEAR_METRES} metres.",
    )


def comments_came_by(period: Period) -> Table:
    """On which way comments reached us: the mix of paper and web."""
    counts: Counter[str] = Counter()
    for source, event, number in _said(period).order_by().values_list("source", "event").annotate(n=Count("pk")):
        counts["session" if event else source] += number
    names = {
        "web": "On the website",
        "session": "On paper, at a session",
        "paper": "On paper",
        "staff": "Told to one of us",
        "import": "From a file",
        "": ERASED,
    }
    counts[""] = _gone(period)
    n = counts.total()
    return Table(
        "comments_came_by",
        "How comments reached us",
        f"{WHAT} Counted by the way on which it reached us.",
        (
            Column("way", "Way", "text"),
            Column("comments", "Comments", "count", adds_up=True),
            Column("share", "Share", "percent", part="comments"),
        ),
        tuple((label, counts[way], percent_of(counts[way], n)) for way, label in names.items()),
        n,
        about=ABOUT,
    )


def _said(period: Period) -> PlaceCommentQuerySet:
    return PlaceComment.objects.filter(
        status=Status.PUBLISHED, sent_at__gte=period.begins_at, sent_at__lt=period.ends_at
    )


def _gone(period: Period) -> int:
    """Those that everybody could read and that were erased with their time."""
    return sum(number for (_, kind), number in erased(period, COUNTED_AS).items() if kind == Status.PUBLISHED)


def _counted(
    period: Period, columns: list[str], name_of: Callable[..., str]
) -> tuple[dict[str, Counter[bool]], Mapping[str, set[int]]]:
    """For each name how many comments are answered and how many not, and which published actions answer some."""
    squares = {
        "north": Round(F("latitude") * SQUARES_IN_A_DEGREE),
        "east": Round(F("longitude") * SQUARES_IN_A_DEGREE),
    }
    needed = {name: square for name, square in squares.items() if name in columns}
    said = _said(period).annotate(**needed)
    rows = said.order_by().values_list(*columns).annotate(Count("pk"), answered=Count("pk", filter=is_answered()))
    counts: dict[str, Counter[bool]] = {}
    for *values, number, answered in rows.iterator():
        mine = counts.setdefault(name_of(*values), Counter())
        mine[True] += answered
        mine[False] += number - answered
    return counts, _actions(said, columns, name_of)


def _actions(said: PlaceCommentQuerySet, columns: list[str], name_of: Callable[..., str]) -> Mapping[str, set[int]]:
    """Published actions by the names of the comments that they answer."""
    published = Action.objects.published().values("pk")
    found: dict[str, set[int]] = {}
    answering = said.order_by().filter(actions__in=published).values_list("actions", *columns).distinct()
    for action, *values in answering.iterator():
        found.setdefault(name_of(*values), set()).add(action)
    return found


def _table(
    name: str,
    title: str,
    heading: str,
    order: Iterable[str],
    counts: Mapping[str, Counter[bool]],
    actions: Mapping[str, set[int]],
    period: Period,
    more: str = "",
) -> Table:
    rows: list[tuple[Any, ...]] = []
    for label in dict.fromkeys(order):
        mine = counts.get(label, Counter())
        rows.append((label, mine.total(), mine[True], mine[False], len(actions.get(label, ()))))
    rows.append((ERASED, _gone(period), None, None, 0))
    return Table(
        name,
        title,
        f"{WHAT} {more}".strip(),
        (
            Column(heading.lower(), heading, "text"),
            Column("comments", "Comments", "count", adds_up=True),
            Column("answered", "Answered", "count"),
            Column("unanswered", "Not answered", "count"),
            Column("actions", "Actions", "count", of_things=True, beside="answered"),
        ),
        tuple(rows),
        sum(row[1] for row in rows),
        sums=(Sum(("answered", "unanswered"), "comments"),),
        about=ABOUT,
    )


def _finder(places: list[NamedPlace]) -> Callable[[float, float], str]:
    """Finds the name of the nearest place to the middle of a square; nothing where none is near."""
    points = [(place.point, place.name) for place in places if place.point]

    @cache
    def nearest(north: float, east: float) -> str:
        here = Point(north / SQUARES_IN_A_DEGREE, east / SQUARES_IN_A_DEGREE)
        metres, name = min(
            ((distance_metres(here, point), name) for point, name in points), default=(NEAR_METRES + 1, "")
        )
        return name if metres <= NEAR_METRES else ""

    return nearest
