"""Three readers agree about whatever rule somebody thinks of."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.directory.hours.school_year import SchoolYear, Season
from engagement.directory.models import Activity, Schedule, SessionChange, Venue
from engagement.directory.recurrence import why_not
from tests.engagement.directory.feeds.readers import FIRST, LAST, agree

RULES = st.builds(
    lambda how, every, days, until: ";".join(
        filter(
            None,
            [
                f"FREQ={how}",
                f"INTERVAL={every}" if every > 1 else "",
                "BYDAY=" + ",".join(sorted(days)) if days else "",
                f"UNTIL={until}" if until else "",
            ],
        )
    ),
    st.sampled_from(["WEEKLY", "MONTHLY", "DAILY"]),
    st.integers(1, 4),
    st.sets(st.sampled_from(["MO", "TU", "SA", "SU"]), max_size=2),
    st.sampled_from(["", "20270331"]),
) | st.sampled_from(
    [
        "FREQ=MONTHLY;BYDAY=1WE,3WE",
        "FREQ=MONTHLY;BYDAY=-1SU",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTH=12;BYDAY=FR",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO",
        "",
    ]
)
TIMES_OF_DAY = st.sampled_from([time(0, 30), time(1, 30), time(9, 0), time(18, 0), time(23, 0)])
SCHOOLS = SchoolYear(((date(2026, 2, 16), date(2026, 2, 20)), (date(2026, 7, 20), date(2026, 9, 1))))


@settings(max_examples=60)
@given(
    recurrence=RULES,
    starts_on=st.dates(date(2024, 2, 27), date(2027, 2, 1)),
    starts_at=TIMES_OF_DAY,
    ends_at=st.none() | TIMES_OF_DAY,
    season=st.sampled_from(list(Season)),
    skips=st.booleans(),
    which=st.lists(st.integers(0, 60), max_size=4, unique=True),
    data=st.data(),
)
def test_three_readers_agree_about_any_rule(
    recurrence: str,
    starts_on: date,
    starts_at: time,
    ends_at: time | None,
    season: Season,
    skips: bool,
    which: list[int],
    data: st.DataObject,
) -> None:
    if why_not(recurrence) or starts_at == ends_at:
        return
    hall, other = Venue(pk=1, name="Lantern Hall"), Venue(pk=2, name="Other Hall")
    activity = Activity(name="Soup", slug="soup", updated_at=datetime(2026, 1, 1, tzinfo=UTC))
    hall.updated_at = other.updated_at = activity.updated_at
    schedule = Schedule(activity=activity, venue=hall, recurrence=recurrence, starts_on=starts_on, starts_at=starts_at)
    schedule.ends_at, schedule.season, schedule.skips_bank_holidays = ends_at, season, skips
    schedule.updated_at, schedule.live_changes, schedule.all_changes = activity.updated_at, [], []
    days = [session.on for session in schedule.sessions(FIRST, LAST, SCHOOLS)]
    for number in which:
        if number < len(days):
            schedule.live_changes.append(_some_change(data, days[number], other))
    schedule.all_changes = schedule.live_changes
    agree(schedule, SCHOOLS)


def _some_change(data: st.DataObject, on: date, other: Venue) -> SessionChange:
    change = SessionChange(session_on=on, kind=data.draw(st.sampled_from(SessionChange.Kind.values)), reason="a, b; c")
    change.made_at = datetime(2026, 1, 2, tzinfo=UTC)
    if change.kind == SessionChange.Kind.MOVED:
        change.moved_on = on + timedelta(days=data.draw(st.integers(0, 5)))
        change.moved_starts_at, change.moved_ends_at = time(12, 0), data.draw(st.sampled_from([None, time(14, 0)]))
        change.moved_venue = data.draw(st.sampled_from([None, other]))
    return change
