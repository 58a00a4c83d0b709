"""The export gives out what is public and no more, runs nothing in a spreadsheet and writes over nothing."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from engagement.comments.models import Consultation, PlaceComment
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.factories.comments import make_comment, make_published, make_theme

pytestmark = pytest.mark.django_db


def export(form: str, *file: str, **options: str) -> str:
    said = io.StringIO()
    call_command("export_comments", *file, format=form, stdout=said, **options)
    return said.getvalue()


def test_a_table_has_published_comments_and_no_hidden_name(coordinator: Person) -> None:
    make_published("Bins", by=coordinator.user, author_name="Quiet Ann", pin=Point(54.76, -1.31), theme=make_theme())
    make_published("Trees, and\nmore 🌳", by=coordinator.user, author_name="Loud Ann", is_name_shown=True)
    make_comment("Not for everybody")
    text = export("csv")
    bins, trees = csv.DictReader(io.StringIO(text))
    assert (bins["words"], bins["longitude"], bins["name"], bins["theme"]) == ("Bins", "-1.31", "", "Streets and bins")
    assert (trees["words"], trees["name"], trees["latitude"]) == ("Trees, and\nmore 🌳", "Loud Ann", "")
    assert "Quiet Ann" not in text
    assert "Not for everybody" not in text


def test_a_map_file_has_points_where_there_are_pins(coordinator: Person, tmp_path: Path) -> None:
    make_published("Bins", by=coordinator.user, pin=Point(54.76, -1.31))
    make_published("Trees", by=coordinator.user)
    file = tmp_path / "out.geojson"
    assert f"2 comments written to {file}." in export("geojson", str(file))
    bins, trees = json.loads(file.read_text())["features"]
    assert bins["geometry"] == {"type": "Point", "coordinates": [-1.31, 54.76]}
    assert trees["geometry"] is None
    assert trees["properties"]["words"] == "Trees"
    assert list(tmp_path.iterdir()) == [file]


def test_an_empty_map_file_is_whole() -> None:
    assert json.loads(export("geojson"))["features"] == []


def test_what_goes_out_comes_in_again(coordinator: Person, tmp_path: Path) -> None:
    make_published("Bins 🌳", by=coordinator.user, feeling="idea", pin=Point(54.76, -1.31), theme=make_theme("safety"))
    file = tmp_path / "out.geojson"
    export("geojson", str(file))
    call_command("import_comments", str(file), map="text=words,date=sent_on", consultation="copy", stdout=io.StringIO())
    copy = PlaceComment.objects.get(consultation__slug="copy")
    assert (copy.words, copy.feeling, str(copy.theme)) == ("Bins 🌳", "idea", "Safety")


def test_one_consultation_alone(coordinator: Person) -> None:
    park = Consultation.objects.create(name="Park", slug="park")
    make_published("In the park", by=coordinator.user, consultation=park)
    make_published("Elsewhere", by=coordinator.user)
    assert "Elsewhere" not in export("csv", consultation="park")
    assert "In the park" not in export("csv")
    with pytest.raises(CommandError, match="no consultation “nowhere”"):
        export("csv", consultation="nowhere")


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("precious")
    with pytest.raises(CommandError, match="there already"):
        export("csv", str(file))
    assert file.read_text() == "precious"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        export("csv", str(tmp_path / "nowhere" / "out.csv"))
