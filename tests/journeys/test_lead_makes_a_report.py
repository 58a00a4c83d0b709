"""The lead has last quarter counted, the editor adds a quote and publishes, a neighbour reads it; nothing changes it later."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from portal.insight.audiences import offered
from portal.insight.models import ReportPage
from portal.privacy.counting import Counted, keep_counts
from tests.conftest import Person


@pytest.mark.django_db
def test_a_lead_makes_a_report(lead: Person, editor: Person, stranger: Person) -> None:
    quarter = next(offered(timezone.localdate()))
    asked = Counted(quarter.period.begins_on, "requests for help", "closed")
    keep_counts({asked: 37})

    # The lead chooses last quarter, for residents.
    assert lead.post("/staff/insight/", {"span": quarter.key, "audience": "residents"}).status_code == 302
    page = ReportPage.objects.get()
    assert stranger.get(page.path_on_site).status_code == 404

    # The editor adds a quote. Without a yes it is refused; with one, the report is out.
    quote = {
        "words": "They rang back the same day.",
        "who": "A neighbour",
        "said_yes": "self",
        "said_yes_on": "",
        "said_yes_how": "written",
        "kept_where": "Quotes folder, 14",
    }

    def form(said_yes_on: str) -> dict[str, str]:
        body = [("figure", "referrals_by_month"), ("quote", quote | {"said_yes_on": said_yes_on})]
        given = {"title": page.title, "slug": page.slug, "summary": page.summary, "body": streamfield(body)}
        none = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}
        return nested_form_data({**given, "comments": none, "action-publish": "action-publish"})

    edit = f"/staff/pages/{page.pk}/edit/"
    tomorrow = timezone.localdate() + timedelta(days=1)
    for too_early in ("", tomorrow.isoformat()):
        assert editor.post(edit, form(too_early)).status_code == 200
    assert editor.post(edit, form("2026-01-15")).status_code == 302

    # A neighbour finds it, reads the quote and a rounded number, and never who said yes or where that lies.
    assert page.path_on_site in stranger.get("/reports/").content.decode()
    said = stranger.get(page.path_on_site).content.decode()
    assert "They rang back the same day." in said
    assert ">35<" in said
    assert not any(secret in said for secret in ("Quotes folder", ">37<", "2026-01-15"))
    assert stranger.get(f"{page.path_on_site}report.pdf").content.startswith(b"%PDF")

    # Later somebody else of that time is erased: the report says what it said, and the lead sees what would be different.
    keep_counts({asked: 20})
    assert ">35<" in stranger.get(page.path_on_site).content.decode()
    assert "57" in lead.get(f"/staff/insight/{page.pk}/today/").content.decode()
