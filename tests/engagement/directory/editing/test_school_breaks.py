"""School holidays in the Wagtail admin stand with their dates."""

from datetime import date

import pytest

from engagement.directory.models import SchoolBreak
from tests.conftest import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def test_the_list_gives_the_dates(coordinator: Person) -> None:
    SchoolBreak.objects.create(name="Half term", first_on=date(2026, 10, 26), last_on=date(2026, 10, 30))
    page = coordinator.get("/staff/school_holidays/").content.decode()
    assert "26 October 2026" in page
    assert "30 October 2026" in page
