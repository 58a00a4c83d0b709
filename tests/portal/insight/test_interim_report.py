"""The interim report of June 2023, made again by the portal from people who could have been: what it said, where it can be."""

import re
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from portal.insight.arithmetic import possible_mean
from portal.insight.audiences import Audience
from portal.insight.builder.drafting import draft_report
from portal.insight.figures.distance import distance_travelled
from portal.insight.periods import financial_year
from portal.insight.rounding import published
from portal.insight.table import Table
from tests.conftest import Person
from tests.factories.interim import IMPOSSIBLE, PEOPLE, PRINTED, asked_for_others, the_cohort
from tests.portal.insight.test_rounding import span, tells

pytestmark = pytest.mark.django_db
APRIL = datetime(2022, 4, 4, 10, 0, tzinfo=UTC)
JUNE = datetime(2023, 6, 1, 10, 0, tzinfo=UTC)
YEAR = financial_year(2022)
POSSIBLE = {name: row for name, row in PRINTED.items() if name != IMPOSSIBLE}
# Eighteen asked themselves, and so many others were asked for: 22 in a hundred.
OTHERS = 64
THREE_TWOS = "The garden"


def rows_on(page: str) -> dict[str, list[str]]:
    """Each row of each table on a page, by its first cell."""
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL):
        first, *cells = [
            re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        found[first] = cells
    return found


def test_the_boards_edition_has_eleven_of_the_twelve_rows_and_the_share_of_those_who_came_themselves(
    lead: Person,
) -> None:
    the_cohort(begins=APRIL, rows=POSSIBLE)
    asked_for_others(OTHERS, begins=APRIL)
    board = draft_report(period=YEAR, audience=Audience.BOARD, by=lead.user, now=JUNE)
    rows = rows_on(lead.get(f"/staff/insight/{board.pk}/").content.decode())
    for name, (up, stages_up, same, down, stages_down) in POSSIBLE.items():
        _, up_share, up_mean, _, same_share, _, down_share, down_mean, answered, missing = rows[name]
        assert (up_share, same_share, down_share) == (f"{up}%", f"{same}%", f"{down}%")
        assert (float(up_mean), float(down_mean) if down else 0) == (stages_up, stages_down)
        assert int(answered) + int(missing) == 18
    assert IMPOSSIBLE not in rows
    assert rows["They asked themselves, or family or a friend did"] == ["18", "22%"]


def test_what_everybody_may_see_of_the_same_year_gives_no_small_number_away() -> None:
    """Also not to somebody who knows that they were eighteen, and tries all that they can have said of each part of life."""
    the_cohort(begins=APRIL, rows={**POSSIBLE, THREE_TWOS: (67, 2, 11, 11, 1)})
    exact = distance_travelled(YEAR)
    shown = published(exact)
    said = ("up", "same", "down", "missing")
    for row, seen in zip(numbers(exact), numbers(shown), strict=True):
        could_be = [
            values
            for values in product(*(span(seen[name]) for name in said))
            if sum(values) == PEOPLE and fits(seen, *values)
        ]
        told = tells([row[name] for name in said], [set(values) for values in zip(*could_be, strict=True)])
        assert not told, row["domain"]
    # Twelve, two, two and two: rounded they could be nothing else.
    assert [row["domain"] for row in numbers(shown) if row["up"] is None] == [THREE_TWOS]
    assert shown.n == 20


def numbers(table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def fits(seen: dict[str, Any], up: int, same: int, down: int, missing: int) -> bool:
    """Whether so many can have gone so many stages on average, where that is shown."""
    means = ((seen["up_stages"], up), (seen["down_stages"], down))
    return all(mean is None or possible_mean(mean, people) for mean, people in means)
