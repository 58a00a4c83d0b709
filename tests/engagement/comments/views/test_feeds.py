"""The map's data: single comments, clusters and stacks, small, and fresh as soon as something is hidden."""

import csv
import gzip
import io
import json
import random
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import pytest

from engagement.comments.actions.keeping import keep, show_anew, together
from engagement.comments.actions.moderating import decide
from engagement.comments.map.cells import cell_of, parent
from engagement.comments.map.clustering import MOST_SINGLE
from engagement.comments.models import Consultation, PlaceComment
from portal.geo.coordinates import Point
from portal.references import new_reference
from tests.conftest import Person
from tests.factories.comments import make_action, make_comment, make_place, make_published, make_theme, make_volume

pytestmark = pytest.mark.django_db
DATA = "/have-your-say/comments.geojson"
COLUMNS = "/have-your-say/comments.columns"
TABLE = "/have-your-say/comments.csv"
FEED = "/have-your-say/comments.rss"


def test_a_single_comment_says_number_feeling_theme_and_address(resident: Person, coordinator: Person) -> None:
    comment = make_published(
        "The bins blow over.", by=coordinator.user, pin=Point(54.7612345, -1.3112345), theme=make_theme("safety")
    )
    answer = resident.get(DATA)
    assert answer.headers["Content-Type"].startswith("application/geo+json")
    assert answer.json() == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [-1.31123, 54.76123]},
                "properties": {
                    "reference": comment.reference,
                    "feeling": "needs_work",
                    "theme": "safety",
                    "title": "The bins blow over.",
                    "url": f"/have-your-say/comments/{comment.reference}/",
                },
            }
        ],
    }


def test_a_comment_without_a_pin_is_not_on_the_map(resident: Person, coordinator: Person) -> None:
    make_published(by=coordinator.user)
    assert resident.get(DATA).json()["features"] == []


def test_three_hundred_are_single_and_more_are_clusters(resident: Person) -> None:
    make_volume(301, spread=0.02)
    everything = resident.get(f"{DATA}?zoom=10").json()["features"]
    clusters = [feature["properties"] for feature in everything if feature["properties"].get("cluster")]
    assert 0 < len(everything) < 20
    assert sum(cluster["count"] for cluster in clusters) + len(everything) - len(clusters) == 301
    assert len(resident.get(f"{DATA}?zoom=16.5").json()["features"]) > len(everything)
    part = resident.get(f"{DATA}?bbox=-2,54.74,-1,54.765&zoom=10").json()["features"]
    assert 100 < len(part) < 200
    assert not any(feature["properties"].get("cluster") for feature in part)


def test_a_comment_with_an_action_says_how_far_it_is(resident: Person, coordinator: Person) -> None:
    comment = make_published(by=coordinator.user, pin=Point(54.76, -1.31))
    make_action(comment, by=coordinator.user, status="planned")
    (pin,) = resident.get(DATA).json()["features"]
    assert pin["properties"]["action"] == "Planned"


def test_what_cannot_be_done_is_said_in_whole_words(resident: Person, coordinator: Person) -> None:
    comment = make_published(by=coordinator.user, pin=Point(54.76, -1.31))
    make_action(comment, by=coordinator.user, status="not_possible")
    (pin,) = resident.get(DATA).json()["features"]
    assert pin["properties"]["action"] == "Not possible"


def test_a_named_place_narrows_list_map_table_and_feed_alike(resident: Person, coordinator: Person) -> None:
    make_published("On the street.", by=coordinator.user, named_place=make_place())
    make_published("Elsewhere.", by=coordinator.user, pin=Point(54.76, -1.31))
    asked = "?place=third-street"
    for address in ("/have-your-say/", TABLE, FEED, DATA):
        answer = resident.get(address + asked)
        text = b"".join(answer).decode()
        assert "On the street." in text, address
        assert "Elsewhere." not in text, address
    at = resident.get(COLUMNS + asked).json()["pins"]["at"]
    assert len(at) == 1
    assert resident.get(DATA + "?place=no-such-place").json()["features"] == []


def test_an_example_is_called_one_once_in_the_feed(resident: Person, coordinator: Person) -> None:
    make_published("Example: The bins blow over.", by=coordinator.user, is_example=True)
    make_published("The bench is broken.", by=coordinator.user, is_example=True)
    text = resident.get(FEED).content.decode()
    assert "<title>Example: The bins blow over.</title>" in text
    assert "<title>Example: The bench is broken.</title>" in text


def test_comments_on_one_spot_are_a_stack_that_opens_as_a_list(resident: Person, coordinator: Person) -> None:
    for words in ("One", "Two"):
        make_published(words, by=coordinator.user, feeling="idea", pin=Point(54.76, -1.31))
    make_published("Elsewhere", by=coordinator.user, feeling="idea", pin=Point(54.77, -1.31))
    stack, alone = resident.get(f"{DATA}?feeling=idea").json()["features"]
    assert stack["properties"]["count"] == 2
    assert "cluster" not in alone["properties"]
    listed = resident.get(stack["properties"]["url"]).context["page"]
    assert {comment.words for comment in listed} == {"One", "Two"}


@pytest.mark.parametrize("bbox", ["x", "1,2,3", "nan,1,2,3", "5,1,2,3", "1,2,3,4,5", "' OR 1=1"])
def test_a_bad_bbox_is_refused_in_one_sentence(resident: Person, bbox: str) -> None:
    answer = resident.get(DATA, {"bbox": bbox})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("bbox must be four numbers")


@pytest.mark.parametrize("zoom", ["x", "-1", "23", "nan", "inf", "9" * 500])
def test_a_bad_zoom_is_refused_in_one_sentence(resident: Person, zoom: str) -> None:
    answer = resident.get(DATA, {"zoom": zoom})
    assert (answer.status_code, answer.json()) == (400, {"error": "zoom must be a number from 0 to 22."})


@pytest.mark.parametrize("address", [DATA, COLUMNS, TABLE, FEED])
def test_what_was_not_changed_is_not_sent_again_and_what_is_hidden_is_hidden_at_once(
    resident: Person, coordinator: Person, address: str
) -> None:
    comment = make_published("Bins", by=coordinator.user, pin=Point(54.76, -1.31))
    first = resident.get(address)
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = resident.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    decide(comment=comment, change="hold", by=coordinator.user, reason="personal")
    after = resident.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200
    body = b"".join(after) if after.streaming else after.content
    assert comment.reference.encode() not in body
    assert comment.reference.replace("-", "").encode() not in body


def test_a_change_of_what_is_said_or_listed_is_seen_at_once(resident: Person, coordinator: Person) -> None:
    comment = make_published("Bins at number 12", by=coordinator.user, pin=Point(54.76, -1.31))
    assert "number 12" in resident.get(DATA).content.decode()
    comment.words = "Bins"
    keep(comment)
    assert "number 12" not in resident.get(DATA).content.decode()
    Consultation.objects.update(is_listed=False)
    assert resident.get(DATA).json()["features"] == []


def test_what_is_kept_costs_one_query_and_is_sent_to_nobody_who_asks_for_something_else(
    resident: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    make_volume(400, spread=0.02)
    addresses = [f"{COLUMNS}?view=-1.34,54.75,-1.29,54.78&zoom=14", f"{COLUMNS}?zoom=9", f"{DATA}?feeling=good"]
    before = [resident.get(address).content for address in addresses]
    assert len(set(before)) == 3
    with django_assert_num_queries(3):
        assert [resident.get(address).content for address in addresses] == before
    show_anew()
    assert [resident.get(address).content for address in addresses] == before


def test_views_over_the_same_tiles_share_one_answer(resident: Person) -> None:
    make_volume(400, spread=0.02)
    one = resident.get(f"{COLUMNS}?view=-1.3300,54.755,-1.30,54.775&zoom=14")
    other = resident.get(f"{COLUMNS}?view=-1.3301,54.755,-1.30,54.775&zoom=14")
    assert one.headers["ETag"] == other.headers["ETag"]


def test_who_can_unpack_is_sent_a_packed_answer(resident: Person) -> None:
    make_volume(400, spread=0.02)
    plain = resident.get(DATA)
    packed = resident.get(DATA, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain.headers


def test_two_hundred_and_seventeen_comments_fit_in_two_thousand_bytes(resident: Person) -> None:
    make_volume(217, spread=0.02)
    for comment in PlaceComment.objects.all():
        comment.reference = new_reference()
        keep(comment)
    answer = resident.get(f"{COLUMNS}?zoom=14&view=-1.34,54.75,-1.29,54.78", headers={"Accept-Encoding": "gzip"})
    columns = json.loads(gzip.decompress(answer.content))
    assert len(columns["pins"]["at"]) + sum(columns["groups"]["sizes"]) == 217
    assert len(answer.content) <= 2000


def test_no_answer_is_longer_than_twenty_thousand_bytes(resident: Person) -> None:
    draw = random.Random(1)
    make_volume(MOST_SINGLE, spread=0.02)
    with together():
        for comment in PlaceComment.objects.all():
            comment.words = "".join(chr(draw.randint(0x4E00, 0x9FFF)) for _ in range(80))
            comment.reference = new_reference()
            keep(comment)
    assert 5_000 < len(resident.get(DATA, headers={"Accept-Encoding": "gzip"}).content) <= 20_000
    make_volume(2000, spread=0.03, seed=2)
    for zoom in range(10, 19):
        assert len(resident.get(f"{DATA}?zoom={zoom}", headers={"Accept-Encoding": "gzip"}).content) <= 20_000


def test_columns_say_the_same_as_the_map_data(resident: Person, coordinator: Person) -> None:
    for number in range(2):
        make_published(f"Stack {number}", by=coordinator.user, pin=Point(54.77, -1.32), feeling="hope")
    comment = make_published(by=coordinator.user, pin=Point(54.76, -1.31))
    columns = resident.get(COLUMNS).json()
    assert columns["level"] == 24
    assert columns["pins"] == {
        "at": [cell_of(Point(54.76, -1.31), 24)],
        "references": comment.reference.replace("-", ""),
        "feelings": "1",
    }
    assert columns["groups"] == {"at": [cell_of(Point(54.77, -1.32), 24)], "sizes": [2]}
    assert columns["feelings"][1] == "needs_work"


def test_steps_between_columns_add_up_to_where_the_comments_are(resident: Person) -> None:
    made = make_volume(50, spread=0.02)
    columns = resident.get(COLUMNS).json()
    at = list(accumulate(columns["pins"]["at"]))
    assert sorted(at) == at == sorted(parent(comment.cell or 0, 24) for comment in made)


@pytest.mark.parametrize("view", ["x", "1,2,3", "nan,1,2,3", "5,1,2,3"])
def test_a_bad_view_is_refused_in_one_sentence(resident: Person, view: str) -> None:
    answer = resident.get(COLUMNS, {"view": view})
    assert (answer.status_code, answer.json()) == (400, {"error": "view must be four numbers like bbox."})


def test_a_table_has_one_line_a_comment_and_nothing_that_a_spreadsheet_would_run(
    resident: Person, coordinator: Person
) -> None:
    make_published("=1+1", by=coordinator.user, feeling="idea")
    make_published("Bins, and\nmore", by=coordinator.user)
    make_comment("Not yet")
    answer = resident.get(TABLE)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode(), newline="")))
    assert [row["words"] for row in rows] == ["Bins, and\nmore", "'=1+1"]
    chosen = csv.DictReader(io.StringIO(b"".join(resident.get(f"{TABLE}?feeling=idea")).decode()))
    assert [row["words"] for row in chosen] == ["'=1+1"]


def test_a_table_says_nothing_that_only_staff_may_know(resident: Person, coordinator: Person) -> None:
    put = Point(54.761234, -1.311234)
    comment = make_published(
        "Noise at night", by=coordinator.user, pin=put, theme=make_theme("home", is_sensitive=True), author_name="Ann"
    )
    comment.sent_words = "Noise at night from Bob"
    keep(comment)
    for address in (TABLE, DATA, COLUMNS, FEED):
        answer = resident.get(address)
        body = (b"".join(answer) if answer.streaming else answer.content).decode()
        assert not any(secret in body for secret in ("54.761234", "54.76123", "-1.31123", "Bob", "Ann"))


def test_a_consultation_that_does_not_exist_is_not_found(resident: Person) -> None:
    for address in (DATA, COLUMNS, TABLE, FEED):
        assert resident.get(address, {"consultation": "nowhere"}).status_code == 404
    assert resident.get("/have-your-say/area/nowhere.geojson").status_code == 404


def test_the_map_of_a_consultation_opens_on_its_area(resident: Person) -> None:
    outline = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    Consultation.objects.create(name="A", slug="a", west=1, south=2, east=3, north=4)
    Consultation.objects.create(name="B", slug="b", outline=outline)
    (box,) = resident.get("/have-your-say/area/a.geojson").json()["features"]
    assert box["geometry"]["coordinates"][0][0] == [1, 2]
    (drawn,) = resident.get("/have-your-say/area/b.geojson").json()["features"]
    assert drawn["geometry"] == outline
    assert resident.get("/have-your-say/area/have-your-say.geojson").json()["features"] == []
    assert resident.get("/have-your-say/?consultation=a").context["outline_url"] == "/have-your-say/area/a.geojson"


def test_the_feed_has_whole_addresses_and_newest_first(resident: Person, coordinator: Person) -> None:
    make_comment("Not yet")
    for number in range(35):
        make_published(f"Comment {number}.", by=coordinator.user, theme=make_theme("safety"))
    feed = resident.get("/have-your-say/comments.rss?feeling=needs_work")
    text = feed.content.decode()
    assert feed.headers["Content-Type"].startswith("application/rss+xml")
    assert text.count("<item>") == 30
    assert text.index("Comment 34.") < text.index("Comment 33.")
    assert "<link>http://localhost:8000/have-your-say/comments/" in text
    assert "feeling=needs_work" in text
    assert "Not yet" not in text
