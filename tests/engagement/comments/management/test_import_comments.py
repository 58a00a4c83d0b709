"""The import takes every row with words and a place, once, says the others by number, and leaves nothing half done."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from engagement.comments.models import Consultation, ModerationDecision, PlaceComment, Theme
from portal.audit.models import AuditEvent
from portal.imports import LONGEST_LINE

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parent.parent / "data"
CSV, GEOJSON = DATA / "comments.csv", DATA / "comments.geojson"
MAP = "text=SAID,longitude=X,latitude=Y,theme=TOPIC,date=DATE,feeling=FEELS"


def run(file: Path, **options: Any) -> str:
    said = io.StringIO()
    call_command("import_comments", str(file), stdout=said, **options)
    return said.getvalue()


def nothing_is_there() -> bool:
    return not (
        PlaceComment.objects.exists()
        or Theme.objects.exists()
        or ModerationDecision.objects.exists()
        or AuditEvent.objects.exists()
        or Consultation.objects.count() != 1
    )


def test_every_row_with_words_and_a_place_is_taken_and_the_others_are_said() -> None:
    said = run(CSV, map=MAP)
    assert "Comments: 6 added, 0 changed, 0 unchanged, 5 refused." in said
    assert "Row 6: it has no words." in said
    assert "Row 7: it has no place." in said
    assert "Row 8: its place is not on earth" in said
    assert "Row 9: its longitude “north” is not a number." in said
    assert "Row 10: its longitude is not a number." in said


def test_emoji_repeats_and_dates_are_kept() -> None:
    run(CSV, map=MAP)
    assert PlaceComment.objects.filter(words="The bins blow over on windy days.").count() == 3
    flowers = PlaceComment.objects.get(words__contains="Daffodils")
    assert flowers.words == "Daffodils along the wall 🌼👩‍👩‍👧\nWhoever you are, thank you"
    assert f"{flowers.sent_at:%Y-%m-%d %H:%M}" == "2015-06-30 08:30"
    assert {comment.feeling for comment in PlaceComment.objects.all()} == {"needs_work", "good", ""}
    assert {theme.name for theme in Theme.objects.all()} == {"Streets & bins", "Parks"}


def test_comments_arrive_published_in_a_closed_unlisted_consultation_where_they_lie() -> None:
    run(CSV, map=MAP, consultation="old-map")
    consultation = Consultation.objects.get(slug="old-map")
    assert (consultation.is_open, consultation.is_listed) == (False, False)
    assert consultation.bounds == (-1.323, 54.763, -1.315, 54.768)
    assert PlaceComment.objects.filter(consultation=consultation).count() == 6
    assert PlaceComment.objects.published().count() == 5
    assert PlaceComment.objects.held().get().words == "Ring 07700 900123"


def test_without_a_name_the_consultation_is_called_as_the_file() -> None:
    run(CSV, map=MAP)
    assert Consultation.objects.get(is_standing=False).slug == "comments"


@pytest.mark.parametrize(
    ("file", "options"),
    [(CSV, {"map": MAP}), (GEOJSON, {}), (GEOJSON, {"map": "key=id"})],
    ids=["csv", "geojson", "key"],
)
def test_twice_is_the_same_as_once(file: Path, options: dict[str, Any]) -> None:
    run(file, **options)
    before = [list(model.objects.values()) for model in (PlaceComment, Consultation, Theme, AuditEvent)]
    assert " 0 added, 0 changed, " in run(file, **options)
    assert [list(model.objects.values()) for model in (PlaceComment, Consultation, Theme, AuditEvent)] == before


def test_geojson_is_read_from_its_points_and_properties() -> None:
    said = run(GEOJSON)
    assert "Comments: 4 added, 0 changed, 0 unchanged, 3 refused." in said
    assert "Row 4: it has no place." in said
    assert "Row 5: it has no place." in said
    assert "Row 7: it has no words." in said
    assert PlaceComment.objects.get(words="The bins blow over.").longitude == -1.315


def test_a_key_column_makes_a_changed_row_a_change(tmp_path: Path) -> None:
    said = run(GEOJSON, map="key=id", consultation="keyed")
    assert "Row 3: another row has the key “8”." in said
    assert "Row 6: it has no key." in said
    changed = tmp_path / "changed.geojson"
    changed.write_text(GEOJSON.read_text().replace("The bins blow over.", "The bins still blow over."))
    assert "0 added, 1 changed, 1 unchanged" in run(changed, map="key=id", consultation="keyed")


def test_a_rehearsal_changes_nothing() -> None:
    said = run(CSV, map=MAP, dry_run=True)
    assert "6 added" in said
    assert "Rehearsal only" in said
    assert nothing_is_there()


def test_rows_outside_an_existing_consultation_are_refused() -> None:
    Consultation.objects.create(name="Small", slug="small", west=-1.3155, south=54.762, east=-1.3149, north=54.764)
    said = run(CSV, map=MAP, consultation="small")
    assert "Row 5: its place is outside the area of the consultation." in said
    assert "3 added" in said


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (b"X,Y,SAID\n1,2,Bins\n3,4", {"map": "text=SAID,longitude=X,latitude=Y"}, "cut short"),
        (b'X,Y,SAID\n1,2,"Bins', {"map": "text=SAID,longitude=X,latitude=Y"}, "unexpected end"),
        (b"X,Y,SAID\n1,2,Bins\n", {"map": "text=WORDS,longitude=X,latitude=Y"}, "column WORDS is missing"),
        (b"X,Y,SAID\n1,2,Bins\n", {"map": "text=SAID,longitude=X,latitude=Y,theme=T"}, "column T is missing"),
        (b"X,Y,SAID\n1,2,Bins\n", {}, "column text is missing"),
        (b"text,longitude,latitude\nBi\x00ns,1,2\n", {}, "NUL byte in line 2"),
        (b"text,longitude,latitude\nBi\xffns,1,2\n", {}, "not UTF-8"),
        (b"text,longitude,latitude\n" + b"x" * (LONGEST_LINE + 1), {}, "Line 2 of bad.csv is longer"),
        (b"text,longitude,latitude\n", {}, "No row has both words and a place"),
        (b"text,longitude,latitude\n,1,2\n", {}, "No row has both words and a place"),
        (b"text,longitude,latitude\nBins,1,2\n", {"map": "text"}, "--map takes name=COLUMN"),
        (b"text,longitude,latitude\nBins,1,2\n", {"map": "colour=X"}, "--map takes name=COLUMN"),
        (b"text,longitude,latitude\nBins,1,2\n", {"consultation": "Not A Slug"}, "is not a slug"),
        (b"text,longitude,latitude\nBins,1,2\n", {"consultation": "x" * 90}, "is not a slug"),
        (b"", {}, "column text is missing"),
    ],
)
def test_a_bad_file_is_one_clear_error_and_leaves_nothing(
    tmp_path: Path, content: bytes, options: dict[str, str], words: str
) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run(file, **options)
    assert nothing_is_there()


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        ("{", {}, "not whole JSON"),
        ("[]", {}, "not a GeoJSON FeatureCollection"),
        ('{"features": []}', {}, "No row has both words and a place"),
        ('{"features": [{"properties": {"said": "Bins"}}]}', {}, "No feature has the property text"),
        ('{"features": [{"properties": {"text": "Bins"}}]}', {"map": "theme=T"}, "No feature has the property T"),
    ],
)
def test_bad_geojson_is_one_clear_error_and_leaves_nothing(
    tmp_path: Path, content: str, options: dict[str, str], words: str
) -> None:
    file = tmp_path / "bad.geojson"
    file.write_text(content)
    with pytest.raises(CommandError, match=words):
        run(file, **options)
    assert nothing_is_there()


def test_a_theme_column_of_free_text_is_one_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    rows = "".join(f"Bins,-1.3,54.7,theme {number}\n" for number in range(300))
    file.write_text(f"text,longitude,latitude,theme\n{rows}")
    with pytest.raises(CommandError, match="right column"):
        run(file)
    assert nothing_is_there()
