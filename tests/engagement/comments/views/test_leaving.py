"""A resident leaves a comment: one way to say where is enough, nothing typed is lost, and twice is once."""

import re
from datetime import date

import pytest

from engagement.comments.hearing.links import comment_of_yours_link
from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.views import leaving
from portal.geo.models import Postcode
from tests.conftest import Person
from tests.engagement.comments.views.leaving import ADD, carried, look, make_consultation, send, shown_form
from tests.factories.comments import make_place, make_postcode, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


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
    assert comment_of_yours_link(answer.headers["Location"].split("/")[-2]) == comment


def test_everything_that_can_be_said_is_kept(resident: Person) -> None:
    theme = make_theme("safety")
    send(resident, postcode="SR8 4LX", theme=theme.pk, author_name="Ann", is_name_shown="on")
    comment = PlaceComment.objects.get()
    assert (comment.words, comment.feeling, comment.postcode) == ("The bins blow over.", "needs_work", "SR8 4LX")
    assert (str(comment.theme), comment.author_name, comment.is_name_shown) == ("Safety", "Ann", True)
    assert (comment.source, comment.status) == ("web", "waiting")


def test_after_sending_the_author_stands_on_a_page_of_their_own(resident: Person) -> None:
    answer = send(resident, where_words="the park", author_name="Ann")
    html = resident.get(answer.headers["Location"]).content.decode()
    assert "Thank you. We have your words." in html
    assert PlaceComment.objects.get().reference in html


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
        ({"photo_words": "x" * 201}, "There is room for 200 letters"),
        ({"address": "no address"}, "Enter an e-mail address like name@example.org"),
        ({"photo_key": "unknown"}, "We keep a photo for a day while you write. Choose it again"),
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
        ({"latitude": "-1.31", "longitude": "54.76"}, "Did you mean 54.7600, -1.3100?"),
        ({"words": "x" * 1_048_576}, "There is room for 5,000 letters"),
        ({"website": "http://spam.example"}, "That was very quick"),
        ({"shown": "forged"}, "That was very quick"),
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
    form = {
        **shown_form(resident),
        "words": "Bins",
        "feeling": "idea",
        "where_words": "here",
        "website": "",
        "go": "send",
    }
    first, second = resident.post(ADD, form), resident.post(ADD, form)
    assert PlaceComment.objects.count() == 1
    # A signed link has its moment in it; both open the same page.
    opened = [comment_of_yours_link(answer.headers["Location"].split("/")[-2]) for answer in (first, second)]
    assert opened == [PlaceComment.objects.get()] * 2


def test_other_words_on_the_same_page_are_another_comment(resident: Person) -> None:
    form = {**shown_form(resident), "words": "Bins", "feeling": "idea", "where_words": "here", "website": ""}
    resident.post(ADD, {**form, "go": "send"})
    resident.post(ADD, {**form, "words": "Trees", "go": "send"})
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


def test_a_browser_may_keep_both_pages_for_its_own_way_back_and_nobody_keeps_a_cry_for_help(resident: Person) -> None:
    assert resident.get(ADD).headers["Cache-Control"] == "private, no-cache"
    assert send(resident, go="preview", where_words="here").headers["Cache-Control"] == "private, no-cache"
    cry = send(resident, go="preview", words="I am frightened of my husband", where_words="here")
    assert "no-store" in cry.headers["Cache-Control"]


def test_a_postcode_that_we_do_not_carry_is_told_while_the_words_stay(resident: Person) -> None:
    Postcode.objects.create(code="SR8 4LX", latitude=54.76, longitude=-1.31)
    html = send(resident, postcode="SW1A 1AA").content.decode()
    assert "We do not know SW1A 1AA. Check it, choose a place, or use your own words" in html
    assert "The bins blow over." in html
    assert not PlaceComment.objects.exists()


def test_a_hundred_a_minute_are_asked_to_wait_with_their_words(
    resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "TOO_MANY", 2)
    answers = [send(resident, words=f"Comment {number}", where_words="here") for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    html = answers[-1].content.decode()
    assert "wait ten minutes, then press the button again" in html
    assert "Comment 2</textarea>" in html


def test_letters_that_cannot_be_seen_or_turn_the_line_round_are_gone(resident: Person) -> None:
    typed = carried(look(resident, words="The\u200b bins \u202eblow\u2066 over"))
    resident.post(ADD, {**typed, "go": "send"})
    assert PlaceComment.objects.get().words == "The bins blow over"


def test_an_address_to_hear_at_is_asked_whether_it_is_theirs(resident: Person) -> None:
    send(resident, where_words="here", address="ann@example.org")
    follower = PlaceComment.objects.get().followers.get()
    assert (follower.address, follower.is_author, follower.confirmed_at) == ("ann@example.org", True, None)


def test_a_consultation_has_its_own_themes_area_and_question(resident: Person) -> None:
    make_theme("heritage")
    asked = make_consultation(west=-1.35, south=54.74, east=-1.28, north=54.79)
    asked.themes.add(make_theme("safety"))
    address = f"{ADD}?consultation={asked.slug}"
    html = resident.get(address).content.decode()
    assert asked.question in html
    assert "Safety" in html
    assert "Heritage" not in html
    form = {**shown_form(resident), "words": "Bins", "feeling": "idea", "website": "", "go": "send"}
    far = resident.post(address, {**form, "latitude": "55.1", "longitude": "-1.31"}).content.decode()
    assert f"The pin is outside the area of “{asked.name}”" in far
    resident.post(address, {**form, "latitude": "54.76", "longitude": "-1.31"})
    assert PlaceComment.objects.get().consultation == asked


def test_a_postcode_outside_the_area_is_refused_by_its_name(resident: Person) -> None:
    make_postcode()
    asked = make_consultation(west=-1.2, south=54.0, east=-1.1, north=54.1)
    form = {**shown_form(resident), "words": "Bins", "feeling": "idea", "website": "", "postcode": "SR8 4LX"}
    html = resident.post(f"{ADD}?consultation={asked.slug}", form).content.decode()
    assert f"SR8 4LX is outside the area of “{asked.name}”" in html


def test_a_consultation_that_is_over_says_so_and_keeps_the_words(resident: Person) -> None:
    asked = make_consultation(closes_on=date(2020, 3, 2))
    address = f"{ADD}?consultation={asked.slug}"
    assert "This closed on Monday 2 March 2020" in resident.get(address).content.decode()
    form = {
        **shown_form(resident),
        "words": "Bins",
        "feeling": "idea",
        "website": "",
        "where_words": "here",
        "go": "send",
    }
    html = resident.post(address, form).content.decode()
    assert "This closed on Monday 2 March 2020" in html
    assert "Bins</textarea>" in html
    assert not PlaceComment.objects.exists()


def test_an_unknown_consultation_is_not_found(resident: Person) -> None:
    assert resident.get(f"{ADD}?consultation=nothing").status_code == 404
