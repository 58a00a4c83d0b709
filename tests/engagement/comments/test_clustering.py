"""Every point is drawn once, alone or in a cluster, at any zoom."""

from hypothesis import given
from hypothesis import strategies as st

from engagement.comments.clustering import DEEPEST_ZOOM, Spot, cell_of, group

spots = st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=60).map(
    lambda points: [Spot(latitude, longitude, number) for number, (latitude, longitude) in enumerate(points)]
)


@given(spots, st.integers(0, DEEPEST_ZOOM), st.integers(0, 60))
def test_every_spot_is_in_exactly_one_group(found: list[Spot], zoom: int, most: int) -> None:
    members = [spot.id for one in group(found, zoom=zoom, most=most) for spot in one.members]
    assert sorted(members) == [spot.id for spot in found]


@given(spots, st.integers(0, DEEPEST_ZOOM))
def test_a_closer_look_never_joins_what_was_apart(found: list[Spot], zoom: int) -> None:
    for spot in found:
        column, row = cell_of(spot.latitude, spot.longitude, zoom)
        if zoom < DEEPEST_ZOOM:
            closer = cell_of(spot.latitude, spot.longitude, zoom + 1)
            assert (closer[0] // 2, closer[1] // 2) == (column, row)


@given(st.floats(-90, 90), st.floats(-180, 180), st.integers(0, DEEPEST_ZOOM))
def test_a_cell_is_inside_the_grid(latitude: float, longitude: float, zoom: int) -> None:
    across = 2**zoom * 4
    assert all(0 <= number < across for number in cell_of(latitude, longitude, zoom))


def test_few_points_stay_single() -> None:
    found = [Spot(54.76 + step / 1000, -1.31, step) for step in range(300)]
    assert len(group(found, zoom=3)) == 300


def test_many_points_become_clusters_by_the_zoom() -> None:
    found = [Spot(54.76 + step / 1000, -1.31, step) for step in range(301)]
    far, near = group(found, zoom=8), group(found, zoom=18)
    assert len(far) < len(near) <= 301
    assert sum(len(one.members) for one in far) == 301


def test_points_on_one_spot_are_a_stack_however_few() -> None:
    found = [Spot(54.76, -1.31, 1), Spot(54.760001, -1.310001, 2), Spot(54.77, -1.31, 3)]
    stack, alone = group(found, zoom=15)
    assert [spot.id for spot in stack.members] == [1, 2]
    assert stack.is_stack
    assert not alone.is_stack


def test_a_cluster_of_points_apart_is_no_stack() -> None:
    found = [Spot(54.76, -1.31, 1), Spot(54.7601, -1.31, 2)]
    (cluster,) = group(found, zoom=3, most=1)
    assert not cluster.is_stack
    assert (cluster.latitude, cluster.longitude) == (54.76005, -1.31)
