"""Before a comment is sent its author sees it as everybody will, with what gives too much away, what is like it, and help."""

from typing import Any

import pytest

from engagement.comments.models import HelpConsent, PlaceComment
from engagement.comments.views import hearing, leaving, supporting
from portal.refusals import Refused
from tests.conftest import Person
from tests.engagement.comments.views.leaving import ADD, carried, look, send, shown_form
from tests.factories.comments import make_comment, make_place, make_published, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


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
