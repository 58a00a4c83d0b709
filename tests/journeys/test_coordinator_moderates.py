"""The coordinator's morning: read the queue, publish most, decline one, hold back a phone number, undo a slip."""

import pytest

from engagement.comments.models import PlaceComment
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.comments import make_comment, make_place

pytestmark = pytest.mark.django_db
DESK = "/staff/comments/"


def test_the_coordinator_clears_the_queue(coordinator: Person, resident: Person) -> None:
    place = make_place()
    phone = make_comment("Ring me on 07700 900123 about the path")
    advert = make_comment("Cheap windows, half price")
    lane = make_comment("It is dark in the lane", where_words="the lane behind Third Street")
    others = [make_comment(f"Comment {letter}") for letter in "abcde"]

    home = coordinator.get("/staff/").content.decode()
    assert f"{DESK}?status=held" in home
    queue = coordinator.get(DESK).context["rows"]
    assert queue[0].comment == phone
    assert "phone number" in queue[0].comment.last_decision.why

    def decide(comment: PlaceComment, change: str, **why: str) -> None:
        seen = comment.decisions.last()
        form = {"change": change, "seen": seen.pk if seen else 0, "here": DESK, **why}
        assert coordinator.post(f"{DESK}{comment.reference}/decide/", form).status_code == 302

    decide(phone, "decline", reason="personal", note="Ask them to ring the office.")
    decide(lane, "decline", reason="not_here")  # a slip
    last = coordinator.get(DESK).context["last"]
    assert last.comment == lane
    coordinator.post(f"{DESK}{lane.reference}/undo/", {"seen": last.pk, "here": DESK})
    decide(advert, "decline", reason="advert")
    coordinator.post(f"{DESK}{lane.reference}/pin/", {"named_place": place.pk})
    ticked = [row.comment.reference for row in coordinator.get(DESK).context["rows"]]
    assert len(ticked) == 6
    coordinator.post(f"{DESK}many/", {"comment": ticked, "here": DESK, "change": "publish"})

    assert "Everything has been read" in coordinator.get(DESK).content.decode()
    listing = resident.get("/have-your-say/").content.decode()
    assert all(comment.words in listing for comment in [lane, *others])
    assert "07700" not in listing
    assert "windows" not in listing
    (feature,) = resident.get("/have-your-say/comments.geojson").json()["features"]
    assert feature["properties"]["reference"] == lane.reference
    assert [decision.to_status for decision in lane.decisions.all()] == ["declined", "waiting", "published"]
    done = set(AuditEvent.objects.filter(done_by=str(coordinator.user.pk)).values_list("action", flat=True))
    assert done == {"comments.decline", "comments.undo", "comments.place_pin", "comments.publish"}
