"""The stories of the people inside, at a desk: publish the comment, pick the referral up, get ready to send the issue."""

import re
from collections.abc import Callable

from tests.browser.conftest import Visitor

SignIn = Callable[[str], Visitor]


def test_the_coordinator_publishes_a_comment(staff: SignIn) -> None:
    coordinator = staff("coordinator")
    assert "This week" in coordinator.reads()
    coordinator.opens("/staff/comments/")
    before = coordinator.page.get_by_role("button", name="Publish").count()
    assert before
    coordinator.presses("Publish")
    assert "ublished" in coordinator.reads()


def test_a_navigator_picks_somebody_up(staff: SignIn) -> None:
    navigator = staff("navigator")
    navigator.opens("/staff/referrals/")
    assert "07700" not in navigator.reads()
    navigator.presses("Pick up")
    assert re.search(r"[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}", navigator.reads())


def test_an_editor_finds_the_issue_ready_to_send(staff: SignIn) -> None:
    editor = staff("editor")
    editor.opens("/staff/newspaper/")
    editor.follows("warm rooms and open doors")
    assert re.search(r"\b[3-9]\d* readers", editor.reads())
    assert editor.page.get_by_role("button", name="Send").count()
    for path in ("", "new/", "posted/"):
        editor.opens(f"/staff/newspaper/readers/{path}")


def test_the_administrator_sees_no_referral(staff: SignIn) -> None:
    administrator = staff("admin")
    assert administrator.page.locator("a[href^='/staff/referrals']").count() == 0
    administrator.opens("/staff/referrals/")
    assert "Example" not in administrator.reads()


def test_a_navigator_writes_down_what_somebody_says_at_a_table(staff: SignIn) -> None:
    navigator = staff("navigator")
    navigator.opens("/staff/referrals/new/")
    navigator.follows("On the phone or at a table")
    navigator.page.get_by_label("Somebody I work with").check()
    navigator.presses("Put it in the queue")
    assert "There are more questions now" in navigator.reads()
    navigator.presses("Put it in the queue")
    assert "What you typed is still here" in navigator.reads()
    navigator.opens("/staff/referrals/new/paper/")


def test_the_lead_words_the_questions(staff: SignIn) -> None:
    lead = staff("lead")
    lead.opens("/staff/referrals/questions/")
    lead.follows("What should we call you?")
    lead.presses("Ask it like this")
    assert "This is how it is asked" in lead.reads()
