"""The builder: who may begin a report, what it begins with, and that two reports of one time show the same numbers."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.accounts.roles import ROLES
from portal.audit.models import AuditEvent
from portal.insight.audiences import Audience, offered
from portal.insight.builder.drafting import draft_report
from portal.insight.builder.urls import urlpatterns
from portal.insight.models import ReportIndexPage, ReportPage, Snapshot
from portal.insight.periods import Period
from portal.refusals import Refused
from tests.conftest import Person, member_of_staff
from tests.factories.insight import EXACT, SUMMER, a_report

pytestmark = pytest.mark.django_db
ROOM = "/staff/insight/"
FOR_DRAFTING, FOR_THE_BOARD = ("", "{0}/draft.pdf"), ("{0}/", "{0}/exact.pdf", "{0}/today/")
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
# What the editor of pages needs about remarks of staff before it reads a form.
NO_COMMENTS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_every_address_of_the_room_is_tried_below() -> None:
    assert len(urlpatterns) == len(FOR_DRAFTING + FOR_THE_BOARD)


def test_strangers_are_asked_who_they_are_and_wrong_roles_refused(stranger: Person) -> None:
    pk = a_report(is_out=False).pk
    for path in FOR_DRAFTING + FOR_THE_BOARD:
        assert stranger.get(ROOM + path.format(pk))["Location"].startswith("/accounts/login/")
    for role in sorted(ROLES):
        person = member_of_staff(f"one_{role}", role)
        for paths, needed in ((FOR_DRAFTING, "insight.draft_report"), (FOR_THE_BOARD, "insight.view_board_edition")):
            answers = {person.get(ROOM + path.format(pk)).status_code for path in paths}
            assert answers == ({200} if needed in ROLES[role].permissions else {403}), (role, needed)


def test_only_the_lead_and_the_administrator_see_exact_figures() -> None:
    may = {name for name, role in ROLES.items() if "insight.view_board_edition" in role.permissions}
    assert may == {"lead", "administrator"}


def test_an_editor_who_looks_at_the_boards_draft_sees_rounded_figures(editor: Person, lead: Person) -> None:
    page = a_report(audience=Audience.BOARD, is_out=False)
    seen = text(editor.get(f"/staff/pages/{page.pk}/view_draft/"))
    assert ">15<" in seen
    assert not [count for count in EXACT if f">{count}<" in seen]
    told = text(lead.get(f"{ROOM}{page.pk}/"))
    assert all(f">{count}<" in told for count in EXACT)
    assert "Themselves" in told
    assert 'src="data:image/svg+xml;base64,' in told


def test_the_form_begins_a_report_and_leads_back_to_the_list(lead: Person) -> None:
    quarter = next(offered(timezone.localdate()))
    answer = lead.post(ROOM, {"span": quarter.key, "audience": "residents"}, follow=True)
    page = ReportPage.objects.get()
    assert f"What we did, {quarter.label}" in text(answer)
    assert (page.live, page.owner, page.snapshot.period) == (False, lead.user, quarter.period)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"span": "2026-q3"},
        {"span": "1999-q1", "audience": "board"},
        {"span": f"{timezone.localdate().year - (timezone.localdate().month < 4)}-so-far", "audience": "funder"},
        {"span": "2026-q3", "audience": "everybody"},
    ],
)
def test_what_is_missing_or_not_offered_begins_nothing(lead: Person, given: dict[str, str]) -> None:
    answer = lead.post(ROOM, given)
    assert answer.status_code == 400
    assert "Error: " in text(answer)
    assert not Snapshot.objects.exists()


def test_reports_of_one_time_show_one_count_until_somebody_counts_afresh(lead: Person) -> None:
    def begun(audience: str, **more: bool) -> ReportPage:
        return draft_report(period=SUMMER, audience=audience, by=lead.user, now=NOW, **more)

    residents, funder = begun(Audience.RESIDENTS), begun(Audience.FUNDER)
    afresh = begun(Audience.RESIDENTS, counts_afresh=True)
    assert residents.snapshot == funder.snapshot != afresh.snapshot
    assert begun(Audience.BOARD).snapshot == afresh.snapshot
    assert [page.slug for page in (residents, afresh)] == [
        "july-to-september-2026-residents",
        "july-to-september-2026-residents-2",
    ]
    written = AuditEvent.objects.filter(action="insight.draft_report").values_list("done_by", flat=True)
    assert [*written] == [str(lead.user.pk)] * 4


def test_a_time_that_goes_on_is_counted_each_time(lead: Person) -> None:
    so_far = Period(datetime(2026, 4, 1).date(), datetime(2026, 11, 30).date())
    pages = [draft_report(period=so_far, audience=Audience.BOARD, by=lead.user, now=NOW) for _ in range(2)]
    assert pages[0].snapshot != pages[1].snapshot
    assert pages[0].get_view_restrictions().exists()


def test_without_a_list_of_reports_nothing_is_begun(lead: Person) -> None:
    ReportIndexPage.objects.get().delete()
    with pytest.raises(Refused, match="no list of reports"):
        draft_report(period=SUMMER, audience=Audience.FUNDER, by=lead.user, now=NOW)
    assert not Snapshot.objects.exists()
    assert not AuditEvent.objects.filter(action="insight.take_snapshot").exists()


def test_those_who_make_no_reports_make_none_of_a_count_that_is_there_either(lead: Person, navigator: Person) -> None:
    draft_report(period=SUMMER, audience=Audience.FUNDER, by=lead.user, now=NOW)
    with pytest.raises(Refused, match="does not make reports"):
        draft_report(period=SUMMER, audience=Audience.FUNDER, by=navigator.user, now=NOW)
    assert ReportPage.objects.count() == 1


def test_staff_see_which_numbers_would_be_others_today(lead: Person) -> None:
    said = text(lead.get(f"{ROOM}{a_report().pk}/today/"))
    assert "August 2026" in said
    assert "In the report" in said


def test_nobody_makes_a_report_without_a_count_or_of_another_room(editor: Person) -> None:
    assert not ReportPage.is_creatable
    index = ReportIndexPage.objects.get()
    words = {"title": "What we did", "slug": "elsewhere", "summary": "", "action-publish": "1"}
    answer = editor.post(f"/staff/pages/{index.pk}/edit/", nested_form_data({**words, "comments": NO_COMMENTS}))
    assert "The reports live at /reports/: keep “reports” here." in text(answer)
    assert ReportIndexPage.objects.get().slug == "reports"


@pytest.mark.parametrize(("times", "is_told"), [(1, False), (400, True)])
def test_whoever_saves_a_residents_report_hears_if_it_does_not_stand_on_one_page(
    editor: Person, times: int, is_told: bool
) -> None:
    page = a_report(audience=Audience.RESIDENTS, is_out=False)
    body = streamfield([("words", rich_text("<p>Many words of ours.</p>" * times, features=["bold"]))])
    words = {"title": page.title, "slug": page.slug, "summary": ""}
    given = nested_form_data({**words, "body": body, "comments": NO_COMMENTS})
    told = text(editor.post(f"/staff/pages/{page.pk}/edit/", given, follow=True))
    assert ("residents&#x27; one is to be a single page" in told) is is_told
