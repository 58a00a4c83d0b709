"""What helps an editor at the desk: a way to a new issue, its number, labels that read well, and numbers to ring."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from newsletter.blocks import IssueBody
from newsletter.issue_form import LAST_NUMBER
from newsletter.models import IssueIndexPage, IssuePage
from newsletter.rendering.building import contact_url
from newsletter.rendering.edition import edition_of
from newsletter.templatetags.newspaper_desk import Bit, at_time, with_phones
from tests.conftest import Person
from tests.factories.newsletter import an_issue, block, lead


def add_address() -> str:
    return reverse("wagtailadmin_pages:add", args=["newsletter", "issuepage", IssueIndexPage.objects.get().pk])


@pytest.mark.django_db
def test_a_new_issue_begins_at_the_newspaper_s_screen_with_the_next_number(editor: Person) -> None:
    an_issue(number=7)
    page = editor.get(reverse("newspaper_issues")).content.decode()
    assert f'<a class="button" href="{add_address()}">Write a new issue</a>' in page
    form = editor.get(add_address()).context["form"]
    assert form["number"].value() == 8
    an_issue(title="Last", number=LAST_NUMBER)
    assert editor.get(add_address()).context["form"]["number"].value() is None


@pytest.mark.django_db
def test_an_issue_without_a_number_keeps_none(editor: Person) -> None:
    an_issue(number=7)
    page = an_issue(title="Extra", number=None)
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    assert form["number"].value() is None
    assert IssuePage.objects.get(pk=page.pk).number is None


@pytest.mark.django_db
def test_the_editor_brings_the_words_of_each_finding_and_the_fields_of_each_kind(editor: Person) -> None:
    page = editor.get(add_address()).content.decode()
    assert 'newsletter/checks.js" type="module"' in page
    assert "newsletter/editor.css" in page


def test_the_names_of_the_blocks_read_well() -> None:
    labels = {name: str(child.label) for name, child in IssueBody().child_blocks.items()}
    assert labels["whats_on"] == "What is on"
    assert labels["you_said_we_did"] == "You said, we did"
    assert labels["lead"] == "Lead story"


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("116 123", "tel:116123"),
        ("116 123, free, day and night", "tel:116123"),
        ("0191 518 0000 (mornings)", "tel:01915180000"),
        ("12 Cotsford Lane", ""),
        ("1160 people", ""),
    ],
)
def test_a_number_to_ring_is_a_link(words: str, url: str) -> None:
    assert contact_url(words) == url


def test_numbers_among_words_are_links_and_postcodes_and_years_are_not() -> None:
    assert with_phones("Ring 0191 518 0000 or hand it in.") == [
        Bit("Ring "),
        Bit("0191 518 0000", "tel:01915180000"),
        Bit(" or hand it in."),
    ]
    assert with_phones("In 2026 at 12 Cotsford Lane, SR8 4LX") == [Bit("In 2026 at 12 Cotsford Lane, SR8 4LX")]
    assert with_phones("116 123") == [Bit("116 123", "tel:116123")]
    assert with_phones("") == []


@pytest.mark.django_db
def test_how_else_to_answer_is_no_faint_line_in_the_mail_and_its_number_can_be_pressed() -> None:
    how = "Ring 0191 518 0000."
    asked = block("invitation", sort="volunteers", heading="Help us", how=how)
    html = edition_of(an_issue(body=[lead(), asked])).html
    line = html[html.index("Ring <a") - 120 : html.index("Ring <a") + 120]
    assert 'href="tel:01915180000"' in line
    assert 'class="how"' in line
    assert "#475868" not in line


def test_a_time_is_said_as_the_house_says_it() -> None:
    assert at_time(datetime(2026, 11, 22, 21, 52, tzinfo=UTC)) == "9:52pm"
    assert at_time(None) == ""


@pytest.mark.django_db
def test_what_the_plain_text_lost_is_one_box_and_saving_says_that_it_counts_at_once(editor: Person) -> None:
    issue = an_issue(body=[lead()])
    address = reverse("newspaper_plain_text", args=[issue.pk])
    assert "counts at once" in editor.get(address).content.decode()
    page = editor.post(address, {"words": "Warm again."}, follow=True).content.decode()
    assert "The issue cannot go yet. 3 things in this text are to be put right:" in page
    assert page.count("help-warning") == 1
    draft = an_issue(title="Draft", live=False)
    assert "counts at once" not in editor.get(reverse("newspaper_plain_text", args=[draft.pk])).content.decode()
