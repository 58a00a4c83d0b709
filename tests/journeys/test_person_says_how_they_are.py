"""Jo says how things are three times: on paper, on a phone, on our tablet; later Jo tells us what they think of our help."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.insight.figures.distance import distance_travelled
from portal.insight.figures.surveys import survey_stars
from portal.insight.periods import Period
from portal.insight.wording import TOO_FEW_TO_COMPARE, sentence
from selfreferral.models import Domain, SelfAssessment
from tests.conftest import Person
from tests.factories.interim import said
from tests.factories.selfreferral import a_referral, talked_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


def test_from_the_first_sheet_to_the_stars_in_the_report(
    lead: Person, navigator: Person, other_navigator: Person, resident: Person
) -> None:
    today = timezone.localdate()
    # The lead writes down what to ask about.
    for number, name in enumerate(("Home", "Money"), start=1):
        words = {"name": name, "asks": f"How is it with {name.lower()}?", "position": f"{number}", "is_active": "on"}
        lead.post("/staff/parts-of-life/new/", words)
    home, money = Domain.objects.asked()

    # Jo fills in a sheet; the navigator types it in, and leaves empty what Jo left empty.
    jo = talked_with(by=navigator.user, now=timezone.now() - timedelta(days=200))
    page = f"/staff/referrals/{jo.reference}/assess/"
    sheet = {"given_on": f"{today - timedelta(days=180)}", "way": "paper", f"part_{home.pk}": "2"}
    navigator.post(page, sheet)
    sheet |= {"given_on": f"{today - timedelta(days=90)}", f"part_{home.pk}": "3", f"part_{money.pk}": "4"}
    navigator.post(page, sheet)

    # The third time Jo does it on our tablet, which shows nothing of the navigator's any more.
    navigator.post(f"{page}here/")
    assert navigator.get(page).status_code == 302
    thanks = navigator.post("/here/how/numbers/", {f"part_{home.pk}": "6", f"part_{money.pk}": "5"})
    assert thanks["Location"] == "/here/how/thanks/"
    assert SelfAssessment.objects.filter(way="screen", written_by=None).count() == 1

    # The lead sees how far it is from the first to the last; a colleague who gave no reason does not.
    shown = lead.get(page).content.decode()
    assert "up 4" in shown
    assert other_navigator.get(page).status_code == 403

    # In the report Jo is one of one, and so nothing is said of it; with four more Jo went up at home, and left money empty.
    period = Period(today - timedelta(days=30), today)
    alone = distance_travelled(period)
    assert (alone.n, alone.rows, sentence(alone)) == (1, (), TOO_FEW_TO_COMPARE)
    for _ in range(4):
        other = a_referral(now=timezone.now())
        for days in (180, 90, 0):
            said(other, today - timedelta(days=days), {home: 5, money: 5})
    table = distance_travelled(period)
    rows = {row[0]: dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows}
    assert table.n == 5
    assert (rows["Home"]["up"], rows["Home"]["up_stages"], rows["Home"]["same"]) == (1, 4.0, 4)
    assert (rows["Money"]["missing"], rows["Money"]["same"]) == (1, 4)

    # Weeks later Jo gets a slip with a link, gives two stars, and asks to be rung.
    asked = {"audience": "residents", "how_many": "2", "closes_on": f"{today + timedelta(days=9)}", "shape": "listed"}
    link = lead.post("/staff/referrals/surveys/", asked).content.decode().split()[0]
    path = "/survey/" + link.split("/survey/")[1]
    stamp = resident.get(path).content.decode().split('name="shown" value="')[1].split('"')[0]
    resident.post(path, {"shown": stamp, "stars": "2", "good": "", "better": "I waited for weeks."})
    resident.post(f"{path}call/", {"phone": "07700 900123"})
    assert "07700 900123" in lead.get("/staff/referrals/calls/").content.decode()
    (row,) = survey_stars(period).rows
    assert row == ("People whom we helped", 2, 1, 50, 2.0, 1)
