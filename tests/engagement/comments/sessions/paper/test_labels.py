"""Names on a paper map: none on another, none over the edge."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from engagement.comments.sessions.paper.labels import WIDTH_OF_A_LETTER, Box, Placed, Wanted, find_room

FRAME = Box(0, 0, 100, 80)


def want(words: str, x: float, y: float) -> Wanted:
    return Wanted(words=words, x=x, y=y, dot=1, height=3)


def box_of(placed: Placed) -> Box:
    bottom = placed.y + 0.25 * placed.height
    wide = len(placed.words) * placed.height * WIDTH_OF_A_LETTER
    return Box(placed.x, bottom - placed.height, placed.x + wide, bottom)


def test_a_name_stands_right_of_its_dot_where_there_is_room() -> None:
    (placed,) = find_room([want("The park", 50, 40)], frame=FRAME, taken=[])
    assert placed.x > 50


def test_a_name_at_the_right_edge_stands_left_of_its_dot() -> None:
    (placed,) = find_room([want("The park", 98, 40)], frame=FRAME, taken=[])
    assert placed.x < 90


def test_a_name_without_room_is_left_out_and_the_first_one_stays() -> None:
    same_spot = [want("The park", 50, 40), *(want("x" * 30, 50, 40) for _ in range(9))]
    placed = find_room(same_spot, frame=FRAME, taken=[])
    assert placed[0].words == "The park"
    assert len(placed) < 10


spots = st.lists(
    st.builds(want, st.text("abcde ", min_size=1, max_size=20), st.floats(0, 100), st.floats(0, 80)), max_size=25
)


@given(wanted=spots)
def test_no_name_lies_on_another_or_over_the_edge(wanted: list[Wanted]) -> None:
    boxes = [box_of(placed) for placed in find_room(wanted, frame=FRAME, taken=[])]
    # A hair's breadth, for the rounding of the sums.
    assert not any(
        one._replace(left=one.left + 1e-6, right=one.right - 1e-6, top=one.top + 1e-6, bottom=one.bottom - 1e-6).meets(
            other
        )
        for one, other in combinations(boxes, 2)
    )
    assert all(box.left >= -1e-6 and box.right <= 100 + 1e-6 for box in boxes)
