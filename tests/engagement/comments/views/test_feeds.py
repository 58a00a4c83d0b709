"""The map's data: single comments, clusters and stacks, small, and fresh as soon as something is hidden."""

import pytest

from engagement.comments.actions.moderating import decide
from engagement.comments.models import Consultation, PlaceComment
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_comment, make_published, make_theme

pytestmark = pytest.mark.django_db
DATA = "/have-your-say/comments.geojson"


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


def many(count: int) -> None:
    """Published comments along a street, as an import would leave them."""
    consultation = Consultation.objects.standing()
    PlaceComment.objects.bulk_create(
        PlaceComment(
            reference=f"AAA-{number}",
            consultation=consultation,
            words=f"Comment {number}",
            latitude=54.74 + number / 10_000,
            longitude=-1.31,
            accuracy="exact",
            status="published",
            sent_at=MONDAY,
            published_at=MONDAY,
        )
        for number in range(count)
    )


def test_three_hundred_are_single_and_more_are_clusters(resident: Person) -> None:
    many(301)
    everything = resident.get(f"{DATA}?zoom=10").json()["features"]
    clusters = [feature["properties"] for feature in everything if feature["properties"].get("cluster")]
    assert 0 < len(everything) < 20
    assert sum(cluster["count"] for cluster in clusters) + len(everything) - len(clusters) == 301
    assert len(resident.get(f"{DATA}?zoom=16.5").json()["features"]) > len(everything)
    part = resident.get(f"{DATA}?bbox=-2,54.74,-1,54.7601&zoom=10").json()["features"]
    assert len(part) == 202
    assert not any(feature["properties"].get("cluster") for feature in part)


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


def test_what_was_not_changed_is_not_sent_again_and_what_is_hidden_is_hidden_at_once(
    resident: Person, coordinator: Person
) -> None:
    comment = make_published(by=coordinator.user, pin=Point(54.76, -1.31))
    first = resident.get(DATA)
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = resident.get(DATA, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    decide(comment=comment, change="hold", by=coordinator.user, reason="personal")
    after = resident.get(DATA, headers={"If-None-Match": first.headers["ETag"]})
    assert (after.status_code, after.json()["features"]) == (200, [])


def test_a_consultation_that_does_not_exist_is_not_found(resident: Person) -> None:
    for address in (DATA, "/have-your-say/comments.rss"):
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
