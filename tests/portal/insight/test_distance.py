"""The interim report's own table of distance travelled, made again: what can be true of its people, and what cannot."""

from itertools import product

import pytest

from portal.insight.arithmetic import percent_of, possible
from portal.insight.distance import FEWEST, Cohort, Move, NoCohort, distance
from portal.insight.rounding import published
from portal.insight.table import CannotBe, Table
from portal.insight.wording import NOTHING, TOO_FEW_TO_COMPARE, how_many, sentence
from tests.factories.interim import IMPOSSIBLE, PEOPLE, PRINTED

# "47 clients", it said.
SAID, TRUE = 47, PEOPLE
COHORT = Cohort(at_least=3)


def counts(percent: int, n: int) -> list[int]:
    """Which numbers of n people are this percentage of them."""
    return [number for number in range(n + 1) if percent_of(number, n) == percent]


def triples(up: int, same: int, down: int, n: int) -> list[tuple[int, int, int]]:
    """Who went up, stayed and went down, with nobody counted twice."""
    return [one for one in product(counts(up, n), counts(same, n), counts(down, n)) if sum(one) <= n]


def test_one_person_left_money_empty_which_the_report_did_not_say() -> None:
    up, _, same, down, _ = PRINTED["Money"]
    assert triples(up, same, down, TRUE) == [(10, 2, 5)]
    # Of those alone who answered, the row could not be.
    assert not triples(up, same, down, TRUE - 1)


def test_ten_rows_are_of_eighteen_people_and_no_more_can_be_said_of_them() -> None:
    whole = [name for name, (up, _, same, down, _) in PRINTED.items() if _whole(up, same, down)]
    assert set(PRINTED) - set(whole) == {"Money", IMPOSSIBLE}


def _whole(up: int, same: int, down: int) -> bool:
    found = triples(up, same, down, TRUE)
    return len(found) == 1 and sum(found[0]) == TRUE


def test_the_twelfth_cannot_be() -> None:
    up, _, same, down, _ = PRINTED[IMPOSSIBLE]
    assert [counts(percent, TRUE) for percent in (up, same, down)] == [[14], [3], [2]]
    assert not triples(up, same, down, TRUE)


def test_it_was_not_forty_seven_people() -> None:
    shares = {share for up, _, same, down, _ in PRINTED.values() for share in (up, same, down)}
    assert [share for share in (22, 39, 78) if possible(share, SAID)] == []
    assert all(possible(share, TRUE) for share in shares)
    assert [n for n in range(1, 48) if all(possible(share, n) for share in shares)] == [18, 36]


def test_no_number_of_people_makes_the_twelfth_row_true() -> None:
    assert not [n for n in range(1, 100) if triples(78, 17, 11, n)]


def test_what_is_left_empty_counts_as_empty_and_not_as_the_same() -> None:
    made: dict[Move, int] = {(None, 7): 1, (3, None): 2, (None, None): 1, (4, 6): 3}
    table = distance(moves={"Home": made}, n=7, cohort=COHORT, when="then")
    assert table.rows == (("Home", 3, 43, 2.0, 0, 0, 0, 0, None, 3, 4),)


def of_so_many(n: int) -> Table:
    return distance(moves={"Home": {(1, 2): n}}, n=n, cohort=COHORT, when="then")


@pytest.mark.parametrize("n", [1, FEWEST - 1])
def test_of_too_few_people_no_row_is_shown_to_the_board_either(n: int) -> None:
    exact = of_so_many(n)
    assert (exact.rows, exact.n, sentence(exact)) == ((), n, TOO_FEW_TO_COMPARE)
    assert how_many(exact) == f"n = {n}."
    assert of_so_many(FEWEST).rows


@pytest.mark.parametrize("n", range(1, FEWEST + 3))
def test_everybody_reads_the_same_of_four_people_and_of_seven(n: int) -> None:
    """So that no rows beside "about five" do not tell that it is three or four."""
    shown = published(of_so_many(n))
    assert (shown.rows, sentence(shown)) == ((), TOO_FEW_TO_COMPARE)
    assert published(of_so_many(FEWEST + 3)).rows


def test_nobody_at_all_is_a_table_too() -> None:
    nobody = of_so_many(0)
    assert (nobody.rows, nobody.n, sentence(nobody)) == ((), 0, NOTHING)


@pytest.mark.parametrize("people", [1, 3])
def test_moves_of_more_or_fewer_people_are_refused(people: int) -> None:
    with pytest.raises(CannotBe, match="Home"):
        distance(moves={"Home": {(1, 2): people}}, n=2, cohort=COHORT, when="then")


@pytest.mark.parametrize(("at_least", "baseline"), [(1, 1), (2, 2), (3, 0), (4, 3)])
def test_a_cohort_needs_something_to_compare(at_least: int, baseline: int) -> None:
    with pytest.raises(NoCohort):
        Cohort(at_least=at_least, baseline=baseline)


def test_where_it_is_counted_from_stands_beside_it() -> None:
    for baseline, word in ((1, "first"), (2, "second")):
        table = distance(moves={}, n=0, cohort=Cohort(3, baseline), when="then")
        assert f"Their {word} one is compared" in table.definition
        assert f"Counted from the {word} self-assessment." in table.notes
