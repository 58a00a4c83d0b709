"""A postcode to ask from."""

import pytest

from portal.geo.models import Postcode


@pytest.fixture
def postcode() -> Postcode:
    return Postcode.objects.create(code="SR8 4LX", latitude=54.763, longitude=-1.315)
