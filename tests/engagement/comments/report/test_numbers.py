"""The numbers of a report: all that may be shown, and nothing from which a small one could be worked out."""

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.comments.report.numbers import Numbers, arrange
from portal.small_numbers import REST, SMALLEST, is_small

PLACES, THEMES, FEELINGS = ("park", "lane", "pit"), ("bins", "homes"), ("good", "idea")


def numbers_of(counts: dict[tuple[str, str, str], int], **sources: int) -> Numbers:
    return arrange(
        counts,
        sources=sources or {"web": sum(counts.values())},
        places=PLACES,
        themes=THEMES,
        feelings=FEELINGS,
    )


def every_number(numbers: Numbers) -> list[int]:
    totals = [numbers.sources, numbers.feelings, numbers.themes, numbers.places]
    return [
        *([numbers.total] if numbers.total is not None else []),
        *(count for one in totals if one for count in (*one.shown.values(), one.rest)),
        *numbers.themes_by_feeling.values(),
        *numbers.places_by_feeling.values(),
        *numbers.detail.values(),
    ]


def test_large_numbers_are_all_shown() -> None:
    counts = dict.fromkeys(product(PLACES, THEMES, FEELINGS), 10)
    numbers = numbers_of(counts)
    assert numbers.total == 120
    assert numbers.detail == counts
    assert numbers.themes_by_feeling == dict.fromkeys(product(THEMES, FEELINGS), 30)
    assert numbers.places_by_feeling == dict.fromkeys(product(PLACES, FEELINGS), 20)


def test_places_with_no_voice_are_named_and_places_with_little_are_said_together() -> None:
    counts = {("park", "bins", "good"): 20, ("lane", "bins", "good"): 2, ("school", "homes", "idea"): 9}
    numbers = numbers_of(counts)
    assert numbers.places is not None
    assert numbers.places.silent == ("pit",)
    assert numbers.places.shown == {"park": 20, "pit": 0}
    assert (numbers.places.rest, numbers.places.together) == (11, ("lane", "school"))
    assert numbers.places.names == ["park", REST]


def test_too_few_are_not_counted_at_all() -> None:
    assert numbers_of({("park", "bins", "good"): 4}) == Numbers(total=None)
    assert numbers_of({}) == Numbers(total=0)


def test_places_of_one_comment_each_are_not_given_away_by_those_of_none() -> None:
    counts = Counter({(f"place {number}", "bins", "good"): 1 for number in range(5)})
    numbers = numbers_of(counts)
    assert numbers.total == 5
    assert numbers.places is None


def test_a_source_of_few_is_said_with_another() -> None:
    numbers = numbers_of({("park", "bins", "good"): 30}, web=18, paper=10, staff=2)
    assert numbers.sources is not None
    assert numbers.sources.shown == {"web": 18}
    assert numbers.sources.rest == 12


cubes = st.dictionaries(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(THEMES), st.sampled_from(FEELINGS)), st.integers(1, 12)
)


@settings(max_examples=200, deadline=None)
@given(cubes)
def test_no_small_number_is_ever_in_a_report(counts: dict[tuple[str, str, str], int]) -> None:
    assert not any(is_small(number) for number in every_number(numbers_of(counts)))


@settings(max_examples=200, deadline=None)
@given(cubes)
def test_what_is_shown_is_true(counts: dict[tuple[str, str, str], int]) -> None:
    numbers = numbers_of(counts)
    for said, count in numbers.detail.items():
        assert counts[said] == count
    for (place, feeling), count in numbers.places_by_feeling.items():
        if REST not in (place, feeling):
            assert count == sum(n for said, n in counts.items() if (said[0], said[2]) == (place, feeling))


@settings(max_examples=60, deadline=None)
@given(cubes)
def test_what_a_line_of_detail_leaves_of_its_table_is_no_small_number(
    counts: dict[tuple[str, str, str], int],
) -> None:
    """Taking what is shown of one place from the place's own number leaves nothing, or five and more of something."""
    numbers = numbers_of(counts)
    for (place, feeling), count in numbers.places_by_feeling.items():
        shown = {said[1]: n for said, n in numbers.detail.items() if (said[0], said[2]) == (place, feeling)}
        left = {said[1]: n for said, n in counts.items() if (said[0], said[2]) == (place, feeling)}
        hidden = [n for theme, n in left.items() if theme not in shown]
        if place != REST and feeling != REST and any(map(is_small, hidden)):
            assert count - sum(shown.values()) >= SMALLEST
