"""Venues come in from a listing whole or not at all, and the same twice as once."""

import copy
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from engagement.directory.actions import add_or_update_venue
from engagement.directory.models import Venue
from portal.audit.models import AuditEvent
from tests.factories.directory import make_venue

SAMPLE = Path(__file__).parents[2] / "data" / "venues.geojson"

pytestmark = pytest.mark.django_db


def run(path: Path, **options: Any) -> str:
    said = StringIO()
    call_command("import_venues", str(path), stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def listing(tmp_path: Path) -> Any:
    """Writes the sample with its first row changed, and runs the command on it."""

    def write(**changes: Any) -> Path:
        document = json.loads(SAMPLE.read_text())
        first = copy.deepcopy(document["features"][0])
        first["geometry"] = changes.pop("geometry", first["geometry"])
        first["properties"].update(changes)
        path = tmp_path / "listing.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [first]}))
        return path

    return write


def test_six_venues_come_in_with_what_they_plainly_say() -> None:
    said = run(SAMPLE)
    assert "Venues: 6 added, 0 changed, 0 unchanged, 0 refused." in said
    hall = Venue.objects.get(slug="lantern-hall")
    assert (hall.address, hall.postcode) == ("Lantern Hall, Northmouth, County Example", "SR8 4LX")
    assert (hall.latitude, hall.longitude) == (54.763, -1.315)
    assert hall.opening_hours == "Mo 09:00-16:00; Fr 09:00-15:00"
    assert (hall.free_entry, hall.food, hall.wifi, hall.step_free, hall.toilets) == (
        "yes",
        "yes",
        "yes",
        "yes",
        "not_known",
    )
    assert hall.is_warm_space
    assert hall.source == "example_listing"
    moving = Venue.objects.get(source="other_listing")
    assert (moving.point, moving.postcode, moving.opening_hours) == (None, "SR8 4LX", "")


def test_hours_that_cannot_be_believed_stay_as_words_and_are_told() -> None:
    said = run(SAMPLE)
    kettle = Venue.objects.get(slug="kettle-corner")
    assert (kettle.opening_hours, kettle.hours_text) == ("", "Wednesday: 10:00 - 12:00 Monthly")
    assert kettle.website == "https://kettle.example.org"
    assert "Row 2: hours kept as words only: the words do not say every week." in said
    assert "Row 3: hours kept as words only: it would open in the night." in said
    assert "Row 6: hours kept as words only: We cannot read “9-4”." in said


def test_the_same_file_twice_changes_nothing_and_writes_no_history() -> None:
    run(SAMPLE)
    events = AuditEvent.objects.count()
    rows = list(Venue.objects.order_by("pk").values())
    assert "0 added, 0 changed, 6 unchanged, 0 refused" in run(SAMPLE)
    assert list(Venue.objects.order_by("pk").values()) == rows
    assert AuditEvent.objects.count() == events == 6


def test_a_rehearsal_changes_nothing() -> None:
    assert "Rehearsal only" in run(SAMPLE, dry_run=True)
    assert not Venue.objects.exists()


def test_an_import_brings_news_and_does_not_undo_what_staff_put_right(listing: Any) -> None:
    run(listing())
    hall = Venue.objects.get()
    add_or_update_venue(venue=hall, by=None, opening_hours="Mo 10:00-16:00", phone="01632 960000")
    assert "1 unchanged" in run(listing())
    assert "1 changed" in run(
        listing(description="Now with a piano.", hours={"_text": "", "opening": "Mo 08:00-16:00"})
    )
    hall.refresh_from_db()
    assert hall.description == "Now with a piano."
    assert (hall.opening_hours, hall.phone) == ("Mo 10:00-16:00", "01632 960000")


def test_a_venue_added_by_hand_is_left_alone() -> None:
    by_hand = make_venue("Lantern Hall")
    run(SAMPLE)
    by_hand.refresh_from_db()
    assert by_hand.source_key is None
    assert Venue.objects.count() == 7


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": " \u0000 "}, "it has no title."),
        ({"title": "x" * 161}, "name: "),
        ({"geometry": {"type": "Point", "coordinates": [54.763, -1.315]}}, "latitude: This point is not in Britain."),
        ({"geometry": {"type": "Point", "coordinates": [-6.26, 53.35]}}, "latitude: This point is not in Britain."),
        ({"geometry": {"type": "Point", "coordinates": [-1.3]}}, "its geometry is not a point."),
        ({"geometry": {"type": "Polygon", "coordinates": [[[0, 0]]]}}, "its geometry is not a point."),
        ({"geometry": {"type": "Point", "coordinates": ["-1.3", "54.7"]}}, "its coordinates are not numbers."),
        ({"geometry": {"type": "Point", "coordinates": [True, False]}}, "its coordinates are not numbers."),
        ({"geometry": {"type": "Point", "coordinates": [-1.3, 9e400]}}, "its coordinates are not on this earth."),
        ({"geometry": {"type": "Point", "coordinates": [-1.3, 10**400]}}, "its coordinates are not on this earth."),
    ],
)
def test_a_row_that_cannot_be_a_venue_is_refused_by_number_and_reason(
    tmp_path: Path, changes: dict[str, Any], reason: str
) -> None:
    document = json.loads(SAMPLE.read_text())
    spoilt = document["features"][1]
    spoilt["geometry"] = changes.pop("geometry", spoilt["geometry"])
    spoilt["properties"].update(changes)
    path = tmp_path / "listing.geojson"
    path.write_text(json.dumps(document))
    said = run(path)
    assert f"Row 2: {reason}" in said
    assert "5 added, 0 changed, 0 unchanged, 1 refused" in said


@pytest.mark.parametrize("hours", ["Mondays", None, 7, {"opening": 7}, []])
def test_hours_of_any_other_form_are_words_or_nothing(listing: Any, hours: Any) -> None:
    run(listing(hours=hours))
    hall = Venue.objects.get()
    assert (hall.opening_hours, hall.hours_text) == ("", "Mondays" if hours == "Mondays" else "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SAMPLE.read_bytes()[:900], "not whole JSON"),
        (b'{"type": "FeatureCollection"}', "not a GeoJSON FeatureCollection"),
        (b"[1, 2]", "not a GeoJSON FeatureCollection"),
        (SAMPLE.read_bytes().replace(b'"title"', b'"name"'), "No row has a title. The file has: _source, address"),
        (SAMPLE.read_bytes().replace(b"Northmouth", b"North\x00mouth"), "has a NUL byte in line"),
        (b'{"features": ["' + b"x" * (11 * 1024 * 1024) + b'"]}', "is longer than"),
        (b'{"features": [\xff]}', "is not UTF-8"),
    ],
    ids=["truncated", "no features", "a list", "wrong column", "NUL", "a very long line", "not UTF-8"],
)
def test_a_bad_file_gets_one_clear_error_and_leaves_nothing_behind(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "listing.geojson"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        run(path)
    assert not Venue.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "nothing.geojson")


def test_an_empty_collection_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "listing.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    assert "Venues: 0 added" in run(path)


def test_nothing_that_the_row_said_is_lost_and_any_database_can_keep_it(listing: Any) -> None:
    odd = {"extra\x00": "a\x00b\ud800", "number": float("nan"), "deep": [{"x": float("inf")}]}
    run(listing(title="LANTERN HALL,, NORTHMOUTH", address="The Hall,, Northmouth, county (optional) SR8 4LX", **odd))
    hall = Venue.objects.get()
    assert (hall.name, hall.address) == ("Lantern Hall, Northmouth", "The Hall, Northmouth")
    said = hall.source_row["properties"]
    assert said["title"] == "LANTERN HALL,, NORTHMOUTH"
    assert (said["extra"], said["number"], said["deep"]) == ("ab?", "nan", [{"x": "inf"}])
    assert hall.source_row["geometry"]["type"] == "Point"


def test_hours_that_stand_in_words_alone_are_read_for_somebody_to_confirm(listing: Any) -> None:
    said = run(listing(hours={"_text": "Monday: 10:00 - 12:00", "opening": ""}))
    hall = Venue.objects.get()
    assert (hall.opening_hours, hall.hours_proposed) == ("", "Mo 10:00-12:00")
    assert "1 with hours to confirm" in said


def test_what_is_no_feature_is_refused_by_its_number(tmp_path: Path) -> None:
    document = json.loads(SAMPLE.read_text())
    document["features"][1:1] = [None, "a hall"]
    path = tmp_path / "listing.geojson"
    path.write_text(json.dumps(document))
    said = run(path)
    assert "Row 2: it is not a feature.\nRow 3: it is not a feature." in said
    assert "6 added, 0 changed, 0 unchanged, 2 refused" in said


def test_staff_who_marked_advice_before_listings_were_read_for_it_keep_it(listing: Any) -> None:
    run(listing())
    hall = Venue.objects.get()
    del hall.as_imported["is_advice_place"]
    hall.is_advice_place = True
    hall.save()
    run(listing(description="New words."))
    hall.refresh_from_db()
    assert (hall.description, hall.is_advice_place) == ("New words.", True)
