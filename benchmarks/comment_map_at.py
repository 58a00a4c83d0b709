"""One size of map on one database: fills it, then measures a round whenever it is told to, in figures of one JSON line.

Run as `python -m benchmarks.comment_map_at COUNT` by `benchmarks.comment_map`, which lets several sizes take turns.
"""

import json
import sys
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import django

from benchmarks.measure import seconds
from benchmarks.rehearsal import analyse

ZOOMS = (10, 12, 14, 16, 18)
SCREEN = (1280, 800)
WORDS_ZOOM = 16
WRITTEN = 50
WORDS = "The bench by the school is broken. Number 5 of many."
# Degrees north and east of the middle of the village, one for each round.
CENTRES = ((0, 0), (0.004, 0.003), (-0.003, 0.006), (0.002, -0.005), (-0.006, -0.004), (0.006, 0.008), (-0.001, 0.002))


def main(count: int) -> None:
    """Fill the database that the settings name, and answer each line with the figures of one round."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from engagement.comments.actions.rebuilding import rebuild_counts
    from engagement.comments.models import CellCount, PlaceComment

    missing = count - PlaceComment.objects.count()
    filled = seconds(partial(call_command, "generate_volume", comments=missing, stdout=sys.stderr)) if missing else 0
    figures = {"filled": filled, "rebuilt": seconds(rebuild_counts), "squares": CellCount.objects.count()}
    analyse()
    print(json.dumps(figures | _sizes()), flush=True)
    for number, _ in enumerate(sys.stdin):
        print(json.dumps(_round(CENTRES[number % len(CENTRES)])), flush=True)


def _view(centre: tuple[float, float], zoom: int) -> Any:
    """What a wide screen shows around a place."""
    from engagement.comments.map.bounds import Bounds
    from engagement.comments.map.cells import DEEPEST, columns_and_rows, point_at
    from portal.demo.volume import MIDDLE
    from portal.geo.coordinates import Point

    x, y = columns_and_rows(Point(MIDDLE.latitude + centre[0], MIDDLE.longitude + centre[1]))
    pixel = (1 << DEEPEST) / (256 * (1 << zoom))
    wide, high = SCREEN[0] / 2 * pixel, SCREEN[1] / 2 * pixel
    south_west, north_east = point_at(x - wide, y + high), point_at(x + wide, y - high)
    return Bounds(south_west.longitude, south_west.latitude, north_east.longitude, north_east.latitude)


def _chosen() -> dict[str, Any]:
    from engagement.comments.selection import Selection

    return {"all": Selection(), "theme": Selection(theme="volume-2"), "feeling": Selection(feeling="idea")}


def _versions() -> dict[int, int]:
    from engagement.comments.models import Consultation

    return Consultation.objects.versions("")


def _answer(selection: Any, zoom: int, view: Any) -> bytes:
    """All that our own map waits for but the road: questions, drawing, columns, packing."""
    from engagement.comments.map.data import as_columns
    from engagement.comments.map.drawing import draw
    from engagement.comments.map.kept import pack

    return pack(as_columns(draw(selection, consultations=_versions(), zoom=zoom, view=view, is_brief=True)))


def _geojson(selection: Any, zoom: int, view: Any) -> bytes:
    from engagement.comments.map.drawing import draw
    from engagement.comments.views.feeds import _short_enough

    chosen = selection.at(view)
    return _short_enough(draw(chosen, consultations=_versions(), zoom=zoom), chosen)


def _sizes() -> dict[str, float]:
    """The longest answers at any zoom, packed."""
    views = [(zoom, _view((0, 0), zoom)) for zoom in range(9, 20)]
    found: dict[str, float] = {}
    for name, selection in _chosen().items():
        found[f"columns {name}"] = max(len(_answer(selection, zoom, view)) for zoom, view in views)
        found[f"geojson {name}"] = max(len(_geojson(selection, zoom, view)) for zoom, view in views)
    return found


def _round(centre: tuple[float, float]) -> dict[str, float]:
    """Seconds of every piece of work at one place."""
    from engagement.comments.map.clustering import level_of_zoom, tiles_over
    from engagement.comments.models import CellCount
    from engagement.comments.selection import Selection

    works: dict[str, Callable[[], object]] = {}
    for zoom in ZOOMS:
        view = _view(centre, zoom)
        over = tiles_over(view, level_of_zoom(zoom))
        assert over is not None
        for name, selection in _chosen().items():
            counts = CellCount.objects.of(_versions(), theme=selection.theme).under(over[1])
            works[f"answer {name} {zoom}"] = partial(_answer, selection, zoom, view)
            works[f"counts {name} {zoom}"] = partial(counts.groups, feeling=selection.feeling)
        works[f"rows {zoom}"] = partial(_grouped, over[1], over[0])
    works["answer words"] = partial(_answer, Selection(query="bench"), WORDS_ZOOM, _view(centre, WORDS_ZOOM))
    works |= _desk() | {"alike": partial(_alike, centre), "list": _list}
    for work in works.values():
        work()
    return {name: seconds(work) for name, work in works.items()} | _written()


def _grouped(tiles: list[int], level: int) -> int:
    """The same squares counted from the comments at their quickest: by an index that has all it needs, with no middle."""
    from django.db.models import Count, F

    from engagement.comments.map.cells import DEEPEST
    from engagement.comments.models import PlaceComment

    rows = PlaceComment.objects.published().standing_in(tiles).order_by()
    return len(rows.values(square=F("cell").bitrightshift(2 * (DEEPEST - level))).annotate(size=Count("*")))


def _desk() -> dict[str, Callable[[], object]]:
    """The first page of what was published, and one as deep as half of all."""
    from django.utils import timezone

    from engagement.comments.desk.pages import in_order
    from engagement.comments.models import PlaceComment
    from portal.paging import behind, page_of

    now = timezone.now()
    found = in_order(PlaceComment.objects.on_the_desk("published", now=now).with_desk_row(now), "published")
    to_read = in_order(PlaceComment.objects.on_the_desk("", now=now).with_desk_row(now), "")
    return {
        "desk first": lambda: page_of(found, asked={}, size=25),
        "desk deep": lambda: [one for stretch in behind(found, _half_way()) for one in stretch[:26]],
        "desk to read": lambda: page_of(to_read, asked={}, size=25),
    }


@cache
def _half_way() -> Any:
    """The last row of the page half-way down, found once, the slow way."""
    from engagement.comments.models import PlaceComment

    published = PlaceComment.objects.published().last_sent_first()
    return published[PlaceComment.objects.published().count() // 2]


def _alike(centre: tuple[float, float]) -> object:
    from engagement.comments.models import Consultation
    from engagement.comments.words.nearby import likely_same
    from portal.demo.volume import MIDDLE
    from portal.geo.coordinates import Point

    point = Point(MIDDLE.latitude + centre[0], MIDDLE.longitude + centre[1])
    return likely_same(consultation=Consultation.objects.standing(), words=WORDS, point=point)


def _list() -> object:
    from engagement.comments.models import PlaceComment
    from engagement.comments.selection import Selection

    return list(PlaceComment.objects.chosen(Selection()).with_row().newest_first()[:20])


def _written() -> dict[str, float]:
    """What it costs to store a published comment alone, and to count it; each taken back at the end."""
    from django.db import transaction
    from django.utils import timezone

    from engagement.comments.actions.keeping import keep
    from engagement.comments.models import Consultation, PlaceComment, Theme
    from portal.demo.volume import make_all

    consultation, themes = Consultation.objects.standing(), list(Theme.objects.all()[:8])
    found: dict[str, float] = {}
    for name, store in (("stored", PlaceComment.save), ("kept", keep)):
        made = [
            comment
            for comment in make_all(
                WRITTEN * 2, themes=themes, consultation=consultation, now=timezone.now(), taken=set()
            )
            if comment.status == "published"
        ][:WRITTEN]
        with transaction.atomic():
            found[name] = seconds(lambda made=made, store=store: [store(one) for one in made]) / len(made)  # type: ignore[misc]
            transaction.set_rollback(True)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]))
