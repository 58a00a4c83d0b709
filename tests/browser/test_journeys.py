"""The four stories of the people outside, each on a phone and a desk, with scripts and without."""

import re

from tests.browser.conftest import Visitor


def test_a_cold_resident_finds_somewhere_warm(visitor: Visitor) -> None:
    visitor.opens("/")
    assert visitor.page.get_by_role("link", name="I need help").is_visible()
    visitor.follows("All warm spaces")
    visitor.page.get_by_text("Choose what to see").click()
    visitor.page.get_by_label("Where").fill("SR8 4LH")
    visitor.presses("Show")
    assert "minute" in visitor.reads()
    visitor.follows("Horden Youth and Community Centre")
    assert "Monday" in visitor.reads()
    assert "SR8 4LH" in visitor.reads()
    visitor.opens("/whats-on/")
    visitor.follows("Café 100")
    assert "£3.50" in visitor.reads()


def test_a_resident_leaves_a_comment_in_their_own_words(visitor: Visitor) -> None:
    words = f"Example: the bench by the green has lost a slat ({visitor.nickname})."
    visitor.opens("/have-your-say/")
    visitor.follows("Say something")
    visitor.presses("See how it will look")
    assert "There is a problem" in visitor.reads()
    assert visitor.page.title().startswith("Error: ")
    visitor.page.get_by_label("What would you like to say?").fill(words)
    visitor.page.get_by_label("Needs work").check()
    visitor.page.get_by_label("Or your own words").fill("the green behind the chapel")
    visitor.presses("See how it will look")
    assert words in visitor.reads()
    visitor.presses("Send it")
    assert "/have-your-say/yours/" in visitor.page.url
    visitor.opens("/have-your-say/")
    assert words not in visitor.reads()


def test_somebody_in_trouble_asks_for_help_and_leaves_no_answer_behind(visitor: Visitor) -> None:
    canary = f"Example: the meter is empty ({visitor.nickname})"
    visitor.opens("/")
    visitor.follows("I need help")
    visitor.presses("Start")
    while "/here/" in visitor.page.url and visitor.page.get_by_role("button", name="Send", exact=True).count() == 0:
        answer_this_page(visitor, canary)
        visitor.presses("Go on")
        assert canary not in visitor.page.url
    assert canary in visitor.reads()
    visitor.presses("Send")
    reference = re.search(r"[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}", visitor.reads())
    assert reference
    cookies = {cookie["name"]: cookie["value"] for cookie in visitor.page.context.cookies()}
    assert canary not in str(cookies)
    visitor.page.get_by_role("link", name="Leave this site").first.click()
    visitor.page.wait_for_load_state("load")
    visitor.page.go_back()
    visitor.page.wait_for_load_state("load")
    assert canary not in visitor.reads()


def answer_this_page(visitor: Visitor, canary: str) -> None:
    """Fill what a careful person would: words, a name, a number, and only a text is safe."""
    page = visitor.page
    for label, words in {
        "Tell us what would help": canary,
        "What should we call you?": "Example Z",
        "Phone number": "07700 900199",
    }.items():
        field = page.get_by_label(label)
        if field.count():
            field.first.fill(words)
    for group in page.get_by_role("group").all():
        legend = group.locator("legend").first.inner_text()
        if "text" in legend and "Is it safe" not in legend:
            group.get_by_label("Yes").check()


def test_a_reader_gets_the_newspaper_by_mail(visitor: Visitor) -> None:
    address = f"reader-{visitor.nickname}@example.org"
    visitor.opens("/news/")
    visitor.page.locator("main a[href^='/news/winter']").first.click()
    visitor.looks_it_over()
    assert "115 people" in visitor.reads()
    visitor.opens("/news/subscribe/")
    visitor.page.get_by_label("Your e-mail address").fill(address)
    visitor.presses("Send it to me")
    visitor.opens(visitor.portal.link_in_mail_to(address, "/news/confirm/"))
    visitor.presses("Yes, send it to me")
    assert "/news/confirm/" in visitor.page.url or "next issue" in visitor.reads().lower()
    visitor.follows("Change what you get")
