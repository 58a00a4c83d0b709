"""What the coordinator changes in a list is shown everywhere at once."""

import pytest

from engagement.comments.models import Consultation, PlaceComment, Theme
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.engagement.comments.actions.test_keeping import counted, counted_anew, version
from tests.factories.comments import make_place, make_published, make_theme

pytestmark = pytest.mark.django_db
PUT = Point(54.761234, -1.311234)


def save_theme(coordinator: Person, theme: Theme, **fields: str) -> None:
    wanted = {"name": theme.name, "slug": theme.slug, "position": theme.position, "is_active": "on", **fields}
    assert coordinator.post(f"/staff/comment-themes/edit/{theme.pk}/", wanted).status_code == 302


def test_a_theme_made_sensitive_moves_its_public_pins_and_back(coordinator: Person) -> None:
    theme = make_theme("home")
    comment = make_published(by=coordinator.user, pin=PUT, theme=theme)
    save_theme(coordinator, theme, is_sensitive="on")
    moved = PlaceComment.objects.get(pk=comment.pk)
    assert moved.point != PUT
    assert moved.exact_point == PUT
    assert counted() == counted_anew()
    save_theme(coordinator, theme)
    assert PlaceComment.objects.get(pk=comment.pk).point == PUT
    assert counted() == counted_anew()


def test_a_theme_with_another_name_in_addresses_is_seen_on_the_map_at_once(
    resident: Person, coordinator: Person
) -> None:
    theme = make_theme("home")
    make_published(by=coordinator.user, pin=PUT, theme=theme)
    assert '"theme":"home"' in resident.get("/have-your-say/comments.geojson").content.decode()
    save_theme(coordinator, theme, slug="homes")
    assert '"theme":"homes"' in resident.get("/have-your-say/comments.geojson").content.decode()


def test_a_place_with_another_name_is_seen_in_the_table_at_once(resident: Person, coordinator: Person) -> None:
    place = make_place()
    make_published(by=coordinator.user, named_place=place)
    table = "/have-your-say/comments.csv"
    tag = resident.get(table).headers["ETag"]
    wanted = {"name": "3rd Street", "slug": place.slug, "kind": "street", "position": "1", "is_listed": "on"}
    wanted |= {"latitude": "54.763", "longitude": "-1.315"}
    assert coordinator.post(f"/staff/named-places/edit/{place.pk}/", wanted).status_code == 302
    assert b"3rd Street" in b"".join(resident.get(table, headers={"If-None-Match": tag}))


def test_a_consultation_that_is_edited_goes_on_counting(coordinator: Person) -> None:
    make_published(by=coordinator.user)
    standing = Consultation.objects.standing()
    address = f"/staff/consultations/edit/{standing.pk}/"
    wanted = {"name": "Say it", "slug": standing.slug, "question": "", "about": "", "moderation": "pre"}
    wanted |= {"staffed_from": "09:00", "staffed_until": "17:00", "is_listed": "on", "is_open": "on"}
    before = version()
    assert coordinator.post(address, wanted).status_code == 302
    assert version() == before + 1
    assert Consultation.objects.standing().name == "Say it"
