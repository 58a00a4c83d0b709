"""A comment comes in: where it is, whether a person must look first, and never twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from engagement.comments.actions import leaving
from engagement.comments.actions.leaving import Consent, leave_comment
from engagement.comments.models import Consultation, Photo, PlaceComment
from portal.audit.models import AuditEvent
from portal.geo.coordinates import Point
from portal.refusals import Refused
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_comment, make_place, make_postcode, make_theme

pytestmark = pytest.mark.django_db


def test_a_comment_waits_to_be_read() -> None:
    comment = make_comment("The bins blow over.", theme=make_theme())
    assert comment.status == "waiting"
    assert comment.sent_at == MONDAY
    assert comment.source == "web"
    assert comment.published_at is None
    assert not comment.decisions.exists()
    event = AuditEvent.objects.about(comment).get()
    assert (event.action, event.done_by) == ("comments.leave", "")
    assert "bins" not in str(event.detail)


def test_without_a_moment_it_is_now() -> None:
    consultation = Consultation.objects.standing()
    comment = leave_comment(consultation=consultation, words="Good", feeling="good", where_words="the park")
    assert (timezone.now() - comment.sent_at).total_seconds() < 60


def test_a_pin_is_the_most_exact_way_to_say_where() -> None:
    comment = make_comment(pin=Point(54.76, -1.31), named_place=make_place(), where_words="by the gate")
    assert comment.point == Point(54.76, -1.31)
    assert comment.accuracy == "exact"
    assert comment.where_words == "by the gate"


def test_a_named_place_gives_its_point() -> None:
    comment = make_comment(named_place=make_place())
    assert (comment.point, comment.accuracy, comment.where) == (Point(54.763, -1.315), "named_place", "Third Street")


def test_a_named_place_without_a_point_waits_for_a_pin() -> None:
    comment = make_comment(named_place=make_place(latitude=None, longitude=None))
    assert comment.point is None


def test_a_postcode_gives_its_middle_where_we_carry_it() -> None:
    make_postcode()
    known, unknown = make_comment(postcode="SR8 4LX"), make_comment(postcode="SR8 9ZZ")
    assert (known.point, known.accuracy, known.where) == (Point(54.765, -1.312), "postcode", "Around SR8 4LX")
    assert (unknown.point, unknown.accuracy) == (None, "postcode")


def test_own_words_are_enough() -> None:
    comment = make_comment(where_words="the back lane behind Third Street")
    assert (comment.point, comment.accuracy) == (None, "described")


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ({"words": "Ring me on 07700 900123"}, "a phone number"),
        ({"where_words": "next to ann@example.org"}, "an e-mail address"),
        ({"author_name": "Ann, 07700 900123"}, "a phone number"),
    ],
)
def test_personal_details_are_held_and_the_moderator_is_told_why(said: dict[str, str], phrase: str) -> None:
    comment = make_comment(**said)
    assert comment.status == "held"
    decision = comment.decisions.get()
    assert (decision.to_status, decision.reason, decision.decided_by) == ("held", "personal", None)
    assert phrase in decision.note
    assert decision.who == "The rules of the site"


def test_one_of_very_many_is_held_and_never_lost() -> None:
    comment = make_comment(is_one_of_many=True)
    assert comment.status == "held"
    assert comment.decisions.get().why == "Many came from one connection in a short time"


def test_the_same_key_gives_the_comment_that_is_there() -> None:
    first = make_comment("Bins", source_key="form:1")
    again = make_comment("Bins", source_key="form:1")
    assert first == again
    assert PlaceComment.objects.count() == 1
    assert AuditEvent.objects.about(first).count() == 1


def test_staff_can_write_it_down_for_a_resident(coordinator: Person) -> None:
    comment = make_comment(by=coordinator.user)
    assert (comment.source, comment.sent_by) == ("staff", coordinator.user)


def test_a_name_is_shown_only_where_there_is_one_and_its_owner_says_so() -> None:
    assert make_comment(author_name="Ann", is_name_shown=True).shown_name == "Ann"
    assert make_comment(author_name="Ann").shown_name == ""
    assert not make_comment(is_name_shown=True).is_name_shown


def test_words_are_cleaned_and_cut() -> None:
    comment = make_comment("Bins\x00 \u202eblow" + "x" * 9000, author_name="A" * 200, where_words="w" * 900)
    assert comment.words.startswith("Bins blow")
    assert (len(comment.words), len(comment.author_name), len(comment.where_words)) == (5000, 80, 300)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"words": " \x00\n"}, "Write what you would like to say"),
        ({"feeling": "angry"}, "Choose how you feel"),
        ({"where_words": "\x00"}, "Say where it is"),
        ({"pin": Point(float("nan"), -1.3)}, "not a place on the map"),
        ({"pin": Point(-1.31, 254.76)}, "not a place on the map"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(said: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        make_comment(**{"words": "Bins", **said})
    assert not PlaceComment.objects.exists()


def test_a_closed_consultation_takes_nothing() -> None:
    Consultation.objects.update(is_open=False)
    with pytest.raises(Refused, match="not taking comments"):
        make_comment()


def test_a_pin_outside_the_area_is_refused_by_its_name() -> None:
    Consultation.objects.update(west=-1.35, south=54.74, east=-1.28, north=54.79)
    assert make_comment(pin=Point(54.76, -1.31)).point
    with pytest.raises(Refused, match="outside the area of “Have your say”"):
        make_comment(pin=Point(-1.31, 54.76))


def test_a_reference_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = make_comment().reference
    draws = iter([taken, "K7M-2QX"])
    monkeypatch.setattr(leaving, "new_reference", lambda: next(draws))
    assert make_comment().reference == "K7M-2QX"


def test_a_cry_for_help_is_held_at_the_highest_risk_and_logged_without_words() -> None:
    comment = make_comment("I have no food in the house, Ann")
    assert (comment.status, comment.risk) == ("held", PlaceComment.Risk.HELP)
    assert comment.decisions.get().why == "Somebody may need help: It sounds like: no food."
    event = AuditEvent.objects.about(comment).get(action="comments.heard_cry_for_help")
    assert event.detail == {"signs": ["no food"]}


def test_leave_to_pass_it_on_is_kept_beside_it() -> None:
    comment = make_comment("I have no food", consent=Consent("Ann\x00", "07700 900123"))
    assert (comment.help_consent.name, comment.help_consent.reach) == ("Ann", "07700 900123")
    assert "07700" not in str([event.detail for event in AuditEvent.objects.about(comment)])


def test_where_comments_are_read_afterwards_one_is_shown_at_once_while_somebody_is_there() -> None:
    Consultation.objects.update(moderation="post")
    shown, at_night = make_comment(), make_comment(now=MONDAY.replace(hour=22))
    doubtful = make_comment("Ring 07700 900123")
    assert (shown.status, shown.is_unread, shown.published_at) == ("published", True, MONDAY)
    assert shown.decisions.get().was_shown_at_once
    assert (at_night.status, at_night.is_unread, at_night.published_at) == ("waiting", False, None)
    assert doubtful.status == "held"


def make_photo() -> Photo:
    return Photo.objects.create(key="of-ours", image="comments/a.jpg", width=60, height=40, taken_in_at=MONDAY)


def test_a_photo_is_never_shown_before_somebody_has_seen_it() -> None:
    Consultation.objects.update(moderation="post")
    comment = make_comment(photo_key=make_photo().key, photo_words="The lane in rain")
    assert (comment.status, comment.is_unread, comment.published_at) == ("waiting", False, None)
    assert comment.photo.words == "The lane in rain"


def test_words_about_a_photo_are_read_by_the_rules_like_any_other() -> None:
    Consultation.objects.update(moderation="post")
    comment = make_comment(photo_key=make_photo().key, photo_words="My door, ring 07700 900123")
    assert (comment.status, comment.risk) == ("held", PlaceComment.Risk.PERSONAL)
    assert "a phone number" in comment.decisions.get().note


def test_the_author_is_asked_whether_the_address_is_theirs() -> None:
    follower = make_comment(address="ann@example.org").followers.get()
    assert (follower.is_author, follower.confirmed_at) == (True, None)


def test_a_consultation_that_is_over_takes_nothing_and_knows_what_it_took() -> None:
    taken = make_comment(source_key="form:1")
    Consultation.objects.update(closes_on=MONDAY.date())
    assert make_comment()
    with pytest.raises(Refused, match="This closed on Monday 2 March 2026"):
        make_comment(now=MONDAY + timedelta(days=1))
    assert make_comment(source_key="form:1", now=MONDAY + timedelta(days=1)) == taken


def test_very_many_and_adverts_are_read_before_ordinary_ones() -> None:
    assert make_comment(is_one_of_many=True).risk == PlaceComment.Risk.MANY
    assert make_comment("https://a.example https://b.example").risk == PlaceComment.Risk.MANY
    assert make_comment("Ring 07700 900123").risk == PlaceComment.Risk.PERSONAL
    assert make_comment().risk == PlaceComment.Risk.PLAIN
