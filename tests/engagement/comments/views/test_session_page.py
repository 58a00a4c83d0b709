"""Where the QR code of a session leads: what was said there, and nothing that is not shown."""

import pytest
from django.urls import reverse

from engagement.comments.actions.moderating import decide
from engagement.comments.models import Consultation, PlaceComment
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_published
from tests.factories.sessions import enter, make_session, typed_row

pytestmark = pytest.mark.django_db


def test_everybody_reads_what_was_published_and_nothing_else(coordinator: Person, resident: Person) -> None:
    session = make_session(
        by=coordinator.user, notes="Mrs Example was cross", going="Robin Goer", group="the hidden group"
    )
    rows = (typed_row(1, words="A bench by the shops"), typed_row(2, words="Not read yet"))
    enter(session, *rows, by=coordinator.user)
    make_published("From the website", by=coordinator.user)
    decide(comment=PlaceComment.objects.get(sticker="1"), change="publish", by=coordinator.user, now=MONDAY)
    page = resident.get(reverse("comment_session", args=[session.code])).content.decode()
    assert "A bench by the shops" in page
    for hidden in ("Not read yet", "From the website", "Mrs Example", "Robin Goer", "hidden group"):
        assert hidden not in page
    decide(comment=PlaceComment.objects.get(sticker="1"), change="hold", reason="other", note="x", by=coordinator.user)
    assert "A bench" not in resident.get(reverse("comment_session", args=[session.code])).content.decode()


def test_a_code_typed_by_hand_is_understood(coordinator: Person, resident: Person) -> None:
    session = make_session(by=coordinator.user)
    typed = session.code.replace("-", "").lower()
    answer = resident.get(f"/have-your-say/at/{typed}/")
    assert answer["Location"] == session.get_absolute_url()


@pytest.mark.parametrize("code", ["ZZZ-ZZZ", "nonsense", "K7M-2QO"])
def test_a_code_that_no_session_has_is_not_found(resident: Person, code: str) -> None:
    assert resident.get(f"/have-your-say/at/{code}/").status_code == 404


def test_it_leads_to_the_form_of_its_own_conversation(coordinator: Person, resident: Person) -> None:
    park = Consultation.objects.create(name="The park", slug="the-park", question="What about the park?")
    session = make_session(by=coordinator.user, consultation=park)
    page = resident.get(session.get_absolute_url()).content.decode()
    assert f'{reverse("comment_add")}?consultation=the-park"' in page
    assert "What about the park?" in page
