"""What an issue finds in the directory and the comments."""

from datetime import date, time
from typing import Any

import pytest
from django.utils import timezone

from engagement.comments.models import Action
from engagement.directory.models import Activity, Organisation, Schedule, SessionChange, Venue
from engagement.directory.sessions import Session
from newsletter.rendering import live
from portal.clock import at
from portal.geo.models import Area
from portal.pages.settings import site_identity
from tests.factories.directory import make_activity, the_schedule

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 19)
IN_TWO_WEEKS = date(2026, 12, 3)


@pytest.fixture
def hall() -> Venue:
    return Venue.objects.create(
        name="The Welfare Hall",
        slug="welfare",
        address="Seventh Street",
        postcode="SR8 4LX",
        latitude=54.77,
        longitude=-1.32,
        is_warm_space=True,
        opening_hours="Mo-Fr 09:00-15:00; PH off",
    )


def an_activity(hall: Venue, name: str = "Café 100", **fields: Any) -> Activity:
    return make_activity(name, venue=hall, **fields)


def test_each_activity_has_one_row_with_its_days(hall: Venue) -> None:
    an_activity(hall)
    (row,) = live.sessions(starts_on=THURSDAY, ends_on=IN_TWO_WEEKS, named=[], most=8)
    assert row.title == "Café 100"
    assert row.detail == ("Wednesday 25 November and Wednesday 2 December, 11:30am to 1:30pm · The Welfare Hall")
    assert row.url == "/activities/cafe-100/"
    assert row.is_live


def test_many_days_are_all_told(hall: Venue) -> None:
    an_activity(hall, recurrence="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", starts_on=date(2026, 1, 5))
    (row,) = live.sessions(starts_on=THURSDAY, ends_on=date(2026, 11, 24), named=[], most=8)
    assert row.detail.startswith(
        "Thursday 19 and Friday 20 November; Monday 23 and Tuesday 24 November, 11:30am to 1:30pm"
    )


def test_where_to_ask_when_stands_beside_the_words(hall: Venue) -> None:
    unknown = {"recurrence": "", "starts_on": None, "starts_at": None, "ends_at": None}
    club = an_activity(hall, "Mens Club", **unknown)

    def told() -> str:
        return live.sessions(starts_on=THURSDAY, ends_on=IN_TWO_WEEKS, named=[club.slug], most=8)[0].detail

    assert told() == "Ring to ask when · The Welfare Hall"
    identity = site_identity()
    identity.contact_phone = "01632 960001"
    identity.save()
    assert told() == "Ring to ask when: 01632 960001 · The Welfare Hall"
    club.organisation = Organisation.objects.create(name="The Men", slug="the-men", phone="01632 960002")
    club.save()
    assert told().startswith("Ring to ask when: 01632 960002 ")
    Venue.objects.update(phone="01632 960003")
    assert told().startswith("Ring to ask when: 01632 960003 ")
    Activity.objects.update(phone="01632 960004")
    assert told().startswith("Ring to ask when: 01632 960004 ")


def test_a_day_that_is_off_says_so_with_its_reason(hall: Venue) -> None:
    activity = an_activity(hall)
    SessionChange.objects.create(
        schedule=the_schedule(activity),
        session_on=date(2026, 12, 2),
        kind=SessionChange.Kind.CANCELLED,
        reason="boiler broken",
        made_at=timezone.now(),
    )
    (row,) = live.sessions(starts_on=THURSDAY, ends_on=IN_TWO_WEEKS, named=[], most=8)
    assert row.detail.startswith("Wednesday 25 November, 11:30am to 1:30pm. Not on Wednesday 2 December: boiler broken")


def test_soonest_first_and_no_more_than_asked_for(hall: Venue) -> None:
    an_activity(hall, "Wednesdays")
    an_activity(hall, "Fridays", recurrence="FREQ=WEEKLY;BYDAY=FR", starts_on=date(2026, 1, 2))
    an_activity(hall, "Mondays", recurrence="FREQ=WEEKLY;BYDAY=MO", starts_on=date(2026, 1, 5))
    rows = live.sessions(starts_on=THURSDAY, ends_on=IN_TWO_WEEKS, named=[], most=2)
    assert [row.title for row in rows] == ["Fridays", "Mondays"]


def test_what_an_editor_names_is_there_even_when_its_day_is_not_known(hall: Venue) -> None:
    an_activity(hall)
    an_activity(hall, "Mens Club", recurrence="", starts_on=None, starts_at=None, ends_at=None)
    an_activity(hall, "Next spring", recurrence="", starts_on=date(2027, 4, 1))
    named = live.sessions(
        starts_on=THURSDAY, ends_on=IN_TWO_WEEKS, named=["mens-club", "cafe-100", "next-spring"], most=8
    )
    assert [row.title for row in named] == ["Café 100", "Mens Club"]
    assert [row.title for row in live.sessions(starts_on=THURSDAY, ends_on=IN_TWO_WEEKS, named=[], most=8)] == [
        "Café 100"
    ]
    assert live.sessions(starts_on=THURSDAY, ends_on=IN_TWO_WEEKS, named=["something-else"], most=8) == ()


def test_what_is_not_listed_is_not_told(hall: Venue) -> None:
    an_activity(hall, is_listed=False)
    assert live.sessions(starts_on=THURSDAY, ends_on=IN_TWO_WEEKS, named=[], most=8) == ()
    assert live.activity_choices() == []


def test_warm_spaces_have_their_hours_and_where_they_are(hall: Venue) -> None:
    (row,) = live.warm_spaces(named=[], most=6)
    assert row.title == "The Welfare Hall"
    assert "Monday to Friday 9am to 3pm" in row.detail
    assert row.detail.endswith("Seventh Street SR8 4LX")
    assert live.warm_space_choices() == [("welfare", "The Welfare Hall")]


def test_hours_in_a_venue_s_own_words_and_hours_not_known(hall: Venue) -> None:
    Venue.objects.update(opening_hours="", hours_text="From 10 until the soup runs out.")
    assert live.warm_spaces(named=[], most=6)[0].detail.startswith("From 10 until the soup")
    Venue.objects.update(hours_text="")
    assert live.warm_spaces(named=[], most=6)[0].detail.startswith("Ring first: we do not know the hours.")
    Venue.objects.update(phone="01632 960003")
    assert live.warm_spaces(named=[], most=6)[0].detail.startswith("Ring 01632 960003 first: we do not know")


def test_only_our_own_area_unless_named(hall: Venue) -> None:
    Area.objects.create(
        code="E1", name="Horden", outline={}, west=-1.4, south=54.7, east=-1.2, north=54.8, is_home=True
    )
    Venue.objects.create(name="Far away", slug="far", latitude=53.0, longitude=-1.3, is_warm_space=True)
    assert [row.title for row in live.warm_spaces(named=[], most=6)] == ["The Welfare Hall"]
    assert [row.title for row in live.warm_spaces(named=["far"], most=6)] == ["Far away"]


def test_the_newest_actions_that_are_published() -> None:
    Action.objects.create(title="The lane is lit", words="Six lamps.", status="done", published_at=timezone.now())
    Action.objects.create(title="A draft", words="Not yet.", status="planned")
    (row,) = live.actions(named=[], most=5)
    assert (row.title, row.detail) == ("The lane is lit", "Done. Six lamps.")
    assert row.url.startswith("/you-said-we-did/")
    assert live.actions(named=[], most=0) == ()


def test_what_an_editor_names_of_what_was_done_and_nothing_else() -> None:
    lane, bench, draft = (
        Action.objects.create(title=title, words="Soon.", status="planned", published_at=at, said_at=at)
        for title, at in (("A lamp", timezone.now()), ("A bench", timezone.now()), ("A draft", None))
    )
    named = [str(lane.pk), str(draft.pk), "nonsense"]
    assert [row.title for row in live.actions(named=named, most=0)] == ["A lamp"]
    assert live.action_choices() == [(str(bench.pk), "A bench (Planned)"), (str(lane.pk), "A lamp (Planned)")]


def test_the_number_of_queries_does_not_grow_with_the_directory(
    hall: Venue, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        an_activity(hall, f"Club {number}")
    with django_assert_max_num_queries(4):
        live.sessions(starts_on=THURSDAY, ends_on=IN_TWO_WEEKS, named=[], most=8)


def test_only_rules_of_activities_that_are_on_or_named_are_followed(
    hall: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.clock.now", lambda: at(THURSDAY, time(12)))
    monkeypatch.setattr("newsletter.rendering.live.now", lambda: at(THURSDAY, time(12)))
    an_activity(hall)
    an_activity(hall, "Next spring", recurrence="", starts_on=date(2027, 4, 1))
    followed: list[str] = []
    real = Schedule.sessions

    def sessions(self: Schedule, *days: Any) -> list[Session]:
        followed.append(self.activity.name)
        return real(self, *days)

    monkeypatch.setattr(Schedule, "sessions", sessions)
    found = live.sessions(starts_on=THURSDAY, ends_on=IN_TWO_WEEKS, named=[], most=8)
    assert [row.title for row in found] == followed == ["Café 100"]
    followed.clear()
    far = live.sessions(starts_on=date(2027, 3, 30), ends_on=date(2027, 4, 2), named=[], most=8)
    assert [row.title for row in far] == ["Café 100", "Next spring"]
    followed.clear()
    live.sessions(starts_on=THURSDAY, ends_on=IN_TWO_WEEKS, named=["next-spring"], most=8)
    assert followed == ["Next spring"]


def test_who_is_asked_to_ring_first_on_bank_holidays_is_told_the_number(hall: Venue) -> None:
    Venue.objects.update(opening_hours="Mo-Fr 09:00-15:00")
    assert "Ring first on bank holidays" in live.warm_spaces(named=[], most=6)[0].detail
    ours = site_identity()
    ours.contact_phone = "01632 960100"
    ours.save()
    assert "Ring 01632 960100 first on bank holidays" in live.warm_spaces(named=[], most=6)[0].detail
    Venue.objects.update(phone="01632 960003")
    assert "Ring 01632 960003 first on bank holidays" in live.warm_spaces(named=[], most=6)[0].detail
