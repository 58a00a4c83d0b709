"""What we cannot do without is asked for again, and what was typed stays."""

import pytest

from tests.conftest import Person
from tests.factories.asking import answer, with_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


@pytest.mark.parametrize(
    ("number", "given", "sentence"),
    [
        (4, {"name": " "}, "Give us a name to use"),
        (4, {"name": "Jo", "born": "84"}, "Enter a year with four numbers, like 1984"),
        (4, {"name": "Jo", "born": "2999"}, "Enter a year with four numbers, like 1984"),
        (4, {"name": "Jo", "born": "19840"}, "Enter a year with four numbers, like 1984"),
        (5, {}, "Give us one way"),
        (5, {"phone": "12"}, "Enter a phone number like 07700 900123"),
        (5, {"email": "nonsense"}, "Enter an e-mail address like name@example.org"),
        (6, {}, "Say yes to at least one way that is safe"),
        (6, {"safe_ring": "no", "safe_text": "no"}, "Say yes to at least one way that is safe"),
        (6, {"safe_voicemail": "yes"}, "To leave a voicemail we have to ring"),
        (1, {"for_whom": "nobody"}, "Select a valid choice"),
        (2, {"what_would_help": "x" * 5001}, "at most 5000 characters"),
    ],
)
def test_what_we_cannot_do_without_is_asked_for_again(
    resident: Person, number: int, given: dict[str, str], sentence: str
) -> None:
    with_draft(resident)
    refused = answer(resident, number, **given)
    assert (refused.status_code, refused["Location"]) == (302, f"/here/{number}/")
    response = resident.get(refused["Location"])
    page = response.content.decode()
    assert sentence in page
    assert "<title>Error: Step" in page
    assert response["Cache-Control"] == "no-store"


def test_what_was_typed_is_shown_again_until_it_is_put_right(resident: Person) -> None:
    with_draft(resident)
    answer(resident, 5, phone="12", email="jo@example.org")
    for _ in range(2):
        page = resident.get("/here/5/").content.decode()
        assert 'value="12"' in page
        assert "Enter a phone number" in page
    assert b"There is a problem" not in resident.get("/here/4/").content
    answer(resident, 5, phone="07700 900123")
    assert b"There is a problem" not in resident.get("/here/5/").content


def test_a_whole_book_is_not_kept_but_not_lost_either(resident: Person) -> None:
    with_draft(resident)
    response = answer(resident, 2, what_would_help="x" * 60_000)
    assert response.status_code == 200
    assert b"x" * 60_000 in response.content


def test_nul_and_control_characters_do_no_harm(resident: Person) -> None:
    with_draft(resident)
    answer(resident, 4, name="Jo\x00\x07")
    answer(resident, 5, phone="07700 900123\x00")
    assert resident.get("/here/check/").status_code == 200


def test_words_are_shown_as_words(resident: Person) -> None:
    with_draft(resident)
    answer(resident, 4, name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in resident.get("/here/check/").content.decode()
