"""An editor's half-written issue is kept as a draft, whatever is missing in it; what is missing stops it from going out."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from newsletter.blocks import IssueBody
from newsletter.gate import findings_of
from newsletter.models import IssuePage
from tests.conftest import Person
from tests.factories.newsletter import an_issue, lead

pytestmark = pytest.mark.django_db
HALF = {"heading": "One tick", "question": "What first?", "link": "www.exam", "link_words": "Tell us", "how": ""}


def invitation(sort: str, **fields: str) -> dict[str, Any]:
    empty = dict.fromkeys(("consultation", "question", "until", "link", "link_words", "how"), "")
    choices = {"choices": streamfield([]) | {"count": "0"}}
    return {"sort": sort, "heading": "", "words": rich_text(""), **empty, **choices, **fields}


def press(editor: Person, issue: IssuePage, *body: tuple[str, Any], publish: bool = False) -> Any:
    """What the editor's screen sends for "Save draft" or "Publish"."""
    form = {
        "title": issue.title,
        "slug": issue.slug,
        "number": "1",
        "issued_on": "2026-11-19",
        "summary": "Kept",
        "body": streamfield(body),
        "seo_title": "",
        "search_description": "",
        "show_in_menus": "",
        "go_live_at": "",
        "expire_at": "",
        "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"},
    } | ({"action-publish": "1"} if publish else {})
    return editor.post(reverse("wagtailadmin_pages:edit", args=[issue.pk]), nested_form_data(form))


@pytest.mark.parametrize("sort", ["consultation", "poll", "volunteers"])
def test_an_unfinished_invitation_is_kept_in_a_draft(editor: Person, sort: str) -> None:
    issue = an_issue()
    response = press(editor, issue, ("invitation", invitation(sort, **HALF)))
    assert response.status_code == 302, response.content.decode()
    draft = IssuePage.objects.get(pk=issue.pk).get_latest_revision_as_object()
    assert draft.summary == "Kept"
    (kept,) = draft.body
    assert {name: kept.value[name] for name in HALF} == HALF
    assert "www.exam" not in draft.make_preview_request().content.decode()


@pytest.mark.parametrize(
    ("sort", "words"),
    [
        ("consultation", "Choose the consultation."),
        ("poll", "Give at least two answers"),
        ("volunteers", "Begin the link with https://"),
    ],
)
def test_it_is_not_published_and_the_screen_says_what_is_missing(editor: Person, sort: str, words: str) -> None:
    issue = an_issue()
    response = press(editor, issue, ("invitation", invitation(sort, **HALF)), publish=True)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert [part.block_type for part in IssuePage.objects.get(pk=issue.pk).body] == ["lead", "story"]


def test_no_block_of_an_issue_stops_a_draft_because_it_is_empty() -> None:
    body = IssueBody()
    untouched = body.normalize([(name, child.get_default()) for name, child in sorted(body.child_blocks.items())])
    kept = body.clean_deferred(untouched)
    assert len(kept) == len(body.child_blocks)
    issue = an_issue(body=body.get_prep_value(kept))
    assert issue.make_preview_request().status_code == 200


def test_one_that_was_published_past_the_form_is_told_by_the_gate(editor: Person) -> None:
    half = {"type": "invitation", "value": {"sort": "poll", **HALF}}
    found = [one for one in findings_of(an_issue(body=[lead(), half])) if one.kind == "unfinished"]
    assert all(one.blocks_sending for one in found)
    assert [one.words.partition(" has ")[2] or one.words.partition(" does ")[2] for one in found] == [
        "no question, or fewer than two answers to choose from. Write them.",
        "not say how to answer. Say it, or give a whole link and its words.",
    ]
