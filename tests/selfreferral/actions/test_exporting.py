"""What leaves the room: numbers freely, names with a reason, a limit, and a look for each."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from portal.audit.models import AuditEvent
from selfreferral.actions.exporting import export_numbers, export_people
from selfreferral.exports.numbers import Quarter
from selfreferral.exports.tables import Why
from selfreferral.models import Acquaintance, Answer
from selfreferral.refusals import NotYours, SomethingMissing
from selfreferral.vault import CannotOpen
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral

pytestmark = pytest.mark.django_db
DAY = WEDNESDAY.date()


def take_out(by: Person, **changes: Any) -> list[dict[str, str]]:
    given = {"since": DAY, "until": DAY, "why": Why.INSPECTION, "letter": "INS/118", **changes}
    return list(csv.DictReader(io.StringIO(export_people(by=by.user, now=WEDNESDAY, **given).text)))


def looks() -> int:
    return AuditEvent.objects.filter(action="selfreferral.look", detail__purpose="export").count()


def test_names_and_safe_ways_leave_and_the_story_stays(lead: Person) -> None:
    referral = a_referral(name="=Jo", what_would_help="KESTREL")
    (row,) = take_out(lead)
    assert (row["reference"], row["name"], row["safe ways"]) == (referral.reference, "'=Jo", "Text: 07700 900123")
    assert "Lead" in row["handle with care"]
    assert "KESTREL" not in str(row)
    assert "jo@example.org" not in str(row)


def test_each_person_in_it_has_a_look_and_the_reason_is_kept(lead: Person) -> None:
    people = [a_referral(), a_referral()]
    take_out(lead)
    assert looks() == 2
    assert AuditEvent.objects.about(people[0]).filter(action="selfreferral.look").exists()
    event = AuditEvent.objects.get(action="selfreferral.export_people")
    assert event.detail == {"why": "inspection", "letter": "INS/118", "people": 2}


def test_the_looks_are_written_though_nothing_opens(lead: Person) -> None:
    Answer.objects.filter(referral=a_referral()).update(sealed_answers=b"\x01" + bytes(300))
    with pytest.raises(CannotOpen):
        take_out(lead)
    assert looks() == 1


def test_whoever_the_lead_knows_is_left_out(lead: Person) -> None:
    known, other = a_referral(), a_referral()
    Acquaintance.objects.create(referral=known, known_by=lead.user, said_at=WEDNESDAY)
    assert [row["reference"] for row in take_out(lead)] == [other.reference]


def test_more_than_the_limit_is_refused_and_opens_nothing(lead: Person, settings: Any) -> None:
    settings.REFERRAL_EXPORT_ROWS = 1
    a_referral()
    a_referral()
    with pytest.raises(SomethingMissing, match="more than 1 people"):
        take_out(lead)
    assert looks() == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"letter": "  "}, "number or date"),
        ({"since": DAY + timedelta(days=1)}, "must not be before"),
        ({"since": date(2020, 1, 1), "until": date(2020, 1, 2)}, "Nobody asked"),
    ],
)
def test_what_is_missing_is_said(lead: Person, changes: dict[str, Any], says: str) -> None:
    a_referral()
    with pytest.raises(SomethingMissing, match=says):
        take_out(lead, **changes)


def test_only_the_lead_takes_anything_out(navigator: Person, lead: Person) -> None:
    with pytest.raises(NotYours):
        take_out(navigator)
    with pytest.raises(NotYours):
        export_numbers(quarter=Quarter.of(DAY), by=navigator.user)


def test_numbers_leave_with_nobody_in_them(lead: Person) -> None:
    for _ in range(6):
        a_referral(name="KESTREL")
    sheet = export_numbers(quarter=Quarter.of(DAY), by=lead.user)
    assert "all,,6" in sheet.text
    assert "KESTREL" not in sheet.text
    assert AuditEvent.objects.get(action="selfreferral.export_numbers").detail == {"quarter": f"{Quarter.of(DAY)}"}


def test_the_day_of_a_summers_night_is_that_of_londons_clock(lead: Person) -> None:
    night = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    a_referral(now=night)
    july = date(2026, 7, 1)
    sheet = export_people(since=july, until=july, why=Why.LAW, letter="CO 44", by=lead.user, now=night)
    (row,) = csv.DictReader(io.StringIO(sheet.text))
    assert row["received on"] == "2026-07-01"
    assert "2026-07-01 00:30" in row["handle with care"]
    assert sheet.name == "people-2026-07-01-0030.csv"
