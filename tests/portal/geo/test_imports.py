"""Postcodes and areas are taken whole or not at all, and the same file twice changes nothing."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.geo.coordinates import Point
from portal.geo.models import Area, NamedPlace, Postcode

pytestmark = pytest.mark.django_db

ROW = '"SR8 4{}",10,4441{:02d},541{:03d},"E92000001","E19000001","E18000001","","E06000047","E05009065"'


def say(command: str, path: Path, **options: Any) -> str:
    out = StringIO()
    call_command(command, path, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def postcodes(tmp_path: Path) -> Path:
    path = tmp_path / "postcodes.csv"
    path.write_text("\n".join(ROW.format(f"A{letter}", number, number * 9) for number, letter in enumerate("ABDEF")))
    return path


def square(code: str = "E1", name: str = "Here") -> dict[str, Any]:
    ring = [[-1.33, 54.75], [-1.30, 54.75], [-1.30, 54.78], [-1.33, 54.78], [-1.33, 54.75]]
    return {
        "type": "Feature",
        "properties": {"WD13CD": code, "WD13NM": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(path: Path, *features: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return path


def test_postcodes_are_added_once_and_lie_where_they_are(postcodes: Path) -> None:
    assert "5 added" in say("import_postcodes", postcodes)
    assert "5 unchanged" in say("import_postcodes", postcodes)
    found = Postcode.objects.lookup("sr84aa")
    assert found is not None
    assert found.point == Point(pytest.approx(54.76, abs=0.02), pytest.approx(-1.31, abs=0.02))  # type: ignore[arg-type]
    assert found.ward_code == "E05009065"


def test_a_moved_postcode_is_changed(postcodes: Path) -> None:
    say("import_postcodes", postcodes)
    postcodes.write_text(postcodes.read_text().replace("4441", "4442"))
    assert "5 changed" in say("import_postcodes", postcodes)


def test_a_rehearsal_changes_nothing(postcodes: Path) -> None:
    assert "Rehearsal" in say("import_postcodes", postcodes, dry_run=True)
    assert not Postcode.objects.exists()


def test_a_bad_row_is_told_by_number_and_the_others_are_taken(postcodes: Path) -> None:
    lines = postcodes.read_text().splitlines()
    lines[1] = lines[1].replace("SR8 4AB", "NOWHERE")
    lines[2] = lines[2].replace(",4441", ",x441", 1)
    lines[3] = lines[3].replace(",4441", ",9994441", 1)
    postcodes.write_text("\n".join(lines))
    said = say("import_postcodes", postcodes)
    assert "Row 2: “NOWHERE” is not a postcode." in said
    assert "Row 3: the easting or northing is not a number." in said
    assert "Row 4: the easting or northing is off the national grid." in said
    assert "2 added" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b'"SR8 4AA",10,444', "cut short"),
        (b'"SR8 4AA",10,"444', "cut short|cannot be read|read"),
        (b'a\x00b,"c"', "NUL byte in line 1"),
        (b"\xff\xfe", "not UTF-8"),
        (b"x" * 11_000_000, "longer than"),
    ],
    ids=["empty", "cut short", "open quote", "NUL", "not text", "an absurd line"],
)
@pytest.mark.parametrize("command", ["import_postcodes"])
def test_a_bad_file_is_one_clear_error(command: str, content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "bad"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        say(command, path)
    assert not Postcode.objects.exists()


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        say("import_areas", tmp_path / "none.geojson")


def test_areas_are_added_once_with_their_bounds(tmp_path: Path) -> None:
    path = collection(tmp_path / "areas.geojson", square(), square("E2", "There"))
    assert "2 added" in say("import_areas", path)
    assert "2 unchanged" in say("import_areas", path)
    area = Area.objects.get(code="E1")
    assert (area.west, area.south, area.east, area.north) == (-1.33, 54.75, -1.30, 54.78)


def test_the_partnerships_own_area_is_marked(tmp_path: Path) -> None:
    path = collection(tmp_path / "areas.geojson", square(), square("E2", "There"))
    say("import_areas", path, home="E2")
    assert [area.name for area in Area.objects.home()] == ["There"]


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ({**square(), "properties": {}}, "no WD13CD"),
        ({**square(), "geometry": {"type": "Point", "coordinates": [0, 0]}}, "not a polygon"),
        ({**square(), "geometry": {"type": "Polygon", "coordinates": [[[0, 0]]]}}, "cannot be read"),
        ({**square(), "geometry": {"type": "Polygon", "coordinates": []}}, "empty"),
        (
            {
                **square(),
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[444000, 541000], [444100, 541000], [444100, 541100], [444000, 541000]]],
                },
            },
            "not in degrees",
        ),
    ],
)
def test_an_area_that_cannot_be_one_is_refused_by_number(feature: Any, words: str, tmp_path: Path) -> None:
    said = say("import_areas", collection(tmp_path / "areas.geojson", feature, square("E9")))
    assert "Row 1:" in said
    assert words in said
    assert "1 added" in said


@pytest.mark.parametrize("content", ['{"type": "FeatureCollection", "feat', "[]", '{"features": 3}'])
def test_a_cut_or_foreign_geojson_is_one_clear_error(content: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.geojson"
    path.write_text(content)
    with pytest.raises(CommandError, match="JSON"):
        say("import_areas", path)
    assert not Area.objects.exists()


def test_the_nearest_place_is_told_and_places_without_a_point_are_passed_over() -> None:
    NamedPlace.objects.create(name="Hall", slug="hall", kind="building", latitude=54.7648, longitude=-1.3143)
    NamedPlace.objects.create(name="Beach", slug="beach", kind="green", latitude=54.77, longitude=-1.29)
    NamedPlace.objects.create(name="Nowhere yet", slug="nowhere", kind="street")
    nearest = NamedPlace.objects.nearest(Point(54.7640, -1.3150))
    assert nearest is not None
    assert nearest.name == "Hall"
