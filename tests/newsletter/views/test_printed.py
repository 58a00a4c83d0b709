"""The printed editions as files, and what short addresses do."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from newsletter.models import DropRound, IssuePage, LinkCount
from newsletter.printing.editions import EDITIONS, Paper
from newsletter.printing.goals import named_codes
from newsletter.printing.preparing import prepare
from portal.clock import now
from portal.kept_paper import alone
from portal.typesetting import CannotBeSet
from tests.conftest import Person
from tests.factories.newsletter import an_issue, block, lead, story

pytestmark = pytest.mark.django_db
PDF = "/news/winter-in-horden.pdf"


@pytest.fixture
def issue() -> IssuePage:
    poll = {
        "heading": "Tell us",
        "sort": "poll",
        "question": "When?",
        "choices": ["Now", "Then"],
        "link_words": "Answer",
    }
    asked = block("invitation", **poll, link="/have-your-say/", until="2026-12-04", words="", how="")
    return an_issue(body=[lead(), story(), asked])


def path_of(issue: IssuePage, number: int, drop_round: DropRound | None = None) -> str:
    """The short address of the part with this number; 0 is the issue as a whole."""
    paper = Paper(issue, "a4", drop_round=drop_round)
    return "/q/" + list(paper.short_links.values())[number].split("/q/")[1]


def counted() -> int:
    return sum(row.opened for row in LinkCount.objects.all())


def test_anybody_gets_the_paper_with_a_good_name_and_without_setting_it_twice(
    resident: Person, issue: IssuePage
) -> None:
    first = resident.get(f"{PDF}?edition=large")
    assert (first.status_code, first["Content-Type"]) == (200, "application/pdf")
    assert first["Content-Disposition"] == 'inline; filename="winter-in-horden-large.pdf"'
    with patch("newsletter.printing.editions.typeset") as typeset:
        assert resident.get(f"{PDF}?edition=large").content == first.content
        again = resident.get(f"{PDF}?edition=large", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    typeset.assert_not_called()


def test_without_a_word_it_is_a4_and_a_head_request_has_no_body(resident: Person, issue: IssuePage) -> None:
    assert "winter-in-horden-a4.pdf" in resident.get(PDF)["Content-Disposition"]
    assert resident.head(PDF).content == b""
    assert resident.post(PDF).status_code == 405


@pytest.mark.parametrize("edition", ["", "A4", "a5", "large\x00", "../a4"])
def test_an_edition_that_we_do_not_make_is_refused_with_the_ones_that_we_do(
    resident: Person, issue: IssuePage, edition: str
) -> None:
    response = resident.get(PDF, {"edition": edition})
    if edition.rstrip("\x00") == "large":
        assert response.status_code == 200
        return
    assert response.status_code == 400
    assert f"{PDF}?edition=large" in response.content.decode()


def test_a_draft_a_hidden_issue_and_none_are_not_found(resident: Person, issue: IssuePage) -> None:
    draft = an_issue(title="Draft", slug="draft", live=False)
    hidden = an_issue(title="Hidden", slug="hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    for slug in (draft.slug, hidden.slug, "none", "ünknown"):
        assert resident.get(f"/news/{slug}.pdf").status_code == 404


def test_one_address_may_not_keep_us_setting_type(
    resident: Person, issue: IssuePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.views.printed.MOST_SET", 1)
    assert resident.get(PDF).status_code == 200
    assert resident.get(f"{PDF}?edition=large").status_code == 429
    assert resident.get(PDF).status_code == 200


def test_publishing_has_the_worker_set_the_paper_and_the_page_then_tells_its_pages_and_size(
    resident: Person, issue: IssuePage, run_worker: Callable[[], None]
) -> None:
    issue.save_revision().publish()
    with patch("newsletter.printing.editions.typeset", side_effect=AssertionError) as typeset:
        page = resident.get("/news/winter-in-horden/").content.decode()
    typeset.assert_not_called()
    assert "Large print</a></li>" in page
    run_worker()
    with patch("newsletter.printing.editions.typeset", side_effect=AssertionError) as typeset:
        page = resident.get("/news/winter-in-horden/").content.decode()
        for edition in EDITIONS:
            assert resident.get(f"{PDF}?edition={edition}").status_code == 200
    typeset.assert_not_called()
    assert f'<a href="{PDF}?edition=large">Large print</a> (PDF, ' in page
    assert "(PDF, 1 sheet, " in page


def test_one_that_cannot_be_set_keeps_the_others_and_the_page_standing(resident: Person, issue: IssuePage) -> None:
    with patch("newsletter.printing.editions._folded", side_effect=CannotBeSet("no")):
        prepare(issue.pk)
    page = resident.get("/news/winter-in-horden/").content.decode()
    assert "A3 to fold</a></li>" in page
    assert "Large print</a> (PDF, " in page


def test_a_draft_is_not_set(issue: IssuePage) -> None:
    draft = an_issue(title="Draft", slug="draft", live=False)
    with patch("newsletter.printing.editions.typeset") as typeset:
        prepare(draft.pk)
        prepare(draft.pk + 1)
    typeset.assert_not_called()


def test_nobody_sets_what_somebody_else_is_setting_just_now(resident: Person, issue: IssuePage) -> None:
    with patch("newsletter.printing.editions.typeset", side_effect=CannotBeSet("no")) as typeset:
        with alone(Paper(issue, "large").key):
            response = resident.get(f"{PDF}?edition=large")
        typeset.assert_not_called()
        assert (response.status_code, response["Retry-After"]) == (503, "10")
        assert "We are making this paper ready" in response.content.decode()
        with pytest.raises(RuntimeError):
            resident.get(f"{PDF}?edition=large")
    assert resident.get(f"{PDF}?edition=large").status_code == 200


def test_a_short_address_leads_to_its_story_and_is_counted(resident: Person, issue: IssuePage) -> None:
    response = resident.get(path_of(issue, 2))
    code = named_codes(issue)[2][0]
    assert (response.status_code, response["Location"]) == (302, f"/news/winter-in-horden/#part-{code}")
    assert (response["Cache-Control"], response.cookies) == ("no-store", {})
    row = LinkCount.objects.get()
    assert (row.story, row.drop_round, row.opened) == (code, None, 1)
    assert f'id="part-{code}"' in resident.get("/news/winter-in-horden/").content.decode()


def test_that_of_the_issue_and_of_an_invitation_lead_where_they_say(resident: Person, issue: IssuePage) -> None:
    assert resident.get(path_of(issue, 0))["Location"] == "/news/winter-in-horden/"
    assert resident.get(path_of(issue, 3))["Location"] == "/have-your-say/"
    assert resident.get(path_of(issue, 3).upper())["Location"] == "/have-your-say/"
    without = path_of(issue, 3).rstrip("/")
    for copied in (without, f"{without}.", without.replace("-", "\u2013"), without.replace("/", "/\u200b")):
        assert resident.get(copied)["Location"] == "/have-your-say/", ascii(copied)
    assert counted() == 7


@pytest.mark.parametrize(
    "link", ["//elsewhere.example/", "/\\elsewhere.example/", "https://elsewhere.example/"], ids=str
)
def test_no_short_address_leads_to_another_site(resident: Person, link: str) -> None:
    call = {"heading": "Help", "sort": "volunteers", "link_words": "Offer", "words": "", "how": ""}
    issue = an_issue(body=[lead(), block("invitation", **call, link=link)])
    code = named_codes(issue)[2][0]
    assert resident.get(path_of(issue, 2))["Location"] == f"/news/winter-in-horden/#part-{code}"


def test_a_scan_looks_nothing_up_but_where_an_invitation_leads(
    resident: Person, issue: IssuePage, django_assert_max_num_queries: Any
) -> None:
    story, asked = path_of(issue, 2), path_of(issue, 3)
    with patch("newsletter.printing.goals.parts_of_issue", side_effect=AssertionError) as built:
        with django_assert_max_num_queries(6):
            assert "#part-" in resident.get(story)["Location"]
        assert resident.get(path_of(issue, 0)).status_code == 302
    built.assert_not_called()
    assert resident.get(asked)["Location"] == "/have-your-say/"


def test_a_round_is_counted_by_itself(resident: Person, issue: IssuePage) -> None:
    doors = DropRound.objects.create(issue=issue, name="Doors", code="dfz", copies=9, created_at=now())
    for _ in range(2):
        resident.get(path_of(issue, 1, doors))
    resident.get(path_of(issue, 1))
    assert sorted(row[2] for row in LinkCount.objects.totals()) == [1, 2]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": "WhatsApp/2.23"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
    ],
    ids=str,
)
def test_machines_that_look_ahead_are_led_but_not_counted(
    resident: Person, issue: IssuePage, headers: dict[str, str]
) -> None:
    assert resident.get(path_of(issue, 1), headers=headers).status_code == 302
    assert resident.head(path_of(issue, 1)).status_code == 302
    assert counted() == 0


def test_what_leads_nowhere_is_kindly_not_found_and_not_counted(resident: Person, issue: IssuePage) -> None:
    other = an_issue(title="Other", slug="other")
    elsewhere = DropRound.objects.create(issue=other, name="Doors", code="dfz", copies=9, created_at=now())
    draft = an_issue(title="Draft", slug="draft", live=False)
    right = path_of(issue, 1)
    wrong = [f"{right[:-1]}-{elsewhere.code}/", f"{right[:-1]}-zzz/", path_of(draft, 1), "/q/nothing/", "/q/9-zzzzz/"]
    wrong += [right.replace("/q/", "/q/zzzzzzzzzzzz"), "/q/5-k7mq%00/"]
    for path in wrong:
        response = resident.get(path)
        assert response.status_code == 404, path
        assert 'href="/news/"' in response.content.decode()
    assert counted() == 0
    assert resident.post(right).status_code == 405


def test_no_page_hides_the_short_addresses(resident: Person, issue: IssuePage) -> None:
    assert reverse("newsletter_short_link", args=["5-k7mq"]) == "/q/5-k7mq/"
    assert reverse("newsletter_pdf", args=["rss"]) == "/news/rss.pdf"


def test_the_editor_sees_the_pages_before_they_are_printed(issue: IssuePage, rf: Any) -> None:
    response = issue.make_preview_request(preview_mode="print")
    assert response.status_code == 200
    assert 'src="data:image/png;base64,' in response.content.decode()
    with patch("newsletter.printing.screen.pages_as_pictures", side_effect=CannotBeSet("no")):
        refused = issue.make_preview_request(preview_mode="print")
    assert "cannot be put on paper yet" in refused.content.decode()
