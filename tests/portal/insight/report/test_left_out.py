"""What is placed and not shown is told to staff by its title, and an empty time says that it is empty."""

import io
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from portal.insight.audiences import Audience, offered
from portal.insight.figures import EVERY
from portal.insight.models import ReportPage
from portal.insight.periods import quarter
from portal.insight.printing.editions import PublicPaper, board_paper
from portal.insight.report_blocks import TITLES, figure_choices
from tests.conftest import Person
from tests.factories.insight import a_report, a_snapshot, by_month

pytestmark = pytest.mark.django_db
PLACED = ("referrals_by_month", "distance_travelled", "self_share", "outcomes")
SAID = (
    "“Distance travelled” is not shown: it is published of a financial year alone.",
    "“Who came by themselves or by word of mouth” is not shown: it is for the board alone.",
    "“What became of the requests” is not shown: this report’s count does not have it.",
)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", " ")


def test_figures_are_chosen_by_the_titles_that_they_have_on_the_page() -> None:
    assert {figure.name: figure.make(quarter(2026, 3)).title for figure in EVERY} == TITLES
    chosen = dict(choice for _, choices in figure_choices() for choice in choices)
    assert chosen.keys() == TITLES.keys()
    assert chosen["outcomes"] == "What became of the requests"
    assert chosen["survey_stars"] == "What people think of our help (financial years alone)"
    assert chosen["self_share"] == "Who came by themselves or by word of mouth (the board alone)"


def test_staff_hear_which_figures_are_not_shown_and_nobody_else_does(editor: Person, stranger: Person) -> None:
    page = a_report(*PLACED)
    for path in (f"/staff/pages/{page.pk}/edit/", f"/staff/pages/{page.pk}/view_draft/"):
        told = text(editor.get(path))
        assert all(sentence in told for sentence in SAID), path
        assert "“Requests for help by month” is not shown" not in told
    assert "is not shown: it" not in text(stranger.get(page.path_on_site))


def test_the_board_misses_only_what_was_not_counted() -> None:
    page = a_report(*PLACED, audience=Audience.BOARD, is_out=False)
    assert page.left_out() == ["“Distance travelled” is not shown: it is published of a financial year alone.", SAID[2]]


def test_the_builder_says_that_some_figures_are_of_a_year_alone(lead: Person) -> None:
    assert "Some figures are published of a financial year alone" in text(lead.get("/staff/insight/"))


@pytest.mark.parametrize("audience", ["residents", "funder", "board"])
def test_whoever_begins_a_report_of_an_empty_time_is_told(lead: Person, audience: str) -> None:
    span = next(offered(timezone.localdate()))
    told = text(lead.post("/staff/insight/", {"span": span.key, "audience": audience}, follow=True))
    few = "" if audience == "board" else ", or too few to show"
    assert f"Nothing was counted in {span.period.words}{few}. Is it the time you meant?" in told
    page = ReportPage.objects.get()
    told = words_of(board_paper(page) if page.is_for_board else PublicPaper(page).set_now().content)
    assert f"Nothing was counted in {span.period.words}{few}." in " ".join(told.split())


def test_an_empty_time_is_said_on_the_page_and_a_full_one_is_not(stranger: Person, lead: Person) -> None:
    page = a_report(snapshot=a_snapshot(by_month(0, 0, 0)))
    page.body = []
    page.save_revision().publish()
    told = text(stranger.get(page.path_on_site))
    assert "Nothing was counted in July to September 2026, or too few to show." in told
    assert "There are no figures here yet." not in told
    assert "Nothing was counted in July" in text(lead.get(f"/staff/insight/{page.pk}/"))
    full = a_report(slug="full", snapshot=a_snapshot(period=quarter(2026, 2)))
    assert "Nothing was counted in" not in text(stranger.get(full.path_on_site))
    assert "Nothing was counted in" not in words_of(PublicPaper(full).set_now().content)
