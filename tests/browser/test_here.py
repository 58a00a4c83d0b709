"""Asking for help in a real browser: nothing is left behind, every page can be used by keys alone, and six words lead back."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Portal, Visitor

phones = pytest.mark.parametrize(
    "visitor", [(320, True), (320, False)], ids=["phone", "phone-without-scripts"], indirect=True
)


def drafts(portal: Portal) -> int:
    with closing(sqlite3.connect(portal.mail.parent / "together.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM selfreferral_draftreferral").fetchone()[0])


def begins(visitor: Visitor, words: str) -> None:
    """As far as the fourth page, with the words on the second."""
    visitor.opens("/get-help/")
    visitor.presses("Start")
    visitor.page.get_by_label("Me", exact=True).check()
    visitor.presses("Go on")
    visitor.page.get_by_label("Tell us what would help").fill(words)
    visitor.presses("Go on")
    visitor.presses("Go on")


def has_left(visitor: Visitor, words: str, before: int) -> None:
    """They are elsewhere; nothing is left here, and no Back brings a question or an answer."""
    visitor.page.wait_for_url("**:*/gone")
    assert "Rain later" in visitor.reads()
    assert drafts(visitor.portal) == before
    assert "here" not in {cookie.get("name") for cookie in visitor.page.context.cookies()}
    for _ in range(6):
        visitor.page.go_back()
        visitor.page.wait_for_load_state("load")
        shown = visitor.reads()
        assert words not in shown
        assert not re.search(r"/here/\d|/here/check", visitor.page.url)
        assert "Go on" not in shown
        if visitor.page.url in {"about:blank", f"{visitor.portal.url}/get-help/"}:
            break
        assert visitor.page.url == f"{visitor.portal.url}/"


@phones
def test_whoever_leaves_by_the_link_leaves_nothing(visitor: Visitor) -> None:
    words, before = f"Example: I must go ({visitor.nickname})", drafts(visitor.portal)
    begins(visitor, words)
    assert drafts(visitor.portal) == before + 1
    visitor.page.get_by_role("link", name="Leave this site").first.click()
    has_left(visitor, words, before)


@pytest.mark.parametrize("visitor", [(320, True)], ids=["phone"], indirect=True)
def test_three_presses_of_shift_leave_too(visitor: Visitor) -> None:
    words, before = f"Example: quickly ({visitor.nickname})", drafts(visitor.portal)
    begins(visitor, words)
    for _ in range(3):
        visitor.page.keyboard.press("Shift")
    has_left(visitor, words, before)


@phones
def test_back_after_something_was_missing_asks_nobody_to_send_twice(visitor: Visitor) -> None:
    begins(visitor, "Example: a lift")
    visitor.presses("Go on")
    assert "Give us a name to use" in visitor.reads()
    assert visitor.page.title().startswith("Error: ")
    visitor.page.get_by_label("What should we call you?").fill("Example Jo")
    visitor.presses("Go on")
    visitor.page.go_back()
    visitor.page.wait_for_load_state("load")
    assert visitor.page.get_by_label("What should we call you?").input_value() == "Example Jo"
    visitor.page.get_by_role("link", name="Leave this site").first.click()


def goes_through(visitor: Visitor, for_whom: str) -> None:
    """Answers what cannot be left out, by what the pages ask, and stops before sending."""
    page = visitor.page
    visitor.opens("/get-help/")
    visitor.presses("Start")
    page.get_by_label(for_whom, exact=True).check()
    while page.get_by_role("button", name="Send", exact=True).count() == 0:
        for label, words in {
            "What should we call": f"Example {visitor.nickname}",
            "Phone number": "07700 900188",
            "What is your name?": "Example Ann",
        }.items():
            if (box := page.get_by_label(label)).count() and box.first.get_attribute("type") in {"text", "tel"}:
                box.first.fill(words)
        for group in page.get_by_role("group").all():
            if "text" in group.locator("legend").first.inner_text():
                group.get_by_label("Yes").check()
        visitor.presses("Go on")


@phones
@pytest.mark.parametrize("for_whom", ["Me", "Somebody I care about", "Somebody I work with"])
def test_every_page_of_every_path_is_looked_over(visitor: Visitor, for_whom: str) -> None:
    goes_through(visitor, for_whom)
    visitor.presses("Send")
    assert "Your reference is" in visitor.reads()
    assert not any(visitor.nickname in where for where in visitor.seen)


@phones
def test_six_words_lead_back_on_another_phone(visitor: Visitor, browser: Browser) -> None:
    goes_through(visitor, "Me")
    visitor.opens("/here/words/")
    visitor.presses("Give me six words")
    words = " ".join(visitor.page.locator("ol.lead li").all_inner_texts())
    assert len(words.split()) == 6
    with browser.new_context(viewport={"width": 320, "height": 568}, java_script_enabled=visitor.has_scripts) as other:
        there = Visitor(visitor.portal, other.new_page(), visitor.has_scripts)
        comes_back(there, words)
        assert visitor.nickname in there.reads()
        there.presses("Send")
        assert "Your reference is" in there.reads()
        there.page.context.clear_cookies()
        comes_back(there, words)
        assert "We have it" in there.reads()
        there.page.get_by_label("Write it here").fill("Example: after six is better.")
        there.presses("Send it")
        assert "We have your words" in there.reads()
        there.presses("Not safe")
        assert "We may send you a text" not in there.reads()
        there.presses("Please stop")
        assert "You asked us to stop" in there.reads()
        assert there.problems == []


def comes_back(visitor: Visitor, words: str) -> None:
    visitor.opens("/here/return/")
    visitor.page.get_by_label("Your six words").fill(words)
    visitor.presses("Go on")


@phones
def test_the_quiet_pages_are_looked_over(visitor: Visitor) -> None:
    for path in ("/get-help/", "/get-help/pathway/", "/here/good-to-know/", "/here/return/", "/here/closed/"):
        visitor.opens(path)
        assert visitor.page.get_by_role("heading", level=1).count() == 1, path


def focus(visitor: Visitor) -> str:
    script = "(e => (e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText || '').trim())"
    return str(visitor.page.evaluate(f"{script}(document.activeElement)"))


@phones
def test_the_keys_go_from_the_way_out_to_the_question_to_the_button(visitor: Visitor) -> None:
    visitor.opens("/get-help/")
    visitor.presses("Start")
    order = []
    for _ in range(8):
        visitor.page.keyboard.press("Tab")
        order.append(focus(visitor))
    wanted = ["Skip to the main part", "Urgent help", "Leave this site", "Me", "Go on", "Stop now, come back later"]
    assert [name for name in order if name in wanted] == wanted
    visitor.page.get_by_label("Me", exact=True).focus()
    visitor.page.keyboard.press("Space")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/here/2/")
    visitor.looks_it_over()
