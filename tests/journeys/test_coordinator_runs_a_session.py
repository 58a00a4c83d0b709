"""A coordinator meets people round a paper map: planned, printed, written up, read, and shown to those who were there."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagement.comments.models import Consultation, EngagementEvent, PlaceComment, Promise
from portal import clock
from tests.conftest import Person
from tests.factories.comments import make_place, make_postcode

pytestmark = pytest.mark.django_db


def test_from_the_plan_to_what_was_said(coordinator: Person, resident: Person) -> None:
    make_postcode()
    make_place("third-street")
    yesterday = clock.now().date() - timedelta(days=1)
    plan = {
        "name": "Lunch club",
        "place": "The Welfare",
        "held_on": yesterday.isoformat(),
        "consultation": Consultation.objects.standing().pk,
        "ground": "around",
        "postcode": "SR8 4LX",
        "metres": "800",
        "columns": "8",
        "first_sticker": "1",
        "stickers": "30",
    }
    page = coordinator.post(reverse("comments_session_plan"), plan, follow=True)
    session = EngagementEvent.objects.get()
    for sheet in ("map", "stickers", "writing-sheet"):
        printed = coordinator.get(reverse("comments_session_paper", args=[session.code, sheet]))
        assert printed.content.startswith(b"%PDF-")
    assert reverse("comments_session_enter", args=[session.code]) in page.content.decode()

    # The table's worth, with one slip; what was right is not typed again.
    rows = {
        "number": ["1", "2", "3"],
        "where": ["d4", "Third Street", "q9"],
        "feeling": ["g", "i", "n"],
        "words": ["Warm in here.", "A bench.", "Dark."],
        "agreeing": ["3", "", ""],
        "theme": ["", "", ""],
    }
    back = coordinator.post(reverse("comments_session_enter", args=[session.code]), rows)
    assert [row.typed["number"] for row in back.context["refused"]] == ["3"]
    slip = {name: values[2:] for name, values in rows.items()} | {"where": ["e4"]}
    coordinator.post(reverse("comments_session_enter", args=[session.code]), slip)

    # A colleague sends the rest as a file.
    file = coordinator.get(reverse("comments_session_download", args=[session.code])).content.decode("utf-8-sig")
    filled = file.replace("\r\n4,,,,,", "\r\n4,A1,hope,More like this.,2,")
    upload = {"file": SimpleUploadedFile("session.csv", filled.encode()), "take": "1"}
    counts = coordinator.post(reverse("comments_session_file", args=[session.code]), upload).context["counts"]
    assert counts == {"added": 1, "unchanged": 3}

    promised = {"words": "Ask about the lamp", "to_whom": "the lunch club", "due_on": yesterday.isoformat()}
    coordinator.post(reverse("comments_session_promise", args=[session.code]), promised)
    assert "promises overdue" in coordinator.get(reverse("wagtailadmin_home")).content.decode()
    coordinator.post(reverse("comments_promise_change", args=[Promise.objects.get().pk, "kept"]))

    # Nobody sees any of it before a moderator has read it.
    where_the_code_leads = session.get_absolute_url()
    assert "We are still reading" in resident.get(where_the_code_leads).content.decode()
    first = PlaceComment.objects.get(sticker="1")
    address = reverse("comments_desk_decide", args=[first.reference])
    coordinator.post(address, {"change": "publish", "seen": 0})
    shown = resident.get(where_the_code_leads).content.decode()
    assert "Warm in here." in shown
    assert "A bench." not in shown
    assert first.reference in resident.get(reverse("comments_csv")).getvalue().decode()
