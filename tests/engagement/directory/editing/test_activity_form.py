"""Staff keep an activity in the Wagtail admin: where and when in rows, read back in words, and refused with what to do."""

from datetime import date
from typing import Any

import pytest

from engagement.directory.actions import cancel_session
from engagement.directory.models import Activity, Schedule, SessionChange, Venue
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

NEW = "/staff/activities/new/"
NOT_KNOWN = dict.fromkeys(
    ["free_entry", "food", "children_welcome", "dementia_friendly", "audience", "how_to_come"], "not_known"
)
ACTIVITY = {"name": "Soup and a chat", "is_listed": "on", **NOT_KNOWN}
ROW = {"starts_on": "2026-11-04", "starts_at": "11:30", "season": "all_year", "repeats": "weekly", "days": ["WE"]}


def sent(*rows: dict[str, Any], **words: Any) -> dict[str, Any]:
    """What a browser sends: the activity's own fields, and each row of where and when."""
    there = sum(1 for row in rows if "id" in row)
    counts = {"TOTAL_FORMS": len(rows), "INITIAL_FORMS": there, "MIN_NUM_FORMS": 1, "MAX_NUM_FORMS": 1000}
    data = {**ACTIVITY, **words, **{f"schedules-{name}": count for name, count in counts.items()}}
    for number, row in enumerate(rows):
        data |= {f"schedules-{number}-{name}": value for name, value in {**ROW, **row}.items() if value is not None}
        data |= {f"schedules-{number}-ORDER": number + 1}
    return data


def saved(person: Person, path: str, data: dict[str, Any]) -> str:
    """The page after saving; the form again where something was wrong."""
    answer = person.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def edit(activity: Activity) -> str:
    return f"/staff/activities/edit/{activity.pk}/"


@pytest.fixture
def hall(db: None) -> Venue:
    return make_venue()


@pytest.mark.parametrize(
    ("chosen", "rule"),
    [
        ({"repeats": "weekly", "days": ["WE", "MO"]}, "FREQ=WEEKLY;BYDAY=MO,WE"),
        ({"repeats": "fortnightly", "days": ["WE"]}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ({"repeats": "monthly", "days": ["WE"], "weeks": ["1", "-1"]}, "FREQ=MONTHLY;BYDAY=1WE,-1WE"),
        ({"until": "2026-12-16"}, "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261216"),
        ({"repeats": "once", "days": []}, ""),
        ({"starts_on": "", "starts_at": ""}, ""),
    ],
)
def test_how_often_is_chosen_in_words(coordinator: Person, hall: Venue, chosen: dict[str, Any], rule: str) -> None:
    saved(coordinator, NEW, sent({"venue": hall.pk, **chosen}))
    activity = Activity.objects.get()
    assert the_schedule(activity).recurrence == rule
    assert AuditEvent.objects.about(activity).get().done_by == str(coordinator.user.pk)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"days": []}, "Choose at least one day."),
        ({"repeats": "monthly"}, "Choose at least one week of the month."),
        ({"repeats": "hourly"}, "Select a valid choice"),
        ({"repeats": "once", "ends_at": "11:30"}, "Give a time after the start"),
        ({"until": "2026-11-01"}, "The last day comes before the first."),
        ({"repeats": "once", "until": "2026-12-01"}, "Leave this empty for something that happens once."),
        ({"starts_at": "noon"}, "Enter a valid time."),
        ({"starts_on": "2026-02-30"}, "Enter a valid date."),
        ({"venue": ""}, "This field is required."),
        ({"venue": 999_999}, "Select a valid choice"),
        ({"starts_on": ""}, "Give the first day too"),
        ({"starts_at": "", "ends_at": ""}, "Give the time too"),
        ({"starts_at": "", "ends_at": "12:00", "starts_on": ""}, "Give the time too"),
        ({"starts_at": "10:00", "ends_at": "09:00"}, "It would end before it starts."),
        ({"days": ["TU"], "until": "2026-11-09"}, "By these days it never happens."),
        ({"repeats": "once", "starts_on": "2025-11-04"}, "This day is more than a year ago."),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_beside_its_field(
    coordinator: Person, hall: Venue, chosen: dict[str, Any], said: str
) -> None:
    page = saved(coordinator, NEW, sent({"venue": hall.pk}, {"venue": hall.pk, **chosen}))
    assert said in page
    assert "Soup and a chat" in page
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"youngest": "18", "oldest": "11"}, "The oldest age is below the youngest."),
        ({"name": ""}, "This field is required."),
        ({"name": "Soup\x00"}, "Null characters are not allowed"),
        ({"theme": "knitting"}, "Select a valid choice"),
        ({"email": "nobody"}, "Enter a valid email address."),
    ],
)
def test_an_activity_that_cannot_be_kept_is_refused(
    coordinator: Person, hall: Venue, words: dict[str, Any], said: str
) -> None:
    assert said in saved(coordinator, NEW, sent({"venue": hall.pk}, **words))
    assert not Activity.objects.exists()


def test_an_activity_needs_a_row(coordinator: Person) -> None:
    assert "Add at least one place and time." in saved(coordinator, NEW, sent())
    assert not Activity.objects.exists()


def test_everything_about_it_is_kept(coordinator: Person, hall: Venue) -> None:
    words = {
        **{"theme": "food", "audience": "men", "how_to_come": "just_come", "youngest": "16", "oldest": "16"},
        **{"free_entry": "yes", "food": "yes", "children_welcome": "no", "dementia_friendly": "yes"},
        **{"phone": "01632 960000", "email": "soup@demo.example", "website": "https://soup.example/"},
        "what_to_expect": "Somebody meets you at the door.",
    }
    saved(coordinator, NEW, sent({"venue": hall.pk, "season": "term_time", "skips_bank_holidays": "on"}, **words))
    kept = Activity.objects.values(*words).get()
    assert {name: str(value) for name, value in kept.items()} == words
    assert Schedule.objects.get().schedule_in_words == (
        "Every Wednesday, from 11:30am, in term time, not on bank holidays"
    )


def test_two_rows_are_two_places(coordinator: Person, hall: Venue) -> None:
    corner = make_venue("Kettle Corner")
    saved(coordinator, NEW, sent({"venue": hall.pk}, {"venue": corner.pk, "days": ["FR"]}))
    assert [(one.venue, one.recurrence[-2:]) for one in Schedule.objects.in_order()] == [(hall, "WE"), (corner, "FR")]
    assert {"Lantern Hall, Kettle Corner"} & {activity.places_in_words for activity in Activity.objects.with_places()}


def test_a_rule_the_choices_cannot_make_is_left_as_it_is(coordinator: Person, hall: Venue) -> None:
    activity = make_activity(venue=hall, recurrence="FREQ=MONTHLY;BYMONTHDAY=13")
    assert "As it is: FREQ=MONTHLY;BYMONTHDAY=13" in coordinator.get(edit(activity)).content.decode()
    row = {"id": the_schedule(activity).pk, "venue": hall.pk, "repeats": "other"}
    saved(coordinator, edit(activity), sent(row, cost="£1"))
    activity.refresh_from_db()
    assert (the_schedule(activity).recurrence, activity.cost) == ("FREQ=MONTHLY;BYMONTHDAY=13", "£1")


def test_the_form_opens_with_what_was_chosen_and_reads_it_back(coordinator: Person) -> None:
    activity = make_activity(recurrence="FREQ=MONTHLY;BYDAY=2WE;UNTIL=20270331")
    answer = coordinator.get(edit(activity))
    row = answer.context["form"].formsets["schedules"].forms[0]
    assert [row[name].value() for name in ("repeats", "days", "weeks", "until")] == [
        "monthly",
        ["WE"],
        ["2"],
        date(2027, 3, 31),
    ]
    reading = "Now it reads: The second Wednesday of the month, 11:30am to 1:30pm, until 31 March 2027."
    assert reading in answer.content.decode()


def test_changing_the_time_keeps_what_was_said_about_dates(coordinator: Person, hall: Venue) -> None:
    activity = make_activity(venue=hall)
    schedule = the_schedule(activity)
    cancel_session(schedule=schedule, on=date(2026, 12, 2), reason="ill", by=None)
    saved(coordinator, edit(activity), sent({"id": schedule.pk, "venue": hall.pk, "starts_at": "10:00"}))
    schedule.refresh_from_db()
    assert (schedule.pk, schedule.starts_at.hour if schedule.starts_at else None) == (the_schedule(activity).pk, 10)
    assert SessionChange.objects.live().get().reason == "ill"


def test_a_row_taken_out_hands_on_what_was_said_about_dates_that_still_take_place(
    coordinator: Person, hall: Venue
) -> None:
    activity = make_activity(venue=hall, recurrence="FREQ=WEEKLY;BYDAY=WE,FR")
    schedule = the_schedule(activity)
    for day in (2, 4):
        cancel_session(schedule=schedule, on=date(2026, 12, day), reason="ill", by=None)
    old = {"id": schedule.pk, "venue": hall.pk, "days": ["WE", "FR"], "DELETE": "1"}
    saved(coordinator, edit(activity), sent(old, {"venue": hall.pk, "starts_at": "10:00"}))
    left = the_schedule(activity)
    assert left.pk != schedule.pk
    assert [(change.schedule, change.session_on) for change in SessionChange.objects.live()] == [
        (left, date(2026, 12, 2))
    ]
    coming = {one.session_on: one.is_cancelled for one in left.coming.all()}
    assert coming[date(2026, 12, 2)]
    assert not coming[date(2026, 12, 9)]


def test_saving_without_a_change_writes_no_history(coordinator: Person, hall: Venue) -> None:
    activity = make_activity(venue=hall)
    row = {"id": the_schedule(activity).pk, "venue": hall.pk, "starts_on": "2026-01-07", "ends_at": "13:30"}
    saved(coordinator, edit(activity), sent(row, cost="Free"))
    assert AuditEvent.objects.about(activity).count() == 1


def test_the_places_on_offer_are_those_that_everybody_sees_and_the_present_one(
    coordinator: Person, hall: Venue
) -> None:
    there, unlisted = make_venue("Kettle Corner", is_listed=False), make_venue("Closed Club", is_listed=False)
    merged = make_venue("Lantern Hall Annexe", merged_into=hall)
    answer = coordinator.get(edit(make_activity(venue=there)))
    offered = set(answer.context["form"].formsets["schedules"].forms[0].fields["venue"].queryset)
    assert offered == {hall, there}
    assert not {unlisted, merged} & offered


def test_a_row_that_another_tab_took_out_says_so(coordinator: Person, hall: Venue) -> None:
    activity = make_activity(schedules=[{"venue": hall}, {"venue": hall}])
    first, second = activity.schedules.all()
    rows = [{"id": one.pk, "venue": hall.pk} for one in (first, second)]
    second.delete()
    page = saved(coordinator, edit(activity), sent(*rows, cost="£1"))
    assert "Somebody took this place and time out meanwhile." in page
    saved(coordinator, edit(activity), sent(rows[0], {**rows[1], "DELETE": "1"}, cost="£1"))
    activity.refresh_from_db()
    assert (activity.cost, activity.schedules.count()) == ("£1", 1)
