"""Holds the demo's content to its promises: true facts, made-up people, and points that lie in Horden."""

import re
from collections import Counter
from datetime import date, datetime, time
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from opening_hours import OpeningHours
from shapely.geometry import Point, shape

from newsletter.blocks import IssueBody
from tests.portal.demo.files import DATA, FILES, ROOT, read, slugs, texts

FEELINGS = {"good", "needs_work", "idea", "memory", "hope"}
THEMES = {"streets_and_bins", "parks_and_green", "safety", "housing", "things_to_do", "getting_about", "heritage"}
URGENT = {"999", "101", "111", "116 123", "0808 2000 247"}
PHONE = re.compile(r"\b0\d{3,4} ?\d{3,4} ?\d{3,4}\b")
KEPT_FOR_DRAMA = re.compile(r"01632 960\d{3}|07700 900\d{3}")
EMAIL = re.compile(r"[\w.+-]+@([\w.-]+\w)")
NOT_OUR_WORDS = re.compile(r"\b(submit\w*|please note|users?|cases?)\b", re.IGNORECASE)
# A few runs of words as the report has them: if one turns up here, somebody pasted instead of telling it again.
AS_THE_REPORT_SAYS = (
    "a third of the team live in",
    "referrals have come from the individual",
    "from strength to strength",
    "fallen into serious",
    "a positive impact on the environment",
    "break the cycle of crisis",
    "donated £900 to the community",
    "securing £87,250",
)


def horden() -> Any:
    return next(shape(row["geometry"]) for row in read("area.json")["features"] if row["properties"]["is_home"])


COMMENTS: list[dict[str, Any]] = read("comments.json")["comments"]
ASKED: list[dict[str, Any]] = read("consultation.json")["comments"]


def test_every_file_is_there_and_says_what_it_is() -> None:
    names = "activities area comments consultation issue pages places postcodes referrals session venues"
    assert [f"{name}.json" for name in names.split()] == FILES
    assert all(read(name)["about"] for name in FILES)


@pytest.mark.parametrize("name", FILES)
def test_phones_are_kept_for_drama_or_are_real_urgent_numbers(name: str) -> None:
    phones = {match for text in texts(read(name)) for match in PHONE.findall(text)}
    assert all(KEPT_FOR_DRAMA.fullmatch(phone) for phone in phones - URGENT)


@pytest.mark.parametrize("name", FILES)
def test_emails_go_nowhere(name: str) -> None:
    domains = {match for text in texts(read(name)) for match in EMAIL.findall(text)}
    assert domains <= {"example.org"}


@pytest.mark.parametrize("name", FILES)
def test_words_are_ours_and_short(name: str) -> None:
    for text in texts(read(name)):
        assert not NOT_OUR_WORDS.search(text), text
        assert not any(run in text.lower() for run in AS_THE_REPORT_SAYS), text
        plain = re.sub(r"<[^>]+>", ". ", text)
        assert all(len(sentence.split()) <= 25 for sentence in re.split(r"[.!?;:]\s", plain)), text


def test_nothing_is_said_about_another_town() -> None:
    assert not any("middlesbrough" in text.lower() for name in FILES for text in texts(read(name)))


def test_the_outline_is_small_and_each_ward_is_whole() -> None:
    rows = read("area.json")["features"]
    assert (DATA / "area.json").stat().st_size < 12_000
    assert [row["properties"]["name"] for row in rows if row["properties"]["is_home"]] == ["Horden"]
    assert len(rows) == 9
    for row in rows:
        outline: Any = shape(row["geometry"])
        assert outline.is_valid
        assert len(outline.exterior.coords) <= (60 if row["properties"]["is_home"] else 25)


@pytest.mark.parametrize(
    ("name", "rows"), [("postcodes.json", "postcodes"), ("places.json", "places"), ("venues.json", "venues")]
)
def test_every_point_lies_in_horden(name: str, rows: str) -> None:
    placed = [row for row in read(name)[rows] if row["latitude"] is not None]
    assert placed
    for row in read(name)[rows]:
        assert (row["latitude"] is None) == (row["longitude"] is None)
    assert all(horden().contains(Point(row["longitude"], row["latitude"])) for row in placed)


def test_postcodes_are_a_few_dozen_and_each_is_there_once() -> None:
    codes = [row["code"] for row in read("postcodes.json")["postcodes"]]
    assert len(codes) == len(set(codes)) == 48
    assert all(re.fullmatch(r"SR8 4[A-Z]{2}", code) for code in codes)
    assert {venue["postcode"] for venue in read("venues.json")["venues"]} <= {*codes, None}


@pytest.mark.parametrize(
    ("slug", "moment", "is_open"),
    [
        ("horden-centennial-centre", "2026-11-25T11:30", True),
        ("horden-centennial-centre", "2026-11-25T13:30", False),
        ("horden-centennial-centre", "2026-11-26T12:00", False),
        ("horden-youth-and-community-centre", "2026-11-26T15:30", True),
        ("horden-youth-and-community-centre", "2026-11-27T15:30", False),
        ("horden-youth-and-community-centre", "2026-11-28T12:00", False),
    ],
)
def test_doors_are_open_when_the_listing_says(slug: str, moment: str, is_open: bool) -> None:
    venue = next(row for row in read("venues.json")["venues"] if row["slug"] == slug)
    assert OpeningHours(venue["opening_hours"]).is_open(datetime.fromisoformat(moment)) is is_open


def test_hours_nobody_gave_us_stay_unknown() -> None:
    welfare = next(row for row in read("venues.json")["venues"] if row["slug"] == "horden-social-welfare-centre")
    assert welfare["opening_hours"] is None
    assert welfare["latitude"] is None


def test_features_are_yes_no_or_not_known_and_never_guessed() -> None:
    venues = {venue["slug"]: venue["features"] for venue in read("venues.json")["venues"]}
    assert len({frozenset(features) for features in venues.values()}) == 1
    assert all(value in (True, False, None) for features in venues.values() for value in features.values())
    assert venues["horden-youth-and-community-centre"]["computers"] is True
    assert set(venues["horden-social-welfare-centre"].values()) == {None}


def test_activities_repeat_only_where_a_source_says_when() -> None:
    activities = {row["slug"]: row for row in read("activities.json")["activities"]}
    assert {row["venue"] for row in activities.values()} <= slugs("venues.json", "venues")
    assert activities["andys-man-club"]["schedule"] is None
    assert activities["andys-man-club"]["schedule_text"] == "Ring to ask when"
    for row in activities.values():
        for rule in [row["schedule"]] if row["schedule"] else []:
            assert rule["rrule"].startswith("FREQ=WEEKLY;BYDAY=")
            assert rrulestr(rule["rrule"], dtstart=datetime(2026, 11, 23))[0]
            assert time.fromisoformat(rule["start_time"]) < time.fromisoformat(rule["end_time"])


def test_the_cafe_is_on_wednesdays_as_its_venue_is() -> None:
    cafe = next(row for row in read("activities.json")["activities"] if row["slug"] == "cafe-100")
    assert cafe["schedule"] == {"rrule": "FREQ=WEEKLY;BYDAY=WE", "start_time": "11:30", "end_time": "13:30"}
    assert cafe["cost"] == "£3.50"


def test_forty_comments_in_every_state() -> None:
    assert Counter(row["status"] for row in COMMENTS) == {"published": 26, "waiting": 8, "declined": 3, "held": 3}
    assert len({row["key"] for row in COMMENTS}) == 40
    assert all(bool(row["reason"]) == (row["status"] in {"declined", "held"}) for row in COMMENTS)


def test_every_comment_is_plainly_an_example() -> None:
    rows = [*COMMENTS, *ASKED]
    assert all(row["is_example"] and row["name"] == "Example resident" for row in rows)
    assert all(row["words"].startswith("Example: ") for row in rows)
    assert all(row["response"]["words"].startswith("Example answer: ") for row in rows if row["response"])


def test_comments_use_every_feeling_and_theme_and_no_other() -> None:
    data = read("comments.json")
    assert {row["feeling"] for row in COMMENTS} == {row["slug"] for row in data["feelings"]} == FEELINGS
    assert {row["theme"] for row in COMMENTS} == {row["slug"] for row in data["themes"]} == THEMES


def test_comments_say_where_in_all_three_ways() -> None:
    known = {
        "postcode": {row["code"] for row in read("postcodes.json")["postcodes"]},
        "place": slugs("places.json", "places"),
    }
    assert {row["where"]["kind"] for row in COMMENTS} == {"postcode", "place", "words"}
    for row in [*COMMENTS, *ASKED]:
        where = row["where"]
        assert where["value"] in known.get(where["kind"], {where["value"]})


def test_what_was_done_answers_published_comments_and_comes_after_them() -> None:
    actions = {action["key"]: action for action in read("comments.json")["actions"]}
    assert all(action["is_example"] and action["words"].startswith("Example: ") for action in actions.values())
    assert {row["action"] for row in COMMENTS if row["action"]} == set(actions)
    for row in COMMENTS:
        if row["action"] or row["response"]:
            assert row["status"] == "published"
        if row["response"]:
            assert row["response"]["days_ago"] <= row["days_ago"]


def test_the_issue_has_every_block_and_points_at_what_exists() -> None:
    issue = read("issue.json")
    blocks = {block["type"]: block["value"] for block in issue["body"]}
    assert set(blocks) == set(IssueBody.base_blocks)
    assert {block["value"]["sort"] for block in issue["body"] if block["type"] == "invitation"} == {
        "consultation",
        "poll",
        "volunteers",
    }
    assert set(blocks["whats_on"]["activities"]) == slugs("activities.json", "activities")
    assert set(blocks["warm_spaces"]["venues"]) <= slugs("venues.json", "venues")
    assert all(words in blocks["notice"]["text"] for words in ("2022/23", "June 2023"))


@pytest.mark.parametrize(
    "figure", ["£87,250", "£900", "£6 million", "217", "57 homes", "22 in every 100", "238", "4.9", "115"]
)
def test_the_issue_gives_the_figure(figure: str) -> None:
    assert any(figure in text for text in texts(read("issue.json")["body"]))


def test_urgent_numbers_are_the_real_ones_with_a_day() -> None:
    urgent = read("pages.json")["urgent_help"]
    assert {line["phone"] for line in urgent["lines"]} == URGENT
    assert all(len(line["label"]) <= 80 and len(line["detail"]) <= 160 for line in urgent["lines"])
    assert date.fromisoformat(urgent["checked_on"]) == date(2026, 11, 22)


def test_the_notice_names_every_source() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for words in (
        "Warm Welcome",
        "Code-Point Open",
        "Royal Mail",
        "National Statistics",
        "Open Government Licence",
        "interim report",
    ):
        assert words in notice
