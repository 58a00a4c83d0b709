"""What keeps a report from going out, on every way that Wagtail has; and what stands nowhere even if it went out."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, streamfield

from portal.insight.audiences import Audience
from portal.insight.models import ReportIndexPage, ReportPage
from portal.insight.periods import quarter
from portal.insight.printing.editions import PublicPaper
from tests.conftest import Person
from tests.factories.insight import EXACT, a_report, a_snapshot, by_month, ways

pytestmark = pytest.mark.django_db
WORDS = "They rang back the same day."
AGREED = {
    "words": WORDS,
    "who": "A neighbour",
    "said_yes": "self",
    "said_yes_on": "2026-01-15",
    "said_yes_how": "written",
    "kept_where": "Quotes folder, 14",
}
NO_YES = AGREED | {"said_yes": "", "said_yes_on": "", "said_yes_how": "", "kept_where": ""}
NO_COMMENTS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def edited(page: ReportPage, body: list[Any], **action: str) -> dict[str, Any]:
    words = {"title": page.title, "slug": page.slug, "summary": page.summary}
    return nested_form_data({**words, "body": streamfield(body), "comments": NO_COMMENTS, **action})


def bulk_publish(person: Person, *pages: Any, with_below: bool = False) -> str:
    chosen = "&".join(f"id={page.pk}" for page in pages)
    given = {"include_descendants": "on"} if with_below else {}
    return text(person.post(f"/staff/bulk/wagtailcore/page/publish/?{chosen}&next=/staff/", given, follow=True))


def is_out(page: ReportPage) -> bool:
    page.refresh_from_db()
    return bool(page.live)


@pytest.mark.parametrize("said_yes_on", ["", (timezone.localdate() - timedelta(days=1)).isoformat()])
def test_a_half_written_quote_is_kept_as_a_draft_and_no_way_of_publishing_lets_it_out(
    editor: Person, said_yes_on: str
) -> None:
    page = a_report(is_out=False)
    body = [("figure", "referrals_by_month"), ("quote", NO_YES | {"said_yes_on": said_yes_on})]
    assert editor.post(f"/staff/pages/{page.pk}/edit/", edited(page, body)).status_code == 302
    page.refresh_from_db()
    assert WORDS in str(page.get_latest_revision().content)
    told = bulk_publish(editor, page)
    assert "a quote has nobody’s yes yet" in told
    assert not is_out(page)
    assert "a quote has nobody’s yes yet" in bulk_publish(editor, ReportIndexPage.objects.get(), with_below=True)
    assert not is_out(page)
    answer = editor.post(f"/staff/pages/{page.pk}/edit/", edited(page, body, **{"action-publish": "1"}))
    assert answer.status_code == 200
    assert not is_out(page)
    assert "nobody’s yes to it is written down" in text(editor.get(f"/staff/pages/{page.pk}/edit/"))


@pytest.mark.parametrize("missing", ["said_yes", "said_yes_on", "said_yes_how", "kept_where", "who"])
def test_a_quote_without_its_yes_that_went_out_all_the_same_is_shown_nowhere(
    stranger: Person, lead: Person, missing: str
) -> None:
    page = a_report(is_out=False)
    page.body = [("figure", "referrals_by_month"), ("quote", AGREED | {missing: ""})]
    page.save_revision(clean=False).publish()
    page.refresh_from_db()
    told = [text(stranger.get(page.path_on_site)), text(lead.get(f"/staff/insight/{page.pk}/"))]
    told.append(
        " ".join(one.extract_text() for one in PdfReader(io.BytesIO(PublicPaper(page).set_now().content)).pages)
    )
    assert not any(WORDS in one.replace("\n", " ") for one in told)


def test_a_quote_with_its_yes_is_shown_and_searched_without_the_yes(stranger: Person) -> None:
    page = a_report(is_out=False)
    page.body = [("quote", AGREED)]
    page.save_revision().publish()
    page.refresh_from_db()
    assert WORDS in text(stranger.get(page.path_on_site))
    assert page.body.stream_block.get_searchable_content(page.body) == [WORDS, "A neighbour"]
    page.body = [("quote", AGREED | {"said_yes_on": timezone.localdate() + timedelta(days=1)})]
    assert not page.shown_body
    assert page.body.stream_block.get_searchable_content(page.body) == []


def test_a_second_count_of_one_time_does_not_go_out_beside_the_first(editor: Person) -> None:
    first, again = a_report(), a_report(slug="again", snapshot=a_snapshot(by_month(12, 22, 31)), is_out=False)
    again.title = "Counted again"
    again.save_revision()
    body = [("figure", "referrals_by_month")]
    publish = edited(again, body, **{"action-publish": "1"})
    told = text(editor.post(f"/staff/pages/{again.pk}/edit/", publish, follow=True))
    assert f"“{first.title}” shows another count of the same time" in told
    assert "Unpublish that one first." in told
    assert "shows another count" in bulk_publish(editor, again)
    assert not is_out(again)
    first.unpublish()
    assert editor.post(f"/staff/pages/{again.pk}/edit/", publish).status_code == 302
    assert is_out(again)


def test_two_counts_do_not_go_out_in_one_press_and_one_that_waits_for_its_day_counts_as_out(editor: Person) -> None:
    pages = [a_report(slug=f"n{n}", snapshot=a_snapshot(by_month(12 + n, 22, 31)), is_out=False) for n in range(2)]
    assert "shows another count" in bulk_publish(editor, *pages)
    assert not any(map(is_out, pages))
    pages[0].go_live_at = timezone.now() + timedelta(days=2)
    pages[0].save_revision().publish()
    assert not is_out(pages[0])
    assert "shows another count" in bulk_publish(editor, pages[1])
    assert not is_out(pages[1])


def test_reports_of_one_count_or_of_other_times_go_out_together(editor: Person) -> None:
    one = a_snapshot()
    pages = [a_report(slug=slug, snapshot=one, is_out=False) for slug in ("funders", "residents")]
    pages.append(a_report(slug="spring", snapshot=a_snapshot(by_month(*EXACT), period=quarter(2026, 2)), is_out=False))
    bulk_publish(editor, *pages)
    assert all(map(is_out, pages))


def test_all_open_files_of_one_time_are_of_one_count(stranger: Person) -> None:
    a_report("referrals_by_month", "routes_in", slug="older")
    a_report(snapshot=a_snapshot(by_month(41, 42, 43), ways(), made_at=timezone.now()))
    assert "2026-07,40" in text(stranger.get("/open-data/referrals_by_month.csv"))
    assert stranger.get("/open-data/routes_in.csv").status_code == 404


def test_nobody_publishes_the_boards_report(editor: Person) -> None:
    page = a_report(audience=Audience.BOARD, is_out=False)
    edit = f"/staff/pages/{page.pk}/edit/"
    assert 'name="action-publish"' not in text(editor.get(edit))
    other = a_report(slug="funders", is_out=False)
    assert 'name="action-publish"' in text(editor.get(f"/staff/pages/{other.pk}/edit/"))
    body = [("figure", "referrals_by_month")]
    told = text(editor.post(edit, edited(page, body, **{"action-publish": "1"}), follow=True))
    assert "the board’s report never goes on the website" in told
    bulk_publish(editor, page)
    bulk_publish(editor, ReportIndexPage.objects.get(), with_below=True)
    assert not is_out(page)
    assert is_out(other)


def test_whoever_signed_in_and_may_not_see_the_boards_report_is_refused_and_not_sent_to_and_fro(
    editor: Person, stranger: Person, lead: Person
) -> None:
    page = a_report(audience=Audience.BOARD)
    closed = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    closed.groups.set(Group.objects.filter(user=lead.user))
    assert editor.get(page.path_on_site).status_code == 403
    assert stranger.get(page.path_on_site).status_code == 302
    assert lead.get(page.path_on_site)["Location"] == f"/staff/insight/{page.pk}/"


def test_the_boards_report_is_printed_exactly_or_not_at_all(coordinator: Person, lead: Person, editor: Person) -> None:
    page = a_report(audience=Audience.BOARD, is_out=False)
    exact, rounded = f"/staff/insight/{page.pk}/exact.pdf", f"/staff/insight/{page.pk}/draft.pdf"
    listed = text(lead.get("/staff/insight/"))
    assert exact in listed
    assert rounded not in listed
    for person in (lead, editor):
        assert person.get(rounded).status_code == 403
    for person in (coordinator, editor):
        listed = text(person.get("/staff/insight/"))
        assert exact not in listed
        assert rounded not in listed
    assert rounded not in text(editor.get(f"/staff/pages/{page.pk}/edit/"))
