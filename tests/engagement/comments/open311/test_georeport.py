"""The real client from PyPI reads our comments over loopback, in both forms."""

from typing import Any

import pytest
from georeport import GeoReport

from engagement.comments.actions.answering import respond
from engagement.comments.actions.moderating import decide
from tests.conftest import Person
from tests.factories.comments import make_action, make_comment, make_place, make_published, make_theme

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_program_reads_services_and_requests(live_server: Any, coordinator: Person, form: str) -> None:
    bins = make_theme("streets_and_bins")
    done = make_published(theme=bins, named_place=make_place(), by=coordinator.user)
    make_action(done, by=coordinator.user, words="Clips <for> lids & more.")
    told = make_published("The park gate sticks.", by=coordinator.user)
    respond(comment=told, words="We will oil it.", by=coordinator.user)
    make_comment("Nobody has read this yet.")

    program = GeoReport(f"{live_server.url}/open311/v2", output_format=form)
    assert [service["service_code"] for service in program.get_service_list()] == ["streets_and_bins", "anything"]
    assert program.get_service_definition("streets_and_bins")["service_code"] == "streets_and_bins"

    requests = {request["service_request_id"]: request for request in program.get_service_requests()}
    assert set(requests) == {done.reference, told.reference}
    closed, still_open = requests[done.reference], requests[told.reference]
    assert closed["status"] == "closed"
    assert closed["status_notes"] == "Done: Clips for bins. Clips <for> lids & more."
    assert closed["service_name"] == bins.name
    assert closed["address"] == "Third Street"
    assert (float(closed["lat"]), float(closed["long"])) == (54.763, -1.315)
    assert closed["requested_datetime"] == "2026-03-02T10:00:00+00:00"
    assert still_open["status"] == "open"
    assert still_open["status_notes"] == "We will oil it."
    assert still_open["description"] == "The park gate sticks."


def test_one_request_by_its_number_and_only_while_it_is_shown(live_server: Any, coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    program = GeoReport(f"{live_server.url}/open311/v2")
    assert program.get_service_request(comment.reference)["service_request_id"] == comment.reference
    decide(comment=comment, change="hold", by=coordinator.user, reason="personal")
    with pytest.raises(Exception, match="404"):
        program.get_service_request(comment.reference)
    assert program.get_service_requests() == []
