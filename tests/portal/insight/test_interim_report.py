"""The interim report of June 2023, made again by the portal from people who could have been: what it said, where it can be."""

import re
from datetime import UTC, datetime

import pytest

from portal.insight.audiences import Audience
from portal.insight.builder.drafting import draft_report
from portal.insight.figures.distance import distance_travelled
from portal.insight.periods import financial_year
from portal.insight.rounding import published
from tests.conftest import Person
from tests.factories.interim import IMPOSSIBLE, PRINTED, asked_for_others, the_cohort

pytestmark = pytest.mark.django_db
APRIL = datetime(2022, 4, 4, 10, 0, tzinfo=UTC)
JUNE = datetime(2023, 6, 1, 10, 0, tzinfo=UTC)
YEAR = financial_year(2022)
POSSIBLE = {name: row for name, row in PRINTED.items() if name != IMPOSSIBLE}
# Eighteen asked themselves, and so many others were asked for: 22 in a hundred.
OTHERS = 64


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
    the_cohort(begins=APRIL, rows=POSSIBLE)
    table = published(distance_travelled(YEAR))
    counts = [column.name for column in table.columns if column.kind == "count"]
    assert not [cell for name in counts for cell in table.cells(name) if cell in {1, 2, 3, 4}]
    assert table.n in {None, 20}
