"""Asking to hear what becomes of a comment, confirming it, and stopping."""

from datetime import timedelta

import pytest

from engagement.comments.actions.alerting import ask_for_alert
from engagement.comments.actions.authoring import withdraw
from engagement.comments.actions.following import ask_to_hear, confirm, stop, stop_everything
from engagement.comments.actions.sparing import MOST_MAILS
from engagement.comments.models import Alert, AskedAddress, Follower
from portal.audit.models import AuditEvent
from portal.refusals import Refused
from tests.factories.comments import MONDAY, make_comment
from tests.factories.following import MIDDLE, forget_work, make_alert, make_follower, waiting_work
from tests.factories.purging import purged

pytestmark = pytest.mark.django_db


def test_who_asks_is_sent_one_mail_and_hears_nothing_until_they_confirm() -> None:
    comment = make_comment()
    follower = ask_to_hear(comment=comment, address=" ann@example.org ", now=MONDAY)
    assert (follower.address, follower.is_author, follower.confirmed_at) == ("ann@example.org", False, None)
    assert waiting_work("ask_whether_theirs") == [{"follower_id": follower.pk}]
    assert not Follower.objects.confirmed().exists()
    assert confirm(follower=follower, now=MONDAY).confirmed_at == MONDAY
    assert confirm(follower=follower, now=MONDAY + timedelta(days=1)).confirmed_at == MONDAY
    event = AuditEvent.objects.about(comment).newest_first()[0]
    assert event.action == "comments.confirm_hearing"
    assert "ann@example.org" not in str(event.detail)


def test_who_hears_already_is_not_asked_again_however_the_address_is_written() -> None:
    comment = make_comment()
    follower = make_follower(comment)
    again = ask_to_hear(comment=comment, address="ANN@example.org", now=MONDAY)
    assert again.pk == follower.pk
    assert waiting_work("ask_whether_theirs") == []


def test_who_lost_the_first_mail_can_ask_again_and_has_a_week_anew() -> None:
    comment = make_comment()
    make_follower(comment, is_confirmed=False)
    later = MONDAY + timedelta(days=5)
    again = ask_to_hear(comment=comment, address="ann@example.org", now=later)
    assert again.asked_at == later
    assert len(waiting_work("ask_whether_theirs")) == 1


def test_an_author_who_first_asked_like_anybody_is_known_as_the_author() -> None:
    comment = make_comment()
    make_follower(comment)
    assert ask_to_hear(comment=comment, address="ann@example.org", is_author=True, now=MONDAY).is_author
    assert ask_to_hear(comment=comment, address="ann@example.org", now=MONDAY).is_author


def test_nobodys_letter_box_is_filled_by_somebody_else() -> None:
    for number in range(MOST_MAILS + 3):
        ask_to_hear(comment=make_comment(f"Comment {number}"), address="ann@example.org", now=MONDAY)
    assert len(waiting_work("ask_whether_theirs")) == MOST_MAILS
    ask_to_hear(comment=make_comment(), address="ann@example.org", now=MONDAY + timedelta(days=2))
    assert len(waiting_work("ask_whether_theirs")) == MOST_MAILS + 1


def test_asking_again_and_again_about_one_comment_or_one_place_is_no_way_round() -> None:
    comment = make_comment()
    for address in ("ann@example.org", "ANN@example.org ") * 6:
        ask_to_hear(comment=comment, address=address, now=MONDAY)
        ask_for_alert(address=address, words="Third Street", point=MIDDLE, often="daily", now=MONDAY)
    assert len(waiting_work("ask_whether_theirs")) + len(waiting_work("ask_about_alert")) == MOST_MAILS
    ask_to_hear(comment=comment, address="ben@example.org", now=MONDAY)
    ask_to_hear(comment=comment, address="ann@example.org", now=MONDAY + timedelta(days=1))
    assert len(waiting_work("ask_whether_theirs")) + len(waiting_work("ask_about_alert")) == MOST_MAILS + 2


def test_forgetting_a_follower_does_not_forget_what_was_mailed() -> None:
    comment = make_comment()
    for _ in range(MOST_MAILS + 2):
        stop(follower=ask_to_hear(comment=comment, address="ann@example.org", now=MONDAY))
    assert len(waiting_work("ask_whether_theirs")) == MOST_MAILS


def test_what_is_counted_names_nobody_and_is_gone_the_next_night() -> None:
    ask_to_hear(comment=make_comment(), address="ann@example.org", now=MONDAY)
    counted = AskedAddress.objects.get()
    assert "ann" not in f"{counted} {counted.address_hash}"
    purged(MONDAY, "comments.asked_addresses")
    assert AskedAddress.objects.exists()
    purged(MONDAY + timedelta(days=1), "comments.asked_addresses")
    assert not AskedAddress.objects.exists()


def test_nobody_hears_of_a_comment_that_was_taken_back() -> None:
    comment = withdraw(comment=make_comment(), now=MONDAY)
    with pytest.raises(Refused, match="taken back"):
        ask_to_hear(comment=comment, address="ann@example.org", now=MONDAY)
    assert not Follower.objects.exists()


def test_stopping_forgets_the_address_and_doing_it_twice_changes_nothing() -> None:
    follower, other = make_follower(make_comment()), make_follower(make_comment("The bench is broken."))
    stop(follower=follower)
    stop(follower=follower)
    assert list(Follower.objects.all()) == [other]
    assert AuditEvent.objects.filter(action="comments.stop_hearing").count() == 1


def test_one_press_stops_everything_about_places() -> None:
    follower, _ = make_follower(make_comment()), make_follower(make_comment("The bench is broken."), "Ann@Example.org")
    make_alert()
    other = make_follower(make_comment("More trees."), "ben@example.org")
    assert stop_everything(follower=follower) == 3
    assert list(Follower.objects.all()) == [other]
    assert not Alert.objects.exists()


def test_what_nobody_confirmed_is_forgotten_after_a_week() -> None:
    kept = make_follower(make_comment())
    make_follower(make_comment("The bench is broken."), is_confirmed=False)
    make_alert(is_confirmed=False)
    forget_work()
    unconfirmed = ("comments.unconfirmed", "comments.unconfirmed_alerts")
    assert purged(MONDAY + timedelta(days=7), *unconfirmed) == 0
    assert purged(MONDAY + timedelta(days=7, seconds=1), *unconfirmed) == 2
    assert purged(MONDAY + timedelta(days=8), *unconfirmed) == 0
    assert list(Follower.objects.all()) == [kept]
    assert AuditEvent.objects.filter(action="privacy.purge").count() == 2
