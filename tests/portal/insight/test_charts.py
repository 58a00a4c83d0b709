"""Charts: pictures that need no colour, no script and nothing from elsewhere, and the sentences that say what they show."""

from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from portal.insight.charts import NAME_LINE, CannotBeDrawn, draw, height
from portal.insight.periods import quarter
from portal.insight.shown import Shown
from portal.insight.table import Cell, Column, Sum, Table
from portal.insight.wording import ALL_HIDDEN, NOTHING, is_drawable, sentence

MONTH, WHO = Column("month", "Month", "month"), Column("source", "Who", "text")
ASKED = Column("asked", "Requests", "count")
SVG = "{http://www.w3.org/2000/svg}"


def months(*counts: int | None) -> Table:
    rows = tuple((date(2026 + (3 + i) // 12, (3 + i) % 12 + 1, 1), count) for i, count in enumerate(counts))
    return Table("by_month", "Month by month", "All requests.", (MONTH, ASKED), rows, None)


def sources(*rows: tuple[Cell, ...]) -> Table:
    return Table("by_source", "Who sent people to us", "All requests.", (WHO, ASKED), rows, None)


def parts() -> Table:
    columns = (
        WHO,
        Column("up", "Better", "count"),
        Column("same", "The same", "count"),
        Column("down", "Worse", "count"),
    )
    rows = (("Home", 15, 1, 2), ("Money", 10, 3, 5), ("Harm", 5, 13, 0))
    return Table("moved", "How it changed", "Everybody.", columns, rows, 18, sums=(Sum(("up", "same", "down")),))


ALL = [months(12, 9, 0), months(*range(24)), sources(("Police", 25), ("Themselves", None), ("GP", 5)), parts()]


@pytest.mark.parametrize("table", ALL, ids=lambda table: f"{table.name}-{len(table.rows)}")
def test_a_chart_is_plain_shapes_and_words_and_always_the_same(table: Table) -> None:
    picture = draw(table)
    root = ElementTree.fromstring(picture)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        *("svg", "title", "defs", "pattern", "rect", "path", "circle", "line", "text")
    }
    assert picture == draw(table)
    assert picture.count(b"http") == 1
    assert not any(word in picture for word in (b"style", b"<!--"))
    assert root.find(f"{SVG}title").text == f"{table.title}. {sentence(table)}"  # type: ignore[union-attr]


def words_of(table: Table) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(draw(table)).iter(f"{SVG}text")]


def test_every_bar_has_its_name_and_its_number_on_it() -> None:
    assert words_of(sources(("Police", 25), ("Themselves", None))) == ["Police", "25", "Themselves", "not shown"]
    assert words_of(months(12, None, 0)) == ["12", "Apr", "2026", "–", "May", "0", "Jun"]


def test_parts_differ_by_pattern_and_the_first_is_white_on_ink() -> None:
    fills = [node.get("fill", "") for node in ElementTree.fromstring(draw(parts())).iter(f"{SVG}rect")]
    assert len({fill for fill in fills if fill.startswith("url(")}) == 2
    assert words_of(parts())[:7] == ["Better", "The same", "Worse", "Home", "15", "1", "2"]


def test_of_two_years_every_third_month_is_named_and_the_largest_number_written() -> None:
    said = words_of(months(*range(24)))
    assert said == ["Apr", "2026", "Jul", "Oct", "Jan", "2027", "Apr", "Jul", "Oct", "Jan", "2028", "23"]


def test_names_that_look_like_markup_or_hold_what_no_picture_can_stay_words() -> None:
    said = words_of(sources(("<script>&\x02" + "very " * 20, 3), ("GP", 2)))
    assert said[:3] == [f"<script>&{'very ' * 6}very"[:38], "very very very very very very very very…", "3"]


def test_a_long_name_takes_two_lines_and_is_whole() -> None:
    name = "They asked themselves, or family or a friend did"
    long, short = sources((name, 9), ("GP", 2)), sources(("Police", 9), ("GP", 2))
    assert words_of(long) == ["They asked themselves, or family or a", "friend did", "9", "GP", "2"]
    assert height(long) == height(short) + NAME_LINE


def test_a_part_without_a_bar_has_no_key() -> None:
    whole = parts()
    none_down = replace(whole, rows=(("Home", 15, 3, 0), ("Money", 10, 8, 0)))
    assert words_of(none_down) == ["Better", "The same", "Home", "15", "3", "Money", "10", "8"]


@pytest.mark.parametrize("table", [months(), months(3), months(0, 0), sources(("Police", None), ("GP", None))])
def test_what_would_say_nothing_is_not_drawn(table: Table) -> None:
    assert not is_drawable(table)
    with pytest.raises(CannotBeDrawn):
        draw(table)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (months(12, 9, 20), "Requests: most in June 2026 (20), fewest in May 2026 (9)."),
        (months(5, 9, 9), "Requests: most in May 2026 and June 2026 (9), fewest in April 2026 (5)."),
        (months(0, 0, 0, 9), "Requests: most in July 2026 (9), fewest in April 2026, May 2026 and June 2026 (0)."),
        (months(0, 9, 0, 0, 9, 0), "Requests: most in May 2026 and August 2026 (9), fewest in 4 of 6 months (0)."),
        (months(5, 5), "Requests: 5 in each month."),
        (
            months(5, 7, None),
            "Requests: most in May 2026 (7), fewest in April 2026 (5). One number is too small to show.",
        ),
        (months(1200), "Requests: 1,200."),
        (months(), NOTHING),
        (months(0, 0), NOTHING),
        (months(None, None), ALL_HIDDEN),
        (sources(("A", 5), ("B", 9), ("C", 7), ("D", 2)), "Requests: most for “B” (9), then “C” (7) and “A” (5)."),
        (sources(("A", 5), ("B", 0)), "Requests: only “A” (5)."),
        (parts(), "Better: most for “Home” (15). The same: most for “Harm” (13). Worse: most for “Money” (5)."),
    ],
)
def test_a_sentence_says_what_is_most(table: Table, said: str) -> None:
    assert sentence(table) == said


def test_where_nothing_was_counted_the_sentence_stands_without_rows_of_noughts() -> None:
    made_at = datetime(2026, 7, 1, 9, tzinfo=UTC)
    counted, empty = (Shown(table, quarter(2026, 2), made_at) for table in (months(0, 4), months(0, 0)))
    assert [[cell.words for cell in line] for line in counted.lines] == [["April 2026", "0"], ["May 2026", "4"]]
    assert (empty.sentence, empty.lines) == (NOTHING, [])
