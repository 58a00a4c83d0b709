"""Place comments in a real browser: a pin by keys alone, agreeing, going back, a cry for help, and a desk without a mouse."""

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import Visitor

SignIn = Callable[[str], Visitor]
with_scripts = pytest.mark.parametrize("visitor", [(320, True), (1280, True)], ids=["phone", "desktop"], indirect=True)


def begins_a_comment(visitor: Visitor, words: str) -> None:
    visitor.opens("/have-your-say/add/")
    visitor.page.get_by_label("What would you like to say?").fill(words)
    visitor.page.get_by_label("Needs work").check()


@with_scripts
def test_a_pin_is_put_by_keys_alone_and_what_is_near_is_read_out(visitor: Visitor) -> None:
    begins_a_comment(visitor, f"Example: a lamp is out ({visitor.nickname}).")
    cross = visitor.page.locator("[data-pin-placer] .map")
    cross.focus()
    for key in ("ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowDown"):
        visitor.page.keyboard.press(key)
    visitor.page.keyboard.press("Tab")
    put = visitor.page.get_by_role("button", name="Put the pin here")
    while not put.evaluate("button => button === document.activeElement"):
        visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    assert "The pin is" in visitor.page.locator("[data-pin-placer] [role=status]").inner_text()
    visitor.presses("See how it will look")
    assert "On the map" in visitor.reads()


def test_somebody_agrees_and_takes_it_back(visitor: Visitor) -> None:
    visitor.opens("/have-your-say/")
    visitor.page.locator("#results .row-title a").first.click()
    visitor.presses("I agree")
    assert "Take it back" in visitor.reads()
    visitor.presses("Take it back")
    assert visitor.page.get_by_role("button", name="I agree").count()


def test_private_words_are_shown_and_come_out_with_one_press(visitor: Visitor) -> None:
    begins_a_comment(visitor, f"Example: ring me on 07700 900123 ({visitor.nickname}).")
    visitor.page.get_by_label("Or your own words").fill("the green")
    visitor.presses("See how it will look")
    assert "looks like a phone number" in visitor.reads()
    visitor.presses("Take it out")
    assert "07700 900123" not in visitor.reads()
    visitor.presses("Change something")
    assert visitor.nickname in visitor.page.get_by_label("What would you like to say?").input_value()


def test_a_cry_for_help_is_answered_before_it_is_sent(visitor: Visitor) -> None:
    begins_a_comment(visitor, "Example: I am frightened of my husband.")
    visitor.page.get_by_label("Or your own words").fill("at home")
    visitor.presses("See how it will look")
    assert "116 123" in visitor.reads()
    assert visitor.page.get_by_role("link", name="Leave this site").count()
    visitor.follows("Ask us for help")
    assert "/get-help/" in visitor.page.url


def test_back_from_the_preview_keeps_every_word(visitor: Visitor) -> None:
    words = f"Example: the bus stop has no roof ({visitor.nickname})."
    begins_a_comment(visitor, words)
    visitor.page.get_by_label("Or your own words").fill("the bus stop")
    visitor.presses("See how it will look")
    visitor.page.go_back()
    assert visitor.page.get_by_label("What would you like to say?").input_value() == words
    visitor.page.go_forward()
    visitor.presses("Send it")
    visitor.page.go_back()
    assert words in visitor.reads()


def test_the_desk_is_cleared_without_a_mouse(staff: SignIn) -> None:
    coordinator = staff("coordinator")
    coordinator.opens("/staff/comments/?status=waiting")
    rows = coordinator.page.locator("[data-row]")
    before = rows.count()
    assert before
    coordinator.page.keyboard.press("j")
    coordinator.page.keyboard.press("a")
    coordinator.page.wait_for_function(
        "count => document.querySelectorAll('[data-row] [data-do=publish]').length < count", arg=before
    )
    coordinator.page.keyboard.press("u")
    coordinator.page.wait_for_function(
        "count => document.querySelectorAll('[data-row] [data-do=publish]').length >= count", arg=before
    )


def test_the_coordinators_screens_are_for_everybody(staff: SignIn) -> None:
    coordinator = staff("coordinator")
    for path in (
        "/staff/comments/",
        "/staff/comments/actions/",
        "/staff/comments/actions/add/",
        "/staff/face-to-face/",
    ):
        coordinator.opens(path)
        assert coordinator.page.get_by_role("heading", level=1).count() == 1, path
    coordinator.opens("/staff/comments/")
    reference = re.search(r"[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}", coordinator.reads())
    assert reference
    coordinator.opens(f"/staff/comments/{reference[0]}/")
    assert "History" in coordinator.reads()
