"""A resident leaves a comment: one way to say where is enough, nothing typed is lost, and twice is once."""

import io
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from engagement.comments.links import comment_of_yours_link
from engagement.comments.models import Consultation, HelpConsent, Photo, PlaceComment
from engagement.comments.views import hearing, leaving, supporting
from portal.geo.models import Postcode
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import make_comment, make_place, make_postcode, make_published, make_theme

ADD = "/have-your-say/add/"


@pytest.fixture(autouse=True)
def _at_any_speed(db: None, as_a_person: None) -> None:
    """These residents type fast."""


def make_consultation(**words: Any) -> Consultation:
    """A question beside the standing conversation."""
    usual = {"name": "The park", "slug": "the-park", "question": "What should the park be like?"}
    return Consultation.objects.create(**{**usual, **words})


def shown_form(person: Person) -> dict[str, str]:
    """The hidden parts of the form, as a browser would send them back."""
    html = person.get(ADD).content.decode()
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', html)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def send(person: Person, **said: Any) -> Any:
    usual = {"words": "The bins blow over.", "feeling": "needs_work", "website": "", "go": "send"}
    return person.post(ADD, {**shown_form(person), **usual, **said})


def look(person: Person, **said: Any) -> str:
    """The page that comes before sending."""
    return str(send(person, **{"go": "preview", "where_words": "the park", **said}).content.decode())


def carried(html: str) -> dict[str, str]:
    """What the preview carries in its hidden boxes, as a browser would send it."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


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


def test_the_preview_shows_it_as_everybody_will_read_it_and_stores_nothing(resident: Person) -> None:
    html = look(resident, words="The bins blow over.\nAgain.", author_name="Ann", is_name_shown="on")
    assert "This is how it will look" in html
    assert "The bins blow over.<br>Again." in html
    assert "the park" in html
    assert ">Ann" in html
    assert not PlaceComment.objects.exists()
    assert "Should everybody read this?" not in html


def test_what_the_preview_carries_can_be_sent_or_changed_and_nothing_is_lost(resident: Person) -> None:
    theme = make_theme()
    html = look(resident, words='"Bins" & <b>\nmore', theme=theme.pk, author_name="Ann", address="ann@example.org")
    typed = carried(html)
    back = resident.post(ADD, {**typed, "go": "change"}).content.decode()
    assert "&quot;Bins&quot; &amp; &lt;b&gt;\nmore</textarea>" in back
    assert 'value="ann@example.org"' in back
    assert f'<option value="{theme.pk}" selected>' in back
    assert "Error" not in back
    resident.post(ADD, {**typed, "go": "send"})
    assert PlaceComment.objects.get().words == '"Bins" & <b>\nmore'


def test_a_form_without_a_press_is_shown_before_it_is_sent(resident: Person) -> None:
    form = {**shown_form(resident), "words": "Bins", "feeling": "idea", "where_words": "here", "website": ""}
    assert "This is how it will look" in resident.post(ADD, form).content.decode()
    assert not PlaceComment.objects.exists()


def test_what_gives_too_much_away_is_marked_with_a_word_and_taken_out_by_one_press(resident: Person) -> None:
    html = look(resident, words="Ring Ann on 07700 900123", where_words="at no. 12", author_name="Ann")
    assert "<mark>07700 900123</mark> <strong>(a phone number)</strong>" in html
    assert "<mark>no. 12</mark> <strong>(the number of a house)</strong>" in html
    assert "“07700 900123” looks like a phone number." in html
    html = resident.post(ADD, {**carried(html), "go": "take_out"}).content.decode()
    assert "Ring Ann on [taken out]" in html
    assert "Should everybody read this?" not in html
    resident.post(ADD, {**carried(html), "go": "send"})
    comment = PlaceComment.objects.get()
    assert (comment.words, comment.where_words, comment.status) == (
        "Ring Ann on [taken out]",
        "at [taken out]",
        "waiting",
    )


def test_a_pin_with_its_numbers_the_wrong_way_round_is_put_right_by_one_press(resident: Person) -> None:
    wrong = {"latitude": "-1.31", "longitude": "54.76"}
    html = send(resident, where_words="here", **wrong).content.decode()
    assert 'name="go" value="swap"' in html
    form = {**shown_form(resident), "words": "Bins", "feeling": "idea", "website": "", **wrong}
    right = carried(resident.post(ADD, {**form, "go": "swap"}).content.decode())
    assert (right["latitude"], right["longitude"]) == ("54.76", "-1.31")


def test_a_comment_that_is_there_already_is_offered_and_one_press_agrees_with_it(
    resident: Person, coordinator: Person
) -> None:
    place = make_place()
    known = make_published("The street light is out", by=coordinator.user, named_place=place)
    make_published("The bus is late", by=coordinator.user, named_place=place)
    make_comment("Street light out, not read yet", named_place=place)
    html = look(resident, words="No light, the lamp is broken", where_words="", named_place=place.pk)
    assert "Is it this one?" in html
    assert "At the same place. Both say: light" in html
    assert "The bus is late" not in html
    assert "not read yet" not in html
    answer = resident.post(ADD, {**carried(html), "address": "ann@example.org", "support": known.reference})
    known.refresh_from_db()
    assert (answer.headers["Location"], known.support_count) == (known.get_absolute_url(), 1)
    assert known.followers.get().address == "ann@example.org"
    assert not known.followers.get().is_author
    assert PlaceComment.objects.count() == 3


def test_agreeing_with_what_is_gone_gives_the_words_back(resident: Person) -> None:
    typed = carried(look(resident, words="The lamp is broken"))
    html = resident.post(ADD, {**typed, "support": "K7M-2QX"}).content.decode()
    assert "That comment is not there any more" in html
    assert "The lamp is broken</textarea>" in html


@pytest.mark.parametrize("what", ["support", "ask_to_hear"])
def test_agreeing_that_is_refused_counts_nobody_and_gives_the_words_back(
    resident: Person, coordinator: Person, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    known = make_published("The street light is out", by=coordinator.user)

    def refuse(**said: Any) -> None:
        raise Refused("It is not on the site any more.")

    monkeypatch.setattr(leaving, what, refuse)
    typed = carried(look(resident, words="The lamp is broken", address="ann@example.org"))
    html = resident.post(ADD, {**typed, "support": known.reference}).content.decode()
    assert "It is not on the site any more." in html
    assert "The lamp is broken</textarea>" in html
    known.refresh_from_db()
    assert (known.support_count, known.followers.count()) == (0, 0)


@pytest.mark.parametrize("limits", [supporting, hearing])
def test_agreeing_from_the_form_has_the_limits_of_the_button_and_keeps_the_words(
    resident: Person, coordinator: Person, monkeypatch: pytest.MonkeyPatch, limits: Any
) -> None:
    known = make_published("The street light is out", by=coordinator.user)
    monkeypatch.setattr(limits, "MANY", 0)
    typed = carried(look(resident, words="The lamp is broken", address="ann@example.org"))
    answer = resident.post(ADD, {**typed, "support": known.reference})
    assert answer.status_code == 429
    assert "The lamp is broken</textarea>" in answer.content.decode()
    known.refresh_from_db()
    assert (known.support_count, known.followers.count()) == (0, 0)


def test_a_cry_for_help_is_answered_before_it_is_sent_and_held(resident: Person) -> None:
    html = look(resident, words="I have no food in the house")
    assert "116 123" in html
    assert 'href="/get-help/"' in html
    assert "Shall we pass it to the people who can help?" in html
    answer = resident.post(ADD, {**carried(html), "go": "send"})
    comment = PlaceComment.objects.get()
    assert (comment.status, comment.risk) == ("held", PlaceComment.Risk.HELP)
    assert not HelpConsent.objects.exists()
    after = resident.get(answer.headers["Location"]).content.decode()
    assert after.count("116 123") > resident.get("/").content.decode().count("116 123")


def test_leave_to_pass_it_on_needs_one_way_to_reach_and_no_name(resident: Person) -> None:
    typed = carried(look(resident, words="I have no food in the house"))
    leave = {**typed, "go": "send", "may_pass_on": "on", "help_name": "", "help_reach": "knock"}
    html = resident.post(ADD, leave).content.decode()
    assert "<title>Error: " in html
    assert "Write a phone number like 07700 900123, or an e-mail address" in html
    assert not PlaceComment.objects.exists()
    answer = resident.post(ADD, {**leave, "help_reach": "07700 900123"})
    consent = HelpConsent.objects.get()
    assert (consent.name, consent.reach, consent.passed_on_at) == ("Somebody who wrote a comment", "07700 900123", None)
    assert "You asked us to pass this to the people who help" in resident.get(answer["Location"]).content.decode()


def test_a_name_is_passed_on_where_one_is_given(resident: Person) -> None:
    typed = carried(look(resident, words="I have no food in the house"))
    leave = {"go": "send", "may_pass_on": "on", "help_name": "Ann", "help_reach": "07700 900123"}
    resident.post(ADD, {**typed, **leave})
    assert HelpConsent.objects.get().name == "Ann"


def test_a_way_to_reach_somebody_without_leave_is_not_kept(resident: Person) -> None:
    typed = carried(look(resident, words="I have no food in the house"))
    html = resident.post(ADD, {**typed, "go": "send", "help_reach": "07700 900123"}).content.decode()
    assert "Tick the box if we may use this to reach you, or take it out" in html
    assert not HelpConsent.objects.exists()


def test_an_ordinary_comment_is_not_asked_whether_help_is_needed(resident: Person) -> None:
    assert "people who can help" not in look(resident)


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return SimpleUploadedFile("IMG_2026_at_home.png", out.getvalue(), "image/png")


def test_a_photo_survives_a_mistake_and_the_preview_and_hangs_on_the_comment(resident: Person) -> None:
    html = send(resident, photo=picture(), where_words="").content.decode()
    photo = Photo.objects.get()
    assert "Say where it is" in html
    assert f"/have-your-say/photos/{photo.key}/" in html
    assert f'name="photo_key" value="{photo.key}"' in html
    html = look(resident, photo_key=photo.key)
    assert 'name="photo_words"' in html
    resident.post(ADD, {**carried(html), "photo_words": "A bin", "go": "send"})
    photo.refresh_from_db()
    assert (photo.comment, photo.words) == (PlaceComment.objects.get(), "A bin")


def test_where_comments_are_shown_at_once_the_preview_says_that_a_photo_waits(resident: Person) -> None:
    Consultation.objects.update(moderation="post")
    assert "one of us looks at it before it is shown" not in look(resident)
    assert "one of us looks at it before it is shown" in look(resident, photo=picture())


def test_a_cry_for_help_beside_a_photo_is_answered_before_it_is_sent(resident: Person) -> None:
    assert "could do with help" in look(resident, photo=picture(), photo_words="I can not cope")


def test_a_photo_can_be_left_out_again(resident: Person) -> None:
    send(resident, photo=picture(), where_words="")
    key = Photo.objects.get().key
    html = look(resident, photo_key=key, leave_photo_out="on")
    assert "photo_key" not in carried(html)


def test_what_is_no_picture_is_refused_by_its_name_and_the_words_stay(resident: Person) -> None:
    file = SimpleUploadedFile("holiday.jpg", b"%PDF-1.7 not a picture", "image/jpeg")
    html = send(resident, where_words="here", photo=file).content.decode()
    assert "This is a PDF document" in html
    assert "The bins blow over.</textarea>" in html
    assert not Photo.objects.exists()


def test_very_many_photos_are_refused_and_the_words_stay(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "TOO_MANY_PHOTOS", 1)
    send(resident, where_words="here", go="preview", photo=picture())
    html = send(resident, where_words="here", go="preview", photo=picture()).content.decode()
    assert "Very many photos have come from your connection" in html
    assert Photo.objects.count() == 1


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
