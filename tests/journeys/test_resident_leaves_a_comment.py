"""A resident with no map and no scripts says that the bins blow over, and comes back to see what was done."""

import re

import pytest

from engagement.comments.models import PlaceComment
from tests.conftest import Person
from tests.factories.comments import make_place, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


def test_a_resident_leaves_a_comment_and_sees_what_was_done(resident: Person, coordinator: Person) -> None:
    place, _ = make_place(), make_theme("streets_and_bins")
    listing = resident.get("/have-your-say/").content.decode()
    assert 'href="/have-your-say/add/"' in listing

    # The first try forgets to say where; nothing typed is lost.
    form = resident.get("/have-your-say/add/").content.decode()
    hidden = dict(re.findall(r'name="(shown|page)" value="([^"]+)"', form))
    said = {**hidden, "website": "", "words": "The bins blow over on windy days.", "feeling": "needs_work"}
    again = resident.post("/have-your-say/add/", said).content.decode()
    assert "Say where it is" in again
    assert "The bins blow over on windy days." in again

    thanks = resident.post("/have-your-say/add/", {**said, "named_place": place.pk}, follow=True).content.decode()
    comment = PlaceComment.objects.get()
    assert comment.reference in thanks
    assert "The bins blow over" not in resident.get("/have-your-say/").content.decode()

    # The coordinator reads it, shows it, answers it, and says what was done.
    desk = f"/staff/comments/{comment.reference}/"
    coordinator.post(f"{desk}decide/", {"change": "publish", "seen": 0})
    coordinator.post(f"{desk}answer/", {"words": "Thank you. Clips are on their way."})
    action = {
        "title": "Clips for bins",
        "words": "They keep lids shut.",
        "status": "done",
        "comments": comment.reference,
    }
    coordinator.post("/staff/comments/actions/add/", {**action, "publish": "1"})

    assert "The bins blow over" in resident.get("/have-your-say/?status=answered&q=bins").content.decode()
    page = resident.get(f"/have-your-say/comments/{comment.reference}/").content.decode()
    assert page.index("Clips are on their way") < page.index("Clips for bins")
    assert "The bins blow over" in resident.get("/you-said-we-did/").content.decode()
    (feature,) = resident.get("/have-your-say/comments.geojson?bbox=-1.34,54.75,-1.29,54.78").json()["features"]
    assert feature["properties"]["reference"] == comment.reference
    assert "The bins blow over" in resident.get("/have-your-say/comments.rss").content.decode()
