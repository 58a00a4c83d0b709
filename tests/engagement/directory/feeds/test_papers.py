"""The sheet for the notice board and the words for the phone say what is on, off and moved, and whom to ring."""

from datetime import UTC, date, datetime, time
from unittest.mock import patch

import pytest

from engagement.directory.actions import add_note, cancel_session, change_hours_on, move_session
from portal.geo.models import NamedPlace
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule
from tests.paper import is_tagged, pages_of, title_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def test_the_sheet_tells_a_week_with_what_is_off_and_moved_in_words(resident: Person) -> None:
    hall = make_venue(phone="01632 960000", latitude=54.76, longitude=-1.31)
    make_activity(venue=hall)
    off = the_schedule(make_activity("Bingo", venue=hall, recurrence="FREQ=WEEKLY;BYDAY=FR"))
    moved = the_schedule(make_activity("Knit and natter", venue=hall, recurrence="FREQ=WEEKLY;BYDAY=TH"))
    noted = the_schedule(make_activity("Chess", venue=hall, recurrence="FREQ=WEEKLY;BYDAY=TU"))
    cancel_session(schedule=off, on=date(2026, 11, 27), reason="boiler broken", by=None)
    add_note(schedule=noted, on=date(2026, 12, 1), reason="Bring a cup", by=None)
    move_session(
        schedule=moved, on=date(2026, 11, 26), to_on=date(2026, 11, 30), starts_at=time(9), ends_at=time(10),
        reason="", by=None,
    )  # fmt: skip
    answer = resident.get("/whats-on/sheet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    words = words_of(answer.content)
    for said in (
        "Wednesday 25 November to Tuesday 1 December 2026",
        "Printed on Wednesday 25 November 2026",
        "11:30am to 1:30pm Soup and a chat",
        "Not on: boiler broken",
        "Moved to Monday 30 November, 9am to 10am",
        "Moved from Thursday 26 November",
        "Bring a cup",
        "01632 960000",
        "Warm spaces",
        "Wednesday 11:30am to 1:30pm.",
        "localhost:8000",
    ):
        assert said in words, said
    assert is_tagged(answer.content)
    assert pages_of(answer.content) == 1
    assert title_of(answer.content).startswith("What’s on in")


def test_an_empty_week_says_so_and_next_week_can_be_printed_ahead(resident: Person) -> None:
    assert "Nothing is planned" in words_of(resident.get("/whats-on/sheet.pdf").content)
    words = words_of(resident.get("/whats-on/sheet.pdf?week=next").content)
    assert "Monday 30 November to Sunday 6 December 2026" in words


def test_forty_sessions_with_long_names_fit_on_paper(resident: Person) -> None:
    hall = make_venue("The Horden and Easington Colliery Welfare Ground Pavilion " * 2, latitude=54.76, longitude=-1.31)
    for number in range(40):
        make_activity(f"{number} is something of a very long name with #markup and $dollars$ " * 2, venue=hall)
    for size, most in (("", 6), ("large", 20)):
        answer = resident.get(f"/whats-on/sheet.pdf?size={size}")
        assert "39 is something of a very long name with #markup and $dollars$" in words_of(answer.content)
        assert pages_of(answer.content) <= most


def test_nothing_on_the_large_sheet_is_smaller_than_eighteen_points(resident: Person) -> None:
    import io

    from pypdf import PdfReader

    make_activity(venue=make_venue(latitude=54.76, longitude=-1.31))
    sizes: set[float] = set()
    for page in PdfReader(io.BytesIO(resident.get("/whats-on/sheet.pdf?size=large").content)).pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.add(size) if text.strip() else None)
    assert min(sizes) >= 18


@pytest.mark.parametrize(("query", "status"), [("size=huge", 404), ("near=Atlantis", 400), ("week=never", 200)])
def test_a_sheet_that_makes_no_sense_is_refused(resident: Person, query: str, status: int) -> None:
    assert resident.get(f"/whats-on/sheet.pdf?{query}").status_code == status


def test_another_village_has_a_sheet_of_its_own(resident: Person) -> None:
    NamedPlace.objects.create(name="Fishburn", slug="fishburn", kind="village", latitude=54.68, longitude=-1.43)
    make_activity("Bingo", venue=make_venue(latitude=54.681, longitude=-1.43))
    make_activity("Chess", venue=make_venue("Hall", latitude=54.76, longitude=-1.31))
    words = words_of(resident.get("/whats-on/sheet.pdf?near=fishburn").content)
    assert "What’s on in Fishburn" in words
    assert "Bingo" in words
    assert "Chess" not in words


def test_a_venue_has_a_sheet_for_its_own_door(resident: Person) -> None:
    venue = make_venue(opening_hours="Mo-Fr 09:00-17:00; PH off")
    change_hours_on(venue=venue, first_on=date(2026, 11, 30), last_on=date(2026, 11, 30), reason="funeral", by=None)
    words = words_of(resident.get("/venues/lantern-hall/sheet.pdf").content)
    assert "Monday closed: funeral" in words
    assert "Wednesday to Friday 9am to 5pm" in words
    assert resident.get("/venues/nowhere/sheet.pdf").status_code == 404


def test_the_same_sheet_is_set_once_and_one_address_cannot_ask_without_end(resident: Person) -> None:
    with patch("engagement.directory.feeds.papers.typeset", return_value=b"%PDF") as typeset:
        resident.get("/whats-on/sheet.pdf")
        resident.get("/whats-on/sheet.pdf")
        assert typeset.call_count == 1
        with patch("engagement.directory.feeds.papers.within_limit", return_value=False):
            assert resident.get("/whats-on/sheet.pdf?size=large").status_code == 429


def test_today_is_told_in_plain_words(resident: Person) -> None:
    hall = make_venue(phone="01632 960000", address="1 Sea Lane", postcode="SR8 4LX", latitude=54.76, longitude=-1.31)
    make_venue("Late Hall", opening_hours="We 18:00-20:00; PH off", latitude=54.76, longitude=-1.31)
    make_activity(venue=hall)
    bingo = the_schedule(make_activity("Bingo", venue=hall, starts_at=time(14), ends_at=time(15)))
    cancel_session(schedule=bingo, on=date(2026, 11, 25), reason="caller is ill", by=None)
    answer = resident.get("/whats-on/today.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    words = answer.content.decode()
    for said in (
        "It is Wednesday 25 November, 12 noon.",
        "Open now.\nLantern Hall. Open until 1:30pm, but Bingo is not on today: caller is ill. 1 Sea Lane SR8 4LX."
        " Ring 01632 960000.",
        "Opens later today.\nLate Hall. Opens 6pm today.",
        "11:30am to 1:30pm. Soup and a chat, at Lantern Hall.",
        "Bingo at Lantern Hall. Not today: caller is ill.",
    ):
        assert said in words, said


def test_a_day_with_nothing_is_told_too(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.clock.now", lambda: datetime(2026, 11, 29, 3, 0, tzinfo=UTC))
    words = resident.get("/whats-on/today.txt").content.decode()
    assert "Nothing that we know of is open now." in words
    assert "Nothing more is on today" in words
    assert resident.get("/whats-on/today.txt?near=Atlantis").status_code == 400


def test_with_nothing_open_the_nearest_that_opens_next_is_told(
    resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_venue("A Far Hall", latitude=54.775, longitude=-1.31, opening_hours="Mo 08:00-10:00; PH off")
    make_venue(
        "Near Hall", latitude=54.761, longitude=-1.31, opening_hours="Mo 09:00-10:00; PH off", phone="01632 960000"
    )
    make_venue("Tuesday Hall", latitude=54.76, longitude=-1.31, opening_hours="Tu 09:00-10:00; PH off")
    monkeypatch.setattr("portal.clock.now", lambda: datetime(2026, 11, 29, 3, 0, tzinfo=UTC))
    words = resident.get("/whats-on/today.txt").content.decode()
    assert (
        "Nothing that we know of is open now.\n\nOpens next.\nNear Hall. Opens 9am tomorrow. Ring 01632 960000.\n"
        in words
    )
    assert words.index("Near Hall") < words.index("A Far Hall")
    assert "Tuesday Hall" not in words


def test_where_nothing_close_by_opens_a_place_further_off_is_told(
    resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_venue("Other Town Hall", latitude=55.5, longitude=-1.6, opening_hours="Mo 08:00-10:00; PH off")
    monkeypatch.setattr("portal.clock.now", lambda: datetime(2026, 11, 29, 3, 0, tzinfo=UTC))
    assert "Opens next.\nOther Town Hall." in resident.get("/whats-on/today.txt").content.decode()


def test_what_has_no_time_is_on_the_sheet_with_whom_to_ring(resident: Person) -> None:
    hall = make_venue(phone="01632 960000", latitude=54.76, longitude=-1.31)
    make_activity("Sit and mend", schedules=[{"venue": hall}])
    make_activity("Far off", schedules=[{"venue": make_venue("Far Hall", latitude=55.5, longitude=-1.6)}])
    for path in ("/whats-on/sheet.pdf", "/venues/lantern-hall/sheet.pdf"):
        words = words_of(resident.get(path).content)
        assert "Ring to ask when Sit and mend · Lantern Hall · ring 01632 960000" in words
        assert "Far off" not in words


def test_hours_beside_a_session_that_is_off_say_so(resident: Person) -> None:
    hall = make_venue(opening_hours="Mo-Th 09:00-16:00; PH off")
    cancel_session(schedule=the_schedule(make_activity(venue=hall)), on=date(2026, 11, 25), reason="boiler", by=None)
    words = words_of(resident.get("/venues/lantern-hall/sheet.pdf").content)
    assert "Not on: Soup and a chat on Wednesday 25 November." in words


def test_a_sheet_takes_the_size_that_fills_its_page(resident: Person) -> None:
    import io

    from pypdf import PdfReader

    def body() -> tuple[int, float]:
        sizes: list[float] = []
        reader = PdfReader(io.BytesIO(resident.get("/whats-on/sheet.pdf").content))
        for page in reader.pages:
            page.extract_text(
                visitor_text=lambda text, cm, tm, font, size: sizes.append(size) if "Lantern Hall" in text else None
            )
        return len(reader.pages), round(min(sizes), 1)

    hall = make_venue(latitude=54.76, longitude=-1.31)
    make_activity(venue=hall)
    pages, few = body()
    assert (pages, few >= 13) == (1, True)
    for number in range(40):
        make_activity(f"Group {number}", venue=hall)
    pages, many = body()
    assert (pages > 1, many) == (True, 11)
