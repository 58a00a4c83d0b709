"""What everybody gets of a report: rounded figures that staff placed, on the page, as charts, as data and on paper."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from portal.insight.audiences import Audience
from portal.insight.models import ReportPage, Snapshot
from portal.insight.periods import quarter
from portal.insight.printing.editions import PublicPaper, board_paper
from portal.insight.table import Column, Kind, Table
from tests.conftest import Person
from tests.factories.insight import EXACT, a_report, a_snapshot, by_month, self_share, ways

pytestmark = pytest.mark.django_db
PAGE, CHART, PAPER = "/reports/summer/", "/reports/summer/chart-referrals_by_month.svg", "/reports/summer/report.pdf"
DATA, TOLD = "/open-data/referrals_by_month.csv", "/open-data/referrals_by_month.csv-metadata.json"


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_no_exact_number_is_on_the_page_in_its_chart_its_data_or_its_paper(stranger: Person) -> None:
    a_report("referrals_by_month", "self_share", "routes_in")
    told = [text(stranger.get(path)) for path in (PAGE, CHART, DATA, TOLD, "/open-data/", "/reports/")]
    told.append(words_of(stranger.get(PAPER).content))
    assert not [(count, one) for one in told for count in EXACT if f">{count}<" in one or f",{count}\r" in one]
    assert not any("Themselves" in one or "self_share" in one for one in told)
    assert all(">15<" in one for one in told[:2])
    assert "2026-07,15" in told[2]
    assert " 13 " not in told[6].replace("\n", " ")


def test_every_figure_says_what_it_counts_of_how_many_when_and_since_when(stranger: Person) -> None:
    a_report()
    said = text(stranger.get(PAGE))
    for fact in (
        "Every request.",
        "n = about 65.",
        "July to September 2026, counted on 5 October 2026, 10:30.",
        'alt="Bar chart:',
    ):
        assert fact in said
    assert "<script" not in said.replace('<script type="module"', "")


def test_a_chart_is_a_picture_under_the_policy_of_every_page(stranger: Person) -> None:
    a_report()
    answer = stranger.get(CHART)
    assert answer["Content-Type"] == "image/svg+xml"
    assert "style-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/reports/summer/chart-self_share.svg",
        "/reports/summer/chart-routes_in.svg",
        "/reports/winter/chart-referrals_by_month.svg",
        "/reports/winter/report.pdf",
        "/open-data/self_share.csv",
        "/open-data/routes_in.csv",
        "/open-data/routes_in.csv-metadata.json",
    ],
)
def test_what_is_not_placed_in_a_report_that_is_out_is_nowhere(stranger: Person, path: str) -> None:
    a_report("referrals_by_month", "self_share")
    assert stranger.get(path).status_code == 404


def test_a_draft_is_nobodys(stranger: Person) -> None:
    a_report(is_out=False)
    assert [stranger.get(path).status_code for path in (PAGE, CHART, PAPER, DATA, TOLD)] == [404] * 5
    assert "No numbers are out yet" in text(stranger.get("/open-data/"))
    assert "No report is out yet" in text(stranger.get("/reports/"))


def test_the_boards_report_is_not_on_the_website_even_where_it_is_published(
    stranger: Person, lead: Person, editor: Person
) -> None:
    board = a_report(audience=Audience.BOARD)
    paths = (PAGE, CHART, PAPER, DATA)
    assert [stranger.get(path).status_code for path in paths] == [404] * 4
    assert [editor.get(path).status_code for path in paths] == [403, 404, 404, 404]
    assert lead.get(PAGE)["Location"] == f"/staff/insight/{board.pk}/"
    assert "/reports/summer/" not in text(stranger.get("/sitemap.xml"))
    assert "summer" not in text(stranger.get("/reports/"))


def test_a_report_behind_a_privacy_setting_is_not_open_data(stranger: Person) -> None:
    PageViewRestriction.objects.create(page=a_report(), restriction_type=PageViewRestriction.LOGIN)
    assert [stranger.get(path).status_code for path in (CHART, PAPER, DATA)] == [404] * 3


def test_the_columns_of_a_file_are_told_beside_it_and_formulas_stay_words(stranger: Person) -> None:
    a_report("routes_in")
    answer = stranger.get("/open-data/routes_in.csv")
    rows = [*csv.DictReader(io.StringIO(text(answer)))]
    assert [row["route"] for row in rows] == ["On the web", "'=Paper"]
    assert (
        rows[0]
        | {"requests": "45", "n": "65", "period_begins_on": "2026-07-01", "counted_at": "2026-10-05T09:30:00+00:00"}
        == rows[0]
    )
    told = json.loads(text(stranger.get("/open-data/routes_in.csv-metadata.json")))
    assert [column["name"] for column in told["tableSchema"]["columns"]] == [*rows[0]]
    assert told["url"].endswith("/open-data/routes_in.csv")
    assert "routes_in.csv-metadata.json" in answer["Link"]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_of_one_time_there_is_one_count_and_each_time_has_its_lines(stranger: Person) -> None:
    a_report(slug="older", snapshot=a_snapshot(by_month(41, 42, 43)))
    a_report()
    spring = quarter(2026, 2)
    a_report(slug="spring", snapshot=a_snapshot(by_month(50, 60, 70), period=spring))
    rows = [*csv.DictReader(io.StringIO(text(stranger.get(DATA))))]
    assert [row["requests"] for row in rows] == ["15", "25", "30", "50", "60", "70"]


def test_a_count_that_was_changed_in_the_database_is_shown_nowhere(stranger: Person, lead: Person) -> None:
    page = a_report()
    Snapshot.objects.update(exact=[by_month(99, 99, 99).to_json()])
    said = text(stranger.get(PAGE))
    assert "We do not show the figures of this report just now" in said
    assert ">100<" not in said
    assert stranger.get(CHART).status_code == 404
    assert stranger.get(PAPER)["Location"] == PAGE
    assert stranger.get(DATA).status_code == 404
    told = lead.get(f"/staff/insight/{page.pk}/")
    assert told.status_code == 500
    assert "are not as they were made" in told.content.decode()
    assert "Changed since it was counted" in text(lead.get("/staff/insight/"))
    assert "count of the figures was changed" in text(lead.get("/staff/"))


def test_a_page_costs_as_many_queries_with_more_figures(stranger: Person) -> None:
    a_report()
    a_report("referrals_by_month", "routes_in", slug="longer")
    stranger.get(PAGE)
    counts = []
    for path in (PAGE, "/reports/longer/"):
        with CaptureQueriesContext(connection) as asked:
            stranger.get(path)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20


def test_the_residents_edition_is_one_page_until_the_words_are_too_many() -> None:
    page = a_report(audience=Audience.RESIDENTS)
    assert PublicPaper(page).set_now().pages == 1
    page.body = [*page.body.get_prep_value(), {"type": "words", "value": "<p>Many words of ours.</p>" * 400}]
    assert PublicPaper(page).set_now().pages > 1


def test_paper_is_set_once_and_again_when_a_word_changes(stranger: Person) -> None:
    page = a_report()
    first = stranger.get(PAPER)
    assert stranger.get(PAPER, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    page.title = "What we did together"
    page.save_revision().publish()
    assert stranger.get(PAPER)["ETag"] != first["ETag"]


def test_what_several_figures_say_of_themselves_is_said_once_on_paper_and_with_each_on_the_page(
    stranger: Person,
) -> None:
    shared = "Every request is counted here. Twice is once."
    tables = [
        replace(table, definition=f"{shared} Of {table.title}.")
        for table in (by_month(41, 42, 43), ways(), self_share())
    ]
    page = a_report("referrals_by_month", "routes_in", snapshot=a_snapshot(*tables))
    assert text(stranger.get(PAGE)).count(shared) == 2
    assert all(table.definition.startswith(shared) for table in page.snapshot.public_tables)
    for audience in (Audience.FUNDER, Audience.RESIDENTS):
        page.audience = audience
        said = " ".join(words_of(PublicPaper(page).set_now().content).split())
        assert said.count("Every request is counted here.") == 1
        assert "Of Requests by month." in said


def test_on_paper_a_figure_and_what_it_counts_stand_on_one_page() -> None:
    months = tuple((date(2024 + at // 12, at % 12 + 1, 1), 5) for at in range(28))
    many = tuple((f"Way {at}", 5) for at in range(14))
    tables = (
        replace(by_month(5), rows=months, n=140, definition="By when."),
        replace(ways(), rows=many, n=70, definition="By how."),
    )
    page = a_report("routes_in", "referrals_by_month", snapshot=a_snapshot(*tables), audience=Audience.BOARD)
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(board_paper(page))).pages]
    for words in (
        ("How requests came in", "Way 0", "Way 13", "By how."),
        ("Requests by month", "January 2024", "April 2026", "By when."),
    ):
        assert len({next(number for number, one in enumerate(pages) if word in one) for word in words}) == 1, words


def test_long_heads_leave_the_first_column_room_for_its_words() -> None:
    heads = ("What for", "People", "Half waited no longer than", "Nine of ten within")
    kinds: tuple[Kind, ...] = ("text", "count", "days", "days")
    columns = tuple(Column(f"c{at}", head, kind) for at, (head, kind) in enumerate(zip(heads, kinds, strict=True)))
    rows = (("To hear from us for the first time", 190, 269.5, 360.5), ("On our list", 20, 2.0, 3.0))
    waiting = Table("waiting", "Who was waiting", "People.", columns, rows, 210)
    page = a_report("waiting", snapshot=a_snapshot(waiting), audience=Audience.BOARD)
    lines = words_of(board_paper(page)).splitlines()
    assert "from" not in [line.strip() for line in lines], "one word a line"


def test_the_boards_paper_has_exact_figures_and_says_so() -> None:
    said = words_of(board_paper(a_report(audience=Audience.BOARD))).replace("\n", " ")
    assert " 13 " in said
    assert "Exact figures, for the board alone" in said
    assert "Themselves" in said
    assert ReportPage.objects.count() == 1
