"""Comments to be searched on one database: fills it, then measures a round whenever it is told to, in figures of one JSON line.

Run as `python -m benchmarks.search_at COUNT` by `benchmarks.search`.
"""

import json
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from types import SimpleNamespace
from typing import Any

import django

from benchmarks.measure import seconds
from benchmarks.rehearsal import analyse

# Words of the synthetic comments, but for the rare one, which is put into every five-thousandth.
WORDS = {"a rare word": "zebrafish", "a common word": "bench", "two words": "bench painted"}
EVERY = 5_000
AT_ONCE = 10_000
ON_A_PAGE = 26


def main(count: int) -> None:
    """Fill the database that the settings name, and answer each line with the figures of one round."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    facts = _filling(partial(call_command, "generate_volume", comments=AT_ONCE, stdout=sys.stderr))
    call_command("generate_volume", comments=count - 6 * AT_ONCE, stdout=sys.stderr)
    facts["laid"] = _laid()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE comments_placecomment SET words = words || ' zebrafish' WHERE id %% {EVERY} = 1", [])
    analyse()
    works = _works()
    facts |= {f"found {kind}": works[f"index count {kind}"]() for kind in WORDS}
    print(json.dumps(facts), flush=True)
    for _ in sys.stdin:
        print(json.dumps({name: seconds(work) for name, work in works.items()}), flush=True)


def _filling(fill: Callable[[], object]) -> dict[str, float]:
    """How long filling takes with the indexes of comments and without, in turn."""
    from django.db import connection

    from engagement.comments.models import WORDS_OF_COMMENTS

    here = SimpleNamespace(connection=connection)
    without, with_index = [], []
    for _ in range(3):
        for index in WORDS_OF_COMMENTS:
            index.lift(None, here)
        without.append(seconds(fill))
        for index in WORDS_OF_COMMENTS:
            index.lay(None, here)
        with_index.append(seconds(fill))
    return {"filled without": median(without), "filled with": median(with_index)}


def _laid() -> float:
    """How long laying the indexes of comments over all rows takes."""
    from django.db import connection

    from engagement.comments.models import WORDS_OF_COMMENTS

    here = SimpleNamespace(connection=connection)
    for index in WORDS_OF_COMMENTS:
        index.lift(None, here)
    return sum(seconds(partial(index.lay, None, here)) for index in WORDS_OF_COMMENTS)


def _works() -> dict[str, Callable[[], Any]]:
    """The newest of everything public with these words, and how many there are: by the index, and as it was before."""
    from django.db.models import Q

    from engagement.comments.models import PlaceComment

    works: dict[str, Callable[[], Any]] = {}
    for kind, words in WORDS.items():
        scan = Q()
        for word in words.split():
            scan &= Q(words__icontains=word) | Q(where_words__icontains=word) | Q(named_place__name__icontains=word)
        everybody = PlaceComment.objects.published().listed().latest_first()
        for way, found in (("index", everybody.saying(words)), ("scan", everybody.filter(scan))):
            works[f"{way} page {kind}"] = partial(_page, found)
            works[f"{way} count {kind}"] = found.count
    return works


def _page(found: Any) -> list[int]:
    return list(found.values_list("pk", flat=True)[:ON_A_PAGE])


if __name__ == "__main__":
    main(int(sys.argv[1]))
