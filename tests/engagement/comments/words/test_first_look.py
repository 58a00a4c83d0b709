"""What the rules see first: the weightiest reason leads, and the note names everything."""

from engagement.comments.words.first_look import FirstLook, first_look


def test_an_ordinary_comment_is_not_held() -> None:
    assert first_look("The bins blow over", "the back lane", "Ann") == FirstLook()
    assert FirstLook().reason == FirstLook().note == ""


def test_a_cry_for_help_weighs_more_than_a_phone_number() -> None:
    look = first_look("Please help me, ring 07700 900123")
    assert look.reason == "needs_help"
    assert look.note == "It sounds like: asks for help. It may have a phone number in it."


def test_personal_details_are_looked_for_in_every_text() -> None:
    assert first_look("Bins", "at no. 12").personal == "the number of a house"
    assert first_look("Bins", "", "ann@example.org").reason == "personal"
    assert first_look("Bins", photo_words="Ring 07700 900123").reason == "personal"
    assert first_look("Bins", photo_words="Please help me").reason == "needs_help"


def test_two_web_addresses_read_like_an_advert() -> None:
    look = first_look("Best prices https://a.example and www.b.example")
    assert (look.reason, look.note) == ("advert", "It may have several web addresses in it.")
    assert first_look("See https://a.example about the park").reason == ""


def test_one_of_many_is_the_weakest_reason() -> None:
    assert first_look("Bins", is_one_of_many=True).reason == "many_at_once"
    assert first_look("Bins, I'm hungry", is_one_of_many=True).reason == "needs_help"
