"""A resident leaves a comment: one way to say where is enough, nothing typed is lost, and twice is once."""

import re
from typing import Any

import pytest

from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.views import leaving
from portal.geo.models import Postcode
from tests.conftest import Person
from tests.factories.comments import make_place, make_theme

ADD = "/have-your-say/add/"


@pytest.fixture(autouse=True)
def _at_any_speed(db: None, as_a_person: None) -> None:
    """These residents type fast."""


def shown_form(person: Person) -> dict[str, str]:
    """The hidden parts of the form, as a browser would send them back."""
    html = person.get(ADD).content.decode()
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', html)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def send(person: Person, **said: Any) -> Any:
    usual = {"words": "The bins blow over.", "feeling": "needs_work", "website": ""}
    return person.post(ADD, {**shown_form(person), **usual, **said})


@pytest.mark.parametrize(
    ("said", "accuracy"),
    [
        ({"postcode": "sr84lx"}, "postcode"),
        ({"named_place": "place"}, "named_place"),
        ({"where_words": "the back lane behind Third Street"}, "described"),
        ({"latitude": "54.76", "longitude": "-1.31"}, "exact"),
    ],
)
def test_any_one_way_to_say_where_is_enough(resident: Person, said: dict[str, str], accuracy: str) -> None:
    place = make_place()
    if "named_place" in said:
        said = {"named_place": str(place.pk)}
    answer = send(resident, **said)
    comment = PlaceComment.objects.get()
    assert comment.accuracy == accuracy
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/have-your-say/thanks/{comment.reference}/"


def test_everything_that_can_be_said_is_kept(resident: Person) -> None:
    theme = make_theme("safety")
    send(resident, postcode="SR8 4LX", theme=theme.pk, author_name="Ann", is_name_shown="on")
    comment = PlaceComment.objects.get()
    assert (comment.words, comment.feeling, comment.postcode) == ("The bins blow over.", "needs_work", "SR8 4LX")
    assert (str(comment.theme), comment.author_name, comment.is_name_shown) == ("Safety", "Ann", True)
    assert (comment.source, comment.status) == ("web", "waiting")


def test_thanks_says_what_happens_next_and_repeats_nothing(resident: Person) -> None:
    send(resident, where_words="the park", author_name="Ann")
    html = resident.get(f"/have-your-say/thanks/{PlaceComment.objects.get().reference}/").content.decode()
    assert "What happens next" in html
    assert PlaceComment.objects.get().reference in html
    assert "bins" not in html
    assert "Ann" not in html


def test_without_a_place_a_kind_sentence_names_the_ways_and_keeps_the_words(resident: Person) -> None:
    answer = send(resident, author_name="Ann")
    html = answer.content.decode()
    assert "Say where it is: a postcode, a place from the list, or your own words" in html
    assert "<title>Error: " in html
    assert ">\nThe bins blow over.</textarea>" in html
    assert 'value="Ann"' in html
    assert 'value="needs_work"' in html
    assert not PlaceComment.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"words": ""}, "Write what you would like to say"),
        ({"words": "\x00\x01"}, "Write what you would like to say"),
        ({"words": "x" * 5003}, "There is room for 5,000 letters. Take some out: 3 or more"),
        ({"where_words": "x" * 301}, "There is room for 300 letters"),
        ({"author_name": "x" * 90}, "There is room for 80 letters"),
        ({"feeling": ""}, "Choose how you feel about it"),
        ({"feeling": "angry"}, "Choose how you feel about it"),
        ({"postcode": "Horden"}, "Enter a postcode like SR8 4LX, choose a place, or use your own words"),
        ({"named_place": "999"}, "Choose a place from the list"),
        ({"theme": "99"}, "Choose what it is about from the list"),
        ({"theme": "\x00"}, "Null characters are not allowed"),
        ({"named_place": "\x00"}, "Null characters are not allowed"),
        ({"latitude": "nan", "longitude": "0"}, "The pin is not a place on the map"),
        ({"latitude": "95", "longitude": "0"}, "The pin is not a place on the map"),
        ({"latitude": "54.76", "where_words": ""}, "Say where it is"),
        ({"website": "http://spam.example"}, "We could not tell that a person sent this"),
        ({"shown": "forged"}, "We could not tell that a person sent this"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(resident: Person, said: dict[str, str], sentence: str) -> None:
    make_place()
    make_theme()
    answer = send(resident, **{"where_words": "by the gate", **said})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in html
    assert not PlaceComment.objects.exists()
    if "words" not in said:
        assert "The bins blow over." in html


def test_sending_twice_makes_one_comment_and_both_get_the_same_thanks(resident: Person) -> None:
    form = {**shown_form(resident), "words": "Bins", "feeling": "idea", "where_words": "here", "website": ""}
    first, second = resident.post(ADD, form), resident.post(ADD, form)
    assert PlaceComment.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_other_words_on_the_same_page_are_another_comment(resident: Person) -> None:
    form = {**shown_form(resident), "words": "Bins", "feeling": "idea", "where_words": "here", "website": ""}
    resident.post(ADD, form)
    resident.post(ADD, {**form, "words": "Trees"})
    assert PlaceComment.objects.count() == 2


def test_a_page_without_its_mark_still_takes_a_comment(resident: Person) -> None:
    send(resident, where_words="here", page="")
    assert PlaceComment.objects.get().source_key is None


def test_very_many_from_one_place_are_held_and_none_is_lost(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "MANY", 2)
    for number in range(4):
        assert send(resident, words=f"Comment {number}", where_words="here").status_code == 302
    assert sorted(PlaceComment.objects.values_list("status", flat=True)) == ["held", "held", "waiting", "waiting"]


def test_a_phone_number_waits_for_a_person_to_look(resident: Person) -> None:
    send(resident, words="Ring 07700 900123", where_words="here")
    assert PlaceComment.objects.get().status == "held"


def test_a_closed_conversation_says_so_and_loses_nothing_that_was_typed(resident: Person) -> None:
    form = {**shown_form(resident), "words": "Bins", "feeling": "idea", "where_words": "here", "website": ""}
    Consultation.objects.update(is_open=False)
    assert "We are not taking comments here at the moment" in resident.get(ADD).content.decode()
    answer = resident.post(ADD, form).content.decode()
    assert "We are not taking comments here at the moment" in answer
    assert "Bins" in answer
    assert not PlaceComment.objects.exists()


def test_the_form_works_with_no_list_of_places_and_no_themes(resident: Person) -> None:
    html = resident.get(ADD).content.decode()
    assert 'name="named_place"' not in html
    assert 'name="theme"' not in html
    assert send(resident, postcode="SR8 4LX").status_code == 302


def test_unlisted_places_and_themes_out_of_use_are_not_offered(resident: Person) -> None:
    make_place("old-pit", is_listed=False)
    make_place()
    make_theme("old", is_active=False)
    make_theme("safety")
    html = resident.get(ADD).content.decode()
    assert "Third Street" in html
    assert "Old Pit" not in html
    assert ">Old<" not in html


def test_the_three_ways_stand_before_the_map_which_is_hidden_without_scripts(resident: Person) -> None:
    make_place()
    html = resident.get(ADD).content.decode()
    order = [
        html.index(mark) for mark in ('name="postcode"', 'name="named_place"', 'name="where_words"', "data-pin-placer")
    ]
    assert order == sorted(order)
    assert re.search(r"data-pin-placer[^>]* hidden>", html)
    assert "(if you like)" not in html[: order[-1]]


def test_the_form_is_never_kept_by_a_shared_computer(resident: Person) -> None:
    assert "no-store" in resident.get(ADD).headers["Cache-Control"]


def test_a_published_comment_is_linked_from_its_thanks(resident: Person) -> None:
    send(resident, where_words="here")
    PlaceComment.objects.update(status="published")
    comment = PlaceComment.objects.get()
    html = resident.get(f"/have-your-say/thanks/{comment.reference}/").content.decode()
    assert comment.get_absolute_url() in html


def test_a_postcode_that_we_do_not_carry_is_told_while_the_words_stay(resident: Person) -> None:
    Postcode.objects.create(code="SR8 4LX", latitude=54.76, longitude=-1.31)
    html = send(resident, postcode="SW1A 1AA").content.decode()
    assert "We do not know SW1A 1AA. Check it, choose a place, or use your own words" in html
    assert "The bins blow over." in html
    assert not PlaceComment.objects.exists()
