"""An editor writes an issue and sees in Wagtail's own checker what the gate finds."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import Visitor

SignIn = Callable[[str], Visitor]


def shows_the_fields_of_its_kind(page: Page) -> None:
    """An invitation in the editor: what is chosen decides which fields are seen."""
    kind = page.locator(".newspaper-invitation > [data-contentpath='sort'] select").first
    block = page.locator(".newspaper-invitation").first
    always = ["sort", "heading", "words"]
    for chosen, fields in (
        ("consultation", [*always, "consultation", "how"]),
        ("poll", [*always, "question", "choices", "until", "link", "link_words", "how"]),
        ("volunteers", [*always, "until", "link", "link_words", "how"]),
    ):
        kind.select_option(chosen)
        seen = "all => all.filter(one => one.checkVisibility()).map(one => one.dataset.contentpath)"
        assert block.locator("> [data-contentpath]").evaluate_all(seen) == fields
    kind.select_option("consultation")
    chooser = block.locator("> [data-contentpath='consultation'] select")
    assert chooser.evaluate("one => one.offsetWidth <= one.closest('.newspaper-invitation').clientWidth")


def test_the_checker_lists_what_the_gate_finds_while_an_issue_is_written(staff: SignIn) -> None:
    editor = staff("editor")
    editor.opens("/staff/newspaper/")
    addresses = editor.page.locator("a[href*='/staff/newspaper/']").evaluate_all("all => all.map(a => a.pathname)")
    number = next(found[1] for one in addresses if (found := re.fullmatch(r"/staff/newspaper/(\d+)/", one)))
    page = editor.page
    page.goto(page.url.replace("/staff/newspaper/", f"/staff/pages/{number}/edit/"))
    shows_the_fields_of_its_kind(page)
    above = page.locator("a[href*='/staff/pages/']").evaluate_all("all => all.map(a => a.pathname)")
    pages = [found[1] for one in above if (found := re.fullmatch(r"/staff/pages/(\d+)/", one))]
    # The trail ends with the issue itself; the list of issues stands before it.
    index = [one for one in pages if one != number][-1]
    page.goto(page.url.replace(f"/staff/pages/{number}/edit/", f"/staff/pages/add/newsletter/issuepage/{index}/"))
    page.locator("#id_title").fill("An issue without a lead")
    page.get_by_role("button", name="Toggle checks").click()
    checks = page.locator("[data-side-panel='checks']")
    checks.get_by_text("No lead story", exact=True).wait_for(timeout=60_000)
    # In the words of this finding, not in those of its kind.
    checks.get_by_text("There is no lead story, so the front page shows none. Add one.").wait_for(timeout=60_000)
    # Wagtail's checker itself tells the console what it found, as an error.
    editor.problems[:] = [problem for problem in editor.problems if "axe.run results" not in str(problem)]
