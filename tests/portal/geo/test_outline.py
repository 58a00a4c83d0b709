"""The outline takes in every corner of the country and leaves out its neighbours."""

import math

import pytest

from portal.geo.coordinates import Point
from portal.geo.outline import is_in_britain


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        *[(51.129, 1.311), (50.118, -5.537), (60.155, -1.145), (54.597, -5.930), (55.770, -2.005)],
        *[(58.209, -6.386), (52.481, 1.754), (49.915, -6.315), (50.575, -1.298), (51.336, 1.417), (53.576, 0.115)],
        *[(54.116, -0.082), (57.506, -1.774), (60.845, -0.760), (58.515, -6.261), (57.814, -8.578), (56.785, -7.640)],
        *[(55.672, -6.500), (55.290, -5.790), (54.842, -5.117), (53.309, -4.633), (51.737, -5.300), (51.165, -4.660)],
        *[(55.293, -6.196), (54.996, -7.307), (54.479, -8.092), (54.077, -6.608), (54.763, -1.315)],
    ],
    ids=[
        *["Dover", "Penzance", "Lerwick", "Belfast", "Berwick", "Stornoway", "Lowestoft", "Scilly", "Saint Catherine"],
        *["Ramsgate", "Spurn", "Flamborough", "Peterhead", "Unst", "Butt of Lewis", "Saint Kilda", "Barra Head"],
        *["Islay", "Mull of Kintyre", "Portpatrick", "Holyhead", "Skomer", "Lundy", "Rathlin", "Derry", "Belleek"],
        *["Crossmaglen", "Horden"],
    ],
)
def test_what_is_here(latitude: float, longitude: float) -> None:
    assert is_in_britain(Point(latitude, longitude))


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        *[(49.443, 1.099), (50.951, 1.858), (53.350, -6.260), (51.038, 2.377), (50.726, 1.614), (53.271, -9.057)],
        *[(49.186, -2.106), (62.010, -6.770), (-1.315, 54.763), (0.0, 0.0), (math.nan, -1.3)],
    ],
    ids=[
        *["Rouen", "Calais", "Dublin", "Dunkirk", "Boulogne", "Galway", "Jersey", "Faroe", "swapped", "null island"],
        "no number",
    ],
)
def test_what_is_elsewhere(latitude: float, longitude: float) -> None:
    assert not is_in_britain(Point(latitude, longitude))
