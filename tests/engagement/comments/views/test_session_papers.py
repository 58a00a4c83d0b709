"""The paper of a session: real PDF files, tagged, with what belongs on them."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.urls import reverse

from engagement.comments.models import EngagementEvent
from engagement.comments.sessions.paper import sheets
from portal.geo.models import Area
from tests.conftest import Person
from tests.factories.comments import make_place, make_postcode
from tests.factories.sessions import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(coordinator: Person) -> EngagementEvent:
    make_place("third-street")
    make_place("far-away", longitude=-1.2)
    make_place("not-listed", is_listed=False)
    make_postcode()
    return make_session(by=coordinator.user, name="Lunch club #1 [with *stars*]")


def address(session: EngagementEvent, sheet: str) -> str:
    return reverse("comments_session_paper", args=[session.code, sheet])


@pytest.fixture
def set_down(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What was given to the typesetter, instead of setting it."""
    given: dict[str, Any] = {}

    def typeset(template: str, values: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None) -> bytes:
        given.update(template=template, values=values, pictures=pictures)
        return b"%PDF"

    monkeypatch.setattr(sheets, "typeset", typeset)
    return given


@pytest.mark.parametrize("sheet", ["map", "stickers", "writing-sheet"])
def test_each_sheet_is_a_tagged_pdf_whatever_the_name_of_the_session(
    coordinator: Person, session: EngagementEvent, sheet: str
) -> None:
    answer = coordinator.get(address(session, sheet))
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"%PDF-")
    assert b"StructTreeRoot" in answer.content


def test_the_map_says_where_listed_places_are_and_leads_to_the_session(
    session: EngagementEvent, set_down: dict[str, Any]
) -> None:
    sheets.map_sheet(session, size="a3")
    values = set_down["values"]
    assert values["index"] == [("Third Street", "C2")]
    assert values["alt"] == "A map cut into squares from A1 to D3. On it: Third Street in C2."
    assert values["address"].endswith(f"/have-your-say/at/{session.code}/")
    assert values["code"] == session.code
    assert 1.41 < values["scale"] < 1.42
    assert set_down["pictures"]["qr.svg"].startswith(b"<svg")
    assert b"Third Street" in set_down["pictures"]["map.svg"]


def test_the_map_has_the_outlines_that_reach_into_it(session: EngagementEvent, set_down: dict[str, Any]) -> None:
    ring = [[-1.32, 54.76], [-1.31, 54.76], [-1.31, 54.766], [-1.32, 54.76]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    edges = {"south": 54.76, "north": 54.766, "outline": shape}
    Area.objects.create(code="1", name="Horden", is_home=True, west=-1.32, east=-1.31, **edges)
    Area.objects.create(code="2", name="Far away", west=1.32, east=1.33, **edges)
    sheets.map_sheet(session, size="a4")
    assert set_down["values"]["homes"] == ["Horden"]
    assert set_down["values"]["has_next"] is False
    assert set_down["pictures"]["map.svg"].count(b"<polyline") == 1


def test_stickers_fill_sheets_of_189(coordinator: Person, set_down: dict[str, Any]) -> None:
    sheets.sticker_sheet(make_session(by=coordinator.user, first_sticker=101, stickers=200))
    first, second = set_down["values"]["sheets"]
    assert (first[0], len(first), second[0], second[-1]) == (101, 189, 290, 300)


def test_the_writing_sheet_has_a_line_for_each_number(session: EngagementEvent, set_down: dict[str, Any]) -> None:
    sheets.writing_sheet(session)
    assert set_down["values"]["numbers"] == list(range(1, 21))
    assert set_down["values"]["feelings"] == ["Good", "Needs work", "Idea", "Memory", "Hope"]


def test_there_is_no_other_paper(coordinator: Person, session: EngagementEvent) -> None:
    assert coordinator.get(f"{address(session, 'map')}?paper=a0").status_code == 404
    assert coordinator.get(address(session, "map").replace("map.pdf", "money.pdf"), follow=True).status_code == 404
    assert coordinator.get(address(session, "map").replace(session.code, "ZZZ-ZZZ")).status_code == 404
